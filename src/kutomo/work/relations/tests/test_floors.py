"""How roughly confidential answers are told: nothing, words, tens; bands no member can see through."""

from __future__ import annotations

from itertools import pairwise, product

import pytest

from kutomo.work.relations.rules import floors
from kutomo.work.relations.rules.floors import (
    HALVES,
    TENTHS,
    THIRDS,
    WORDS,
    countable,
    moved,
    scale,
    scaled,
    step,
    told,
)
from kutomo.work.relations.rules.shape import Figure


def test_too_few_raters_are_told_nothing():
    assert scale(40, raters=4, margin=0) is None
    assert scale(4, raters=5, margin=0) is None
    assert told("x", 3, 4, None).why == floors.TOO_FEW
    assert told("x", 0, 0, HALVES).why == floors.NOTHING


def test_words_below_fifteen_and_tens_from_fifteen():
    assert scale(200, raters=14, margin=1) is WORDS
    assert scale(200, raters=15, margin=1) is TENTHS
    word, tens = told("x", 100, 200, WORDS), told("x", 100, 200, TENTHS)
    assert (word.value, word.low, word.high, word.word) == (None, None, None, "half")
    assert (tens.value, tens.low, tens.high, tens.word) == (0.55, 0.5, 0.6, "")


def test_a_network_may_raise_the_floor():
    assert scale(7, raters=7, margin=1) is HALVES
    assert scale(7, raters=7, margin=1, floor=8) is None


@pytest.mark.parametrize("by", [TENTHS, floors.FIFTHS, WORDS, THIRDS, HALVES])
def test_every_count_has_one_band_and_they_rise(by):
    for of in range(5, 60):
        bands = [(figure.low, figure.word) for figure in (told("x", count, of, by) for count in range(of + 1))]
        assert all(low is not None or word in by.words for low, word in bands)
        order = [by.words.index(word) if word else low for low, word in bands]
        assert order == sorted(order)
        assert told("x", of, of, by).high in (1.0, None)


def test_no_member_sees_through_a_band():
    """Whoever holds up to ``margin`` of the answers cannot know that the rest is all yes or all no."""
    for of, margin in product(range(5, 45), range(8)):
        by = scale(of, raters=max(5, min(of, 20)), margin=margin)
        if by is None:
            continue
        starts = by.starts(of)
        for start, after in pairwise(starts):
            for mine in range(margin + 1):  # how many I know, and of them how many yes
                for yes in range(mine + 1):
                    rest = of - mine
                    possible = [n for n in range(rest + 1) if start <= n + yes < after]
                    assert possible != [0], (of, margin, mine, yes)
                    assert possible != [rest], (of, margin, mine, yes)


def test_a_hub_that_knows_too_much_silences_the_figure():
    """A star: the leader holds every pair, so whatever is told of them is told of the others to the leader."""
    assert scale(9, raters=10, margin=9) is None


def test_what_is_worked_out_from_bands_stays_a_band():
    lower, upper = told("a", 60, 100, TENTHS), told("b", 30, 100, TENTHS)
    assert (lower.low, lower.high) == (0.6, 0.7)
    part = scaled("c", lower, 0.5, n=200, of=300)
    assert (part.low, part.high, part.n, part.of) == (0.3, 0.35, 200, 300)
    rate = step("d", lower, upper, n=100)
    assert (rate.low, rate.high) == (pytest.approx(0.4286), pytest.approx(0.6667))
    assert step("d", told("a", 0, 100, TENTHS), told("b", 0, 100, TENTHS), n=100).high == 1
    assert step("d", told("a", 60, 100, WORDS), told("b", 30, 100, WORDS), n=100).why == "in_words"
    assert step("d", Figure("a", why="withdrawn"), upper, n=0).why == "withdrawn"
    assert scaled("c", told("a", 60, 100, WORDS), 0.5, n=9, of=9).word == "half"


def test_change_is_told_from_the_two_bands_alone():
    low, high = told("a", 10, 100, TENTHS), told("a", 80, 100, TENTHS)
    assert [moved("m", *pair).word for pair in ((low, high), (high, low), (low, low))] == ["higher", "lower", "same"]
    few, most = told("a", 1, 20, WORDS), told("a", 15, 20, WORDS)
    assert [moved("m", *pair).word for pair in ((few, most), (most, few), (few, few))] == ["higher", "lower", "same"]
    assert moved("m", None, low).why == "first"
    assert moved("m", few, low).why == "other_scale"
    assert moved("m", Figure("a", why="withdrawn"), low).why == "withdrawn"


def people(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


def test_no_difference_to_what_was_shown_is_small():
    ten = people(*range(10))
    assert countable(ten, []).seats == ten
    assert countable(ten, [ten]).seats == ten
    assert countable(people(*range(12)), [ten]).seats == ten  # two who are new wait until they are five
    assert countable(people(*range(15)), [ten]).seats == people(*range(15))
    few = countable(people(*range(8)), [ten])
    assert (few.seats, few.why) == (people(), floors.FEW_CHANGED)
    assert countable(people(*range(5)), [ten]).seats == people(*range(5))
    both = countable(people(*range(5), 20, 21), [ten])
    assert both.seats == people(*range(5))
