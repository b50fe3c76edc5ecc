"""Two sides of a pair, two relations of the same nodes."""

from __future__ import annotations

import numpy as np
import pytest

from .. import Graph, measures
from .sets import load


def test_agreement():
    ties = [("a", "b", 3.0), ("b", "a", 3.0), ("a", "c", 1.0), ("c", "a", 3.0), ("b", "c", 2.0)]
    found = measures.agreement(Graph.from_edges(["a", "b", "c"], ties, True), least=2)
    assert (found.pairs, found.equal, found.both_at_least, found.mean_gap) == (2, 0.5, 0.5, 1.0)
    nobody = measures.agreement(Graph.from_edges(["a", "b"], [("a", "b", 3.0)], True), least=2)
    assert (nobody.pairs, nobody.equal, nobody.mean_gap) == (0, None, None)
    assert measures.agreement(Graph.from_edges(["a"], [], True), least=2).pairs == 0


def test_multiplexity():
    both = load("knoke_bureaucracies")
    information, money = both["information"].graph, both["money"].graph
    found = measures.multiplexity([information, money])
    assert found[1] + 2 * found[2] == information.sym().m + money.sym().m
    assert found[2] == int((information.sym().matrix & money.sym().matrix).sum()) // 2
    with pytest.raises(ValueError, match="same nodes"):
        measures.multiplexity([information, load("kite")["all"].graph.without("1")])


def test_likeness_is_the_correlation_of_the_cells():
    both = load("knoke_bureaucracies")
    information, money = both["information"].graph, both["money"].graph
    cells = ~np.eye(10, dtype=bool)
    wanted = np.corrcoef(information.matrix[cells], money.matrix[cells])[0, 1]
    found = measures.likeness(information, money)
    assert found.correlation == pytest.approx(wanted)
    assert found.as_high + found.as_low >= 1
    assert measures.likeness(information, information).as_high < 0.01
    assert measures.likeness(information, Graph.from_edges(information.ids, [], True)).correlation is None
