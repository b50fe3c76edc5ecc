"""The course of a listing and of a task: states, deeds, who may do what, and when the clock steps in.

States and times are those of our own specification of mutual help, drawn from what peers do; the times are settings
of judgement, not of law.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

LONGEST_TITLE, LONGEST, LONGEST_WORDS = 120, 2000, 1000


class Side(StrEnum):
    """What a listing says."""

    NEED = "need"
    OFFER = "offer"

    @property
    def other(self) -> Side:
        return Side.OFFER if self is Side.NEED else Side.NEED


class Open(StrEnum):
    """Where a listing stands. The last four are over; the clock alone lets one expire."""

    OPEN = "open"
    PAUSED = "paused"
    MATCHED = "matched"  # as many have been agreed with as were asked for
    EXPIRED = "expired"
    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"
    MODERATED = "moderated"


SHOWN = frozenset({Open.OPEN, Open.MATCHED})  # what others find on the board; only open ones stand in letters
OVER = frozenset({Open.FULFILLED, Open.WITHDRAWN, Open.MODERATED})


class Move(StrEnum):
    """What its owner, or for the last one a leader, does to a listing."""

    PAUSE = "pause"
    RENEW = "renew"
    FULFIL = "fulfil"
    WITHDRAW = "withdraw"
    MODERATE = "moderate"


MOVES: dict[Move, tuple[frozenset[Open], Open]] = {
    Move.PAUSE: (frozenset({Open.OPEN}), Open.PAUSED),
    Move.RENEW: (frozenset({Open.PAUSED, Open.EXPIRED, Open.WITHDRAWN, Open.MATCHED}), Open.OPEN),
    Move.FULFIL: (frozenset({Open.OPEN, Open.MATCHED, Open.PAUSED, Open.EXPIRED}), Open.FULFILLED),
    Move.WITHDRAW: (frozenset({Open.OPEN, Open.MATCHED, Open.PAUSED, Open.EXPIRED}), Open.WITHDRAWN),
    Move.MODERATE: (frozenset(Open) - {Open.MODERATED}, Open.MODERATED),
}


class State(StrEnum):
    """Where a task stands: one giver's help to one receiver."""

    PROPOSED = "proposed"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    DELIVERED = "delivered"
    CHANGES = "changes"
    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


LIVE = frozenset({State.PROPOSED, State.NEGOTIATING, State.AGREED, State.IN_PROGRESS, State.DELIVERED, State.CHANGES})
BEFORE_YES = frozenset({State.PROPOSED, State.NEGOTIATING})
AFTER_YES = frozenset({State.AGREED, State.IN_PROGRESS})
TAKEN = AFTER_YES | {State.DELIVERED, State.CHANGES, State.COMPLETED}  # a hand that others need not offer any more


class Part(StrEnum):
    """Which side of a task somebody is on."""

    GIVER = "giver"
    RECEIVER = "receiver"


class Deed(StrEnum):
    """What one of the sides does to a task. SAY moves nothing."""

    SAY = "say"
    COUNTER = "counter"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    START = "start"
    DELIVER = "deliver"
    CONFIRM = "confirm"
    ASK_CHANGES = "ask_changes"
    CANCEL = "cancel"
    UNDO = "undo"


UNDO_WITHIN = timedelta(days=7)
BLIND_FOR = timedelta(days=7)
STEPS: dict[Deed, tuple[frozenset[State], State | None]] = {
    Deed.SAY: (LIVE | {State.COMPLETED}, None),
    Deed.COUNTER: (BEFORE_YES, State.NEGOTIATING),
    Deed.ACCEPT: (BEFORE_YES, State.AGREED),
    Deed.DECLINE: (BEFORE_YES, State.DECLINED),
    Deed.WITHDRAW: (BEFORE_YES, State.WITHDRAWN),
    Deed.START: (frozenset({State.AGREED}), State.IN_PROGRESS),
    Deed.DELIVER: (frozenset({State.AGREED, State.IN_PROGRESS, State.CHANGES}), State.DELIVERED),
    Deed.CONFIRM: (frozenset({State.DELIVERED}), State.COMPLETED),
    Deed.ASK_CHANGES: (frozenset({State.DELIVERED}), State.CHANGES),
    Deed.CANCEL: (AFTER_YES | {State.CHANGES}, State.CANCELLED),
    Deed.UNDO: (frozenset({State.COMPLETED}), State.DELIVERED),
}
ONLY = {Deed.DELIVER: Part.GIVER, Deed.CONFIRM: Part.RECEIVER, Deed.ASK_CHANGES: Part.RECEIVER}
NEEDS_WORDS = frozenset({Deed.SAY, Deed.CANCEL, Deed.ASK_CHANGES, Deed.UNDO})


def follows(deed: Deed, state: State, *, part: Part, wrote_terms: bool) -> bool:
    """May the side ``part`` do ``deed`` now? ``wrote_terms``: the last terms are this side's own.

    Nobody says yes to their own terms, and only who wrote them takes them back; the other side declines.
    """
    if state not in STEPS[deed][0] or ONLY.get(deed, part) is not part:
        return False
    if deed in (Deed.ACCEPT, Deed.DECLINE):
        return not wrote_terms
    return wrote_terms if deed is Deed.WITHDRAW else True


def deeds(state: State, *, part: Part, wrote_terms: bool) -> list[Deed]:
    """All that the side ``part`` may do now, in the order in which it is offered."""
    return [deed for deed in Deed if follows(deed, state, part=part, wrote_terms=wrote_terms)]


# What the clock does when a state has stood still for so long.
REMIND_OWNER = timedelta(days=3)
REMIND_RECEIVER = timedelta(days=5)
PROPOSAL_ENDS = timedelta(days=14)
DELIVERY_COUNTS = timedelta(days=14)
WARN_STILL = timedelta(days=72)
STILL_ENDS = timedelta(days=75)
OPEN_FOR = timedelta(days=90)  # a listing without an end date of its own
WARN_LISTING = timedelta(days=7)


def by_itself(state: State, stood: timedelta) -> State | None:
    """What a task becomes when nobody has done anything for ``stood``; None: nothing yet."""
    if state in BEFORE_YES and stood >= PROPOSAL_ENDS:
        return State.EXPIRED
    if state is State.DELIVERED and stood >= DELIVERY_COUNTS:
        return State.COMPLETED
    if state in AFTER_YES | {State.CHANGES} and stood >= STILL_ENDS:
        return State.CANCELLED
    return None


def reminder(state: State, stood: timedelta) -> str:
    """Which reminder is due: "answer", "confirm", "still", or "" for none."""
    if state in BEFORE_YES and stood >= REMIND_OWNER:
        return "answer"
    if state is State.DELIVERED and stood >= REMIND_RECEIVER:
        return "confirm"
    return "still" if state in AFTER_YES | {State.CHANGES} and stood >= WARN_STILL else ""
