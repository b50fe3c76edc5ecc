"""Limits, notice, hours and expiry, without a database."""

from datetime import date

import pytest

from kutomo.work.commitments import rules
from kutomo.work.commitments.rules import CardState, Hours


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_months_end_where_the_calendar_does(day, months, then):
    assert rules.months_later(day, months) == then


def test_the_first_rules_hold_at_once():
    day = rules.in_force_from(proposed_on=date(2026, 3, 1), agreed_on=date(2026, 3, 8), is_first=True)
    assert day == date(2026, 3, 8)


def test_a_change_gives_a_months_notice():
    day = rules.in_force_from(proposed_on=date(2026, 3, 1), agreed_on=date(2026, 3, 8), is_first=False)
    assert day == date(2026, 4, 1)


def test_a_change_never_holds_before_it_is_agreed():
    day = rules.in_force_from(proposed_on=date(2026, 3, 1), agreed_on=date(2026, 5, 2), is_first=False)
    assert day == date(2026, 5, 2)


def test_an_ended_card_is_never_revived():
    assert not any(rules.may_become(CardState.ENDED, state) for state in CardState)


def test_a_proposed_card_cannot_be_paused():
    assert not rules.may_become(CardState.PROPOSED, CardState.PAUSED)
    assert rules.may_become(CardState.PAUSED, CardState.CONFIRMED)


def test_a_card_lasts_a_year_or_until_its_day():
    assert rules.expires_on(date(2026, 3, 1)) == date(2027, 3, 1)
    assert rules.expires_on(date(2026, 3, 1), date(2026, 6, 30)) == date(2026, 6, 30)
    assert rules.expires_on(date(2026, 3, 1), date(2030, 1, 1)) == date(2027, 3, 1)


def test_the_reminder_comes_thirty_days_before_and_not_after():
    end = date(2027, 3, 1)
    assert rules.is_due_for_reminder(date(2027, 1, 30), end)
    assert not rules.is_due_for_reminder(date(2027, 1, 29), end)
    assert not rules.is_due_for_reminder(date(2027, 3, 2), end)


def test_hours_are_a_span_and_more_has_no_top():
    span = rules.hours([Hours.HARDLY, Hours.SOME, Hours.MANY])
    assert (span.at_least, span.at_most, span.cards) == (7, 13, 3)
    assert rules.hours([Hours.SOME, Hours.MORE]).at_most is None
    assert rules.hours([]) == rules.Span(0, 0, 0)


def test_the_gap_counts_promises_low():
    assert rules.capacity_gap(rules.hours([Hours.SOME, Hours.SOME]), needed=6) == -2


def test_the_most_chosen_seven_keep_the_decks_order():
    order = list("abcdefghi")
    counts = dict(a=1, b=5, c=5, d=2, e=2, f=2, g=9, h=1, i=0)
    assert rules.most_chosen(counts, order) == list("abcdefg")
    assert rules.most_chosen({}, order) == []
