"""The course of one introduction: its states, what the two sides may say, and how long things take. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

UNDO = timedelta(minutes=10)  # the letters wait this long; until then all can be taken back
ANSWER_DAYS = 28  # then the question goes away by itself
OUTCOME_DAYS = 30  # after both have said yes
REST_DAYS = 180  # the same two are not asked again sooner
NOT_NOW_DAYS = 21  # a suggestion that was laid aside by whoever might have written
LONGEST_WORDS = 1500
WISHES_AT_ONCE = 2  # of one seat


class State(StrEnum):
    """Where an introduction stands."""

    WISHED = "wished"  # a member asked for it; a weaver may take it up
    DRAFT = "draft"  # words are kept, nothing has been sent
    LEAVING = "leaving"  # the letters leave in some minutes; can be taken back
    ASKED = "asked"  # both have been asked
    MET = "met"  # both have said yes
    LAPSED = "lapsed"  # it did not come about; nobody is told why
    DROPPED = "dropped"  # taken back, or laid aside by whoever was to write


OPEN = frozenset({State.WISHED, State.DRAFT, State.LEAVING, State.ASKED})
EDITABLE = frozenset({State.WISHED, State.DRAFT})


class Reply(StrEnum):
    """What one side says. No row of words, no reason."""

    NONE = ""
    YES = "yes"
    LATER = "later"  # not now
    NEVER = "never"  # never this: these two are not suggested again


class Rung(StrEnum):
    """What came of an introduction, as both sides say; each rung contains those below it."""

    NOTHING = "nothing"
    TALKED = "talked"
    KNOWS = "knows"  # whom to call
    DID = "did"  # something together


def outcome(told: Iterable[tuple[bool | None, bool | None, bool | None]]) -> Rung | None:
    """The rung that both sides confirm (methods A5, two keys); None while one of them has not told.

    ``told``: for each side whether they have talked, know whom to call, did something.
    """
    rows = list(told)
    if len(rows) < 2 or any(row[0] is None for row in rows):
        return None
    for place, rung in ((2, Rung.DID), (1, Rung.KNOWS), (0, Rung.TALKED)):
        if all(row[place] for row in rows):
            return rung
    return Rung.NOTHING


def leaves_at(at: datetime) -> datetime:
    """When letters that are sent at ``at`` leave."""
    return at + UNDO


def closes_on(asked: date) -> date:
    """The last day for an answer."""
    return asked + timedelta(days=ANSWER_DAYS)


def is_met(replies: Iterable[str]) -> bool:
    """Both have said yes."""
    said = list(replies)
    return len(said) == 2 and all(reply == Reply.YES for reply in said)
