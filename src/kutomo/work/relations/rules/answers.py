"""The answers of a wave as tables: what each seat says about each other, its respondents taken together. Pure.

The same scoring as ``scoring.Cell`` has for one cell, for all cells at once (a test compares the two).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from kutomo.ground.graph.arrays import np

from .ladder import UNKNOWN, Bools, Table
from .scoring import Cell, Pair, merged


class Row(Protocol):
    """What one respondent says about one seat."""

    @property
    def part(self) -> int: ...
    @property
    def seat(self) -> int: ...
    @property
    def about(self) -> int: ...
    @property
    def knows(self) -> int | None: ...
    @property
    def works(self) -> int | None: ...
    @property
    def trusts(self) -> int | None: ...
    @property
    def facet(self) -> int | None: ...
    @property
    def commits(self) -> int | None: ...


@dataclass(frozen=True, eq=False)
class Answers:
    """``knows`` and ``works``: n by n, UNKNOWN where not answered. ``cells``: the whole cell, by seats, wherever
    anything beyond K and E was said."""

    seats: tuple[int, ...]
    knows: Table
    works: Table
    cells: Mapping[Pair, Cell]

    @cached_property
    def place(self) -> dict[int, int]:
        """The row of each seat."""
        return {seat: number for number, seat in enumerate(self.seats)}

    @cached_property
    def answered(self) -> Bools:
        """Which seats have answered: at least one K."""
        return (self.knows != UNKNOWN).any(axis=1)

    @cached_property
    def worked(self) -> Table:
        """1 where E >= 1; 0 where E is 0, or K is 0 so that it was not asked; UNKNOWN where nobody said."""
        unasked = np.where(self.knows == 0, 0, UNKNOWN)
        return np.where(self.works != UNKNOWN, self.works >= 1, unasked).astype(np.int8)

    @cached_property
    def known(self) -> Table:
        """1 where K >= 2 or E >= 1; UNKNOWN where that cannot be told."""
        unclear = (self.worked == UNKNOWN) | (self.knows == UNKNOWN)
        no = np.where(unclear, UNKNOWN, 0)
        return np.where((self.knows >= 2) | (self.worked == 1), 1, no).astype(np.int8)

    @cached_property
    def relies(self) -> Bools:
        """E >= 1 and T >= 2."""
        return self._where(lambda cell: cell.relies)

    @cached_property
    def ready(self) -> Bools:
        """E >= 1 and C >= 2."""
        return self._where(lambda cell: cell.is_ready)

    @cached_property
    def rungs(self) -> Table:
        """The rung of each cell, 0-4."""
        found = np.where(self.worked == 1, 2, self.known)
        found = found + (self.relies & (found == 2)) + (self.relies & self.ready & (found == 2))
        unanswered = (self.knows == UNKNOWN) | (self.worked == UNKNOWN)
        return np.where(unanswered, UNKNOWN, found).astype(np.int8)

    def _where(self, holds: Callable[[Cell], bool]) -> Bools:
        found = np.zeros(self.knows.shape, bool)
        for (a, b), cell in self.cells.items():
            found[self.place[a], self.place[b]] = holds(cell)
        return found


def gather(rows: Iterable[Row], seats: Sequence[int], facets: Mapping[int, str]) -> Answers:
    """The tables of ``rows`` between ``seats``; what is said by or about anybody else, or oneself, is left out.

    ``facets``: which facet of trust each part was asked. Several respondents of a seat are merged.
    """
    place = {seat: number for number, seat in enumerate(seats)}
    n = len(place)
    knows, works = [UNKNOWN] * (n * n), [UNKNOWN] * (n * n)
    private: dict[Pair, list[Cell]] = {}
    for row in rows:
        i, j = place.get(row.seat), place.get(row.about)
        if i is None or j is None or i == j:
            continue
        at, k, e = i * n + j, row.knows, row.works
        if k is not None and k > knows[at]:
            knows[at] = k
        if e is None:
            continue
        if e > works[at]:
            works[at] = e
        if e >= 1:
            said = {facets[row.part]: float(row.facet)} if row.facet is not None and row.part in facets else {}
            trusts = None if row.trusts is None else float(row.trusts)
            private.setdefault((row.seat, row.about), []).append(Cell(k, e, trusts, row.commits, said))
    cells = {pair: merged(several) for pair, several in private.items()}
    table = np.array((knows, works), np.int8).reshape(2, n, n)
    return Answers(tuple(place), table[0], table[1], cells)
