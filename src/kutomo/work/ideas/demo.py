"""What the members of the example network wonder about, and how the call ring grew out of a spark."""

from __future__ import annotations

from typing import Any

from kutomo.core.people.demo import Cast
from kutomo.ground.seal import claims

from . import actions, queries
from .models import Idea
from .rules import RESTS_AFTER


def weave(cast: Cast) -> None:
    """Each idea on its day, the answers on the days after."""
    for row in cast.material["ideas"]["idea"]:
        language = row.get("language", "fi")
        cast.at(row["day"], 11, _plant, row, language=language)
        for name, kind, text, days in row["answers"]:
            cast.at(row["day"] - days, 14, _reply, row["title"], name, kind, text)
    cast.at(cast.material["ideas"]["rest"], 9, _rest)


def _rest(_cast: Cast) -> None:
    for idea in queries.silent(RESTS_AFTER):
        actions.tend(by=None, idea=idea)


def _plant(cast: Cast, row: dict[str, Any]) -> None:
    parent = _idea(cast, row["from"]) if "from" in row else None
    actions.plant(
        by=cast.people[row["by"]], network=cast.network, title=row["title"], text=row["text"],
        maturity=row.get("maturity", "spark"), wants=row.get("wants", []), signed=row.get("signed", "named"),
        code=claims.new_code(), language=row.get("language", "fi"), parent=parent, credit=row.get("credit", ""),
    )  # fmt: skip


def _reply(cast: Cast, title: str, name: str, kind: str, text: str) -> None:
    who = cast.people[name]
    actions.reply(by=who, idea=_idea(cast, title), kind=kind, text=text, language=who.language)


def _idea(cast: Cast, title: str) -> Idea:
    idea = Idea.objects.get(network=cast.network, title=title)
    idea.network = cast.network
    return idea
