"""When a thing put aside comes back, and what a week's letter takes in. No Django here."""

from __future__ import annotations

import datetime as dt

LATER = dt.timedelta(days=7)


def comes_back(at: dt.datetime, closes_at: dt.datetime | None) -> dt.datetime:
    """When something put aside at ``at`` ("not now") is shown again: in a week, or when half of its time is left.

    ``closes_at``: when it can no longer be answered, or None. What has closed already comes back in a week.
    """
    if closes_at is None or closes_at <= at:
        return at + LATER
    return min(at + LATER, at + (closes_at - at) / 2)
