"""When a promise is kept. Pure arithmetic, no database.

Source: methods of the house (§ 4 kept promises, § A3 nobody is given a task, § A5 two keys).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = 240  # characters of what is promised
LONGEST_WORDS = 600
REMIND_DAYS = 5  # before the day
WINDOW_DAYS = 180  # how far back kept promises are counted
FEWEST_DUE = 5  # under this many the figure says "not enough yet"


class State(StrEnum):
    """Where a promise stands."""

    PROPOSED = "proposed"  # by another; nothing is owed
    ACCEPTED = "accepted"  # the doer's own word
    DECLINED = "declined"
    DONE = "done"  # says the doer; one key
    CONFIRMED = "confirmed"  # says the receiver; the second key
    RELEASED = "released"  # given up or handed over


OPEN = frozenset({State.ACCEPTED, State.DONE})


class Deed(StrEnum):
    """What can happen to a promise."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DONE = "done"
    CONFIRM = "confirm"
    MISS = "miss"  # the receiver has not got it yet
    MOVE = "move"
    RELEASE = "release"
    HAND_OVER = "hand_over"


# From which states; a yes taken back on its own day is a decline, later it is a release.
FROM: dict[Deed, frozenset[State]] = {
    Deed.ACCEPT: frozenset({State.PROPOSED, State.DECLINED}),
    Deed.DECLINE: frozenset({State.PROPOSED, State.ACCEPTED}),
    Deed.DONE: frozenset({State.ACCEPTED}),
    Deed.CONFIRM: frozenset({State.DONE}),
    Deed.MISS: frozenset({State.DONE}),
    Deed.MOVE: frozenset({State.ACCEPTED}),
    Deed.RELEASE: frozenset({State.ACCEPTED}),
    Deed.HAND_OVER: frozenset({State.ACCEPTED}),
}


class Fate(StrEnum):
    """How one promise counts on a day."""

    NOT_DUE = "not_due"  # its day is ahead, or it was released in time: in neither figure
    KEPT = "kept"
    MOVED = "moved"  # told in time that it moves: as good as kept until the new day
    NOT_KEPT = "not_kept"  # also: done, but nobody has confirmed it


@dataclass(frozen=True)
class Record:
    """One promise, as the arithmetic needs it. Days are days in Finland."""

    state: State
    first_on: date  # the day first promised
    by_on: date  # the day in force now
    moves: int = 0
    moved_late: bool = False
    done_on: date | None = None
    ended_on: date | None = None  # released


@dataclass(frozen=True)
class Kept:
    """Kept promises of a network: ``kept`` of ``due``, since a day. Never of one person or organisation."""

    kept: int
    due: int
    since: date

    @property
    def is_shown(self) -> bool:
        return self.due >= FEWEST_DUE

    @property
    def share(self) -> float | None:
        """0..1, or None when too few have been due."""
        return self.kept / self.due if self.is_shown else None


def may(deed: Deed, state: State) -> bool:
    """Whether ``deed`` can follow ``state``."""
    return state in FROM[deed]


def is_late(by_on: date | None, on: date) -> bool:
    """Whether the promised day is over on ``on``; without a day nothing is ever late."""
    return by_on is not None and on > by_on


def fate(one: Record, today: date) -> Fate:
    """How ``one`` counts on ``today``.

    Kept: done by the day in force, no move came too late, and the receiver has confirmed (they may do so later).
    A promise marked done by its doer alone is never kept. Moved in time once: as good as kept until the new day;
    a second move is no longer, so that a promise cannot be kept by moving it for ever.
    """
    if one.state == State.RELEASED:
        in_time = one.ended_on is not None and one.ended_on <= one.by_on and not one.moved_late
        return Fate.NOT_DUE if in_time else Fate.NOT_KEPT
    if one.state == State.CONFIRMED:
        on_time = one.done_on is not None and one.done_on <= one.by_on and not one.moved_late
        return Fate.KEPT if on_time else Fate.NOT_KEPT
    if today <= one.first_on:
        return Fate.NOT_DUE
    if today <= one.by_on and one.moves == 1 and not one.moved_late:
        return Fate.MOVED
    return Fate.NOT_KEPT


def kept(rows: Iterable[Record], today: date) -> Kept:
    """KP = (done and confirmed on time + moved before the day) / due, over the last 180 days."""
    since = today - timedelta(days=WINDOW_DAYS)
    fates = [fate(one, today) for one in rows if one.by_on >= since]
    good = sum(one in (Fate.KEPT, Fate.MOVED) for one in fates)
    return Kept(good, good + fates.count(Fate.NOT_KEPT), since)
