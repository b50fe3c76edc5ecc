"""Counting ties: density, pairs, reciprocity, degrees, triads, and how far one node stands out (centralization)."""

from __future__ import annotations

from collections.abc import Sequence

from .. import engine
from ..arrays import np
from ..shape import Bools, Floats, Graph, Ints


def kept(g: Graph, name: str, make):  # type: ignore[no-untyped-def]
    """What ``make`` gives, worked out once for a graph."""
    if name not in g._kept:
        g._kept[name] = make()
    return g._kept[name]


def ratio(part: float, whole: float) -> float | None:
    """``part / whole``; None, not zero or infinity, when there is no whole."""
    return float(part) / float(whole) if whole else None


def shown(values: Sequence[float] | Floats) -> list[float | None]:
    """A list for JSON: None for what is undefined."""
    return [None if value != value else value for value in np.asarray(values, float).tolist()]


def density(g: Graph) -> float | None:
    """Ties / possible ties (Wasserman & Faust 1994); None below two nodes."""
    return ratio(g.m if g.directed else 2 * g.m, g.n * (g.n - 1))


def dyad_census(g: Graph) -> dict[str, int]:
    """Pairs with both, one and no arc (Holland & Leinhardt 1970)."""
    mutual, pairs = g.mutual().m, g.n * (g.n - 1) // 2
    asymmetric = g.m - 2 * mutual if g.directed else 0
    return {"mutual": mutual, "asymmetric": asymmetric, "null": pairs - mutual - asymmetric}


def reciprocity(g: Graph) -> dict[str, float | None]:
    """Four variants: by arcs, by tied pairs, by all pairs, against chance (Garlaschelli & Loffredo 2004)."""
    pairs = dyad_census(g)
    mutual, asymmetric = pairs["mutual"], pairs["asymmetric"]
    edge, dense = ratio(2 * mutual, 2 * mutual + asymmetric), density(g)
    return {
        "recip_edge": edge,
        "recip_dyad_nonnull": ratio(mutual, mutual + asymmetric),
        "recip_dyadic": ratio(mutual + pairs["null"], sum(pairs.values())),
        "recip_corr": None if edge is None or dense is None else ratio(edge - dense, 1 - dense),
    }


def indegree(g: Graph) -> Ints:
    """By how many each is named."""
    return np.diff(g.into.starts)


def outdegree(g: Graph) -> Ints:
    """How many each names."""
    return np.diff(g.out.starts)


def degree(g: Graph) -> Ints:
    """How many neighbours each has, whoever says so."""
    return np.diff(g.sym().out.starts)


def centralization(values: Floats | Ints, most: float) -> float | None:
    """Freeman (1979): how far the largest value stands out, by the ``most`` that is possible; None below three."""
    return ratio((values.max() - values).sum(), most) if len(values) > 2 else None


def degree_centralization(g: Graph) -> dict[str, float | None]:
    """Of being named and of naming (when directed), and of neighbours."""
    n = g.n
    found = {"centr_deg_sym": centralization(degree(g), (n - 1) * (n - 2))}
    if g.directed:
        found["centr_in"] = centralization(indegree(g), (n - 1) ** 2)
        found["centr_out"] = centralization(outdegree(g), (n - 1) ** 2)
    return found


def triangles(g: Graph) -> Ints:
    """The triangles of the union, one a row of three positions."""
    sym = g.sym()
    return kept(sym, "triangles", lambda: engine.triangles(sym))


def closed(g: Graph) -> Bools:
    """For every triangle the 3 by 3 table of who names whom in it."""

    def make() -> Bools:
        corners = triangles(g)
        table = np.zeros((len(corners), 3, 3), bool)
        for a in range(3):
            for b in range(3):
                if a != b:
                    table[:, a, b] = g.has(corners[:, a], corners[:, b])
        return table

    return kept(g, "closed", make)


def _turns() -> tuple[tuple[int, int, int], ...]:
    return (0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)


def transitive(g: Graph) -> list[tuple[tuple[int, int, int], Bools]]:
    """For each reading (i, k, j) of a triangle's corners: where i names k, k names j and i names j."""
    table = closed(g)
    return [((i, k, j), table[:, i, k] & table[:, k, j] & table[:, i, j]) for i, k, j in _turns()]


def two_steps(g: Graph) -> int:
    """Paths i, k, j of two arcs between different ends."""
    back = dyad_census(g)["mutual"] * 2
    return int((indegree(g) * outdegree(g)).sum()) - back


def transitivity_weak(g: Graph) -> float | None:
    """Share of two-step paths whose ends are tied directly, along the arcs."""
    return ratio(sum(int(whole.sum()) for _, whole in transitive(g)), two_steps(g))


