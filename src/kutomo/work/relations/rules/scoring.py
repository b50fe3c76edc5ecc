"""From raw answers to rungs and states of pairs. Pure.

Source: specs, network analysis, 1.4. A cell is what one seat says about another, its respondents taken together.
"Too early" and "not answered" are never zero; but only a clear yes to trust or commitment makes a rung 3 or 4.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from .asking import TOO_EARLY

KNOWS, WORKS, TRUSTS, COMMITS = 1, 2, 3, 4
RUNGS = (KNOWS, WORKS, TRUSTS, COMMITS)
Pair = tuple[int, int]


@dataclass(frozen=True)
class Cell:
    """What one seat says about another. None: not answered. ``trusts`` and facets: 1.0-3.0 or TOO_EARLY; a median of
    several respondents may lie between two levels."""

    knows: int | None = None
    works: int | None = None
    trusts: float | None = None
    commits: int | None = None
    facets: Mapping[str, float] = field(default_factory=dict)

    @property
    def has_worked(self) -> bool | None:
        """E >= 1; False also where K is 0, since E was not asked then; None where nobody said."""
        if self.works is not None:
            return self.works >= 1
        return False if self.knows == 0 else None

    @property
    def is_known(self) -> bool | None:
        """K >= 2 or E >= 1 (rung 1); None where that cannot be told from what was answered."""
        if (self.knows or 0) >= 2 or self.has_worked:
            return True
        return None if self.has_worked is None or self.knows is None else False

    @property
    def is_answered(self) -> bool:
        """Whether K, and E where it is due, were answered: the pair can be placed on the ladder."""
        return self.knows is not None and self.has_worked is not None

    @property
    def relies(self) -> bool:
        """E >= 1 and T >= 2. Reservations, too early and no answer are alike here, and that protects them."""
        return bool(self.has_worked) and self.trusts is not None and self.trusts != TOO_EARLY and self.trusts >= 2

    @property
    def is_ready(self) -> bool:
        """E >= 1 and C >= 2. Zero, one and no answer are alike here."""
        return bool(self.has_worked) and (self.commits or 0) >= 2

    @property
    def rung(self) -> int | None:
        """0 nothing, 1 knows, 2 works with, 3 trusts, 4 commits; None: not answered."""
        if not self.is_answered:
            return None
        if not self.has_worked:
            return KNOWS if self.is_known else 0
        if not self.relies:
            return WORKS
        return COMMITS if self.is_ready else TRUSTS

    @property
    def is_ahead(self) -> bool:
        """Commitment ahead of trust: C >= 2 while T < 2 or too early. A place for a small joint task."""
        return self.is_ready and not self.relies


EMPTY = Cell()


def merged(cells: Iterable[Cell]) -> Cell:
    """Several respondents of one organisation: K, E and C are the largest (some door is open), T and facets the median.

    "Too early" counts only where nobody gave a level.
    """
    several = list(cells)
    if len(several) == 1:
        return several[0]
    names = {name for cell in several for name in cell.facets}
    return Cell(
        knows=_largest(cell.knows for cell in several),
        works=_largest(cell.works for cell in several),
        commits=_largest(cell.commits for cell in several),
        trusts=_middle(cell.trusts for cell in several),
        facets={
            name: found for name in sorted(names) if (found := _middle(c.facets.get(name) for c in several)) is not None
        },
    )


def _largest(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)


def _middle(values: Iterable[float | None]) -> float | None:
    said = [value for value in values if value is not None]
    levels = [value for value in said if value != TOO_EARLY]
    if levels:
        return float(median(levels))
    return float(TOO_EARLY) if said else None


class State(enum.StrEnum):
    """What two seats together say of a relation."""

    BOTH = "both"  # both say yes
    NEITHER = "neither"  # both say no
    CONTRADICTION = "contradiction"  # one yes, one no: counted, never drawn
    ONE_YES = "one_yes"  # one yes, the other has not answered
    ONE_NO = "one_no"
    UNKNOWN = "unknown"  # nobody has answered


def state(one: bool | None, other: bool | None) -> State:
    """The state of a pair, from what each side says (None: not answered)."""
    if one is None and other is None:
        return State.UNKNOWN
    if one is None or other is None:
        return State.ONE_YES if one or other else State.ONE_NO
    if one == other:
        return State.BOTH if one else State.NEITHER
    return State.CONTRADICTION


def confirmed(one: int | None, other: int | None) -> int | None:
    """The confirmed rung of a pair: the lower of the two; None where one side has not answered (unknown, not a gap)."""
    return None if one is None or other is None else min(one, other)


def any_side(one: int | None, other: int | None) -> int | None:
    """The higher of what was said; None where nobody has answered."""
    return max((rung for rung in (one, other) if rung is not None), default=None)


def gap(one: int | None, other: int | None) -> int | None:
    """How far apart the two sides are; None where one side has not answered."""
    return None if one is None or other is None else abs(one - other)
