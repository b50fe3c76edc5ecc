"""Random graphs against networkx, and against the definitions written out."""

from __future__ import annotations

import itertools
import math
import random

import networkx as nx
import numpy as np
import pytest

from .. import Graph, engine, measures

SHAPES = [
    (n, share, directed, seed)
    for n, share in ((2, 0.5), (5, 0.3), (9, 0.15), (14, 0.3), (25, 0.08), (25, 0.5), (70, 0.05))
    for directed in (False, True)
    for seed in (1, 2)
]


def drawn(n: int, share: float, directed: bool, seed: int) -> tuple[Graph, nx.Graph]:
    other = nx.gnp_random_graph(n, share, seed=seed, directed=directed)
    return Graph.from_edges(
        [str(i) for i in range(n)], [(str(a), str(b), 1.0) for a, b in other.edges], directed
    ), other


@pytest.mark.parametrize(("n", "share", "directed", "seed"), SHAPES)
def test_against_networkx(n, share, directed, seed):
    g, other = drawn(n, share, directed, seed)
    union = other.to_undirected()
    graph = measures.full(g)["graph"]
    node = measures.full(g)["node"]
    assert graph["density"] == pytest.approx(nx.density(other))
    assert node["betw_sym"] == pytest.approx(list(nx.betweenness_centrality(union, normalized=False).values()))
    assert node["kcores_sym"] == list(nx.core_number(union).values())
    assert graph["global_efficiency_sym"] == pytest.approx(nx.global_efficiency(union))
    assert graph["ig_local_mean_zero"] == pytest.approx(nx.average_clustering(union))
    assert graph["transitivity_sym"] == (pytest.approx(nx.transitivity(union)) if _triples(union) else None)
    assert sorted(graph["articulation"]) == sorted(one + 1 for one in nx.articulation_points(union))
    assert graph["ig_bridges"] == len(list(nx.bridges(union)))
    assert graph["comp_sizes_weak"] == sorted(map(len, nx.connected_components(union)), reverse=True)
    assert node["constraint_sym"] == _close(nx.constraint(union))
    sizes = dict.fromkeys(range(n), math.nan) | nx.effective_size(union, nodes=list(range(n)))
    assert node["effective_size_sym"] == _close(sizes)
    if directed:
        assert graph["recip_edge"] == (pytest.approx(nx.overall_reciprocity(other)) if g.m else None)
        assert graph["triad_census"] == nx.triadic_census(other)
        assert graph["components_strong"] == nx.number_strongly_connected_components(other)
        assert node["betw_dir"] == pytest.approx(list(nx.betweenness_centrality(other, normalized=False).values()))
        assert node["constraint_bin"] == _close(nx.constraint(other, nodes=list(range(n)))) or _silent(other)


def _triples(union: nx.Graph) -> int:
    return sum(d * (d - 1) for _, d in union.degree)


def _silent(other: nx.DiGraph) -> bool:
    """networkx gives NaN for nodes that name nobody, though others name them."""
    return any(d == 0 for _, d in other.out_degree)


def _close(values: dict) -> object:
    return [None if value != value else pytest.approx(value) for value in values.values()]


@pytest.mark.parametrize(("n", "share", "directed", "seed"), SHAPES)
def test_distances(n, share, directed, seed):
    g, other = drawn(n, share, directed, seed)
    far = dict(nx.all_pairs_shortest_path_length(other))
    found = sorted(d for ends in far.values() for d in ends.values() if d)
    steps = measures.steps(g)
    assert steps.reachable == len(found)
    assert steps.mean == (pytest.approx(sum(found) / len(found)) if found else None)
    assert steps.longest == (max(found) if found else None)
    assert steps.total.tolist() == [sum(ends.get(v, 0) for ends in far.values()) for v in range(n)]


def test_triads_of_igraph():
    g, _ = drawn(40, 0.2, True, 5)
    assert measures.triad_census(g) == engine.triad_census(g)


@pytest.mark.parametrize(("n", "share", "seed"), [(8, 0.2, 1), (12, 0.15, 2), (15, 0.12, 3), (15, 0.3, 4), (9, 0.0, 5)])
def test_every_gain_is_what_the_tie_would_bring(n, share, seed):
    g, other = drawn(n, share, False, seed)
    before = nx.global_efficiency(other)
    gains = measures.gains(g)
    for a, b in itertools.combinations(range(n), 2):
        if other.has_edge(a, b):
            assert np.isnan(gains[a, b])
            continue
        with_it = other.copy()
        with_it.add_edge(a, b)
        assert gains[a, b] == pytest.approx(nx.global_efficiency(with_it) - before, abs=1e-12)
        assert gains[b, a] == pytest.approx(gains[a, b], abs=1e-12)


def test_effective_size_of_a_directed_graph_where_networkx_errs():
    arcs = ["0>3", "1>0", "1>3", "2>1", "2>3", "3>0", "3>1"]
    g = Graph.from_edges(["0", "1", "2", "3"], [(*arc.split(">"), 1.0) for arc in arcs], True)
    assert measures.effective_size(g)[3] == pytest.approx(2.1)


def _brokerage(g: Graph, groups: list[str]) -> list[list[int]]:
    """Gould & Fernandez, path by path."""
    rows = [[0] * 6 for _ in range(g.n)]
    for i, k, j in itertools.permutations(range(g.n), 3):
        if g.matrix[i, k] and g.matrix[k, j] and not g.matrix[i, j]:
            a, b, c = groups[i], groups[k], groups[j]
            role = 0 if a == b == c else 1 if a == c else 2 if a == b else 3 if b == c else 4
            rows[k][role] += 1
            rows[k][5] += 1
    return rows


@pytest.mark.parametrize(("n", "share", "directed", "seed"), SHAPES)
def test_brokerage_path_by_path(n, share, directed, seed):
    g, _ = drawn(n, share, directed, seed)
    dice = random.Random(seed)
    groups = [dice.choice("abcd") for _ in range(n)]
    assert measures.brokerage(g, groups)["raw"] == _brokerage(g, groups)


@pytest.mark.parametrize(("n", "share", "seed"), [(7, 0.4, 1), (9, 0.3, 2), (10, 0.5, 3)])
def test_the_best_core_of_all(n, share, seed):
    """Small enough to try every set."""
    g, _ = drawn(n, share, False, seed)
    pairs = list(itertools.combinations(range(n), 2))
    tied = np.array([g.matrix[a, b] for a, b in pairs], float)
    best = -1.0
    for size in range(1, n):
        for core in itertools.combinations(range(n), size):
            pattern = np.array([a in core or b in core for a, b in pairs], float)
            if pattern.std() and tied.std():
                best = max(best, float(np.corrcoef(pattern, tied)[0, 1]))
    assert measures.core_periphery(g).rho == pytest.approx(best)
