"""Communities: the division with the best modularity, and whether it says more than chance."""

from __future__ import annotations

from dataclasses import dataclass

from .. import engine
from ..arrays import np
from ..shape import Graph
from .ties import kept


@dataclass(frozen=True)
class Communities:
    """The best division of ``runs``: its modularity, a number for each node, the share of runs that found it."""

    modularity: float
    membership: list[int]
    runs: int
    share_at_best: float

    @property
    def count(self) -> int:
        """How many communities."""
        return len(set(self.membership))


def usual_runs(g: Graph) -> int:
    """How often to try: often where it costs little and small graphs hide their best division."""
    return max(1, min(150, 240_000 // (g.n + 4 * g.m + 1)))


def communities(g: Graph, *, runs: int | None = None, seed: int = 1) -> Communities | None:
    """Best of ``runs`` of Leiden (Traag, Waltman & van Eck 2019) on the union; None without ties.

    Communities are numbered by their first node.
    """
    sym = g.sym()
    if not sym.m:
        return None
    many = runs or usual_runs(sym)

    def make() -> Communities:
        quality, membership, hits = engine.communities(sym, many, seed)
        _, first, numbers = np.unique(membership, return_index=True, return_inverse=True)
        rank = np.empty(len(first), np.int64)
        rank[np.argsort(first)] = np.arange(len(first))
        return Communities(quality, rank[numbers].tolist(), many, hits / many)

    return kept(sym, f"communities {many} {seed}", make)


def beyond_chance(g: Graph, *, rewirings: int = 200, seed: int = 1) -> float | None:
    """The 95th percentile of the best modularity after the ties are rewired with the same degrees.

    Communities are worth showing only above it. None without ties.
    """
    sym = g.sym()
    if not sym.m:
        return None
    return float(np.quantile(engine.rewired_modularity(sym, rewirings, seed), 0.95))
