from datetime import date, datetime, timedelta

import pytest

from kutomo.work.decisions.rules import (
    Deed,
    Lack,
    Method,
    Share,
    State,
    Why,
    lacks,
    lines,
    may,
    may_close,
    of_choice,
    of_dates,
    of_degrees,
    of_round,
    word_for,
)


@pytest.mark.parametrize(
    ("degrees", "why"),
    [
        ([5, 4, 4, 3], Why.AGREED),
        ([5, 5, 5, 5, 1], Why.NOT_AGREED),  # one against is enough to talk more
        ([3, 3, 4, 5], Why.NOT_AGREED),  # the lower middle of an even number counts
        ([5], Why.TOO_FEW),
    ],
)
def test_gradients(degrees, why):
    assert of_degrees(degrees, 5, is_anonymous=False).why == why


def test_choice_and_its_tie():
    assert of_choice(["1", "2", "1"], ["1", "2"], 4, is_anonymous=False).chosen == "1"
    tie = of_choice(["1", "2"], ["1", "2"], 2, is_anonymous=False)
    assert (tie.why, tie.chosen) == (Why.TIE, "")
    assert [line.number for line in tie.lines] == [1, 1]


def test_dates_take_most_yes_then_fewest_no_then_the_earlier():
    answers = [{"1": "yes", "2": "yes"}, {"1": "no", "2": "maybe"}]
    assert of_dates(answers, ["1", "2"], 2).chosen == "2"
    assert of_dates([{"1": "yes", "2": "yes"}], ["1", "2"], 2).chosen == "1"
    assert of_dates([], ["1", "2"], 2).why == Why.TOO_FEW


def test_anonymous_results_say_nothing_words_or_rounded_shares():
    assert lines({"1": 4}, 4, is_anonymous=True) == ()
    words = lines({"1": 8, "2": 1}, 9, is_anonymous=True)
    assert [(line.word, line.number, line.percent) for line in words] == [
        (Share.NEARLY_ALL, None, None),
        (Share.FEW, None, None),
    ]
    assert [line.percent for line in lines({"1": 11, "2": 4}, 15, is_anonymous=True)] == [70, 30]
    assert of_degrees([5] * 4, 4, is_anonymous=True).why == Why.TOO_FEW


@pytest.mark.parametrize(
    ("count", "word"), [(0, "none"), (1, "few"), (3, "some"), (5, "half"), (8, "most"), (9, "nearly_all")]
)
def test_words_for_shares(count, word):
    assert word_for(count, 10) == word


def test_consensus_asks_more_than_consent():
    facts = {"adopted": True, "too_few": False, "invited": 5, "answered": 5}
    assert of_round(method=Method.CONSENT, others=2, **facts).why == Why.AGREED
    assert of_round(method=Method.CONSENSUS, others=2, **facts).why == Why.NOT_AGREED
    assert of_round(method=Method.CONSENSUS, others=0, **facts).why == Why.AGREED


def test_closing_waits_for_voices_or_time():
    noon = datetime(2026, 3, 1, 12)
    day = {"now": noon, "closes_at": noon + timedelta(days=1)}
    assert not may_close(answered=2, invited=3, **day)
    assert may_close(answered=3, invited=3, **day)
    assert may_close(answered=0, invited=3, now=noon, closes_at=noon)
    assert not may_close(answered=0, invited=0, **day)


def test_without_a_reason_and_every_language_nothing_is_published():
    facts = {"outcome": "Teemme", "why": " ", "review_on": None, "written_in": "fi", "languages": ["fi", "sv"]}
    assert lacks(summaries=[], **facts) == [(Lack.WHY, ""), (Lack.REVIEW, ""), (Lack.SUMMARY, "sv")]
    facts |= {"why": "Siksi", "review_on": date(2026, 9, 1)}
    assert lacks(summaries=["sv"], **facts) == []


def test_what_may_follow():
    assert may(Deed.REOPEN, State.PUBLISHED)
    assert not may(Deed.CHANGE, State.OPEN)
    assert not may(Deed.PUBLISH, State.DRAFT)
    assert not may(Deed.OPEN, State.DROPPED)
