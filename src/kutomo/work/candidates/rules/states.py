"""The states of a candidate and what leads from one to another."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a candidate stands."""

    POTENTIAL = "potential"  # on the list
    INVITED = "invited"
    REPLIED = "replied"  # said yes; the three lines or the seat are still missing
    SEATED = "seated"
    LATER = "later"  # asked to be asked again
    DECLINED = "declined"  # said no, or named somebody else


class Reply(StrEnum):
    """What an invitation can be answered."""

    YES = "yes"
    LATER = "later"
    NO = "no"
    SOMEONE_ELSE = "someone_else"


class Deed(StrEnum):
    """What moves a candidate on."""

    INVITE = "invite"
    SAY_YES = "say_yes"
    SAY_LATER = "say_later"
    SAY_NO = "say_no"  # no, and "somebody else" as well
    SIT = "sit"


S, D = State, Deed
MOVES: dict[tuple[State, Deed], State] = {
    (S.POTENTIAL, D.INVITE): S.INVITED,
    (S.INVITED, D.INVITE): S.INVITED,  # the letter again
    (S.LATER, D.INVITE): S.INVITED,
    # A "no" is respected: only the invited person can turn it, never another invitation.
    **{(state, D.SAY_YES): S.REPLIED for state in (S.POTENTIAL, S.INVITED, S.REPLIED, S.LATER, S.DECLINED)},
    **{(state, D.SAY_LATER): S.LATER for state in (S.POTENTIAL, S.INVITED, S.REPLIED, S.LATER, S.DECLINED)},
    **{(state, D.SAY_NO): S.DECLINED for state in (S.POTENTIAL, S.INVITED, S.REPLIED, S.LATER, S.DECLINED)},
    (S.REPLIED, D.SIT): S.SEATED,
}
DEED_OF = {
    Reply.YES: D.SAY_YES,
    Reply.LATER: D.SAY_LATER,
    Reply.NO: D.SAY_NO,
    Reply.SOMEONE_ELSE: D.SAY_NO,
}


def move(state: State, deed: Deed) -> State | None:
    """The state after ``deed``, or None when it cannot be done from ``state``."""
    return MOVES.get((State(state), Deed(deed)))


def may_be_removed(state: State) -> bool:
    """Whether a candidate may be taken off the list (or an import undone): nobody has asked them yet."""
    return state == State.POTENTIAL
