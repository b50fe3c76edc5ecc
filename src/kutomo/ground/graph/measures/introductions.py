"""Which one tie would shorten the paths most: the gain in global efficiency of every missing tie, exactly.

A new tie i-j can shorten the path u-v only in one direction (u, i, j, v or u, j, i, v; were both shorter, each would
have to be shorter than itself). So the gain over all pairs is a sum over a = steps(u, i), b = steps(j, v) and
c = steps(u, v) with a + 1 + b < c of how many such u and v there are, times 1/(a+1+b) - 1/c; and those counts are
products of the matrices "exactly a steps apart". A few matrix products give all gains at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..arrays import np
from ..distances import UNREACHED
from ..shape import Floats, Graph
from .paths import table
from .ties import kept

WORK = 6e10  # multiplications allowed; above it there is no list


@dataclass(frozen=True)
class Gain:
    """A missing tie: what it would add to global efficiency, how far apart its ends are now (None: no path), and how
    many neighbours they share."""

    i: str
    j: str
    gain: float
    shared: int
    distance: int | None


def gains(g: Graph) -> Floats | None:
    """For every pair the gain of a tie between them on the union; NaN where they are tied. None when too large."""
    sym = g.sym()
    return kept(sym, "gains", lambda: _gains(sym))


def feasible(g: Graph) -> bool:
    """Whether ``gains`` will work the graph through: n to the third for each combination of steps."""
    if g.n > 3000:
        return False
    far = table(g.sym())
    most = int(far[far != UNREACHED].max(initial=0))
    return _products(most) * float(g.n) ** 3 <= WORK


def _products(most: int) -> int:
    return max(1, most * (most - 1) // 2)


def _gains(sym: Graph) -> Floats | None:
    if not feasible(sym) or sym.n < 2:
        return None
    far = table(sym)
    most = int(far[far != UNREACHED].max(initial=0))
    kind = np.float64 if sym.n <= 600 else np.float32
    exactly = [(far == a).astype(kind) for a in range(most + 1)]
    total = np.zeros((sym.n, sym.n))
    for c in range(2, most + 1):
        for a in range(c - 1):
            weighted = sum(exactly[b] * kind(1 / (a + 1 + b) - 1 / c) for b in range(c - 1 - a))
            total += (exactly[a] @ exactly[c] if a else exactly[c]) @ weighted
    total = total + _joining(far, most)
    total[far == 1] = np.nan
    np.fill_diagonal(total, np.nan)
    return 2 * total / (sym.n * (sym.n - 1))


def _joining(far: np.ndarray, most: int) -> Floats:
    """The gain of pairs without a path: all pairs across their two components get one."""
    around = np.stack([(far == a).sum(axis=1) for a in range(most + 1)], axis=1).astype(float)
    a = np.arange(most + 1)
    joined = around @ (1 / (a[:, None] + a[None, :] + 1)) @ around.T
    return np.where(far == UNREACHED, joined, 0.0)


def introductions(
    g: Graph, limit: int = 10, candidates: Iterable[tuple[str, str]] | None = None, *, shared: bool | None = None
) -> list[Gain] | None:
    """The ``limit`` missing ties with the largest gain; equal gains by position. None when the graph is too large.

    ``candidates``: only these pairs. ``shared``: True for pairs with a common neighbour, False for those without.
    """
    sym = g.sym()
    found = gains(sym)
    if sym.n < 2:
        return []
    if found is None:
        return None
    wanted = ~np.isnan(np.triu(found, 1)) & np.triu(np.ones_like(found, bool), 1)
    far = table(sym)
    if shared is not None:
        wanted &= (far == 2) if shared else (far != 2)
    if candidates is not None:
        allowed = np.zeros_like(wanted)
        for a, b in candidates:
            allowed[sorted((sym.place[a], sym.place[b]))[0], sorted((sym.place[a], sym.place[b]))[1]] = True
        wanted &= allowed
    rows, columns = np.nonzero(wanted)
    values = np.round(found[rows, columns], 12)
    order = np.lexsort((columns, rows, -values))[:limit]
    return [_gain(sym, int(rows[k]), int(columns[k]), far, found) for k in order]


def _gain(sym: Graph, i: int, j: int, far: np.ndarray, found: Floats) -> Gain:
    steps = int(far[i, j])
    common = int((sym.matrix[i] & sym.matrix[j]).sum())
    return Gain(sym.ids[i], sym.ids[j], float(found[i, j]), common, None if steps == UNREACHED else steps)
