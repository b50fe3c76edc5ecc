"""Working days of Finland."""

from __future__ import annotations

import datetime as dt
from functools import cache

DAY = dt.timedelta(days=1)


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped, cycle = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - skipped - correction + 15) % 30
    weekday = (32 + 2 * cycle + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    number, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return dt.date(year, number, day + 1)


@cache
def holidays(year: int) -> frozenset[dt.date]:
    """The days on which Finnish offices are closed, weekends apart."""
    sunday = easter(year)
    midsummer = next(day for n in range(7) if (day := dt.date(year, 6, 19) + n * DAY).weekday() == 4)
    return frozenset(
        {
            dt.date(year, 1, 1),
            dt.date(year, 1, 6),
            sunday - 2 * DAY,  # Good Friday
            sunday + DAY,  # Easter Monday
            dt.date(year, 5, 1),
            sunday + 39 * DAY,  # Ascension
            midsummer,  # Midsummer Eve, a Friday
            dt.date(year, 12, 6),
            dt.date(year, 12, 24),
            dt.date(year, 12, 25),
            dt.date(year, 12, 26),
        }
    )


def is_working_day(day: dt.date) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def next_working_day(day: dt.date) -> dt.date:
    """``day`` itself when it is a working day, otherwise the first after it."""
    while not is_working_day(day):
        day += DAY
    return day


def add_working_days(day: dt.date, count: int) -> dt.date:
    """The working day ``count`` working days after ``day`` (before it, when negative)."""
    step = DAY if count >= 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day
