"""Ties and groups: the E-I index and Gould and Fernandez's brokerage."""

from __future__ import annotations

from collections.abc import Sequence

from ..arrays import np
from ..shape import Bools, Floats, Graph, Ints
from .ties import indegree, outdegree, ratio, transitive, triangles

Values = Sequence[object]
ROLES = ("w_I", "w_O", "b_IO", "b_OI", "b_O", "t")
COLUMNS = [
    "coordinator w_I", "itinerant w_O", "representative b_IO", "gatekeeper b_OI", "liaison b_O", "total",
]  # fmt: skip


def _codes(values: Values) -> tuple[Bools, Ints, list[object]]:
    """Which nodes have a value, their groups as numbers, and the groups in order of appearance."""
    known = np.array([value is not None and value != "" for value in values], bool)
    names = list(dict.fromkeys(value for value, told in zip(values, known.tolist(), strict=True) if told))
    number = {name: code for code, name in enumerate(names)}
    codes = np.array([number[v] for v, told in zip(values, known.tolist(), strict=True) if told], np.int64)
    return known, codes, names


def external_internal(g: Graph, values: Values) -> dict[str, object]:
    """The E-I index (Krackhardt & Stern 1988), -1 all ties inside groups to +1 all outside.

    Beside it what the groups' sizes alone would give, and the densities. Arcs are counted (an undirected tie is
    two), ``_sym`` counts ties of the union. Nodes without a value, and their ties, are left out.
    """
    known, codes, names = _codes(values)
    part = g.among(known)
    tails, heads, _ = part.arcs
    sizes = np.bincount(codes, minlength=len(names))
    same = codes[tails] == codes[heads]
    internal, external = int(same.sum()), int((~same).sum())
    sym = part.sym()
    alike = codes[sym.tails] == codes[sym.heads]
    inside, outside = int(alike.sum()), int((~alike).sum())
    within = int((sizes * (sizes - 1)).sum())
    between = part.n * (part.n - 1) - within
    per = {}
    for code, name in enumerate(names):
        touching = (codes[sym.tails] == code) | (codes[sym.heads] == code)
        own, other = int((touching & alike).sum()), int((touching & ~alike).sum())
        per[str(name)] = {"size": int(sizes[code]), "internal": own, "external": other, "EI": _index(own, other)}
    return {
        "internal": internal,
        "external": external,
        "EI": _index(internal, external),
        "internal_sym": inside,
        "external_sym": outside,
        "EI_sym": _index(inside, outside),
        "EI_expected_by_size": _index(within, between),
        "density_within": ratio(internal, within),
        "density_between": ratio(external, between),
        "unknown": g.n - part.n,
        "by_group_sym": per,
    }


def _index(internal: int, external: int) -> float | None:
    return ratio(external - internal, external + internal)


def brokerage(g: Graph, values: Values) -> dict[str, object]:
    """Gould & Fernandez (1989): paths i, k, j of two arcs without an arc i, j, by the groups of the three.

    ``raw`` has a row a node k (None for a node without a value; such nodes are left out of all paths). ``expected``
    and ``z`` are for the whole graph, under arcs thrown at random with the same density and groups, as in R's sna.
    """
    known, codes, names = _codes(values)
    part = g.among(known)
    counts = _open_paths(part, codes, len(names)) - _closed_paths(part, codes)
    counts = np.column_stack((counts, counts.sum(axis=1))).astype(np.int64)
    rows = iter(counts.tolist())
    totals = counts.sum(axis=0)
    expected, variance = _by_chance(part, np.bincount(codes, minlength=len(names)).astype(float))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (totals - expected) / np.sqrt(variance)
    return {
        "columns": COLUMNS,
        "raw": [next(rows) if told else None for told in known.tolist()],
        "totals": dict(zip(ROLES, totals.tolist(), strict=True)),
        "expected": dict(zip(ROLES, expected.tolist(), strict=True)),
        "z": {
            role: value if spread > 1e-12 and value == value else None
            for role, value, spread in zip(ROLES, z.tolist(), variance.tolist(), strict=True)
        },
    }


