"""Several relations among the same nodes, and answers of two sides about each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..arrays import np
from ..shape import Graph
from .ties import ratio


@dataclass(frozen=True)
class Agreement:
    """Pairs that both gave a level: how many, the share with the same level, the share where both gave at least the
    asked one, and the mean difference. None when there is no such pair."""

    pairs: int
    equal: float | None
    both_at_least: float | None
    mean_gap: float | None


def agreement(g: Graph, least: float) -> Agreement:
    """How far both sides' levels (the weights of a directed graph) agree, after Provan and others (2005)."""
    back = g.heads * g.n + g.tails
    at = np.minimum(np.searchsorted(g.keys, back), max(len(g.keys) - 1, 0))
    both = (g.tails < g.heads) & (g.keys[at] == back) if g.directed and g.m else np.zeros(g.m, bool)
    one, other = g.weights[both], g.weights[at][both] if g.m else g.weights
    count = len(one)
    return Agreement(
        count,
        ratio(int((one == other).sum()), count),
        ratio(int((np.minimum(one, other) >= least).sum()), count),
        ratio(float(np.abs(one - other).sum()), count),
    )


def multiplexity(graphs: Sequence[Graph]) -> dict[int, int]:
    """Of the pairs tied in at least one relation, how many are tied in exactly 1, 2 ... of them (on the unions).

    All graphs have the same nodes; raises ValueError otherwise.
    """
    _alike(graphs)
    keys = np.concatenate([graph.sym().tails * graph.n + graph.sym().heads for graph in graphs])
    _, times = np.unique(keys, return_counts=True)
    return {many: int((times == many).sum()) for many in range(1, len(graphs) + 1)}


@dataclass(frozen=True)
class Likeness:
    """The correlation of two relations, and the shares of permutations at least as high and at most as high."""

    correlation: float | None
    as_high: float | None
    as_low: float | None
    permutations: int


def likeness(a: Graph, b: Graph, *, permutations: int = 2000, seed: int = 1) -> Likeness:
    """QAP (Krackhardt 1988): how alike two relations are, against the same relations with the nodes exchanged.

    The correlation over all ordered pairs of nodes; None when one of the relations has no ties or all.
    """
    _alike((a, b))
    n, pairs = a.n, a.n * (a.n - 1)
    tails, heads, _ = a.arcs
    first, second = len(tails), len(b.arcs[0])
    spread = first * (pairs - first) * second * (pairs - second)
    if spread <= 0:
        return Likeness(None, None, None, 0)
    observed = int(b.has(tails, heads).sum())
    dice = np.random.default_rng(seed)
    found = np.empty(permutations, np.int64)
    for turn in range(permutations):
        order = dice.permutation(n)
        found[turn] = b.has(order[tails], order[heads]).sum()
    return Likeness(
        (pairs * observed - first * second) / spread**0.5,
        float((found >= observed).mean()),
        float((found <= observed).mean()),
        permutations,
    )


def _alike(graphs: Sequence[Graph]) -> None:
    if len({graph.ids for graph in graphs}) != 1:
        raise ValueError("the relations do not have the same nodes")
