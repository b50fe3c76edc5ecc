"""Core and periphery, the discrete model of Borgatti & Everett (2000)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..arrays import np
from ..shape import Bools, Floats, Graph, Ints
from .ties import degree, kept

DENSE = 1500  # nodes up to which sets are improved node by node
SMALL = 100  # nodes up to which every prefix and
STARTS = 300  # ... so many random sets are climbed from
FEW = 16  # prefixes climbed from in larger graphs

# The correlation, from how many pairs there are, how many the pattern marks, how many are tied, and how many both.
Fit = Callable[[Floats, Floats, Floats], Floats]


@dataclass(frozen=True)
class Core:
    """The core found, its fit, and the densities inside it, between it and the rest, and in the rest."""

    rho: float
    members: list[str]
    density_core: float | None
    density_between: float | None
    density_periphery: float | None


def core_periphery(g: Graph, *, seed: int = 1) -> Core | None:
    """The core whose pattern "tied when at least one of the two is in the core" correlates best with the ties.

    Best found: from prefixes of the nodes by degree and from random sets, one node moved at a time, then two
    exchanged; above DENSE nodes the prefixes only. None when no pattern can be correlated (no ties or all ties).
    """
    return kept(g.sym(), f"core or {seed}", lambda: _best(g.sym(), _or_fit, seed))


def core_against_periphery(g: Graph, *, seed: int = 1) -> Core | None:
    """The variant that leaves ties between core and periphery out. It is degenerate on stars: use the other."""
    return kept(g.sym(), f"core cc {seed}", lambda: _best(g.sym(), _block_fit, seed))


def _or_fit(sizes: Floats, inside: Floats, outside: Floats, *, n: int, m: int) -> Floats:
    """Correlation over all pairs; ``inside``, ``outside``: ties within the core and within the periphery."""
    pairs = n * (n - 1) / 2
    rest = n - sizes
    marked = pairs - rest * (rest - 1) / 2
    return _correlation(pairs, marked, m, m - outside)


def _block_fit(sizes: Floats, inside: Floats, outside: Floats, *, n: int, m: int) -> Floats:
    """Correlation over the pairs within the core and within the periphery only."""
    rest = n - sizes
    marked = sizes * (sizes - 1) / 2
    return _correlation(marked + rest * (rest - 1) / 2, marked, inside + outside, inside)


def _correlation(pairs, marked, tied, both):  # type: ignore[no-untyped-def]
    spread = marked * (pairs - marked) * tied * (pairs - tied)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = (pairs * both - marked * tied) / np.sqrt(spread)
    return np.where(spread > 0, found, -2.0)


def _best(g: Graph, fit, seed: int) -> Core | None:  # type: ignore[no-untyped-def]
    if g.n < 3 or not g.m:
        return None

    def judge(sizes: Floats, inside: Floats, outside: Floats) -> Floats:
        return fit(sizes, inside, outside, n=g.n, m=g.m)

    if g.n > DENSE:
        rho, core = _prefixes(g, judge)
    else:
        rho, core = _climbed(g, judge, seed)
    return _described(g, rho, core) if rho > -2 else None


def _prefixes(g: Graph, judge: Fit) -> tuple[float, Bools]:
    """The best of "the k nodes with most ties", for every k at once."""
    order = np.argsort(-degree(g), kind="stable")
    found = _all_prefixes(g, order, judge)
    size = int(found.argmax()) + 1
    core = np.zeros(g.n, bool)
    core[order[:size]] = True
    return float(found[size - 1]), core


def _all_prefixes(g: Graph, order: Ints, judge: Fit) -> Floats:
    """How well the first k nodes of ``order`` fit, for k from 1 to n - 1."""
    rank = np.empty(g.n, np.int64)
    rank[order] = np.arange(g.n)
    first, last = np.minimum(rank[g.tails], rank[g.heads]), np.maximum(rank[g.tails], rank[g.heads])
    inside = np.cumsum(np.bincount(last, minlength=g.n))[:-1]  # ties whose later end is among the first k
    outside = g.m - np.cumsum(np.bincount(first, minlength=g.n))[:-1]
    return judge(np.arange(1, g.n, dtype=float), inside.astype(float), outside.astype(float))


def _climbed(g: Graph, judge: Fit, seed: int) -> tuple[float, Bools]:
    """All starts climb at once, a row each; then the best few also by exchanging two nodes."""
    matrix = g.matrix.astype(np.float32)
    cores, found = _flip(_starts(g, judge, seed), matrix, g.m, judge)
    best = np.argsort(-found, kind="stable")[:12]
    _, distinct = np.unique(cores[best], axis=0, return_index=True)
    tops = [_exchange(cores[best[at]], matrix, g.m, judge) for at in np.sort(distinct)[:6]]
    return max(tops, key=lambda top: top[0])


def _starts(g: Graph, judge: Fit, seed: int) -> Bools:
    """Small graphs: every prefix by degree and random sets. Larger: the best prefixes, as they are and disturbed."""
    n, generator = g.n, np.random.default_rng(seed)
    order = np.argsort(-degree(g), kind="stable")
    rank = np.empty(n, np.int64)
    rank[order] = np.arange(n)
    prefixes = rank[None, :] < np.arange(1, n)[:, None]
    if n <= SMALL:
        return np.vstack((prefixes, generator.random((STARTS, n)) < generator.random((STARTS, 1))))
    best = prefixes[np.argsort(-_all_prefixes(g, order, judge), kind="stable")[:FEW]]
    return np.vstack((best, best ^ (generator.random(best.shape) < 0.04)))


def _flip(cores: Bools, matrix, m: int, judge: Fit) -> tuple[Bools, Floats]:  # type: ignore[no-untyped-def]
    """Each row moves the one node that helps most, in or out, until nothing helps."""
    near = matrix.sum(axis=1).astype(float)
    done, values = [], []
    cores = cores.copy()
    toward = (cores.astype(np.float32) @ matrix).astype(float)  # each node's ties into the core
    inside = (toward * cores).sum(axis=1) / 2
    outside = m - (cores * near).sum(axis=1) + inside
    while len(cores):
        sizes, rows = cores.sum(axis=1).astype(float), np.arange(len(cores))
        now = judge(sizes, inside, outside)
        way = np.where(cores, -1.0, 1.0)
        then = judge(
            sizes[:, None] + way,
            inside[:, None] + way * toward,
            outside[:, None] - way * (near - toward),
        )
        move = then.argmax(axis=1)
        better = then[rows, move] > now + 1e-12
        done.append(cores[~better])
        values.append(now[~better])
        cores, move, rows = cores[better], move[better], np.arange(int(better.sum()))
        toward, inside, outside = toward[better], inside[better], outside[better]
        way = np.where(cores[rows, move], -1.0, 1.0)
        inside += way * toward[rows, move]
        outside -= way * (near[move] - toward[rows, move])
        toward += way[:, None] * matrix[move]
        cores[rows, move] ^= True
    return np.concatenate(done), np.concatenate(values)


def _exchange(core: Bools, matrix, m: int, judge: Fit) -> tuple[float, Bools]:  # type: ignore[no-untyped-def]
    """One set, improved by exchanging a node of the core for one of the periphery, or by moving one."""
    near = matrix.sum(axis=1).astype(float)
    while True:
        (settled,), (value,) = _flip(core[None, :], matrix, m, judge)
        core = settled
        ins, outs = np.flatnonzero(core), np.flatnonzero(~core)
        toward = (matrix @ core.astype(np.float32)).astype(float)
        inside = float(toward[core].sum() / 2)
        outside = float(m - near[core].sum() + inside)
        tie = matrix[np.ix_(ins, outs)]
        gained = toward[outs][None, :] - tie - toward[ins][:, None]
        left = (near - toward)[ins][:, None] - tie - (near - toward)[outs][None, :]
        then = judge(np.full(tie.shape, float(len(ins))), inside + gained, outside + left)
        if not then.size or then.max() <= value + 1e-12:
            return float(value), core
        a, b = np.unravel_index(int(then.argmax()), then.shape)
        core = core.copy()
        core[ins[a]], core[outs[b]] = False, True


def _described(g: Graph, rho: float, core: Bools) -> Core:
    a, b = core[g.tails], core[g.heads]
    size, rest = int(core.sum()), g.n - int(core.sum())

    def share(ties: Bools, pairs: float) -> float | None:
        return float(ties.sum()) / pairs if pairs else None

    return Core(
        rho,
        [g.ids[node] for node in np.flatnonzero(core)],
        share(a & b, size * (size - 1) / 2),
        share(a ^ b, size * rest),
        share(~a & ~b, rest * (rest - 1) / 2),
    )