def _open_paths(g: Graph, codes: Ints, groups: int) -> Floats:
    """All two-arc paths through each node by role, closed or not, from how many neighbours it has in each group."""

    def per_group(nodes: Ints, others: Ints) -> Floats:
        return np.bincount(nodes * groups + codes[others], minlength=g.n * groups).reshape(g.n, groups).astype(float)

    tails, heads, _ = g.arcs
    mutual = g.mutual()
    sent, got = per_group(tails, heads), per_group(heads, tails)
    back = per_group(*mutual.arcs[:2])  # i and j the same node: no path between two
    own = np.arange(g.n), codes
    through = got * sent - back
    coordinator = through[own]
    itinerant = through.sum(axis=1) - coordinator
    got_others, sent_others = indegree(g) - got[own], outdegree(g) - sent[own]
    liaison = got_others * sent_others - (got * sent).sum(axis=1) + (got * sent)[own]
    return np.column_stack((coordinator, itinerant, got[own] * sent_others, got_others * sent[own], liaison))


def _closed_paths(g: Graph, codes: Ints) -> Floats:
    """The paths whose ends are tied directly, by role, from the triangles."""
    found = np.zeros((g.n, 5))
    corners = triangles(g)
    for (i, k, j), whole in transitive(g):
        first, middle, last = (codes[corners[whole, corner]] for corner in (i, k, j))
        role = np.select(
            [(first == middle) & (middle == last), first == last, first == middle, middle == last],
            [0, 1, 2, 3],
            4,
        )
        np.add.at(found, (corners[whole, k], role), 1)
    return found


def _by_chance(g: Graph, sizes: Floats) -> tuple[Floats, Floats]:
    """Expectation and variance of the totals when each arc is there with the probability d of the graph's density.

    The moments are those of R's sna (its documented order of roles). The sum over three different groups in the
    liaison's variance is written with power sums, so that many groups cost nothing.
    """
    n = float(g.n)
    d = len(g.arcs[0]) / (n * (n - 1)) if n > 1 else 0.0
    p2, p3, p4, p5 = d**2 * (1 - d), d**3 * (1 - d) ** 3, d**4 * (1 - d) ** 2, d**5 * (1 - d)
    s1, s2, s3, s4 = (float((sizes**power).sum()) for power in (1, 2, 3, 4))
    threes = s1**3 - 3 * s1 * s2 + 2 * s3  # products of the sizes of three different groups
    weighted = s2 * s1**2 - s2**2 - 2 * s3 * s1 + 2 * s4  # ... times the size of the first
    inside = sizes * (sizes - 1) * (sizes - 2)
    pairs = float((sizes * (n - sizes) * (sizes - 1)).sum())
    expected = p2 * np.array([inside.sum(), pairs, pairs, pairs, threes, n * (n - 1) * (n - 2)])
    x, y = sizes[:, None], sizes[None, :]
    other = x * y * (x - 1) * ((2 * x + 2 * y - 6) * p3 + (n - x - 1) * p5)
    np.fill_diagonal(other, 0)
    border = float((sizes * (n - sizes) * (sizes - 1) * ((n - 3) * p3 + (sizes - 2) * p5)).sum())
    spread = [
        float((inside * ((4 * sizes - 10) * p3 - 4 * (sizes - 3) * p4 + (sizes - 3) * p5)).sum()),
        float(other.sum()),
        border,
        border,
        ((4 * n - 2) * threes - 8 * weighted) * (p3 - p4) + ((n - 1) * threes - 2 * weighted) * p5,
        n * (n - 1) * (n - 2) * ((4 * n - 10) * p3 - 4 * (n - 3) * p4 + (n - 3) * p5),
    ]
    return expected, expected * (1 - p2) + np.array(spread)
