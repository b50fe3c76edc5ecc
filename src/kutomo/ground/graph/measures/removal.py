"""What hangs on a node: the graph without it, dependence on it, and the shape that a graph has as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from .. import engine
from ..arrays import np
from ..distances import UNREACHED, inverse, sample, walk
from ..shape import Graph
from .core import Core, core_periphery
from .paths import TABLE, betweenness, betweenness_centralization, table
from .ties import degree, density, kept, ratio

SAMPLED = 512  # sources of the comparison of paths in graphs of more than TABLE nodes


@dataclass(frozen=True)
class Removal:
    """The union without ``node``; pairs are counted once, among the others. ``sampled_sources``: from how many nodes
    the paths were compared, None when from all."""

    node: str
    components: int
    largest: int
    largest_share: float | None
    isolates: int
    density: float | None
    apl_reachable: float | None
    efficiency: float | None
    fragmentation: float | None
    ties_lost_share: float | None
    efficiency_others_before: float | None
    efficiency_others_after: float | None
    efficiency_loss: float | None
    pairs_disconnected: int
    pairs_lengthened: int
    articulation: int
    sampled_sources: int | None = None


def removal(g: Graph, *nodes: str, seed: int = 1) -> Removal:
    """The union of ``g`` after ``nodes`` (one, or all that one person acts for) and their ties are taken away."""
    sym = g.sym()
    name = " ".join(sorted(nodes))
    return kept(sym, f"removal {name} {seed}", lambda: _removed(sym, nodes, seed))


def _removed(sym: Graph, nodes: Sequence[str], seed: int) -> Removal:
    gone = np.zeros(sym.n, bool)
    gone[[sym.place[node] for node in nodes]] = True
    rest = sym.among(~gone)
    own = np.bincount(engine.components(rest), minlength=0) if rest.n else np.zeros(0, np.int64)
    before_pieces = len(np.unique(engine.components(sym)[~gone]))
    lost = int((gone[sym.tails] | gone[sym.heads]).sum())
    chosen = sample(rest, SAMPLED if sym.n > TABLE else sym.n, seed)
    from_all = chosen is None
    sources = np.arange(rest.n) if chosen is None else chosen
    originals = np.flatnonzero(~gone)
    if from_all:
        before = table(sym)[np.ix_(~gone, ~gone)]
    else:
        before = walk(sym, table=True, sources=originals[sources]).table[:, originals]  # type: ignore[index]
    walked = walk(rest, table=True, sources=sources)
    after = walked.table
    assert after is not None
    possible = len(sources) * (rest.n - 1)
    start, end = ratio(float(inverse(before).sum()), possible), walked.efficiency
    scale = (rest.n / len(sources) if len(sources) else 0) / 2
    cut = int(((before != UNREACHED) & (after == UNREACHED)).sum())
    longer = int(((before < after) & (after != UNREACHED)).sum())
    largest = int(own.max(initial=0))
    joined = ratio(walked.reachable, possible)
    return Removal(
        node=" ".join(nodes),
        components=len(own),
        largest=largest,
        largest_share=ratio(largest, rest.n),
        isolates=int((degree(rest) == 0).sum()),
        density=density(rest),
        apl_reachable=walked.mean,
        efficiency=end,
        fragmentation=None if joined is None else 1 - joined,
        ties_lost_share=ratio(lost, sym.m),
        efficiency_others_before=start,
        efficiency_others_after=end,
        efficiency_loss=None if not start or end is None else max(0.0, 1 - end / start),
        pairs_disconnected=round(cut * scale),
        pairs_lengthened=round(longer * scale),
        articulation=int(len(own) > before_pieces),
        sampled_sources=None if from_all else len(sources),
    )


@dataclass(frozen=True)
class Dependence:
    """How much the others' graph hangs on ``nodes``: the figures of the removal, and ``others`` counted before it.

    ``only``: members whose every tie is with them. ``new_isolates`` is how many of the others lose all ties.
    """

    nodes: tuple[str, ...]
    tie_share: float | None
    others: int
    largest_before: int
    largest_after: int
    new_isolates: int
    efficiency_loss: float | None
    pairs_cut: int
    pairs_lengthened: int
    only: tuple[str, ...]


def dependence(g: Graph, *nodes: str) -> Dependence:
    """Dependence on ``nodes``, on the union (give ``g.mutual()`` for confirmed ties only)."""
    sym = g.sym()
    found = removal(sym, *nodes)
    gone = np.zeros(sym.n, bool)
    gone[[sym.place[node] for node in nodes]] = True
    ties = np.concatenate((sym.tails[gone[sym.heads]], sym.heads[gone[sym.tails]]))
    with_them = np.bincount(ties, minlength=sym.n)
    only = np.flatnonzero(~gone & (degree(sym) > 0) & (degree(sym) == with_them))
    pieces = np.bincount(engine.components(sym)[~gone], minlength=1)
    return Dependence(
        nodes=nodes,
        tie_share=found.ties_lost_share,
        others=sym.n - int(gone.sum()),
        largest_before=int(pieces.max(initial=0)),
        largest_after=found.largest,
        new_isolates=len(only),
        efficiency_loss=found.efficiency_loss,
        pairs_cut=found.pairs_disconnected,
        pairs_lengthened=found.pairs_lengthened,
        only=tuple(sym.ids[node] for node in only),
    )


def top(g: Graph, values: np.ndarray) -> str | None:
    """The node with the largest value; of equals the first by position. None in an empty graph."""
    return g.ids[int(np.flatnonzero(values >= values.max() - 1e-9)[0])] if g.n else None


@dataclass(frozen=True)
class Phase:
    """The shape of the graph and the figures that decide it.

    ``name``: "scattered", "hub-and-spoke", "multi-hub", "core/periphery", or "" when no shape is clear (or when there
    are fewer than eight nodes). ``without_top``, ``without_tops``: the largest component after the top 1 (top tenth, at
    least 2) by betweenness are removed, as a share of the largest before. ``margin``: by how much the deciding figure
    passes its threshold.
    """

    name: str
    n: int
    largest: float | None = None
    mean_degree: float | None = None
    centralization: float | None = None
    hub: str | None = None
    hub_share: float | None = None
    without_top: float | None = None
    without_tops: float | None = None
    rho: float | None = None
    core_density: float | None = None
    core_share: float | None = None
    margin: float | None = None


def phase(g: Graph) -> Phase:
    """Scattered, hub-and-spoke, multi-hub, core/periphery or no clear shape, on the union (after Krebs & Holley;
    the thresholds are this project's own and not validated). Above TABLE nodes betweenness is sampled."""
    sym = g.sym()
    if sym.n < 8:
        return Phase("", sym.n)
    most = int(np.bincount(engine.components(sym)).max())
    largest = most / sym.n
    exact = sym.n <= TABLE
    between = betweenness(sym, exact=exact)
    ranked = np.lexsort((np.arange(sym.n), -np.round(between, 9)))
    many = max(2, round(sym.n / 10))
    without_top, without_tops = (_largest_without(sym, ranked[:count]) / most for count in (1, many))
    core = core_periphery(sym)
    figures = Phase(
        name="",
        n=sym.n,
        largest=largest,
        mean_degree=2 * sym.m / sym.n,
        centralization=betweenness_centralization(sym, exact=exact),
        hub=sym.ids[int(ranked[0])],
        hub_share=ratio(int(degree(sym)[ranked[0]]), sym.m),
        without_top=without_top,
        without_tops=without_tops,
        rho=core.rho if core else None,
        core_density=core.density_core if core else None,
        core_share=len(core.members) / sym.n if core else None,
    )
    name, margin = _named(figures, core)
    return Phase(**{**asdict(figures), "name": name, "margin": margin})


def _largest_without(sym: Graph, nodes: np.ndarray) -> int:
    kept_nodes = np.ones(sym.n, bool)
    kept_nodes[nodes] = False
    return int(np.bincount(engine.components(sym.among(kept_nodes)), minlength=1).max())


def _named(f: Phase, core: Core | None) -> tuple[str, float | None]:
    """The first rule that holds, and the distance of its figure from the threshold."""
    largest, mean_degree = f.largest or 0.0, f.mean_degree or 0.0
    without_top, without_tops = f.without_top or 0.0, f.without_tops or 0.0
    if largest < 2 / 3:
        return "scattered", 2 / 3 - largest
    if mean_degree < 1:
        return "scattered", 1 - mean_degree
    if f.centralization is not None and f.centralization >= 0.5:
        return "hub-and-spoke", f.centralization - 0.5
    if without_top < 0.6 and f.hub_share is not None and f.hub_share >= 0.3:
        return "hub-and-spoke", 0.6 - without_top
    if without_tops < 0.75:
        return "multi-hub", 0.75 - without_tops
    clear = core and core.rho >= 0.4 and (core.density_core or 0) >= 0.6 and 0.05 <= (f.core_share or 0) <= 0.5
    if core and clear:
        return "core/periphery", core.rho - 0.4
    return "", None
