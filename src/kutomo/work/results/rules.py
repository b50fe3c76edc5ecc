"""What holds of goals and their evidence: the forked ladder, grades, what may follow, evaluability. No Django."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import IntEnum, StrEnum

LONGEST, LONGEST_ENOUGH, LONGEST_TEXT = 200, 240, 1500
NEAR = timedelta(days=30)  # before the date: evidence is asked for


class Rung(StrEnum):
    """Kinds of enough, no levels of merit. The ladder forks at three, and one may rightly stop anywhere."""

    ACQUAINTED = "1"
    EXCHANGING = "2"
    OVERLAPS = "3a"
    SIGNALS = "3b"
    JOINT = "4"


class Grade(IntEnum):
    """How firm a piece of evidence is."""

    CLAIM = 0
    BOTH = 1  # both parties say so
    DOCUMENT = 2
    OUTSIDER = 3  # an independent outsider confirms it


class State(StrEnum):
    DRAFT = "draft"  # waits for the second owner's yes
    OPEN = "open"
    ASKING = "asking"  # is this enough?
    ENOUGH = "enough"  # agreed; the owners choose what follows
    STOPPED = "stopped"
    HELD = "held"
    RAISED = "raised"
    WOUND_DOWN = "wound_down"
    DROPPED = "dropped"


class Choice(StrEnum):
    """What follows when it is enough, or when it will not be."""

    STOP = "stop"
    HOLD = "hold"
    RAISE = "raise"
    WIND_DOWN = "wind_down"


AFTER = {
    Choice.STOP: State.STOPPED, Choice.HOLD: State.HELD, Choice.RAISE: State.RAISED,
    Choice.WIND_DOWN: State.WOUND_DOWN,
}  # fmt: skip
LIVE = frozenset({State.DRAFT, State.OPEN, State.ASKING, State.ENOUGH, State.HELD})
REACHED = frozenset({State.ENOUGH, State.STOPPED, State.HELD, State.RAISED})


def choices(state: State) -> list[Choice]:
    """What the owners may choose now: all when it is enough, to wind down as long as it is open or held."""
    if state is State.ENOUGH:
        return [Choice.STOP, Choice.HOLD, Choice.RAISE, Choice.WIND_DOWN]
    if state is State.HELD:
        return [Choice.STOP, Choice.RAISE, Choice.WIND_DOWN]
    return [Choice.WIND_DOWN] if state is State.OPEN else []


def grade(claimed: Grade, *, confirmed: bool) -> Grade:
    """What a piece of evidence is worth: without the second key it is a claim, whatever was attached (A5)."""
    return max(claimed, Grade.BOTH) if confirmed else Grade.CLAIM


def firmest(grades: Iterable[Grade]) -> Grade | None:
    """The firmest evidence there is; None without any."""
    return max(grades, default=None)


def needs_source(text: str, source: str) -> bool:
    """A figure stands in ``text`` and nothing says where it comes from. Years and days are no figures."""
    bare = re.sub(r"\b(?:19|20)\d{2}\b|\b\d{1,2}\.\s?\d{1,2}\.(?:\d{4})?", "", text)
    return not source.strip() and re.search(r"\d", bare) is not None


def evaluability(*, benefit: str, enough: str, due_on: date | None, rule: str) -> int:
    """0–4: says whose benefit, when it is enough, by when, and what shows it (methods § 3)."""
    return sum(bool(one) for one in (benefit.strip(), enough.strip(), due_on, rule.strip()))


def sufficiency(states: Iterable[State]) -> tuple[int, int]:
    """Of goals whose date has passed: how many were declared enough, and how many there are."""
    past = list(states)
    return sum(state in REACHED for state in past), len(past)


def half_time(made_on: date, due_on: date) -> date:
    """When the mid-check is due."""
    return made_on + (due_on - made_on) / 2
