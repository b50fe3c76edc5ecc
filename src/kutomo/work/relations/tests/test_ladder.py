"""The ladder with both denominators, step rates, and change on the same pairs."""

from __future__ import annotations

import numpy as np
import pytest

from kutomo.work.relations.rules.ladder import UNKNOWN, change, ladder


def table(n: int, **rungs: int) -> np.ndarray:
    """A table of UNKNOWN but for ``s1_2=3``: seat 1 says rung 3 of seat 2."""
    found = np.full((n, n), UNKNOWN, np.int8)
    for key, rung in rungs.items():
        a, b = key[1:].split("_")
        found[int(a) - 1, int(b) - 1] = rung
    return found


def test_ladder_of_the_network():
    found = ladder(table(4, s1_2=4, s2_1=3, s1_3=2, s3_1=0, s2_3=1, s3_2=1, s1_4=4, s2_4=4))
    assert (found.pairs, found.answered, found.one) == (6, 3, 2)
    assert [found.at_least[rung] for rung in (1, 2, 3, 4)] == [2, 1, 1, 0]
    assert found.share(1) == pytest.approx(2 / 3)
    assert found.share(1, of_all=True) == pytest.approx(2 / 6)
    assert [found.step(rung) for rung in (1, 2, 3, 4)] == [pytest.approx(2 / 3), 0.5, 1.0, 0.0]


def test_nothing_answered_is_undefined():
    found = ladder(table(3))
    assert found.share(1) is None
    assert found.step(1) is None
    assert ladder(table(2, s1_2=0, s2_1=0)).step(2) is None
    assert ladder(np.zeros((0, 0), np.int8)).share(1, of_all=True) is None


def test_change_is_counted_on_the_same_pairs_only():
    before = table(4, s1_2=2, s2_1=2, s1_3=2, s3_1=2, s2_3=0, s3_2=2, s1_4=2)
    after = table(4, s1_2=2, s2_1=4, s1_3=1, s3_1=2, s2_3=2, s3_2=2, s1_4=2, s4_1=2)
    found = change(((1, 2, 3, 4), before), ((1, 2, 3, 5), after), 2)
    assert (found.pairs, found.kept, found.lost, found.gained) == (3, 1, 1, 1)
    assert (found.joined, found.left) == (1, 1)


def test_two_members_that_swap_their_seats_do_not_change_any_pair():
    """The order of the roster says nothing: pairs are matched by the seat."""
    before = table(3, s1_2=2, s2_1=2, s1_3=0, s3_1=0)
    after = table(3, s1_3=2, s3_1=2, s1_2=0, s2_1=0)
    found = change(((1, 2, 3), before), ((1, 3, 2), after), 2)
    assert (found.pairs, found.kept, found.gained, found.lost) == (2, 1, 0, 0)
