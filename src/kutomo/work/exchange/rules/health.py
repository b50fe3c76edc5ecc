"""How mutual help is doing, over all of it; nothing here ranks or compares by name.

Gini after the sorted formula 2·Σ(i·x_i)/(n·Σx) − (n+1)/n; the others are shares and medians of 24 months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

WINDOW = timedelta(days=730)
FEWEST = 5  # owners behind a figure that is shown


def reciprocity(given: int, received: int) -> float | None:
    """1 when as much was given as received, 0 when only one of them; None before anything (not a debt: a shape)."""
    return None if given + received == 0 else 1 - abs(given - received) / (given + received)


def gini(helps: Sequence[int]) -> float | None:
    """How unevenly help was given: 0 all alike, towards 1 all by one. None when nobody gave."""
    total, n = sum(helps), len(helps)
    if not total:
        return None
    ranked = sum(rank * x for rank, x in enumerate(sorted(helps), 1))
    return 2 * ranked / (n * total) - (n + 1) / n


def share(part: int, whole: int) -> float | None:
    """Part of the whole, None of nothing."""
    return part / whole if whole else None


@dataclass(frozen=True)
class Help:
    """One completed help. ``giver`` and ``receiver``: keys of owners."""

    giver: str
    receiver: str


@dataclass(frozen=True)
class Ask:
    """One need of the window: how it ended ("" still open), hours to the first answer (None: none), days open."""

    ended: str
    first_answer: float | None
    days: float


@dataclass(frozen=True)
class Figures:
    """None: not defined, or too few behind it."""

    helps: int
    takers_part: int
    two_way: float | None
    evenness: float | None
    breadth: float | None
    first_answer: float | None
    unanswered_7: float | None
    unanswered_14: float | None
    fulfilled: float | None
    asked: float | None


def figures(helps: Sequence[Help], asks: Sequence[Ask], askers: int, active: int) -> Figures:
    """All figures. ``askers``: owners with at least one need; ``active``: owners on the network's seats.

    With fewer than five owners behind it a figure about owners is None: it would tell of somebody.
    """
    givers, takers = {one.giver for one in helps}, {one.receiver for one in helps}
    owners = givers | takers
    enough = len(owners) >= FEWEST
    partners = [len({_other(one, owner) for one in helps if owner in (one.giver, one.receiver)}) for owner in owners]
    given = [sum(one.giver == owner for one in helps) for owner in owners]
    answered = [ask.first_answer for ask in asks if ask.first_answer is not None]
    ended = [ask.ended for ask in asks if ask.ended]
    return Figures(
        helps=len(helps),
        takers_part=len(owners),
        two_way=share(len(givers & takers), active) if enough else None,
        evenness=gini(given) if enough else None,
        breadth=median(partners) if enough else None,
        first_answer=median(answered) if len(answered) >= FEWEST else None,
        unanswered_7=_unanswered(asks, 7),
        unanswered_14=_unanswered(asks, 14),
        fulfilled=share(ended.count("fulfilled"), len(ended)) if len(ended) >= FEWEST else None,
        asked=share(askers, active) if askers >= FEWEST else None,
    )


def _other(one: Help, owner: str) -> str:
    return one.receiver if one.giver == owner else one.giver


def _unanswered(asks: Sequence[Ask], days: int) -> float | None:
    """Share of needs open for at least ``days`` that nobody had answered by then."""
    old = [ask for ask in asks if ask.days >= days]
    late = [ask for ask in old if ask.first_answer is None or ask.first_answer > days * 24]
    return share(len(late), len(old)) if len(old) >= FEWEST else None
