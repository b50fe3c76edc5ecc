import datetime as dt

import pytest

from kutomo.across.notices.rules import LONGEST, begins, comes_back, is_letter_day

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("closes_in", "back_in"),
    [
        (None, 7 * DAY),
        (30 * DAY, 7 * DAY),
        (14 * DAY, 7 * DAY),
        (4 * DAY, 2 * DAY),  # half of the time is left
        (2 * HOUR, HOUR),
        (-DAY, 7 * DAY),  # closed already
    ],
)
def test_not_now_comes_back_in_a_week_or_while_half_of_the_time_is_left(closes_in, back_in):
    closes_at = None if closes_in is None else NOW + closes_in
    assert comes_back(NOW, closes_at) == NOW + back_in


@pytest.mark.parametrize(
    ("day", "wish", "comes"),
    [
        ("2026-11-23", 0, True),  # Monday
        ("2026-11-24", 0, False),
        ("2026-11-24", 2, True),
        ("2026-11-23", 2, False),
        ("2026-04-06", 0, False),  # Easter Monday
        ("2026-04-07", 0, True),
        ("2026-04-06", 1, False),  # a wish for a holiday waits a week
        ("2026-04-07", 1, False),
        ("2026-04-13", 1, True),
        ("2026-07-06", 0, False),  # July
        ("2026-12-21", 1, False),  # Christmas time
        ("2027-01-07", 0, True),  # the first day of the week that is not quiet: Thursday
        ("2027-01-08", 0, False),
        ("2026-11-22", 0, False),  # Sunday
    ],
)
def test_the_day_of_the_letter(day, wish, comes):
    assert is_letter_day(dt.date.fromisoformat(day), wish) is comes


def test_a_letter_goes_on_where_the_last_one_ended():
    assert begins(NOW, None) == NOW - 7 * DAY
    assert begins(NOW, NOW - 14 * DAY) == NOW - 14 * DAY
    assert begins(NOW, NOW - 200 * DAY) == NOW - LONGEST
