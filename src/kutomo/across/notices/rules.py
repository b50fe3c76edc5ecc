"""When a thing put aside comes back, and what a week's letter takes in. No Django here."""

from __future__ import annotations

import datetime as dt

from kutomo.core.letters.rules import is_quiet

LATER = dt.timedelta(days=7)
LONGEST = dt.timedelta(days=28)  # what is older is no news


def comes_back(at: dt.datetime, closes_at: dt.datetime | None) -> dt.datetime:
    """When something put aside at ``at`` ("not now") is shown again: in a week, or when half of its time is left.

    ``closes_at``: when it can no longer be answered, or None. What has closed already comes back in a week.
    """
    if closes_at is None or closes_at <= at:
        return at + LATER
    return min(at + LATER, at + (closes_at - at) / 2)


def is_letter_day(day: dt.date, wish: int) -> bool:
    """Is ``day`` the day of the weekly letter for somebody whose wish is ``wish``?

    ``wish``: 1 (Monday) to 5, or 0 for any day: then the first day of the week that is not quiet. A wish for a
    day that is quiet waits a week (methods § A10).
    """
    if is_quiet(day):
        return False
    if wish:
        return day.isoweekday() == wish
    earlier = (day - dt.timedelta(days=back) for back in range(1, day.isoweekday()))
    return all(is_quiet(one) for one in earlier)


def begins(at: dt.datetime, last: dt.datetime | None) -> dt.datetime:
    """The moment from which a letter written ``at`` tells: the last one's, but four weeks back at most.

    The first letter tells of one week.
    """
    return at - LATER if last is None else max(last, at - LONGEST)
