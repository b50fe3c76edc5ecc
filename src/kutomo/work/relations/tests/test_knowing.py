"""MK and RWL: the golden figures of the methods (section 14) and of the demo story (section 11)."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from kutomo.work.relations.rules.knowing import mutual_knowledge, reach_without_leader

STORY = Path(__file__).with_name("story.toml")


def test_a_star_around_the_leader_reaches_nobody_without_the_leader():
    seats = list(range(1, 11))
    star = [(1, other) for other in seats[1:]]
    assert mutual_knowledge(seats, star) == pytest.approx(9 / 45)
    assert reach_without_leader(seats, star, [1]) == 0
    assert reach_without_leader(seats, star, []) == 1


def test_everybody_nobody_and_too_few():
    seats = [1, 2, 3, 4]
    everybody = list(combinations(seats, 2))
    assert mutual_knowledge(seats, everybody) == reach_without_leader(seats, everybody, [1]) == 1
    assert mutual_knowledge(seats, []) == reach_without_leader(seats, [], [1]) == 0
    assert mutual_knowledge([1], []) is None
    assert reach_without_leader([1, 2], [(1, 2)], [1]) is None
    assert mutual_knowledge([], []) is None


def test_only_two_steps_count_and_strangers_do_not():
    seats = [1, 2, 3, 4, 5]
    line = [(2, 3), (3, 4), (4, 5), (5, 99)]
    assert reach_without_leader(seats, line, [1]) == pytest.approx(5 / 6)


def test_the_story_of_the_demo():
    """MK .05, .15, .24 and RWL .10, .50, .80; organisation 13 leaves between months 6 and 12."""
    told = tomllib.loads(STORY.read_text(encoding="utf-8"))
    pairs: set[tuple[int, int]] = set()
    seats = list(range(1, 29))
    found = []
    for month in ("month_3", "month_6", "month_12"):
        if month == "month_12":
            seats.remove(13)
            pairs = {pair for pair in pairs if 13 not in pair}
        fresh = {(int(a), int(b)) for a, b in (text.split("-") for text in told[month]["new"].split())}
        assert not fresh & pairs
        pairs |= fresh
        known, reach = mutual_knowledge(seats, pairs), reach_without_leader(seats, pairs, [1])
        assert known is not None
        assert reach is not None
        found.append((round(known, 2), round(reach, 2)))
    assert found == [(0.05, 0.10), (0.15, 0.50), (0.24, 0.80)]
