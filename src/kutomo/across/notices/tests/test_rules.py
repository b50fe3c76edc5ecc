import datetime as dt

import pytest

from kutomo.across.notices.rules import comes_back

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
