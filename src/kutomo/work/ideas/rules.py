"""What holds of ideas: how far they have grown, what others may say, when they rest. No Django."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST, LONGEST_TITLE, LONGEST_REPLY, LONGEST_CREDIT = 600, 120, 600, 200
SILENT_FOR = timedelta(days=14)  # then its author is asked in private what it wants
RESTS_AFTER = timedelta(days=60)
BUILT_WITHIN = timedelta(days=14)
FEWEST = 5  # ideas, or authors, behind a figure that is shown


class Maturity(StrEnum):
    """How far an idea has grown; RESTING from anywhere, and back to where it was."""

    SPARK = "spark"
    SKETCH = "sketch"
    TRIED = "tried"
    READY = "ready"
    RESTING = "resting"


UNFINISHED = frozenset({Maturity.SPARK, Maturity.SKETCH})


class Want(StrEnum):
    """What its author wishes from others just now."""

    QUESTIONS = "questions"
    ADDITIONS = "additions"
    CONTACTS = "contacts"
    EVALUATION = "evaluation"


class Reply(StrEnum):
    """What somebody else may do for an idea. JUDGE is locked until the author asks for an evaluation."""

    ASK = "ask"
    ADD = "add"
    CONNECT = "connect"
    JUDGE = "judge"


class Signed(StrEnum):
    """Under whose name an idea stands."""

    NAMED = "named"
    HOUSE = "house"  # the organisation only
    ANONYMOUS = "anonymous"


def replies(wants: Iterable[str]) -> list[Reply]:
    """What may be said: the three that help a thought to grow, and a judgement only when it is wished for."""
    return [reply for reply in Reply if reply is not Reply.JUDGE or Want.EVALUATION in set(wants)]


def rests(maturity: Maturity, moved_on: date, today: date) -> bool:
    """Has it been silent for so long that it goes to rest?"""
    return maturity is not Maturity.RESTING and today - moved_on >= RESTS_AFTER


def is_silent(maturity: Maturity, moved_on: date, today: date) -> bool:
    return maturity is not Maturity.RESTING and today - moved_on >= SILENT_FOR


@dataclass(frozen=True)
class Told:
    """One idea as the figures see it. ``owner`` and ``adders``: keys of organisations or persons, "" unknown;
    ``adders`` with the days from the beginning to the addition."""

    began: Maturity
    owner: str
    is_first: bool
    adders: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Figures:
    """Shares; None: fewer than five ideas behind it."""

    ideas: int
    openness: float | None
    built: float | None
    first_voice: float | None


def figures(ideas: Sequence[Told]) -> Figures:
    """Openness: begun unfinished. Built: got an addition from another owner within 14 days. First voice: the share
    of known authors for whom it was the first idea here (methods § 6a).
    """
    known = {one.owner for one in ideas if one.owner}
    first = {one.owner for one in ideas if one.owner and one.is_first}
    enough = len(ideas) >= FEWEST
    built = sum(any(who != one.owner and days <= BUILT_WITHIN.days for who, days in one.adders) for one in ideas)
    return Figures(
        ideas=len(ideas),
        openness=sum(one.began in UNFINISHED for one in ideas) / len(ideas) if enough else None,
        built=built / len(ideas) if enough else None,
        first_voice=len(first) / len(known) if len(known) >= FEWEST else None,
    )
