"""The graph itself: distinct ties between known nodes, as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .arrays import Bools, Floats, Ints, np


class UnknownNode(ValueError):
    """A tie names a node that is not among the nodes."""

    def __init__(self, node: str):
        self.node = node
        super().__init__(node)


@dataclass(frozen=True)
class Rows:
    """Compressed rows: the neighbours of node i are ``ends[starts[i]:starts[i + 1]]``, ascending."""

    starts: Ints
    ends: Ints


@dataclass(frozen=True, eq=False)
class Graph:
    """Ties between ``ids``: each once, none from a node to itself.

    ``tails[k] -> heads[k]`` with ``weights[k]``; an undirected tie is kept once, with the lower position as its tail.
    ``self_ties`` and ``repeated`` count the rows that ``from_edges`` left out.
    """

    ids: tuple[str, ...]
    directed: bool
    tails: Ints
    heads: Ints
    weights: Floats
    self_ties: int = 0
    repeated: int = 0
    _kept: dict[str, object] = field(default_factory=dict, repr=False)

    @classmethod
    def from_edges(cls, nodes: Sequence[str], edges: Iterable[tuple[str, str, float]], directed: bool) -> Graph:
        """The graph of ``edges`` (from, to, weight; 1.0 when there is none) among ``nodes``.

        Isolates come from ``nodes``. A tie to oneself is left out; a tie given twice counts once, with the larger
        weight (in an undirected graph a-b and b-a are the same tie). Raises UnknownNode for an end not in ``nodes``,
        ValueError for a node given twice.
        """
        ids = tuple(nodes)
        place = {node: number for number, node in enumerate(ids)}
        if len(place) != len(ids):
            raise ValueError("a node is given twice")
        rows = list(edges)
        try:
            tails = np.fromiter((place[row[0]] for row in rows), np.int64, len(rows))
            heads = np.fromiter((place[row[1]] for row in rows), np.int64, len(rows))
        except KeyError as missing:
            raise UnknownNode(str(missing.args[0])) from None
        weights = np.fromiter((row[2] for row in rows), np.float64, len(rows))
        return cls.from_arrays(ids, tails, heads, weights, directed)

    @classmethod
    def from_arrays(cls, ids: Sequence[str], tails: Ints, heads: Ints, weights: Floats | None, directed: bool) -> Graph:
        """As ``from_edges``, with the ends given as positions in ``ids``."""
        tails, heads = np.asarray(tails, np.int64), np.asarray(heads, np.int64)
        weights = np.ones(len(tails)) if weights is None else np.asarray(weights, np.float64)
        other = tails != heads
        self_ties = int(len(tails) - other.sum())
        tails, heads, weights = tails[other], heads[other], weights[other]
        if not directed:
            tails, heads = np.minimum(tails, heads), np.maximum(tails, heads)
        keys = tails * len(ids) + heads
        order = np.lexsort((-weights, keys))
        keys = keys[order]
        first = np.ones(len(keys), bool)
        first[1:] = keys[1:] != keys[:-1]
        chosen = order[first]
        return cls(
            tuple(ids), directed, tails[chosen], heads[chosen], weights[chosen], self_ties, int(len(keys) - first.sum())
        )

    @property
    def n(self) -> int:
        """How many nodes."""
        return len(self.ids)

    @property
    def m(self) -> int:
        """How many ties: arcs when directed."""
        return len(self.tails)

    @cached_property
    def place(self) -> dict[str, int]:
        """The position of each id."""
        return {node: number for number, node in enumerate(self.ids)}

    @cached_property
    def arcs(self) -> tuple[Ints, Ints, Floats]:
        """Tails, heads, weights with an undirected tie in both directions, ordered by tail, then head."""
        if self.directed:
            return self.tails, self.heads, self.weights
        tails, heads = np.concatenate((self.tails, self.heads)), np.concatenate((self.heads, self.tails))
        order = np.lexsort((heads, tails))
        return tails[order], heads[order], np.concatenate((self.weights, self.weights))[order]

    @cached_property
    def out(self) -> Rows:
        """Whom each node names."""
        tails, heads, _ = self.arcs
        return Rows(_starts(tails, self.n), heads)

    @cached_property
    def into(self) -> Rows:
        """By whom each node is named."""
        if not self.directed:
            return self.out
        order = np.lexsort((self.tails, self.heads))
        return Rows(_starts(self.heads[order], self.n), self.tails[order])

    @cached_property
    def keys(self) -> Ints:
        """``tail * n + head`` of every arc, ascending: the sparse way to ask for a tie."""
        tails, heads, _ = self.arcs
        return tails * self.n + heads

    @cached_property
    def matrix(self) -> Bools:
        """Who names whom, n by n: for graphs of at most a few thousand nodes."""
        table = np.zeros((self.n, self.n), bool)
        tails, heads, _ = self.arcs
        table[tails, heads] = True
        return table

    def has(self, tails: Ints, heads: Ints) -> Bools:
        """For each pair of positions whether the arc exists."""
        if self.n <= 3000:
            return self.matrix[tails, heads]
        if not len(self.keys):
            return np.zeros(len(tails), bool)
        wanted = tails * self.n + heads
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return self.keys[at] == wanted

    def sym(self) -> Graph:
        """The union: tied where at least one side says so; the larger weight. Itself when undirected."""
        if not self.directed:
            return self
        return self._once("sym", lambda: Graph.from_arrays(self.ids, self.tails, self.heads, self.weights, False))

    def mutual(self) -> Graph:
        """Tied where both sides say so; the smaller weight. Itself when undirected."""
        if not self.directed:
            return self
        return self._once("mutual", self._mutual)

    def _mutual(self) -> Graph:
        back = self.heads * self.n + self.tails
        at = np.minimum(np.searchsorted(self.keys, back), max(self.m - 1, 0))
        both = self.keys[at] == back if self.m else np.zeros(0, bool)
        weights = np.minimum(self.weights, self.weights[at])[both] if self.m else self.weights
        tails, heads = self.tails[both], self.heads[both]
        return Graph.from_arrays(self.ids, tails, heads, weights, False)

    def among(self, kept: Bools) -> Graph:
        """The part of the graph between the nodes for which ``kept`` is true."""
        new = np.cumsum(kept) - 1
        ties = kept[self.tails] & kept[self.heads]
        ids = tuple(node for node, stays in zip(self.ids, kept.tolist(), strict=True) if stays)
        return Graph.from_arrays(ids, new[self.tails[ties]], new[self.heads[ties]], self.weights[ties], self.directed)

    def without(self, *nodes: str) -> Graph:
        """The rest when ``nodes`` and their ties are taken away."""
        kept = np.ones(self.n, bool)
        kept[[self.place[node] for node in nodes]] = False
        return self.among(kept)

    def _once(self, name: str, make) -> Graph:  # type: ignore[no-untyped-def]
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[return-value]


def _starts(sorted_tails: Ints, n: int) -> Ints:
    return np.searchsorted(sorted_tails, np.arange(n + 1)).astype(np.int64)
