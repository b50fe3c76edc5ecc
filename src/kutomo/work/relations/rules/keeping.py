"""How long raw answers are kept, when reminders go, how coarse times are. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

LONGEST_WAVE = 92  # days
WAVES_KEPT = 2  # raw answers go when this many later waves have closed
FEWEST_TIMES = 5
STEP = 5  # seconds
LONGEST_SCREEN = 1800  # somebody went for coffee: not counted


def kept_until(closed_on: date) -> date:
    """The last day for raw answers of a wave closed on ``closed_on``, if no two later waves close before."""
    year, day = closed_on.year + 1, closed_on.day
    if (closed_on.month, day) == (2, 29):
        day = 28
    return date(year, closed_on.month, day)


def may_go(closed_on: date, later_closed: int, today: date) -> bool:
    """Whether the raw answers must be deleted: wave + 2 is closed, or a year is over; the earlier one."""
    return later_closed >= WAVES_KEPT or today >= kept_until(closed_on)


def reminder_days(opens_on: date, closes_on: date) -> tuple[date, ...]:
    """When the system reminds those who have not answered: half-way, and two days before the end.

    A wave shorter than a week has one reminder, the day before its last.
    """
    length = (closes_on - opens_on).days
    if length < 7:
        return (max(opens_on, closes_on - timedelta(days=1)),)
    return (opens_on + timedelta(days=length // 2), closes_on - timedelta(days=2))


def coarse(seconds: float) -> int | None:
    """Seconds rounded to fives, at least 5; None when it tells nothing (negative, or over half an hour)."""
    if not 0 <= seconds <= LONGEST_SCREEN:
        return None
    return max(STEP, round(seconds / STEP) * STEP)


def middle(seconds: Sequence[int]) -> float | None:
    """The median of screen times; None below five of them."""
    return float(median(seconds)) if len(seconds) >= FEWEST_TIMES else None
