"""How a graph hangs together: components, cut nodes and ties, k-cores, Krackhardt's four conditions."""

from __future__ import annotations

from .. import engine
from ..arrays import np
from ..distances import UNREACHED, walk
from ..shape import Floats, Graph, Ints
from .paths import fragmentation, steps
from .ties import degree, kept, ratio

SMALL = 300  # nodes up to which eigenvectors are worked out in full
ORDERS = 3000  # strong components up to which least upper bounds are looked for


def components(g: Graph, strong: bool = False) -> Ints:
    """For each node the number of its component."""
    return kept(g, f"components {strong}", lambda: engine.components(g, strong))


def component_sizes(g: Graph, strong: bool = False) -> list[int]:
    """Largest first."""
    return sorted(np.bincount(components(g, strong)).tolist(), reverse=True) if g.n else []


def isolates(g: Graph) -> list[str]:
    """Nodes without any tie."""
    return [g.ids[node] for node in np.flatnonzero(degree(g) == 0)]


def articulation(g: Graph) -> list[int]:
    """Positions, counted from 1, of nodes whose removal splits their component, on the union."""
    return (engine.articulation(g.sym()) + 1).tolist()


def bridges(g: Graph) -> list[tuple[str, str]]:
    """Ties of the union whose removal splits their component."""
    return [(g.ids[a], g.ids[b]) for a, b in engine.bridges(g.sym())]


def coreness(g: Graph) -> Ints:
    """For each node the largest k of a k-core that holds it, on the union."""
    return engine.coreness(g.sym())


def eigenvector(g: Graph) -> Floats:
    """Eigenvector centrality on the union, largest 1; NaN without ties.

    Where two components have the same largest eigenvalue it is not unique; small graphs then get the direction
    nearest to the degrees. Read it only within a component.
    """
    sym = g.sym()
    if not sym.m:
        return np.full(g.n, np.nan)
    if sym.n > SMALL:
        return np.abs(engine.eigenvector(sym))
    values, vectors = np.linalg.eigh(sym.matrix.astype(float))
    largest = vectors[:, values > values[-1] - 1e-9]
    found = np.abs(largest @ (largest.T @ degree(sym)))
    return found / found.max()


def krackhardt(g: Graph) -> dict[str, float | None]:
    """Krackhardt's (1994) graph-theoretical dimensions of an out-tree.

    ``efficiency`` counts arcs (as the R package sna), ``efficiency_on_symmetrised`` ties of the union (as ORA);
    hierarchy and least upper boundedness only for directed graphs. None where no violation is possible.
    """
    sizes = np.array(component_sizes(g), np.int64)
    spare = int((sizes - 1).sum())
    apart = fragmentation(g)
    arcs, possible = len(g.arcs[0]), int((sizes * (sizes - 1)).sum())
    found = {"connectedness": None if apart is None else 1 - apart}
    if g.directed:
        found["hierarchy"] = _hierarchy(g)
    found["efficiency"] = _spared(arcs - spare, possible - spare)
    if g.directed:
        found["lubness"] = _lubness(g)
    found["efficiency_on_symmetrised"] = _spared(g.sym().m - spare, possible // 2 - spare)
    return found


def _spared(surplus: int, most: int) -> float | None:
    share = ratio(surplus, most)
    return None if share is None else 1 - share


def _hierarchy(g: Graph) -> float | None:
    """1 - pairs that reach each other / pairs of which at least one reaches the other."""
    sizes = np.array(component_sizes(g, strong=True), np.int64)
    both = int((sizes * (sizes - 1) // 2).sum())
    return _spared(both, steps(g).reachable - both)


def _lubness(g: Graph) -> float | None:
    """1 - pairs without an agreed upper bound / the most there can be, per weak component; after R's sna.

    An upper bound reaches both of the pair. sna asks for one bound that reaches all other bounds; since whoever
    reaches a bound is a bound too, that is the case exactly when one single source (a strong component that nobody
    else reaches) reaches both. None above ORDERS strong components: too many pairs to compare.
    """
    sizes = np.array(component_sizes(g), np.int64)
    most = int(((sizes - 1) * (sizes - 2) // 2).sum())
    strong = components(g, strong=True)
    count = int(strong.max(initial=-1)) + 1
    if not most or count > ORDERS:
        return None
    among = Graph.from_arrays([str(i) for i in range(count)], strong[g.tails], strong[g.heads], None, True)
    sources = np.flatnonzero(np.diff(among.into.starts) == 0)
    far = walk(among, table=True, sources=sources).table
    assert far is not None
    reach = (far != UNREACHED).astype(np.float32)
    whole = np.zeros(count, np.int64)
    whole[strong] = components(g)
    missing = (reach.T @ reach != 1) & (whole[:, None] == whole[None, :])
    # Within a strong component all pairs have the same bounds: those that reach the component.
    weight = np.bincount(strong, minlength=count).astype(float)
    apart = missing & ~np.eye(count, dtype=bool)
    violations = weight @ apart @ weight / 2 + float((np.diag(missing) * weight * (weight - 1) / 2).sum())
    return 1 - float(violations) / most
