"""When a nudge may leave, and the list of letters that can be looked at. No Django here.

A nudge is an automatic letter that asks for something: at most one a person and ISO week over all networks,
never in July, from 20 December to 6 January, at night, in the evening or on a weekend or holiday
(methods § A10).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from kutomo.ground import clock

OPENS, CLOSES = dt.time(8), dt.time(18)  # the wall clock in Helsinki
PATIENCE = dt.timedelta(days=14)  # a reminder later than this is no longer worth sending


def is_quiet(day: dt.date) -> bool:
    """Is the whole day quiet: July, Christmas time, a weekend or a holiday?"""
    christmas = (day.month == 12 and day.day >= 20) or (day.month == 1 and day.day <= 6)
    return day.month == 7 or christmas or not clock.is_working_day(day)


def next_allowed(at: dt.datetime, *, used: Collection[clock.Week] = (), weekday: int = 0) -> dt.datetime:
    """The first moment from ``at`` (aware) on when a nudge may leave; ``at`` itself when it may leave now.

    ``used``: the weeks that already have their one nudge. ``weekday``: 1 (Monday) to 5, the only day of the
    week that the person wants nudges on, or 0 for any. A wish for a day that is a holiday waits a week.
    """
    here = clock.local(at)
    day, time = here.date(), here.time()
    if time >= CLOSES:
        day, time = day + dt.timedelta(days=1), OPENS
    elif time < OPENS:
        time = OPENS
    while is_quiet(day) or clock.week(day) in used or (weekday and day.isoweekday() != weekday):
        day, time = day + dt.timedelta(days=1), OPENS
    if day == here.date() and time == here.time():
        return at
    return clock.moment(day, time)


def slot_of(at: dt.datetime) -> str:
    """The name of the week's one place: "nudge 2026-W07"."""
    return f"nudge {clock.week(clock.local(at).date())}"


def week_of(slot: str) -> clock.Week:
    """The week that ``slot_of`` named."""
    year, number = slot.removeprefix("nudge ").split("-W")
    return clock.Week(int(year), int(number))


@dataclass(frozen=True)
class Preview:
    """A letter that operators and the demo can look at: its template, its name, and an example's context."""

    letter: str
    title: Any
    example: Callable[[], Mapping[str, Any]]
    sender: str = ""
    is_wishable: bool = True  # may people stop it?

    @property
    def kind(self) -> str:
        return kind_of(self.letter)


PREVIEWS: dict[str, Preview] = {}


def preview(
    letter: str,
    example: Callable[[], Mapping[str, Any]],
    *,
    title: Any = "",
    sender: str = "Kynnyksen yli",
    is_wishable: bool = True,
) -> None:
    """Make the template ``letter`` visible on the preview page and name it in people's letter wishes.

    ``example`` gives the context (plain values or unsaved models; no database), called in the language shown.
    ``title``: a translated noun phrase, "invitation to a network"; ``sender``: the example network's name;
    ``is_wishable=False``: sent with ``stoppable=False``, so it is not on the page of wishes.
    Call it once when the room is loaded, below the imports of its ``actions.py``.
    """
    PREVIEWS[letter] = Preview(letter, title or kind_of(letter), example, sender, is_wishable)


def kind_of(letter: str) -> str:
    """A letter's short code: "candidates/letters/invitation.md" -> "candidates.invitation"."""
    return letter.removesuffix(".md").replace("/letters/", ".").replace("/", ".")
