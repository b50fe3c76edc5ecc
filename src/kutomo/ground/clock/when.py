"""How often something happens by itself. Each can say when it is due next after a moment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _, ngettext

_HELSINKI = ZoneInfo("Europe/Helsinki")
_DAY = dt.timedelta(days=1)


class When(Protocol):
    """A rhythm."""

    def after(self, at: dt.datetime) -> dt.datetime:
        """The first due moment strictly after ``at`` (aware), in UTC."""


@dataclass(frozen=True)
class Every:
    """Every so many minutes, counted from midnight UTC so that all processes agree."""

    minutes: int

    def after(self, at: dt.datetime) -> dt.datetime:
        step = self.minutes * 60
        return dt.datetime.fromtimestamp((int(at.timestamp()) // step + 1) * step, dt.UTC)

    def __str__(self) -> str:
        return ngettext("every minute", "every %(n)s minutes", self.minutes) % {"n": self.minutes}


def _first(at: dt.datetime, time: str, fits: object) -> dt.datetime:
    """The first day after ``at`` that ``fits`` (a test on dates), at the wall clock's ``time``."""
    clock, day = dt.time.fromisoformat(time), at.astimezone(_HELSINKI).date()
    while True:
        due = dt.datetime.combine(day, clock, _HELSINKI).astimezone(dt.UTC)
        if due > at and fits(day):  # type: ignore[operator]
            return due
        day += _DAY


@dataclass(frozen=True)
class Daily:
    """Each day at a time of the Helsinki clock, "03:30"."""

    time: str

    def after(self, at: dt.datetime) -> dt.datetime:
        return _first(at, self.time, lambda day: True)

    def __str__(self) -> str:
        return _("every day at %(time)s") % {"time": self.time}


@dataclass(frozen=True)
class Weekly:
    """Each week on a weekday (1 = Monday ... 7 = Sunday)."""

    weekday: int
    time: str

    def after(self, at: dt.datetime) -> dt.datetime:
        return _first(at, self.time, lambda day: day.isoweekday() == self.weekday)

    def __str__(self) -> str:
        return _("every week: %(day)s at %(time)s") % {"day": WEEKDAYS[self.weekday - 1], "time": self.time}


@dataclass(frozen=True)
class Monthly:
    """Each month on a day of it, 1-28."""

    day: int
    time: str

    def after(self, at: dt.datetime) -> dt.datetime:
        return _first(at, self.time, lambda day: day.day == self.day)

    def __str__(self) -> str:
        return _("every month: day %(day)s at %(time)s") % {"day": self.day, "time": self.time}
