"""The form profile of the example network: the leader's own view first, then what the members say."""

from __future__ import annotations

from typing import Any

from kutomo.core.access.respondents import Respondent
from kutomo.core.people.demo import Cast

from . import actions
from .rules.form import READINGS


def _readings(values: list[int]) -> dict[str, int]:
    return dict(zip(READINGS, values, strict=True))


def look_alone(cast: Cast) -> None:
    """One person's view of the form, shown as such."""
    own = cast.material["profile"]
    view = {"now": _readings(own["leader_now"]), "wanted": _readings(own["leader_wanted"])}
    actions.give_view(by=cast.leader, network=cast.network, is_shared=True, **view)


def ask_form(cast: Cast, days_ago: int) -> None:
    """Sixteen members say what the network resembles now and what they want of it."""
    asked = actions.open(by=cast.leader, network=cast.network, closes_on=cast.day(days_ago - 5))
    rows = cast.material["people"]["person"]
    speakers = [row["name"] for row in rows if row["email"] and not row.get("is_leader") and "role" not in row]
    for place, name in enumerate(speakers[: len(cast.material["profile"]["now"])]):
        cast.at(days_ago - 1 - place % 4, 9 + place / 3, _answer_form, asked, name, place)
    cast.at(days_ago - 6, 10, _close_form, asked)


def _answer_form(cast: Cast, asked: Any, name: str, place: int) -> None:
    own = cast.material["profile"]
    view = {"now": _readings(own["now"][place]), "wanted": _readings(own["wanted"][place])}
    asked.network = cast.network
    actions.answer(by=Respondent.of(cast.people[name]), round=asked, **view)


def _close_form(cast: Cast, asked: Any) -> None:
    actions.close(by=cast.leader, round=asked)
