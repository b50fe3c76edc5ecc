"""Steps between all pairs: breadth-first from 64 sources at a time, one bit a source.

For level after level every node gathers the bits of its neighbours. Exact, in numpy alone, and faster than walking
from one source at a time: a graph of 10,000 nodes and 100,000 arcs has its 10^8 distances counted in about a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .arrays import NDArray, Words, np
from .shape import Floats, Graph, Ints, Rows

UNREACHED = 2**15 - 1  # the largest of the small numbers that distances are kept in
_TOGETHER = 64 * 24  # sources walked at a time: 24 words a node stay in the processor's cache


@dataclass(frozen=True)
class Steps:
    """What the walks from ``sources`` (all when None) found.

    ``pairs[d]``: ordered pairs exactly d steps apart (``pairs[0]`` is 0). ``reached[v]``, ``total[v]``: how many
    sources reach v, and in how many steps together; for an undirected graph that is also how far v reaches.
    ``table[s, v]``: the steps from the s-th source, UNREACHED where there is no path; only when asked for.
    """

    sources: int
    nodes: int
    pairs: Ints
    reached: Ints
    total: Ints
    table: NDArray[np.int16] | None = None

    @property
    def reachable(self) -> int:
        """Ordered pairs with a path."""
        return int(self.pairs.sum())

    @property
    def mean(self) -> float | None:
        """Mean steps over reachable pairs; None when there is none."""
        return float((self.pairs * np.arange(len(self.pairs))).sum() / self.reachable) if self.reachable else None

    @property
    def longest(self) -> int | None:
        """The diameter over reachable pairs; None when there is none."""
        return len(self.pairs) - 1 if self.reachable else None

    @property
    def efficiency(self) -> float | None:
        """Mean of 1/steps over all ordered pairs, 0 where there is no path; None below two nodes."""
        possible = self.sources * (self.nodes - 1)
        return float((self.pairs[1:] / np.arange(1, len(self.pairs))).sum() / possible) if possible else None


def walk(g: Graph, *, table: bool = False, sources: Ints | None = None) -> Steps:
    """Steps along the arcs from every source to every node."""
    chosen = np.arange(g.n) if sources is None else sources
    count = len(chosen)
    steps = np.full((count, g.n), UNREACHED, np.int16) if table else None
    reached, total = np.zeros(g.n, np.int64), np.zeros(g.n, np.int64)
    pairs = np.zeros(1, np.int64)
    tails = np.repeat(np.arange(g.n), np.diff(g.into.starts))
    for first in range(0, count if g.m else 0, _TOGETHER):
        some = chosen[first : first + _TOGETHER]
        part = None if steps is None else steps[first : first + _TOGETHER]
        for far, fresh in enumerate(_levels(g.into, tails, some, g.n), start=1):
            new = np.bitwise_count(fresh).sum(axis=1, dtype=np.int64)
            reached += new
            total += new * far
            if far == len(pairs):
                pairs = np.append(pairs, 0)
            pairs[far] += new.sum()
            if part is not None:
                bits = np.unpackbits(fresh.view(np.uint8), axis=1, bitorder="little", count=len(some))
                part[bits.T.astype(bool)] = far
    if steps is not None:
        steps[np.arange(count), chosen] = 0
    return Steps(count, g.n, pairs, reached, total, steps)


def _levels(rows: Rows, targets: Ints, sources: Ints, n: int) -> Iterator[Words]:
    """Level after level the bits that arrive for the first time, a row a node; ends when nothing new arrives."""
    count = len(sources)
    whole = np.zeros((count + 63) // 64, np.uint64)
    bits = np.left_shift(np.uint64(1), (np.arange(count) % 64).astype(np.uint64))
    np.bitwise_or.at(whole, np.arange(count) // 64, bits)
    seen = np.zeros((n, len(whole)), np.uint64)
    np.bitwise_or.at(seen, (sources, np.arange(count) // 64), bits)
    fresh = seen.copy()
    while True:
        # Only arcs that can bring something: from a node with fresh bits to one that lacks some.
        has_news, lacks = np.asarray(fresh.any(axis=1)), np.asarray(np.not_equal(seen, whole).any(axis=1))
        useful = has_news[rows.ends] & lacks[targets]
        fresh = _gather(rows.ends[useful], targets[useful], fresh)
        fresh &= ~seen
        if not fresh.any():
            return
        seen |= fresh
        yield fresh


def _gather(tails: Ints, heads: Ints, fresh: Words) -> Words:
    """For each node the bits of all tails that point to it; ``heads`` ascending."""
    arrived = np.zeros_like(fresh)
    if not len(heads):
        return arrived
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]])
    arrived[heads[starts]] = np.bitwise_or.reduceat(fresh[tails], starts, axis=0)
    return arrived


def sample(g: Graph, size: int, seed: int) -> Ints | None:
    """Positions of ``size`` random sources, ascending; None (all) when there are no more nodes than that."""
    if g.n <= size:
        return None
    return np.sort(np.random.default_rng(seed).choice(g.n, size, replace=False)).astype(np.int64)


def inverse(table: NDArray[np.int16]) -> Floats:
    """1/steps, with 0 for the node itself and where there is no path."""
    most = int(table[table != UNREACHED].max(initial=0))
    lookup = np.zeros(most + 2)
    lookup[1:-1] = 1 / np.arange(1, most + 1)
    return lookup[np.minimum(table, most + 1)]
