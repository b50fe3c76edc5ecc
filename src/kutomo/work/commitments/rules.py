"""Ground rules and commitment cards as plain arithmetic: limits, notice, hours, expiry. No database."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST_RULES = 7
NOTICE_MONTHS = 1
REVIEW_MONTHS = 12
CARD_MONTHS = 12
REMIND_DAYS = 30
RULE_LENGTH = 200
PRACTICE_LENGTH = 300


class State(StrEnum):
    """Where a version of the ground rules stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    DROPPED = "dropped"


class CardState(StrEnum):
    """Where a commitment card stands."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    ENDED = "ended"


class Behalf(StrEnum):
    """In whose name a card is given."""

    SELF = "self"
    ORGANISATION = "organisation"


class Hours(StrEnum):
    """Hours a month, in four steps; nobody is asked for an exact figure."""

    HARDLY = "0-1"
    SOME = "2-4"
    MANY = "5-8"
    MORE = "more"


class Ending(StrEnum):
    """Why a card has ended."""

    OWN = "own"  # its holder ended it
    EXPIRED = "expired"  # a year passed without renewal
    DECLINED = "declined"  # the organisation did not confirm it
    LEFT = "left"  # the seat was left


_STEPS: dict[Hours, tuple[int, int | None]] = {
    Hours.HARDLY: (0, 1),
    Hours.SOME: (2, 4),
    Hours.MANY: (5, 8),
    Hours.MORE: (9, None),
}

# What may follow what. A card that has ended is never revived: a new one is written.
_NEXT: dict[CardState, frozenset[CardState]] = {
    CardState.PROPOSED: frozenset({CardState.CONFIRMED, CardState.ENDED}),
    CardState.CONFIRMED: frozenset({CardState.PROPOSED, CardState.PAUSED, CardState.ENDED}),
    CardState.PAUSED: frozenset({CardState.CONFIRMED, CardState.PROPOSED, CardState.ENDED}),
    CardState.ENDED: frozenset(),
}


@dataclass(frozen=True)
class Span:
    """Hours a month from so many cards; ``at_most`` is None when a card says "more"."""

    at_least: int
    at_most: int | None
    cards: int


@dataclass(frozen=True)
class Coverage:
    """Organisations with a confirmed card, out of the organisations that hold a seat."""

    confirmed: int
    seated: int
    following: int
    waiting: int


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day if it is shorter (31 January + 1)."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def in_force_from(*, proposed_on: date, agreed_on: date, is_first: bool) -> date:
    """The day from which agreed rules hold.

    The first rules hold at once. A change holds one month after everybody could read it, and never before it
    has been agreed (methods § 2: amendable with one month's notice).
    """
    if is_first:
        return agreed_on
    return max(agreed_on, months_later(proposed_on, NOTICE_MONTHS))


def may_become(now: CardState, then: CardState) -> bool:
    """Whether a card may go from ``now`` to ``then``."""
    return then in _NEXT[now]


def expires_on(confirmed_on: date, until: date | None = None) -> date:
    """The last day of a card: twelve months on, or earlier if its holder said so."""
    last = months_later(confirmed_on, CARD_MONTHS)
    return min(last, until) if until else last


def is_due_for_reminder(today: date, expires: date) -> bool:
    """Whether the holder should now choose between renewing, adjusting and ending (30 days before)."""
    return today <= expires <= today + timedelta(days=REMIND_DAYS)


def hours(codes: Iterable[str]) -> Span:
    """The span of hours a month that the cards with these codes promise together."""
    steps = [_STEPS[Hours(code)] for code in codes]
    highs = [high for _low, high in steps]
    most = None if None in highs else sum(high for high in highs if high is not None)
    return Span(sum(low for low, _high in steps), most, len(steps))


def capacity_gap(promised: Span, needed: int) -> int:
    """Promised hours a month (counted low) less the ``needed`` ones; below zero means too little."""
    return promised.at_least - needed


def most_chosen(counts: dict[str, int], order: list[str], most: int = MOST_RULES) -> list[str]:
    """At most ``most`` keys by number of choosers, at least one each; ties go by the deck's order."""
    chosen = [key for key in order if counts.get(key, 0) > 0]
    best = sorted(chosen, key=lambda key: (-counts[key], order.index(key)))[:most]
    return sorted(best, key=order.index)
