"""Suggestions, needs, outcomes and the strip, without a database."""

from __future__ import annotations

import inspect
from collections import Counter
from datetime import date

import pytest

from kutomo.ground.graph.measures import efficiency
from kutomo.work.introductions.rules import blocks, course, needs, suggestions
from kutomo.work.introductions.rules.blocks import Block, Reading, Strength
from kutomo.work.relations.rules.shape import Member, Report, ShownTie


def report(n, ties, answered=True):
    """Members 1..n; ``ties``: (a, b, level) or (a, b, level, evidence) of working together."""
    rows = tuple(
        ShownTie(min(t[0], t[1]), max(t[0], t[1]), "works", t[2], t[3] if len(t) > 3 else "both") for t in ties
    )
    members = tuple(
        Member(seat, f"S{seat}", answered=answered if isinstance(answered, bool) else answered.get(seat))
        for seat in range(1, n + 1)
    )
    return Report(1, 1, date(2026, 5, 4), n, n, "all", members, rows)


STAR = [(1, k, 2) for k in range(2, 8)]


def test_a_shared_contact_who_works_closely_with_both_is_the_introducer():
    (first, *_rest) = suggestions.suggest(report(7, STAR))
    assert first.is_triangle
    assert first.contacts == (1,)


def test_only_confirmed_fitted_work_makes_an_introducer():
    for level, evidence in ((1, "both"), (2, "one")):
        found = suggestions.suggest(report(7, [(1, k, level, evidence) for k in range(2, 8)]))
        assert found
        assert not any(one.is_triangle for one in found)


def test_at_most_two_a_member_and_two_an_introducer():
    ties = [*STAR, (8, 9, 2), (9, 10, 2), (10, 11, 2), (8, 11, 1)]
    found = suggestions.suggest(report(12, ties))
    members = Counter(seat for one in found for seat in one.pair)
    introducers = Counter(one.contacts[0] for one in found if one.contacts)
    assert found
    assert max(members.values()) <= 2
    assert max(introducers.values()) <= 2
    assert len({one.pair for one in found}) == len(found)


def test_the_best_bridge_gains_most():
    ties = [(1, 2, 1), (2, 3, 1), (4, 5, 1), (5, 6, 1), (3, 1, 1), (6, 4, 1)]
    shown = report(6, ties)
    best = suggestions.suggest(shown)[0]
    before = efficiency(shown.graph())
    gains = {
        (a, b): efficiency(report(6, [*ties, (a, b, 1)]).graph()) - before
        for a in range(1, 7)
        for b in range(a + 1, 7)
        if (a, b) not in {(min(t[:2]), max(t[:2])) for t in ties}
    }
    assert best.gain == pytest.approx(max(gains.values()), abs=1e-9)
    assert not best.is_triangle
    assert best.shared == 0


def test_what_is_left_out():
    shown = report(7, STAR)
    every = {one.pair for one in suggestions.suggest(shown, most=99)}
    assert every
    assert not every & {(1, k) for k in range(2, 8)}  # they work together
    rest = {one.pair for one in suggestions.suggest(shown, without=every, most=99)}
    assert not rest & every
    assert all({*one.pair} <= {2, 3} for one in suggestions.suggest(shown, only={2, 3}))
    assert not suggestions.suggest(shown, full=range(2, 8))
    silent = report(7, STAR, {seat: seat == 1 for seat in range(1, 8)})
    assert not suggestions.suggest(silent)  # of both it is not known
    half = report(7, STAR, {seat: seat != 7 for seat in range(1, 8)})
    assert suggestions.suggest(half, only={6, 7})


def test_empty_and_tiny_reports_suggest_nothing():
    assert suggestions.suggest(report(0, [])) == []
    assert suggestions.suggest(report(2, [(1, 2, 1)])) == []
    assert suggestions.with_reach(report(2, []), []) == []


def test_how_much_nearer_the_network_comes():
    ties = [(1, 2, 2), (2, 3, 2), (3, 4, 2), (4, 5, 2), (5, 6, 2)]  # a chain
    shown = report(6, ties)
    (one,) = suggestions.with_reach(shown, [suggestions.Suggestion(1, 6)])
    assert (one.near_a, one.near_b) == (2, 2)  # 1 comes near 6 and 5; 6 comes near 1 and 2


