"""The ladder of the network, and what has changed on the same pairs. Pure. Source: specs, network analysis, 1.4.

A table of rungs is n by n: row i holds what seat i says about each other (0-4), UNKNOWN where it has not answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kutomo.ground.graph.arrays import Bools, Smalls as Table, np

from .scoring import RUNGS

UNKNOWN = -1


@dataclass(frozen=True)
class Ladder:
    """How many pairs stand at least on each rung, by what both sides say. Exact: not for showing above rung 2.

    ``pairs``: all there could be. ``answered``: both sides have answered. ``one``: one side has.
    """

    pairs: int
    answered: int
    one: int
    at_least: Mapping[int, int]

    def share(self, rung: int, *, of_all: bool = False) -> float | None:
        """The share of answered pairs (or of all pairs) that stand on ``rung`` or above; None without any."""
        whole = self.pairs if of_all else self.answered
        return self.at_least[rung] / whole if whole else None

    def step(self, rung: int) -> float | None:
        """Of the pairs on the rung below, the share that stands on ``rung`` too; None where there is none below."""
        below = self.answered if rung == 1 else self.at_least[rung - 1]
        return self.at_least[rung] / below if below else None


def ladder(rungs: Table) -> Ladder:
    """The ladder of all pairs in a table of rungs."""
    together, answered = confirmed(rungs), both(rungs)
    upper = np.triu(np.ones_like(answered), 1)
    one = ((rungs != UNKNOWN) ^ (rungs != UNKNOWN).T) & upper
    n = len(rungs)
    at_least = {rung: int(((together >= rung) & upper).sum()) for rung in RUNGS}
    return Ladder(n * (n - 1) // 2, int((answered & upper).sum()), int(one.sum()), at_least)


def both(rungs: Table) -> Bools:
    """Which pairs both sides have answered about; nobody with oneself."""
    said = rungs != UNKNOWN
    found = said & said.T
    np.fill_diagonal(found, False)
    return found


def confirmed(rungs: Table) -> Table:
    """The lower of the two rungs of each pair; UNKNOWN where one side has not answered."""
    return np.where(both(rungs), np.minimum(rungs, rungs.T), UNKNOWN).astype(np.int8)


@dataclass(frozen=True)
class Change:
    """What has become of pairs that the same sides answered about in both waves, at one rung.

    ``joined``, ``left``: members of only one of the two waves, whose pairs are not compared.
    """

    pairs: int
    gained: int
    lost: int
    kept: int
    joined: int
    left: int


def change(earlier: tuple[Sequence[int], Table], later: tuple[Sequence[int], Table], rung: int) -> Change:
    """Gained, lost and kept at ``rung`` by what both sides say, over pairs that both sides answered in both waves.

    Each wave: its seats, and their table of rungs in that order.
    """
    (were, before), (are, after) = earlier, later
    same = [seat for seat in are if seat in set(were)]
    first, second = ({seat: number for number, seat in enumerate(seats)} for seats in (were, are))
    old = confirmed(before)[np.ix_([first[seat] for seat in same], [first[seat] for seat in same])]
    new = confirmed(after)[np.ix_([second[seat] for seat in same], [second[seat] for seat in same])]
    compared = np.triu((old != UNKNOWN) & (new != UNKNOWN), 1)
    had, has = (old >= rung) & compared, (new >= rung) & compared
    return Change(
        pairs=int(compared.sum()),
        gained=int((has & ~had).sum()),
        lost=int((had & ~has).sum()),
        kept=int((had & has).sum()),
        joined=len(are) - len(same),
        left=len(were) - len(same),
    )
