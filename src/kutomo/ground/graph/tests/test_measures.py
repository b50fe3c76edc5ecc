"""What is not defined, what is left out, what must be the same twice."""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from .. import Graph, UnknownNode, distances, measures

ROOM = Path(__file__).resolve().parents[1]


def graph(ties: str, nodes: str = "", directed: bool = True) -> Graph:
    """Ties like "ab bc": one letter a node."""
    pairs = [(pair[0], pair[1], 1.0) for pair in ties.split()]
    return Graph.from_edges(list(nodes or sorted({end for pair in pairs for end in pair[:2]})), pairs, directed)


def test_a_tie_counts_once_with_its_largest_weight_and_none_to_oneself():
    ties = [("a", "b", 1.0), ("a", "b", 3.0), ("b", "a", 2.0), ("a", "a", 9.0)]
    directed = Graph.from_edges(["a", "b"], ties, True)
    assert (directed.m, directed.self_ties, directed.repeated) == (2, 1, 1)
    assert directed.weights.tolist() == [3, 2]
    both = Graph.from_edges(["a", "b"], ties, False)
    assert (both.m, both.weights.tolist(), both.repeated) == (1, [3], 2)
    assert directed.sym().weights.tolist() == [3]
    assert directed.mutual().weights.tolist() == [2]


def test_unknown_and_repeated_nodes_are_refused():
    with pytest.raises(UnknownNode) as error:
        Graph.from_edges(["a"], [("a", "x", 1.0)], True)
    assert error.value.node == "x"
    with pytest.raises(ValueError, match="twice"):
        Graph.from_edges(["a", "a"], [], True)


def _leaves(value):
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield value


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("ties", ["", "ab", "ab ba", "ab bc", "ab bc ca", "ab cd"])
@pytest.mark.parametrize("nodes", ["", "abcd", "abcdef"])
def test_never_infinite_never_nan(ties, nodes, directed):
    g = graph(ties, nodes, directed)
    found = measures.full(g, groups={"kind": [None, "x", "y", "", "x", "x"][: g.n]}, weights=True)
    text = json.dumps(found, allow_nan=False)  # raises for infinity and NaN
    assert json.loads(text)["graph"]["n"] == g.n
    if g.m == 0:
        assert found["graph"]["apl_reachable_sym"] is None
        assert found["graph"]["transitivity_sym"] is None
        assert set(found["node"]["constraint_bin"]) <= {None}
    assert all(value is None or isinstance(value, int | float | str) for value in _leaves(found))


def test_everybody_says_the_same():
    letters = "abcdefgh"
    g = graph(" ".join(a + b for a in letters for b in letters if a != b), letters)
    found = measures.full(g, groups={"half": list("xxxxyyyy")})
    assert found["graph"]["density"] == 1
    assert found["graph"]["recip_corr"] is None  # nothing is left that chance could do
    assert found["core_periphery_discrete"]["or_pattern"] is None
    assert found["introductions_best"] == []
    assert measures.phase(g).name == ""


def test_groups_without_a_value_are_left_out():
    g = graph("ab bc cd de", "abcde", directed=False)
    found = measures.external_internal(g, ["x", "x", "", "y", None])
    assert (found["internal_sym"], found["external_sym"], found["unknown"]) == (1, 0, 2)
    assert measures.brokerage(g, ["x", "x", "", "y", None])["raw"][2] is None


def test_one_group_has_nothing_outside():
    found = measures.external_internal(graph("ab bc", directed=False), ["x"] * 3)
    assert (found["EI"], found["EI_expected_by_size"], found["density_between"]) == (-1, -1, None)


def test_reach_without_the_middle():
    star = graph("ab ac ad ae", directed=False)
    assert measures.reach_within(star, 2) == 1
    assert measures.reach_within(star, 2, without=["a"]) == 0
    ring = graph("ab bc cd de ea", directed=False)
    assert measures.reach_within(ring, 2, without=["a"]) == pytest.approx(5 / 6)
    assert measures.reach_within(ring, 1) == pytest.approx(0.5)
    assert measures.reach_within(graph("ab"), 2, without=["a"]) is None


def test_path_between_two():
    g = graph("ab bc cd dx ya", "abcdxyz")
    assert measures.path(g, "y", "c") == ["y", "a", "b", "c"]
    assert measures.path(g, "c", "y") == ["c", "b", "a", "y"]
    assert measures.path(g, "a", "z") is None
    assert measures.path(g, "a", "a") == ["a"]