def test_no_rule_of_suggestions_has_a_place_for_trust():
    source = inspect.getsource(suggestions) + inspect.getsource(needs)
    for word in ("trusts", "commits", "PrivateAnswer", "raw", "figures"):
        assert word not in source


def test_who_may_connect():
    shown = report(7, STAR)
    assert suggestions.may_connect(shown, 1, (2, 3))
    assert not suggestions.may_connect(shown, 4, (2, 3))
    assert not suggestions.may_connect(shown, 2, (2, 3))


def test_needs_are_words_that_two_texts_share():
    texts = {
        1: ("Kuljettajia torstaisin", "Kahvitarjoilun"),
        2: ("Kahvitarjoilua kerhoon", "Kuljettajan ja auton"),
        3: ("Tilan", "Vertaistukea"),
    }
    found = needs.match(texts)
    assert set(found) == {(1, 2)}
    assert {(need.seeker, need.giver) for need in found[1, 2]} == {(1, 2), (2, 1)}
    assert needs.merge([found, found])[1, 2] == found[1, 2] * 2


def test_words_that_everybody_uses_say_nothing():
    texts = {seat: ("Vapaaehtoisia mukaan", "Vapaaehtoisten koulutusta") for seat in range(20)}
    assert needs.match(texts) == {}


@pytest.mark.parametrize(
    ("told", "rung"),
    [
        ([(None, None, None), (True, True, True)], None),
        ([(False, False, False), (True, True, True)], course.Rung.NOTHING),
        ([(True, False, False), (True, True, True)], course.Rung.TALKED),
        ([(True, True, False), (True, True, True)], course.Rung.KNOWS),
        ([(True, False, True), (True, True, True)], course.Rung.DID),
        ([(True, True, True)], None),
    ],
)
def test_an_outcome_counts_when_both_say_so(told, rung):
    assert course.outcome(told) == rung


def test_both_must_say_yes():
    assert course.is_met(["yes", "yes"])
    assert not course.is_met(["yes", ""])
    assert not course.is_met(["yes", "later"])
    assert not course.is_met(["yes"])


def test_strengths():
    assert Reading("mk", 0.05).strength == Strength.WEAK
    assert Reading("mk", 0.15).strength == Strength.GROWING
    assert Reading("mk", 0.24).strength == Strength.STRONG
    assert Reading("mk", None, why="no_wave").strength == Strength.UNKNOWN
    assert Reading("trust", None, word="most").strength == Strength.STRONG
    assert Reading("trust", 0.9, why="too_few_raters").strength == Strength.UNKNOWN


@pytest.mark.parametrize(
    ("readings", "first"),
    [
        ({}, None),
        ({Block.KNOWING: [Reading("mk", 0.05)], Block.COMMITTING: [Reading("cards", 0.1)]}, Block.KNOWING),
        ({Block.KNOWING: [Reading("mk", 0.3)], Block.COMMITTING: [Reading("cards", 0.1)]}, Block.COMMITTING),
        ({Block.KNOWING: [Reading("mk", 0.15)], Block.COMMITTING: [Reading("cards", 0.1)]}, Block.COMMITTING),
        ({Block.KNOWING: [Reading("mk", 0.15)], Block.TRUSTING: [Reading("kept", 0.8)]}, Block.KNOWING),
        ({Block.KNOWING: [Reading("mk", 0.3), Reading("rwl", 0.2)]}, Block.KNOWING),
        ({Block.KNOWING: [Reading("mk", 0.3), Reading("rwl", 0.8)]}, None),
    ],
)
def test_the_leftmost_weak_block_comes_first(readings, first):
    assert blocks.strip(readings).first == first


def test_the_strip_has_no_number_of_its_own():
    strip = blocks.strip({Block.KNOWING: [Reading("mk", 0.15)]})
    assert not any(isinstance(getattr(strip, name), int | float) for name in ("first", "readings"))
    assert strip.strength(Block.TRUSTING) == Strength.UNKNOWN
    assert strip.is_known
