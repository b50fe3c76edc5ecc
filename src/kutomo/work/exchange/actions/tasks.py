"""Tasks: one answers a listing, both agree, the help is given, the receiver says that it came."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Seat
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today
from kutomo.ground.errors import RuleBroken

from .. import events, queries
from ..models import Feedback, Listing, Mark, Owner, Step, StepWord, Task
from ..rules import course
from ..rules.course import Deed, Open, Part, State
from .held import check_seat, held_listing, held_task, part_of, tell, worded
from .letters import remind_of, write_to

_OTHER = {Part.GIVER: Part.RECEIVER, Part.RECEIVER: Part.GIVER}


@transaction.atomic
def propose(*, by: Person, listing: Listing, words: str, seat: Seat | None = None, on: date | None = None) -> Task:
    """Answer an open listing: apply for a need, or ask for what is offered. Asked again it is the same task.

    ``words``: the first terms: what, how, when; ``seat``: for whom ``by`` speaks; ``on``: the day, if one is meant.
    Raises RuleBroken for an own listing, one that is no longer open, or one that asks another seat; NotAllowed.
    """
    gate.require(by, Can.ANSWER, listing.network)
    check_seat(by, listing.network, seat)
    listing = held_listing(listing)
    words = worded(words, "words", course.LONGEST_WORDS)
    _check_answerable(by, listing, seat)
    other, other_seat = listing.author, listing.seat
    part = Part.GIVER if listing.is_need else Part.RECEIVER
    mine, theirs = (by, seat), (other, other_seat)
    (giver, giver_seat), (receiver, receiver_seat) = (mine, theirs) if part is Part.GIVER else (theirs, mine)
    live = Task.objects.filter(listing=listing, giver=giver, receiver=receiver, state__in=course.LIVE).first()
    if live is not None:
        live.listing = listing
        return live
    task = Task.objects.create(
        listing=listing, giver=giver, giver_seat=giver_seat, receiver=receiver, receiver_seat=receiver_seat,
        terms=words, terms_on=_day(on), terms_part=part, made_at=now(), moved_at=now(),
    )  # fmt: skip
    _step(task, StepWord.PROPOSE, part, by, words, task.terms_on)
    tell(by=by, kind=events.ANSWERED, listing=listing)
    write_to(task, _OTHER[part], StepWord.PROPOSE, words)
    return task


def _check_answerable(by: Person, listing: Listing, seat: Seat | None) -> None:
    if listing.state != Open.OPEN:
        raise RuleBroken(_("It is no longer open. Thank you all the same."))
    mine = Owner.key(seat.pk if seat else None, by.pk)
    if mine == listing.owner or by.pk == listing.author_id or queries.owns(by, listing):
        raise RuleBroken(_("It is your own: somebody else answers it."), field="seat")
    if listing.target_id and (seat is None or seat.pk != listing.target_id):
        raise RuleBroken(_("This was asked of one member only."), field="seat")


def _day(on: date | None) -> date | None:
    if on is not None and on < today():
        raise RuleBroken(_("The day has passed already."), field="on")
    return on


@transaction.atomic
def step(*, by: Person, task: Task, deed: Deed, words: str = "", on: date | None = None, version: int = 0) -> Task:
    """One side does ``deed``. ``version``: of the terms that the page showed, for a yes to them.

    Raises RuleBroken when it cannot follow any more, when words are needed, or when the terms have changed since.
    """
    part = part_of(by, task)
    listing = held_listing(task.listing)
    task = held_task(task)
    task.listing = listing
    if deed not in queries.deeds(task, part):
        raise RuleBroken(
            _("This stands otherwise now: %(state)s. Look at its page and go on from there."),
            params={"state": task.get_state_display()},
        )
    if deed is Deed.ACCEPT:
        _check_terms(task, version)
    if deed in course.NEEDS_WORDS or deed is Deed.COUNTER:
        words = worded(words, "words", course.LONGEST_WORDS)
    if deed is Deed.COUNTER:
        task.terms, task.terms_on, task.terms_part = words, _day(on), part
        task.terms_version += 1
    _move(task, course.STEPS[deed][1], by)
    _step(task, StepWord(deed), part, by, words.strip()[: course.LONGEST_WORDS], task.terms_on)
    if deed not in (Deed.CONFIRM, Deed.UNDO):
        tell(by=by, kind=events.STEPPED, listing=listing)
    write_to(task, _OTHER[part], StepWord(deed), words)
    return task


def _check_terms(task: Task, version: int) -> None:
    if version != task.terms_version:
        raise RuleBroken(_("The terms have changed while you were reading. Look at them and say yes again."))
    if task.listing.is_confidential and not task.steps.filter(kind=StepWord.SAY).exists():
        raise RuleBroken(
            _("Confidential matters are handled here: first write how they are protected and who sees them."),
            field="words",
        )


def _move(task: Task, state: State | None, by: Person | None) -> None:
    """The new state with what hangs on it: the listing's place on the board, the line about help that has come."""
    task.moved_at, task.reminded_in = now(), ""
    undone = False
    if state is not None:
        came, undone = state is State.COMPLETED, task.is_completed
        task.state, task.completed_at = state, now() if came else None
        task.by_silence = came and by is None
        if came:
            seat: dict[str, Any] = {"seat": task.giver_seat_id} if task.giver_seat_id else {}
            tell(by=task.giver, kind=events.HELPED, listing=task.listing, **seat)
        elif undone:
            tell(by=by, kind=events.UNDONE, listing=task.listing)
    task.save()
    _count_hands(task.listing, undone=undone)


