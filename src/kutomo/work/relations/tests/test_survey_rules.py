"""Wording, order of questions, times, retention, words for counts: without a database."""

from __future__ import annotations

from datetime import date

import pytest

from kutomo.work.relations.rules import asking, keeping, meeting, own, wording
from kutomo.work.relations.rules.asking import Question
from kutomo.work.relations.rules.meeting import Place
from kutomo.work.relations.rules.shape import Member, Report, ShownTie


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("form", ["organisation", "person"])
def test_every_question_has_its_levels_in_words(language, form):
    for code in Question:
        asked = wording.question(code.value, form, "openness", language)
        assert {level.value for level in asked.levels} == asking.LEVELS[code]
        assert all(level.text for level in asked.levels)
        assert asked.text
    items = wording.pulse(language)
    assert len(items) == 6
    assert [level.value for level in items[0].levels] == [1, 2, 3, 4, 5, 9]


def test_the_wordings_of_the_instrument():
    knows = wording.question("K", "organisation", "", "fi")
    assert knows.text == "Kuinka hyvin tunnemme tämän organisaation?"
    assert knows.text_of(3) == "Tiedämme, mitä se tarvitsee ja mitä se voi antaa"
    assert wording.question("F", "organisation", "aim", "en").text == "We are after the same thing"
    assert wording.question("F", "organisation", "openness", "fi").text.startswith("Voimme puhua sen kanssa suoraan")
    assert wording.question("K", "person", "", "en").text_of(2) == "I have talked with them"
    assert knows.text_of(None) == ""


def test_screens():
    assert asking.screens(asks_trust=True, asks_pulse=True) == ("K", "E", "T", "F", "C", "pulse")
    assert asking.screens(asks_trust=False, asks_pulse=False) == ("K", "E", "C")


@pytest.mark.parametrize(
    ("question", "knows", "works", "due"),
    [
        (Question.KNOWS, None, None, True),
        (Question.WORKS, None, None, False),
        (Question.WORKS, 0, None, False),
        (Question.WORKS, 1, None, True),
        (Question.TRUSTS, 3, 0, False),
        (Question.TRUSTS, 3, None, False),
        (Question.COMMITS, 1, 1, True),
        (Question.FACET, 1, 1, True),
    ],
)
def test_who_passes_on(question, knows, works, due):
    assert asking.is_due(question, knows, works) is due


@pytest.mark.parametrize(
    ("closed", "later", "today", "gone"),
    [
        (date(2026, 1, 10), 0, date(2027, 1, 9), False),
        (date(2026, 1, 10), 0, date(2027, 1, 10), True),
        (date(2026, 1, 10), 1, date(2026, 6, 1), False),
        (date(2026, 1, 10), 2, date(2026, 6, 1), True),
        (date(2028, 2, 29), 0, date(2029, 2, 28), True),
    ],
)
def test_retention(closed, later, today, gone):
    assert keeping.may_go(closed, later, today) is gone


def test_reminders():
    assert keeping.reminder_days(date(2026, 3, 1), date(2026, 3, 15)) == (date(2026, 3, 8), date(2026, 3, 13))
    assert keeping.reminder_days(date(2026, 3, 1), date(2026, 3, 4)) == (date(2026, 3, 3),)
    assert keeping.reminder_days(date(2026, 3, 1), date(2026, 3, 2)) == (date(2026, 3, 1),)


@pytest.mark.parametrize(("seconds", "kept"), [(0, 5), (7.4, 5), (8, 10), (1800, 1800), (1801, None), (-1, None)])
def test_times_are_coarse(seconds, kept):
    assert keeping.coarse(seconds) == kept


def test_medians_from_five_on():
    assert keeping.middle([10, 20, 30, 40]) is None
    assert keeping.middle([10, 20, 30, 40, 400]) == 30


def test_batches_and_words():
    assert [own.batch(n) for n in (0, 5, 6, 11, 12, 40)] == [0, 0, 6, 6, 12, 36]
    assert own.word(4, 4) is None
    words = [own.word(n, 10) for n in (0, 1, 2, 4, 6, 9, 10)]
    assert words == ["few", "few", "some", "half", "most", "nearly_all", "nearly_all"]
    assert own.percent(9, 14) is None
    assert own.percent(11, 30) == 40


def _report() -> Report:
    """A path 1-2-3-4-5 of knowing: 1 gains most from 5."""
    members = tuple(Member(seat, f"Jäsen {seat}") for seat in range(1, 6))
    ties = tuple(ShownTie(a, a + 1, "knows", 2, "both") for a in range(1, 5))
    return Report(wave=1, number=1, closed_on=date(2026, 1, 1), n=5, answered=5, gate="all", members=members, ties=ties)


def test_whom_to_meet_by_gain():
    found = meeting.by_map(_report(), 1, {3, 4, 5})
    assert found[0].seat in (4, 5)
    assert {one.seat for one in found} == {3, 4, 5}
    through = next(one for one in found if one.seat == 3).through
    assert through == ("Jäsen 2",)
    assert [one.seat for one in meeting.by_map(_report(), 1, {2, 3})] == [3]  # 2 is a neighbour already
    assert meeting.by_map(_report(), 9, {3}) == []
    assert meeting.by_map(None, 1, {3}) == []


def test_whom_to_meet_by_likeness():
    mine = Place(1, "Me", "association", "07")
    others = [
        Place(2, "B", "association", "07"),
        Place(3, "C", "public", "07"),
        Place(4, "D", "association", "01"),
        Place(5, "E", "public", "01"),
        Place(6, "F", "association", "07"),
    ]
    assert [one.seat for one in meeting.by_likeness(mine, others, {2, 3, 4, 5})] == [2, 3, 4]
