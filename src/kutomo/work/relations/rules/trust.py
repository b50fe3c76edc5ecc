"""Trust received, its facets, and whether it is returned: exact figures for the analysis alone. Pure.

Nothing here is for showing: what may be told of it goes through rules.floors. Source: specs, 1.4 and 2, metric 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

from kutomo.ground.graph import Graph
from kutomo.ground.graph.measures import reciprocity

from .asking import TOO_EARLY
from .scoring import Cell, Pair

Cells = Mapping[Pair, Cell]


def level(value: float | None) -> float | None:
    """A level of trust, or None for "too early" and "not answered"."""
    return None if value is None or value == TOO_EARLY else value


@dataclass(frozen=True)
class Received:
    """Trust that a seat receives: the mean of (T - 1) / 2 in per cent over ``n`` raters; None without any.

    ``relied``: how many of them say T >= 2. ``early``: how many say that it is too early.
    """

    n: int
    early: int
    relied: int
    mean: float | None


def received(cells: Cells, seat: int) -> Received:
    """What the others say of ``seat``."""
    said = [cell.trusts for (_, about), cell in cells.items() if about == seat and cell.has_worked]
    levels = [found for value in said if (found := level(value)) is not None]
    mean = 100 * fmean((value - 1) / 2 for value in levels) if levels else None
    return Received(len(levels), said.count(TOO_EARLY), sum(value >= 2 for value in levels), mean)


def facet_score(values: Iterable[float | None]) -> float | None:
    """The mean of (T - 1) / 2 in per cent of one facet; None without any level."""
    levels = [found for value in values if (found := level(value)) is not None]
    return 100 * fmean((value - 1) / 2 for value in levels) if levels else None


def three_facets(cells: Cells) -> float | None:
    """The mean of the means of trust and its rotated facets, of those that anybody answered."""
    named: dict[str, list[float | None]] = {}
    for cell in cells.values():
        named.setdefault("", []).append(cell.trusts)
        for name, value in cell.facets.items():
            named.setdefault(name, []).append(value)
    scores = [score for values in named.values() if (score := facet_score(values)) is not None]
    return fmean(scores) if scores else None


@dataclass(frozen=True)
class Returned:
    """Trust among the pairs in which both rate it (metric 6); ``edge`` is the edge reciprocity of T >= 2."""

    pairs: int
    equal: float | None
    both_high: float | None
    gap: float | None
    edge: float | None


def returned(cells: Cells, seats: list[int]) -> Returned:
    """Whether trust is returned."""
    rated = []
    for a, b in combinations(sorted(seats), 2):
        one, other = (level(cells[pair].trusts) if pair in cells else None for pair in ((a, b), (b, a)))
        if one is not None and other is not None:
            rated.append((one, other))
    high = [(str(a), str(b), 1.0) for (a, b), cell in cells.items() if cell.relies]
    edge = reciprocity(Graph.from_edges([str(seat) for seat in seats], high, directed=True))["recip_edge"]
    if not rated:
        return Returned(0, None, None, None, edge)
    return Returned(
        pairs=len(rated),
        equal=fmean(one == other for one, other in rated),
        both_high=fmean(min(pair) >= 2 for pair in rated),
        gap=fmean(abs(one - other) for one, other in rated),
        edge=edge,
    )
