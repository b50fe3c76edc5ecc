"""What a stance means and when a text is agreed. Pure arithmetic, no database.

Source: methods of the house (founding canvas, step 7; adoption rule; objection form).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NEEDED_PERCENT = 60
OPEN_DAYS = 7
LONGEST_ANSWER = 600


class Stance(StrEnum):
    """The four things one can say of a proposed text."""

    SUPPORT = "support"
    CAN_LIVE = "can_live"
    OBJECT = "object"
    ABSTAIN = "abstain"


class Resolution(StrEnum):
    """How an objection came to rest."""

    WITHDRAWN = "withdrawn"  # by its author
    MET = "met"  # a new text answers it; its author is one of the writers


class Status(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"


class Why(StrEnum):
    """Why a round ended as it did, or why it cannot end yet."""

    AGREED = "agreed"
    TOO_EARLY = "too_early"  # voices are missing and there is still time
    TOO_FEW = "too_few"  # time is up, too few have answered
    OBJECTION = "objection"  # a reasoned objection stands


@dataclass(frozen=True)
class Said:
    """One stance, as the arithmetic needs it."""

    stance: Stance
    harm: str = ""
    change: str = ""
    resolution: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a round ended, with its denominators."""

    adopted: bool
    why: Why
    invited: int
    answered: int
    objections: int
    concerns: int


def is_reasoned(said: Said) -> bool:
    """Whether an objection says what harm it sees or what change would mend it; one of the two is enough."""
    return said.stance == Stance.OBJECT and bool(said.harm.strip() or said.change.strip())


def is_concern(said: Said) -> bool:
    """An objection that answers neither question: heard and written down, but it does not block."""
    return said.stance == Stance.OBJECT and not is_reasoned(said)


def is_blocking(said: Said) -> bool:
    """A reasoned objection that has neither been withdrawn nor met by a new text."""
    return is_reasoned(said) and not said.resolution


def has_quorum(answered: int, invited: int, percent: int = NEEDED_PERCENT) -> bool:
    """Whether at least ``percent`` % of those invited have answered; with nobody invited, no."""
    return invited > 0 and answered * 100 >= invited * percent


def is_silent(now: datetime, silent_until: datetime | None, answered: int, invited: int) -> bool:
    """Whether everybody still thinks alone: until the hour set, or until the last voice has been heard."""
    return silent_until is not None and now < silent_until and answered < invited


def earliest_end(opened_at: datetime, days: int = OPEN_DAYS) -> datetime:
    """The first moment at which a round with ``days`` days to think may end although voices are missing."""
    return opened_at + timedelta(days=days)


def outcome(
    voices: Iterable[Said], *, invited: int, answered: int, time_is_up: bool, percent: int = NEEDED_PERCENT
) -> Outcome:
    """How the round would end now.

    ``voices``: all stances, also of seats that have since been left, because an objection outlives its
    author's seat; ``invited`` and ``answered``: seats (or members) of today; ``time_is_up``: the days to
    think are over.
    An abstention is an answer. Source: adoption rule of the founding canvas.
    """
    voices = list(voices)
    blocking = sum(is_blocking(said) for said in voices)
    concerns = sum(is_concern(said) for said in voices)
    everybody = invited > 0 and answered >= invited
    if not (time_is_up or everybody):
        why = Why.TOO_EARLY
    elif not has_quorum(answered, invited, percent):
        why = Why.TOO_FEW
    elif blocking:
        why = Why.OBJECTION
    else:
        why = Why.AGREED
    return Outcome(why == Why.AGREED, why, invited, answered, blocking, concerns)