def transitivity(g: Graph) -> float | None:
    """3 triangles / connected triples, on the union."""
    near = degree(g)
    return ratio(3 * len(triangles(g)), int((near * (near - 1) // 2).sum()))


def local_clustering(g: Graph) -> Floats:
    """Share of each node's pairs of neighbours that are tied (Watts & Strogatz 1998); NaN below two neighbours."""
    near = degree(g).astype(float)
    around = np.bincount(triangles(g).ravel(), minlength=g.n)
    possible = near * (near - 1) / 2
    return np.divide(around, possible, out=np.full(g.n, np.nan), where=possible > 0)


def mean_clustering(g: Graph) -> dict[str, float | None]:
    """Both conventions: nodes with fewer than two neighbours count as zero, or are left out."""
    local = local_clustering(g)
    defined = local[~np.isnan(local)]
    return {
        "ig_local_mean_zero": ratio(float(defined.sum()), g.n),
        "ig_local_mean_nan": ratio(float(defined.sum()), len(defined)),
    }


def triad_census(g: Graph) -> dict[str, int]:
    """Triads by number of ties (undirected), or by the 16 types of Holland & Leinhardt (1976).

    Closed triads are read from the list of triangles, open ones from the kinds of ties at their middle node, and
    those with one tie or none are what remains: no triad is looked at twice.
    """
    return _directed_triads(g) if g.directed else _plain_triads(g)


def _plain_triads(g: Graph) -> dict[str, int]:
    near = degree(g)
    three = len(triangles(g))
    two = int((near * (near - 1) // 2).sum()) - 3 * three
    one = g.m * (g.n - 2) - 2 * two - 3 * three if g.n > 2 else 0
    every = g.n * (g.n - 1) * (g.n - 2) // 6
    return {"0": every - one - two - three, "1": one, "2": two, "3": three}


_OPEN = {
    "201": ("m", "m"),
    "111D": ("i", "m"),
    "111U": ("m", "o"),
    "021D": ("o", "o"),
    "021U": ("i", "i"),
    "021C": ("i", "o"),
}
_TYPES = ("003", "012", "102", "021D", "021U", "021C", "111D", "111U",
          "030T", "030C", "201", "120D", "120U", "120C", "210", "300")  # fmt: skip
_TIES = {  # how many asymmetric and mutual pairs a triad of that type has
    "021D": (2, 0), "021U": (2, 0), "021C": (2, 0), "111D": (1, 1), "111U": (1, 1), "030T": (3, 0), "030C": (3, 0),
    "201": (0, 2), "120D": (2, 1), "120U": (2, 1), "120C": (2, 1), "210": (1, 2), "300": (0, 3),
}  # fmt: skip


def _directed_triads(g: Graph) -> dict[str, int]:
    n, pairs = g.n, dyad_census(g)
    mutual = degree(g.mutual())
    kinds = {"m": mutual, "o": outdegree(g) - mutual, "i": indegree(g) - mutual}
    table = closed(g)
    back = table.transpose(0, 2, 1)
    shut = {"m": table & back, "o": table & ~back, "i": back & ~table}
    found = dict.fromkeys(_TYPES, 0)
    for name, (a, b) in _OPEN.items():
        if a == b:
            found[name] = int((kinds[a] * (kinds[a] - 1) // 2).sum())
        else:
            found[name] = int((kinds[a] * kinds[b]).sum())
        for middle, x, y in ((0, 1, 2), (1, 0, 2), (2, 0, 1)):
            both = shut[a][:, middle, x] & shut[b][:, middle, y]
            if a != b:
                both |= shut[b][:, middle, x] & shut[a][:, middle, y]
            found[name] -= int(both.sum())
    found |= _closed_triads(shut)
    for name, kind, total in (("012", 0, pairs["asymmetric"]), ("102", 1, pairs["mutual"])):
        taken = sum(_TIES[other][kind] * found[other] for other in _TIES)
        found[name] = total * (n - 2) - taken if n > 2 else 0
    found["003"] = n * (n - 1) * (n - 2) // 6 - sum(found.values())
    return found


def _closed_triads(shut: dict[str, Bools]) -> dict[str, int]:
    """The seven types without an empty pair, from the corners of triangles."""
    mutual = shut["m"].sum(axis=(1, 2)) // 2
    gives, takes = shut["o"].sum(axis=2), shut["i"].sum(axis=2)  # asymmetric arcs out of and into each corner
    two_out, two_in = (gives == 2).any(axis=1), (takes == 2).any(axis=1)
    none, one = mutual == 0, mutual == 1
    return {
        "030T": int((none & two_out).sum()),
        "030C": int((none & ~two_out).sum()),
        "120D": int((one & two_out).sum()),
        "120U": int((one & two_in).sum()),
        "120C": int((one & ~two_out & ~two_in).sum()),
        "210": int((mutual == 2).sum()),
        "300": int((mutual == 3).sum()),
    }