def test_dependence_on_one_who_acts_for_two():
    g = graph("ab bc cd de ef", directed=False)
    found = measures.dependence(g, "b", "e")
    assert found.others == 4
    assert found.only == ("a", "f")
    assert (found.largest_before, found.largest_after, found.pairs_cut) == (4, 2, 5)
    assert found.tie_share == pytest.approx(4 / 5)


def test_dependence_on_somebody_alone():
    found = measures.dependence(graph("ab bc", "abcx", directed=False), "x")
    assert (found.tie_share, found.pairs_cut, found.efficiency_loss) == (0, 0, 0)


def test_introductions_of_some_pairs_only():
    g = graph("ab bc cd de", "abcdef", directed=False)
    wanted = [("c", "a"), ("f", "a")]
    found = measures.introductions(g, candidates=wanted)
    assert {(one.i, one.j) for one in found} == {("a", "c"), ("a", "f")}
    assert [one.distance for one in found if one.j == "f"] == [None]
    assert all(one.shared for one in measures.introductions(g, shared=True))
    assert not any(one.shared for one in measures.introductions(g, shared=False))
    assert measures.introductions(graph("", "a", False)) == []


def test_silence():
    found = measures.silence(graph("ab ba ac bc", "abcd"), ["d", "c"])
    assert found["density_available_case"] == pytest.approx(4 / 6)
    assert found["density_bounds"] == [pytest.approx(4 / 12), pytest.approx(10 / 12)]
    assert found["recon_arcs"] == 6  # a-c and b-c once more, from the other side
    assert found["dyads_no_report"] == 1
    nobody = measures.silence(graph("ab", "ab"), ["a", "b"])
    assert nobody["density_available_case"] is None


def test_the_same_seed_gives_the_same_and_nobody_elses_dice_are_touched():
    dice = np.random.default_rng(4)
    g = Graph.from_arrays([str(i) for i in range(60)], dice.integers(0, 60, 200), dice.integers(0, 60, 200), None, True)
    again = Graph(g.ids, True, g.tails, g.heads, g.weights)
    random.seed(7)
    expected = random.Random(7).random()
    first = measures.full(g)
    assert random.random() == expected
    assert measures.full(again) == first


def test_sampled_betweenness_says_so_and_is_near():
    dice = np.random.default_rng(4)
    n = 800
    tails, heads = dice.integers(0, n, 4000), (dice.pareto(1.5, 4000) * 10).astype(int) % n
    g = Graph.from_arrays([str(i) for i in range(n)], tails, heads, None, True)
    exact, near = measures.betweenness(g), measures.betweenness(g, exact=False)
    assert np.corrcoef(exact, near)[0, 1] > 0.95
    assert near.sum() == pytest.approx(exact.sum(), rel=0.2)


def test_walks_over_more_sources_than_go_together():
    n = distances._TOGETHER + 70
    ring = Graph.from_arrays([str(i) for i in range(n)], np.arange(n), (np.arange(n) + 1) % n, None, True)
    some = distances.walk(ring, table=True, sources=np.arange(0, n, n // 5))
    assert some.table[1, 0] == n - n // 5
    chords = Graph.from_arrays(
        ring.ids, np.r_[ring.tails, ring.tails], np.r_[ring.heads, (ring.heads + 39) % n], None, True
    )
    whole = distances.walk(chords)
    assert whole.reachable == n * (n - 1)
    assert set(whole.reached.tolist()) == {n - 1}
    assert len(set(whole.total.tolist())) == 1  # every node of such a ring sees the same


def test_progress_is_told():
    told = []
    measures.full(graph("ab bc"), progress=lambda part, share: told.append((part, share)))
    assert told[0] == ("ties", 0)
    assert told[-1] == ("done", 1)
    assert [share for _, share in told] == sorted(share for _, share in told)


def test_communities_of_two_cliques_say_more_than_chance():
    letters = ["abcdef", "ghijkl"]
    ties = " ".join(a + b for one in letters for a in one for b in one if a < b)
    g = graph(ties + " ag", directed=False)
    found = measures.communities(g)
    assert found.count == 2
    assert found.membership == [0] * 6 + [1] * 6
    assert found.modularity > measures.beyond_chance(g, rewirings=20)


def test_only_the_engine_imports_igraph_and_nobody_django():
    for path in ROOM.rglob("*.py"):
        if "tests" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        roots = {name.split(".")[0] for name in names}
        assert "django" not in roots, path
        assert "igraph" not in roots or path.name == "engine.py", path


def test_django_is_not_loaded():
    code = "import sys, kutomo.ground.graph.measures, kutomo.ground.graph.formats; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
