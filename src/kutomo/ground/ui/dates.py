"""Dates and times as people write them: ``ti 17.3. klo 13–15``, ``Tue 17 Mar, 13:00–15:00``."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import get_language

from kutomo.ground import clock

_DAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: dt.date | dt.datetime | None, this_year: int | None = None) -> str:
    """A day in the reader's language; the year only when it is not the present one."""
    if value is None:
        return ""
    date = _here(value).date() if isinstance(value, dt.datetime) else value
    this_year = this_year or clock.today().year
    language = _language()
    name = _DAYS[language][date.weekday()]
    year = date.year if date.year != this_year else None
    if language == "en":
        return f"{name} {date.day} {_MONTHS[date.month - 1]}" + (f" {year}" if year else "")
    if language == "sv":
        return f"{name} {date.day}.{date.month}" + (f".{year}" if year else "")
    return f"{name} {date.day}.{date.month}." + (f"{year}" if year else "")


def when(start: dt.datetime | None, end: dt.datetime | None = None, this_year: int | None = None) -> str:
    """A day and a time, or a span of times; a span over midnight names both days."""
    if start is None:
        return ""
    here, there = _here(start), _here(end) if end else None
    if there and there.date() != here.date():
        return f"{when(start, None, this_year)}\u2009–\u2009{when(end, None, this_year)}"
    hours = _hour(here) + (f"–{_hour(there)}" if there else "")
    between = {"fi": " klo\u00a0", "sv": " kl.\u00a0", "en": ", "}[_language()]
    return f"{day(here, this_year)}{between}{hours}"


def _hour(moment: dt.datetime) -> str:
    if _language() == "en":
        return f"{moment.hour}:{moment.minute:02}"
    return f"{moment.hour}.{moment.minute:02}" if moment.minute else f"{moment.hour}"


def _here(moment: dt.datetime) -> dt.datetime:
    return clock.local(moment) if timezone.is_aware(moment) else moment


def _language() -> str:
    language = (get_language() or "fi")[:2]
    return language if language in _DAYS else "en"
