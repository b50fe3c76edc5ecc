"""Mutual knowledge (MK) and reach without the leader (RWL). Pure. Source: methods 3 and 14."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kutomo.ground.graph import Graph
from kutomo.ground.graph.measures import reach_within

from .scoring import Pair


def mutual_knowledge(seats: Sequence[int], pairs: Iterable[Pair]) -> float | None:
    """MK: pairs of seats that both say "we know what they do and whom to call" / all pairs; None below two seats."""
    return _known(seats, pairs).m / (len(seats) * (len(seats) - 1) / 2) if len(seats) > 1 else None


def reach_without_leader(seats: Sequence[int], pairs: Iterable[Pair], leaders: Iterable[int]) -> float | None:
    """RWL: share of pairs at most two steps apart when the leader's seats are taken away; None below two others."""
    present = set(seats)
    return reach_within(_known(seats, pairs), 2, without=[str(seat) for seat in leaders if seat in present])


def _known(seats: Sequence[int], pairs: Iterable[Pair]) -> Graph:
    present = set(seats)
    ties = [(str(a), str(b), 1.0) for a, b in pairs if a in present and b in present]
    return Graph.from_edges([str(seat) for seat in seats], ties, directed=False)