def _count_hands(listing: Listing, *, undone: bool) -> None:
    """Open, agreed on or done: are there as many agreed, as many completed tasks as hands are needed?"""
    states = list(listing.tasks.values_list("state", flat=True))
    taken = sum(state in course.TAKEN for state in states)
    came = states.count(State.COMPLETED)
    state = Open.FULFILLED if came >= listing.hands else Open.MATCHED if taken >= listing.hands else Open.OPEN
    counts = listing.state in (Open.OPEN, Open.MATCHED) or (undone and listing.state == Open.FULFILLED)
    if counts and listing.state != state:
        listing.state, listing.moved_at = state, now()
        listing.ended_at = now() if state is Open.FULFILLED else None
        listing.save(update_fields=["state", "moved_at", "ended_at"])


def _step(task: Task, kind: StepWord, part: Part | None, by: Person | None, words: str, on: date | None) -> None:
    Step.objects.create(
        task=task, kind=kind, part=part or "", by=by, words=words, on=on, version=task.terms_version, at=now()
    )


@transaction.atomic
def tell_how(
    *, by: Person, task: Task, result: int, timing: int, process: int, words: str = "", may_show: bool = False
) -> Feedback:
    """How it went: the result, the time, the way of working, each well, partly or poorly; it can be changed while
    the other side cannot see it. ``may_show``: the words may stand on the help board with one's name.
    """
    part = part_of(by, task)
    task = held_task(task)
    if not task.is_completed:
        raise RuleBroken(_("Feedback is given once the help has come."))
    if not {result, timing, process} <= set(Mark.values):
        raise RuleBroken(_("Choose one of what is offered."))
    if queries.feedback(task, part)["is_open"] and task.feedback.filter(part=part).exists():
        raise RuleBroken(_("Both sides have seen the feedback: it stays as it is."))
    facts: dict[str, Any] = {"result": result, "timing": timing, "process": process}
    facts |= {"words": words.strip()[: course.LONGEST_WORDS], "may_show": may_show and bool(words.strip())}
    row, _new = Feedback.objects.update_or_create(task=task, part=part, defaults={**facts, "by": by, "at": now()})
    tell(by=by, kind=events.STEPPED, listing=task.listing)
    return row


@transaction.atomic
def tend(*, by: None, task: Task) -> str:
    """The clock looks at a task that has stood still: ends it, counts it, or reminds once. What was done, or ""."""
    listing = held_listing(task.listing)
    task = held_task(task)
    task.listing = listing
    state, stood = State(task.state), now() - task.moved_at
    if state not in course.LIVE:
        return ""
    if (after := course.by_itself(state, stood)) is not None:
        _move(task, after, None)
        _step(task, StepWord.SILENCE, None, None, "", None)
        for part in Part:
            write_to(task, part, StepWord.SILENCE, "")
        return after.value
    turn = course.reminder(state, stood)
    mark = f"{turn}:{task.terms_version}"
    if turn and task.reminded_in != mark:
        task.reminded_in = mark
        task.save(update_fields=["reminded_in"])
        parts = [Part.RECEIVER] if turn == "confirm" else list(Part) if turn == "still" else [_asked(task)]
        for part in parts:
            remind_of(task, part, turn)
        return turn
    return ""


def _asked(task: Task) -> Part:
    """The side that has not written the last terms."""
    return _OTHER[Part(task.terms_part)]


def end_of(by: Person) -> None:
    """Tasks of somebody who leaves, as oneself: before a yes they are taken back, after it they are cancelled."""
    rows = Task.objects.select_related("listing__network", "giver_seat", "receiver_seat", "giver", "receiver")
    own = rows.filter(queries.alone(by), state__in=course.LIVE - {State.DELIVERED})
    for row in own:
        part = Part.GIVER if row.giver_id == by.pk and row.giver_seat_id is None else Part.RECEIVER
        state = State.WITHDRAWN if State(row.state) in course.BEFORE_YES else State.CANCELLED
        row = held_task(row)
        _move(row, state, by)
        kind = StepWord.WITHDRAW if state is State.WITHDRAWN else StepWord.CANCEL
        _step(row, kind, part, None, "", None)
        write_to(row, _OTHER[part], kind, "")
