from dataclasses import replace
from datetime import date, timedelta

import pytest

from kutomo.work.exchange.rules import confidential, course, fit, health
from kutomo.work.exchange.rules.course import Deed, Open, Part, State

TODAY = date(2026, 11, 24)
NEED = fit.Want(
    1, "s1", "transport", fit.words_of("Kuljettaja muistikahvilaan torstaina"), "onsite", "179", language="fi"
)


def offer(**facts):
    given = {"words": fit.words_of("Auto ja kuljettaja torstaisin"), "where": "onsite", "town": "179", "language": "fi"}
    return fit.Want(2, "s2", "transport", **(given | facts))


def test_a_fit_is_told_line_by_line():
    pair = fit.fit(NEED, offer(ends=TODAY + timedelta(days=9)), TODAY)
    assert pair.reasons == ("area", "place", "time", "words", "language")
    assert pair.score == 40 + round(20 * 2 / 4) + 15 + 10 + 5
    assert fit.fit(NEED, offer(ends=None, gives_back=True), TODAY).score == 40 + 10 + 15 + 5 + 5


def test_what_cannot_be_is_no_fit():
    assert fit.fit(NEED, replace(offer(), owner="s1"), TODAY) is None
    assert fit.fit(NEED, offer(where="remote"), TODAY) is None
    late = replace(NEED, ends=TODAY)
    assert fit.fit(late, offer(begins=TODAY + timedelta(days=1)), TODAY) is None
    assert fit.fit(NEED, offer(town="091"), TODAY).reasons[0] == "area"


def test_the_area_alone_is_not_shown_and_another_area_never():
    bare = replace(NEED, words=frozenset(), where="either", town="", language="")
    assert fit.pairs([bare], [offer(words=frozenset(), where="either", language="sv")], TODAY) == []
    assert fit.pairs([NEED], [replace(offer(), area="ict")], TODAY) == []
    assert len(fit.pairs([NEED], [offer(), replace(offer(), pk=3, language="sv")], TODAY)) == 2


def test_one_ring_of_three_and_none_of_two():
    """Needs A: IT, B: space, C: books; offers A: space, B: books, C: IT."""
    gives = {"A": ["B"], "B": ["C"], "C": ["A"]}
    assert fit.rings(gives, "A") == [("A", "B", "C")]
    assert fit.rings(gives, "B") == [("B", "C", "A")]


def test_rings_from_two_to_five_shortest_first():
    everybody = {name: list("abcdef") for name in "abcdef"}
    found = fit.rings(everybody, "a", most=1000)
    assert [len(ring) for ring in found] == [2] * 5 + [3] * 20 + [4] * 60 + [5] * 120
    assert len(found) == len(set(found))
    assert len(fit.rings(everybody, "a")) == 5
    crowd = [str(number) for number in range(300)]
    assert len(fit.rings({name: crowd for name in crowd}, "7")) == 5


@pytest.mark.parametrize(("given", "received", "index"), [(23, 21, 0.9545), (5, 0, 0.0), (10, 10, 1.0), (0, 0, None)])
def test_reciprocity(given, received, index):
    assert health.reciprocity(given, received) == (index if index is None else pytest.approx(index, abs=5e-5))


@pytest.mark.parametrize(("helps", "gini"), [([1, 2, 3, 4], 0.25), ([5, 5, 5, 5], 0.0), ([0, 0, 0, 10], 0.75)])
def test_gini(helps, gini):
    assert health.gini(helps) == pytest.approx(gini)
    assert health.gini([0, 0]) is None


def test_shares():
    assert health.share(3, 12) == 0.25
    asks = [health.Ask("fulfilled", 5.0, 1.0)] * 6 + [health.Ask("expired", None, 90.0)] * 3
    asks.append(health.Ask("withdrawn", None, 20.0))
    found = health.figures([], asks, 5, 12)
    assert found.fulfilled == pytest.approx(0.6)
    assert found.first_answer == 5.0
    assert found.unanswered_7 is None  # four needs were open for so long: too few
    assert found.asked == pytest.approx(5 / 12)


def test_figures_of_few_are_not_told():
    four = [health.Help("a", "b"), health.Help("b", "c"), health.Help("c", "d")]
    assert health.figures(four, [], 4, 10).two_way is None
    five = [*four, health.Help("d", "e")]
    found = health.figures(five, [], 4, 10)
    assert (found.two_way, found.breadth) == (0.3, 2)
    assert found.asked is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Taitto syksyn lehteen", []),
        ("Soita 040 123 4567", ["phone"]),
        ("Asiakkaamme tarvitsee", ["client"]),
        ("maija@example.org", ["address"]),
        ("131052-308T", ["identity"]),
        ("FI21 1234 5600 0007 85", ["account"]),
        ("Tilinpäätös 2026, 14 sivua", []),
    ],
)
def test_confidential_words(text, found):
    assert confidential.signs(text) == found


def test_nobody_agrees_to_their_own_terms():
    for state in course.BEFORE_YES:
        assert Deed.ACCEPT not in course.deeds(state, part=Part.GIVER, wrote_terms=True)
        assert Deed.WITHDRAW in course.deeds(state, part=Part.GIVER, wrote_terms=True)
        assert Deed.ACCEPT in course.deeds(state, part=Part.RECEIVER, wrote_terms=False)
        assert Deed.WITHDRAW not in course.deeds(state, part=Part.RECEIVER, wrote_terms=False)


def test_only_the_giver_delivers_and_only_the_receiver_confirms():
    for wrote in (True, False):
        assert Deed.DELIVER not in course.deeds(State.IN_PROGRESS, part=Part.RECEIVER, wrote_terms=wrote)
        assert Deed.CONFIRM not in course.deeds(State.DELIVERED, part=Part.GIVER, wrote_terms=wrote)


def test_what_is_over_stays_over():
    for state in set(State) - course.LIVE - {State.COMPLETED}:
        assert course.deeds(state, part=Part.GIVER, wrote_terms=False) == []
    assert {after for _before, after in course.MOVES.values()} <= set(Open)


@pytest.mark.parametrize(
    ("state", "days", "after", "reminder"),
    [
        (State.PROPOSED, 2, None, ""),
        (State.PROPOSED, 3, None, "answer"),
        (State.NEGOTIATING, 14, State.EXPIRED, "answer"),
        (State.DELIVERED, 5, None, "confirm"),
        (State.DELIVERED, 14, State.COMPLETED, "confirm"),
        (State.AGREED, 71, None, ""),
        (State.IN_PROGRESS, 72, None, "still"),
        (State.CHANGES, 75, State.CANCELLED, "still"),
        (State.COMPLETED, 900, None, ""),
    ],
)
def test_what_time_does(state, days, after, reminder):
    assert course.by_itself(state, timedelta(days=days)) == after
    assert course.reminder(state, timedelta(days=days)) == reminder
