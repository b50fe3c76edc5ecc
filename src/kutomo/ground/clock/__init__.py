"""The one place that knows what time it is.

Rooms ask ``now()`` and ``today()`` here and nowhere else, so that a test (or the demo) can freeze time.
Moments are aware and kept in UTC; days, weeks and working hours are those of Helsinki. It never sleeps.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from .days import add_working_days, holidays, is_working_day, next_working_day
from .periods import Period, Week, month, months_before, quarter, week, year
from .when import Daily, Every, Monthly, Weekly, When

HELSINKI = ZoneInfo("Europe/Helsinki")
_frozen: ContextVar[dt.datetime | None] = ContextVar("frozen", default=None)

__all__ = [
    "HELSINKI",
    "Daily",
    "Every",
    "Monthly",
    "Period",
    "Week",
    "Weekly",
    "When",
    "add_working_days",
    "frozen",
    "holidays",
    "is_working_day",
    "local",
    "moment",
    "month",
    "months_before",
    "next_working_day",
    "now",
    "quarter",
    "today",
    "week",
    "year",
]


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return _frozen.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day it is in Helsinki."""
    return local(now()).date()


def local(at: dt.datetime) -> dt.datetime:
    """The moment as the clock on a Helsinki wall shows it."""
    return at.astimezone(HELSINKI)


def moment(day: dt.date, time: dt.time = dt.time(0)) -> dt.datetime:
    """The moment (UTC) when it is ``time`` on ``day`` in Helsinki; an hour that is skipped in March moves on."""
    return dt.datetime.combine(day, time, HELSINKI).astimezone(dt.UTC)


@contextmanager
def frozen(at: dt.datetime | dt.date | str) -> Iterator[dt.datetime]:
    """Within the block time stands still at ``at``.

    A text is ISO 8601 ("2026-02-02 10:00"); without an offset it means Helsinki. A day means its noon.
    """
    if isinstance(at, str):
        at = dt.datetime.fromisoformat(at) if len(at) > 10 else dt.date.fromisoformat(at)
    if not isinstance(at, dt.datetime):
        at = dt.datetime.combine(at, dt.time(12))
    if at.tzinfo is None:
        at = at.replace(tzinfo=HELSINKI)
    token = _frozen.set(at.astimezone(dt.UTC))
    try:
        yield at
    finally:
        _frozen.reset(token)
