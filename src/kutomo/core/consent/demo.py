"""What the seats of the example network say of a text that is to be agreed."""

from __future__ import annotations

from typing import Any

from kutomo.core.people.demo import Cast
from kutomo.core.people.models import Person

from . import actions, queries
from .models import Round, Voice


def weave(cast: Cast, days_ago: int, thing: tuple[str, int], story: dict[str, Any]) -> None:
    """One voice a seat within five working days; ``story`` names those who do not simply support.

    An objection with reasons is withdrawn by its author the day before the round ends.
    """
    asked = queries.current(thing)
    others = {row["person"]: row for row in story["voice"]}
    for place, person in enumerate(speakers(cast)):
        row = others.get(person.name, {"stance": "support"})
        if row["stance"] != "silent":
            hour = 11 + place / 4 if place % 5 == 0 else 8.5 + place / 4
            cast.at(days_ago - place % 5, hour, _take, days_ago, person, asked, row, language=person.language)


def _take(cast: Cast, days_ago: int, person: Person, asked: Round, row: dict[str, Any]) -> None:
    asked.network = cast.network
    voice = actions.take(
        by=person,
        round=asked,
        stance=row["stance"],
        harm=row.get("harm", ""),
        change=row.get("change", ""),
        speaks=True,
    )
    if "withdrawn" in row:
        cast.at(days_ago - 5, 14, _withdraw, person, asked, voice, row["withdrawn"])


def _withdraw(cast: Cast, person: Person, asked: Round, voice: Voice, words: str) -> None:
    actions.withdraw(by=person, round=asked, voice=voice, words=words)


def speakers(cast: Cast) -> list[Person]:
    """One person a seat: those who sit as representatives and can be written to."""
    rows = cast.material["people"]["person"]
    speak = [row for row in rows if row["email"] and row.get("kind") != "substitute" and row.get("role") != "observer"]
    return [cast.people[row["name"]] for row in speak]
