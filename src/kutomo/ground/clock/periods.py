"""Spans of days: a week, a month, a quarter, a year. The end is the last day that belongs to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple


class Week(NamedTuple):
    """A week as calendars in Finland number it (ISO 8601)."""

    year: int
    number: int

    @property
    def period(self) -> Period:
        first = dt.date.fromisocalendar(self.year, self.number, 1)
        return Period(first, first + dt.timedelta(days=6))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


@dataclass(frozen=True, order=True)
class Period:
    """From the first to the last day, both included."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def week(day: dt.date) -> Week:
    """The ISO week that ``day`` is in: 1 January may belong to the last week of the year before."""
    return Week(*day.isocalendar()[:2])


def month(day: dt.date) -> Period:
    """The month that ``day`` is in."""
    first = day.replace(day=1)
    return Period(first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))


def quarter(day: dt.date) -> Period:
    """The quarter that ``day`` is in."""
    first = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return Period(first, month(first.replace(month=first.month + 2)).last)


def year(day: dt.date) -> Period:
    """The calendar year that ``day`` is in."""
    return Period(day.replace(month=1, day=1), day.replace(month=12, day=31))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; the month's last day where that day is missing (31.3. - 1: 28.2.)."""
    count = day.year * 12 + day.month - 1 - months
    first = dt.date(count // 12, count % 12 + 1, 1)
    return first.replace(day=min(day.day, month(first).last.day))
