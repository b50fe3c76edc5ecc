"""The kinds of steps, what is asked in each, and whose name stands beside the answer."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The life of a meeting; it only goes forward."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Kind(StrEnum):
    """What happens in a step."""

    ARRIVAL = "arrival"
    TALK = "talk"
    PAIRS = "pairs"
    HARVEST = "harvest"
    CANVAS = "canvas"
    BREAK = "break"
    VOICES = "voices"
    SKILLS = "skills"
    UPKEEP = "upkeep"
    GOAL = "goal"
    RULES = "rules"
    PROMISES = "promises"
    PULSE = "pulse"
    WORD = "word"
    LINES = "lines"


@dataclass(frozen=True)
class Slot:
    """One thing that a phone can send in a step.

    ``named``: the name stands beside the answer, and the phone says so. ``most``: answers from one phone.
    ``scale``: the answer is a number 0..scale (0 = cannot say) instead of words. ``length``: characters.
    """

    code: str
    named: bool = False
    most: int = 1
    length: int = 200
    scale: int = 0


SLOTS: dict[Kind, tuple[Slot, ...]] = {
    Kind.ARRIVAL: (Slot("word", named=True, length=40),),
    Kind.HARVEST: (Slot("need", named=True, most=5), Slot("offer", named=True, most=5)),
    Kind.CANVAS: (Slot("answer", most=3),),
    Kind.VOICES: (Slot("voice", named=True, most=5, length=120),),
    Kind.SKILLS: (Slot("have", most=5), Slot("lack", most=5)),
    Kind.UPKEEP: (
        Slot("light", scale=4),
        Slot("medium", scale=4),
        Slot("heavy", scale=4),
    ),
    Kind.GOAL: (Slot("rung", scale=5), Slot("enough", length=240)),
    Kind.RULES: (Slot("rule", named=True, length=240),),  # keys of the chosen cards, comma between
    Kind.PULSE: (Slot("P1", scale=5), Slot("P2", scale=5)),
    Kind.WORD: (Slot("word", length=40),),
    Kind.LINES: (Slot("line", most=3),),
}

CONFIDENTIAL = frozenset({Kind.PULSE})
"""Kinds whose answers nobody sees before the meeting is closed, and then only by A8."""


def slots(kind: str) -> tuple[Slot, ...]:
    """What can be sent in a step of this kind; empty for steps where people only talk."""
    return SLOTS.get(Kind(kind), ())


def slot(kind: str, code: str) -> Slot | None:
    """The slot of that code, or None when the step does not have it."""
    return next((one for one in slots(kind) if one.code == code), None)


def is_asking(kind: str) -> bool:
    """Does the step collect answers at all?"""
    return bool(slots(kind))
