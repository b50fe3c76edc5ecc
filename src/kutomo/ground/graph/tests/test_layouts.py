"""Pictures: the same seed the same picture, nothing outside, nothing on top of each other, isolates in a row."""

from __future__ import annotations

import itertools
import math

import pytest

from .. import Graph, layouts
from .sets import load


def distance(a, b) -> float:
    return math.dist(a, b)


@pytest.mark.parametrize("name", ["karate", "toy_fragments", "florentine_marriage", "emon_texas", "toy_star"])
def test_force(name):
    g = load(name)["all"].graph
    places = layouts.force(g, 3)
    assert places == layouts.force(g, 3)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
    assert min(distance(a, b) for a, b in itertools.combinations(places, 2)) > 0.005
    sym = g.sym()
    tied = [distance(places[a], places[b]) for a, b in zip(sym.tails, sym.heads, strict=True)]
    every = [distance(a, b) for a, b in itertools.combinations(places, 2)]
    assert sum(tied) / len(tied) < sum(every) / len(every)


def test_isolates_stand_below_in_a_row():
    g = load("toy_fragments")["all"].graph
    places = dict(zip(g.ids, layouts.force(g), strict=True))
    assert places["11"][1] == places["12"][1] > 0.9
    assert all(y < 0.9 for node, (_, y) in places.items() if node not in ("11", "12"))


def test_components_do_not_mix():
    letters = ["abcdefgh", "ijkl", "mn"]
    ties = [(a, b, 1.0) for one in letters for a in one for b in one if a < b]
    g = Graph.from_edges([node for one in letters for node in one], ties, False)
    places = dict(zip(g.ids, layouts.force(g), strict=True))
    for one, other in itertools.combinations(letters, 2):
        boxes = [[[places[node][axis] for node in part] for axis in (0, 1)] for part in (one, other)]
        apart = [
            max(boxes[0][axis]) < min(boxes[1][axis]) or max(boxes[1][axis]) < min(boxes[0][axis]) for axis in (0, 1)
        ]
        assert any(apart), (one, other)


def test_a_later_picture_keeps_what_stood():
    whole = load("karate")["all"].graph
    before = whole.without("33", "34", "12")
    first = dict(zip(before.ids, layouts.force(before), strict=True))
    later = dict(zip(whole.ids, layouts.force(whole, start=first), strict=True))
    assert {node: later[node] for node in first} == first
    assert set(later) == set(whole.ids)
    assert distance(later["12"], later["1"]) < 0.25  # its only neighbour
    assert layouts.force(whole, 1, start=first) == layouts.force(whole, 1, start=first)


def test_rings_say_strength_and_nothing_else():
    g = load("karate")["all"].graph
    strength = {node: len(node) + (5 if node == "34" else 0) for node in g.ids}
    places = dict(zip(g.ids, layouts.rings(g, strength), strict=True))
    far = {node: round(distance(place, (0.5, 0.5)), 3) for node, place in places.items()}
    assert min(far, key=far.get) == "34"
    assert far["1"] == far["9"] > far["10"] == far["33"] > far["34"]
    assert layouts.rings(g, [1.0] * g.n) == layouts.rings(g, [7.0] * g.n)
    assert layouts.rings(Graph.from_edges([], [], False), []) == []
