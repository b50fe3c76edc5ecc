"""The one place that imports igraph: what it does right and fast. Everything speaks in positions and arrays."""

from __future__ import annotations

import random
import warnings
from typing import TYPE_CHECKING, Any

from .arrays import Late, np
from .shape import Floats, Graph, Ints

if TYPE_CHECKING:
    import igraph
else:
    igraph = Late("igraph")


def _of(g: Graph) -> igraph.Graph:
    """The same graph for igraph, made once."""
    if "igraph" not in g._kept:
        g._kept["igraph"] = igraph.Graph(n=g.n, edges=np.column_stack((g.tails, g.heads)), directed=g.directed)
    return g._kept["igraph"]


class _Seeded:
    """igraph draws from Python's ``random`` module; inside this it draws from a generator of its own."""

    def __init__(self, seed: int):
        self.generator = random.Random(seed)

    def __enter__(self) -> None:
        igraph.set_random_number_generator(self.generator)

    def __exit__(self, *_error: object) -> None:
        igraph.set_random_number_generator(random)


def _floats(values: list[float]) -> Floats:
    return np.array(values, float)


def betweenness(g: Graph, sources: Ints | None = None) -> Floats:
    """Raw betweenness, each undirected pair once; from ``sources`` only, scaled up, when given."""
    if sources is None:
        return _floats(_of(g).betweenness(directed=g.directed))
    got = _floats(_of(g).betweenness(directed=g.directed, sources=sources.tolist()))
    return got * (g.n / max(len(sources), 1))


def components(g: Graph, strong: bool = False) -> Ints:
    """For each node the number of its component."""
    return np.array(_of(g).connected_components(mode="strong" if strong else "weak").membership, np.int64)


def articulation(g: Graph) -> Ints:
    """Nodes whose removal splits their component, ascending."""
    return np.sort(np.array(_of(g).articulation_points(), np.int64))


def bridges(g: Graph) -> list[tuple[int, int]]:
    """Ties whose removal splits their component, as pairs of positions."""
    return sorted((int(g.tails[tie]), int(g.heads[tie])) for tie in _of(g).bridges())


def coreness(g: Graph) -> Ints:
    """For each node the largest k of a k-core that holds it (Seidman 1983)."""
    return np.array(_of(g).coreness(mode="all"), np.int64)


def triangles(g: Graph) -> Ints:
    """All triangles of an undirected graph, one a row."""
    found = _of(g).list_triangles()
    return np.array(found, np.int64).reshape(len(found), 3)


def triad_census(g: Graph) -> dict[str, int]:
    """The 16 types of Holland & Leinhardt (1976)."""
    census = _of(g).triad_census()
    names = ("003", "012", "102", "021D", "021U", "021C", "111D", "111U",
             "030T", "030C", "201", "120D", "120U", "120C", "210", "300")  # fmt: skip
    return {name: int(getattr(census, f"t{name}")) for name in names}


def constraint(g: Graph, weighted: bool = False) -> Floats:
    """Burt's constraint (1992) with p from s = z + z'; NaN for isolates."""
    return _floats(_of(g).constraint(weights=g.weights.tolist() if weighted else None))


def eigenvector(g: Graph) -> Floats:
    """Eigenvector centrality of an undirected graph, largest 1."""
    with _Seeded(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of graphs in pieces; the caller says so too
        return _floats(_of(g).eigenvector_centrality())


def communities(g: Graph, runs: int, seed: int) -> tuple[float, Ints, int]:
    """The best modularity over ``runs`` of Leiden on an undirected graph, its membership, how many runs found it."""
    shape = _of(g)
    best, membership, hits = -1.0, np.zeros(g.n, np.int64), 0
    with _Seeded(seed):
        for _ in range(runs):
            found: Any = shape.community_leiden(objective_function="modularity", n_iterations=-1)
            quality = found.modularity
            if quality > best + 1e-9:
                best, membership, hits = quality, np.array(found.membership, np.int64), 1
            elif quality > best - 1e-9:
                hits += 1
    return best, membership, hits


def louvain(g: Graph, runs: int, seed: int) -> float:
    """The best modularity over ``runs`` of Louvain on an undirected graph."""
    with _Seeded(seed):
        return max(_of(g).community_multilevel().modularity for _ in range(runs))


def spring(g: Graph, seed: int, start: Floats | None, rounds: int) -> Floats:
    """Positions by Fruchterman and Reingold, n by 2; the same seed gives the same picture."""
    with _Seeded(seed):
        return np.array(_of(g).layout_fruchterman_reingold(niter=rounds, seed=start, grid="auto").coords, float)


def rewired_modularity(g: Graph, times: int, seed: int) -> Floats:
    """The modularity that Leiden finds after the ties are rewired, each node keeping its number of ties."""
    found = []
    with _Seeded(seed):
        for _ in range(times):
            shape = _of(g).copy()
            shape.rewire(10 * g.m)
            found.append(shape.community_leiden(objective_function="modularity", n_iterations=-1).modularity)
    return _floats(found)
