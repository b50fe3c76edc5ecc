"""Paths: distance, efficiency, closeness, betweenness, and what lies within a few steps."""

from __future__ import annotations

from collections.abc import Iterable

from .. import engine
from ..arrays import NDArray, np
from ..distances import UNREACHED, Steps, sample, walk
from ..shape import Floats, Graph
from .ties import centralization, kept, ratio

SAMPLED = 256  # sources of a sampled betweenness
TABLE = 3000  # nodes up to which all steps are kept as a table


def steps(g: Graph) -> Steps:
    """Steps between all ordered pairs, along the arcs."""
    return kept(g, "steps", lambda: walk(g))


def table(g: Graph) -> NDArray[np.int16]:
    """The steps from each node (row) to each (column); ``distances.UNREACHED`` where there is no path."""
    return kept(g, "table", lambda: walk(g, table=True).table)


def distances(g: Graph) -> dict[str, float | int | None]:
    """Mean and longest steps over reachable pairs, with how many those are; global efficiency; fragmentation.

    Efficiency (Latora & Marchiori 2001) and fragmentation (Borgatti 2006, on the union) take pairs without a path
    for what they are; a mean distance cannot, so it never stands alone.
    """
    along, union = steps(g), steps(g.sym())
    possible = g.n * (g.n - 1)
    joined = ratio(union.reachable, possible)
    return {
        "apl_reachable_dir": along.mean,
        "diameter_reachable_dir": along.longest,
        "reachable_pairs_dir": along.reachable,
        "apl_reachable_sym": union.mean,
        "diameter_reachable_sym": union.longest,
        "reachable_pairs_sym": union.reachable,
        "reachable_share_dir": ratio(along.reachable, possible),
        "reachable_share_sym": joined,
        "global_efficiency_sym": union.efficiency,
        "global_efficiency_dir": along.efficiency,
        "fragmentation_F": None if joined is None else 1 - joined,
    }


def efficiency(g: Graph) -> float | None:
    """Global efficiency of the union."""
    return steps(g.sym()).efficiency


def fragmentation(g: Graph) -> float | None:
    """Share of pairs without any path between them, on the union; None below two nodes."""
    joined = ratio(steps(g.sym()).reachable, g.n * (g.n - 1))
    return None if joined is None else 1 - joined


def closeness(g: Graph) -> Floats | None:
    """(n-1) / sum of steps on the union; None where the graph is not connected."""
    sym = g.sym()
    walked = steps(sym)
    if g.n < 2 or walked.reachable < g.n * (g.n - 1):
        return None
    return (g.n - 1) / walked.total


def closeness_centralization(g: Graph) -> float | None:
    """Freeman's; None where the graph is not connected."""
    values = closeness(g)
    return None if values is None else centralization(values, (g.n - 1) * (g.n - 2) / (2 * g.n - 3))


def betweenness(g: Graph, *, exact: bool = True, seed: int = 1) -> Floats:
    """Freeman's raw betweenness; not exact: from SAMPLED sources, scaled up (same seed, same sources)."""
    if exact:
        return kept(g, "betweenness", lambda: engine.betweenness(g))
    return kept(g, f"betweenness {seed}", lambda: engine.betweenness(g, sample(g, SAMPLED, seed)))


def betweenness_centralization(g: Graph, *, exact: bool = True, seed: int = 1) -> float | None:
    """Freeman's, by (n-1)^2 (n-2); half of it when undirected."""
    most = (g.n - 1) ** 2 * (g.n - 2)
    return centralization(betweenness(g, exact=exact, seed=seed), most if g.directed else most / 2)


def reach_within(g: Graph, steps: int, without: Iterable[str] = ()) -> float | None:
    """Share of pairs at most ``steps`` apart on the union, after ``without`` and their ties are taken away.

    None when fewer than two nodes remain.
    """
    rest = g.sym().without(*without)
    pairs = walk(rest).pairs
    return ratio(int(pairs[1 : steps + 1].sum()), rest.n * (rest.n - 1))


def path(g: Graph, a: str, b: str) -> list[str] | None:
    """A shortest path between two nodes on the union, both ends named; of several the first by position; or None."""
    sym = g.sym()
    start, end = sym.place[a], sym.place[b]
    far = walk(sym, table=True, sources=np.array([end])).table
    assert far is not None
    if far[0, start] == UNREACHED:
        return None
    at, found = start, [sym.ids[start]]
    while at != end:
        near = sym.out.ends[sym.out.starts[at] : sym.out.starts[at + 1]]
        at = int(near[far[0, near] == far[0, at] - 1][0])
        found.append(sym.ids[at])
    return found
