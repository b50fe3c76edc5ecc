"""Agenda: templates from content/agenda.toml, and the clock times of the steps."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from .kinds import Kind

LONGEST = 240
"""Minutes of one step."""

LANGUAGES = ("fi", "sv", "en")
_CONTENT = Path(__file__).resolve().parent.parent / "content" / "agenda.toml"


@dataclass(frozen=True)
class Texts:
    """The words of one step in one language. ``how`` is read by the host only."""

    title: str
    text: str
    how: str
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """One step of a template. ``key`` names it in the content file; ``before``: held before the start."""

    key: str
    kind: Kind
    minutes: int
    question: int = 0
    rounds: int = 0
    before: bool = False


@cache
def _content() -> dict:
    return tomllib.loads(_CONTENT.read_text(encoding="utf-8"))


def templates() -> dict[str, list[Plan]]:
    """The agendas ready to run, by name."""
    return {name: plan(name) for name in _content()["agenda"]}


def plan(name: str) -> list[Plan]:
    """The steps of one template, in order; KeyError when there is none of that name."""
    content = _content()
    return [
        Plan(
            key=row["step"],
            kind=Kind(content["step"][row["step"]]["kind"]),
            minutes=row["minutes"],
            question=content["step"][row["step"]].get("question", 0),
            rounds=row.get("rounds", 0),
            before=row.get("before", False),
        )
        for row in content["agenda"][name]["steps"]
    ]


def texts(key: str, language: str) -> Texts | None:
    """The words of a step in ``language`` (Finnish when the language is not ours), or None."""
    step = _content()["step"].get(key)
    if step is None:
        return None
    words = step.get(language[:2]) or step["fi"]
    return Texts(words["title"], words["text"], words["how"], tuple(words.get("prompts", ())))


def options(language: str) -> dict[str, tuple[str, str]]:
    """The three ways of upkeep: code -> (name, what it means)."""
    found = _content()["upkeep"]
    return {code: (row[language[:2]]["name"], row[language[:2]]["text"]) for code, row in found.items()}


def rungs(language: str) -> dict[int, tuple[str, str]]:
    """The ladder of sufficient results: number 1..5 -> (name, what it means). 3 and 4 are the fork."""
    return {
        int(number): (row[language[:2]]["name"], row[language[:2]]["text"])
        for number, row in _content()["rung"].items()
    }


def items(language: str) -> dict[str, str]:
    """The two items of the pulse: code -> statement."""
    return {code: row[language[:2]] for code, row in _content()["pulse"].items()}


def total(steps: Iterable[tuple[int, bool]]) -> int:
    """Minutes from start to end; ``steps`` are (minutes, before). What is held before does not count."""
    return sum(minutes for minutes, before in steps if not before)


def times(start: datetime, steps: Sequence[tuple[int, bool]]) -> list[datetime]:
    """When each step begins. Steps held before are laid back from the start, the others after it."""
    at = start - timedelta(minutes=sum(minutes for minutes, before in steps if before))
    began = []
    for minutes, _ in steps:
        began.append(at)
        at += timedelta(minutes=minutes)
    return began


def moved(order: Sequence[int], item: int, by: int) -> list[int]:
    """``order`` with ``item`` moved ``by`` places (negative is earlier), staying inside."""
    rest = [one for one in order if one != item]
    place = max(0, min(len(rest), list(order).index(item) + by))
    return [*rest[:place], item, *rest[place:]]


def seconds_left(ends: datetime | None, paused: int | None, now: datetime) -> int | None:
    """Seconds on the timer: the rest of a running one (not under 0), the held rest of a paused one, or None."""
    if ends is not None:
        return max(0, round((ends - now).total_seconds()))
    return paused
