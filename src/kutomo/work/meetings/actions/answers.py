"""What phones send. Each deed carries the sending device's own key: sent again it changes nothing, adds nothing."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.promises import actions as promises
from kutomo.core.promises.models import Promise
from kutomo.ground.commit import shared, together
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken

from .. import queries
from ..models import BOX, Answer, Knows, Meeting, Participant, Place, Sealed, Step, Turn
from ..rules import kinds
from ..rules.kinds import Kind, Slot, State
from . import acquaintance, canvas
from .plan import THING, bump

SHORTEST_CODE, LONGEST_CODE = 16, 100


def key_of(code: str, *about: object) -> str:
    """The row's key: a hash of the claim code that stays on the device. Raises RuleBroken on a poor code."""
    if not SHORTEST_CODE <= len(code) <= LONGEST_CODE:
        raise RuleBroken(_("The answer came without its code. Load the page again."))
    return hashlib.sha256("\n".join([code, *map(str, about)]).encode()).hexdigest()


RESERVED = frozenset({"step", "code", "csrfmiddlewaretoken", "language"})


def answer(*, by: Participant, step_id: int, code: str, values: Mapping[str, str], recorder: Any = None) -> None:
    """Take what ``by`` answers in one step: slot -> words or number. The same ``code`` again changes it, counts once.

    ``recorder``: the Person who writes for somebody without a phone. Returns only after the disk has it.
    Raises RuleBroken when the step takes no answers (any more), when there is nothing in it, or when this
    phone has sent as many as are taken; NotAllowed when the recorder may not record.
    """
    key_of(code)
    given = {slot: words for slot, value in values.items() if (words := " ".join(value.split()))}
    if not given:
        raise RuleBroken(_("Write something first."), field="text")
    together(lambda: _take_all(by, step_id, code, given, recorder))


def answer_all(*, by: Participant, data: Any, recorder: Any = None) -> None:
    """Take a form as a phone sends it: step, code, and a field for each slot."""
    step = data.get("step", "")
    values = {name: ",".join(data.getlist(name)) for name in data if name not in RESERVED}
    answer(
        by=by,
        step_id=int(step) if step.isascii() and step.isdigit() and len(step) < 16 else 0,
        code=data.get("code", ""),
        values=values,
        recorder=recorder,
    )


@dataclass
class _Frame:
    """A step as all answers of one transaction find it: read once for all of them."""

    step: Step
    question: Any


def _frame(step_id: int, meeting_id: int) -> _Frame:
    """The step, and the canvas question that it writes into; held against the host's reveal until the commit."""
    known = shared()
    frame = known.get(("meetings.step", step_id))
    if frame is None:
        if connection.vendor == "postgresql":  # answers share the step; the host's reveal waits for them
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {Step._meta.db_table} WHERE id = %s FOR SHARE", [step_id])
        step = Step.objects.filter(pk=step_id).select_related("meeting__network").first()
        if step is None:
            raise NotFound(_("There is no such point on the agenda any more."))
        frame = known["meetings.step", step_id] = _Frame(step, queries.open_question(step, step.meeting.network))
    if frame.step.meeting_id != meeting_id:
        raise NotFound(_("There is no such point on the agenda any more."))
    return frame


def _take_all(by: Participant, step_id: int, code: str, given: Mapping[str, str], recorder: Any) -> None:
    frame = _frame(step_id, by.meeting_id)
    step = frame.step
    if recorder is not None:
        gate.require(recorder, Can.RECORD, step.meeting.network)
        if not by.is_paper:
            raise NotAllowed(
                _("This person has a phone here and answers for themselves."), network=step.meeting.network
            )
    _require_taking(step)
    for slot, value in given.items():
        asked = kinds.slot(step.kind, slot)
        if asked is None:
            raise RuleBroken(_("Nothing is asked at this point."))
        content = _content(asked, value)
        if frame.question is not None:
            canvas.answer(by=by, question=frame.question, text=value, code=code)
        else:
            _keep(by, step, asked, key_of(code, slot), content)
        if step.kind == Kind.RULES:
            canvas.choose(by=by, step=step, cards=value.split(","))


_INSERT = (
    f"INSERT INTO {Answer._meta.db_table} (key, step_id, slot, text, number, language, participant_id)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING"
)
_SEAL = (
    f"INSERT INTO {Sealed._meta.db_table} (key, step_id, slot, body) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (key) DO NOTHING"
)
_RESEAL = f"UPDATE {Sealed._meta.db_table} SET body = %s WHERE key = %s AND step_id = %s AND slot = %s"
_CHANGE = f"UPDATE {Answer._meta.db_table} SET text = %s, number = %s WHERE key = %s AND step_id = %s AND slot = %s"
_TURN = (
    f"INSERT INTO {Turn._meta.db_table} (key, step_id, participant_id, slot, times) VALUES (%s, %s, %s, %s, 1)"
    f" ON CONFLICT (step_id, participant_id, slot) DO UPDATE SET times = {Turn._meta.db_table}.times + 1"
    f" WHERE {Turn._meta.db_table}.times < %s"
)


def _keep(by: Participant, step: Step, asked: Slot, key: str, content: dict[str, Any]) -> None:
    """Store the answer and count the turn, or change the words of the answer that has this key."""
    text, number = content.get("text", ""), content.get("number")
    # A number has no language, and the only reader of Swedish in the room must not be found by it (A9).
    language = by.language if text else ""
    if asked.named:
        first: tuple[str, list[Any]] = (_INSERT, [key, step.pk, asked.code, text, number, language, by.pk])
        again: tuple[str, list[Any]] = (_CHANGE, [text, number, key, step.pk, asked.code])
    else:
        body, name = BOX.close({"key": key, "text": text, "number": number, "language": language}), BOX.name(key)
        first = (_SEAL, [name, step.pk, asked.code, body])
        again = (_RESEAL, [body, name, step.pk, asked.code])
    with connection.cursor() as cursor:
        cursor.execute(*first)
        if not cursor.rowcount:
            cursor.execute(*again)
            return
        cursor.execute(_TURN, [secrets.token_hex(16), step.pk, by.pk, asked.code, asked.most])
        if not cursor.rowcount:  # the savepoint takes the answer back
            raise RuleBroken(_("You have sent as many answers as are taken here. You may change the earlier ones."))


def _require_taking(step: Step) -> None:
    if not kinds.is_asking(step.kind):
        raise RuleBroken(_("Nothing is asked at this point."))
    if step.meeting.state != State.OPEN:
        raise RuleBroken(_("The meeting is not open any more."))
    if not step.is_answering:
        raise RuleBroken(_("This question was closed before your answer arrived. Your words are still on this device."))


def _content(asked: Slot, value: str) -> dict[str, Any]:
    """The words or the number, checked against the slot."""
    if asked.scale:
        number = int(value) if value.isascii() and value.isdigit() and len(value) < 3 else -1
        if not 0 <= number <= asked.scale:
            raise RuleBroken(_("Choose one of the answers."))
        return {"number": number}
    if len(value) > asked.length:
        raise RuleBroken(_("This is too long. Shorten it a little."), field="text")
    return {"text": value}


@transaction.atomic
def know(*, by: Participant, known: int, is_known: bool = True) -> None:
    """Tick "I now know what they do and whom to call" about somebody of one's own pairs, or take it back."""
    mine, theirs = (
        set(Place.objects.filter(participant=one).values_list("step", "round_no", "group_no")) for one in (by.pk, known)
    )
    if known == by.pk or not mine & theirs:
        raise RuleBroken(_("You have not sat with this person in a round."))
    if is_known:
        Knows.objects.get_or_create(participant=by, known_id=known)
    else:
        Knows.objects.filter(participant=by, known_id=known).delete()
    acquaintance.tell_tick(by=by, known=known, is_known=is_known)


@transaction.atomic
def propose(
    *, by: Participant, doer: Participant, what: str, by_on: date | None, code: str, recorder: Any = None
) -> Promise:
    """Put a promise into words. For oneself it is given at once; for another it is a proposal to accept.

    ``recorder``: the Person who writes down what a participant without a phone says aloud.
    Raises RuleBroken on empty words or outside the meeting.
    """
    meeting = Meeting.objects.select_related("network").get(pk=by.meeting_id)
    if recorder is not None:
        gate.require(recorder, Can.RECORD, meeting.network)
    if meeting.state != State.OPEN:
        raise RuleBroken(_("The meeting is not open any more."))
    if doer.meeting_id != meeting.pk:
        raise NotFound(_("There is no such person in this meeting."))
    aloud = doer.pk == by.pk and by.is_paper
    promise = promises.propose(
        by=Respondent.of(recorder) if recorder is not None and not aloud else by.respondent,
        network=meeting.network,
        doer=doer.respondent,
        what=what,
        by_on=by_on,
        thing=(THING, meeting.pk),
        recorder=recorder if aloud else None,
        language=by.language,
        key=key_of(code, "promise"),
        tell=False,  # they sit in the same room, and the notes ask once more
    )
    bump(meeting)
    return promise


@transaction.atomic
def accept(*, by: Any, meeting: Meeting, promise: Promise) -> Promise:
    """Say yes to a proposed promise: its doer (on the phone or signed in), nobody else.

    Only for a doer without a phone does a recorder write down the yes that was heard aloud.
    """
    bump(meeting)
    return promises.accept(by=_speaker(by, meeting, promise), promise=promise)


@transaction.atomic
def decline(*, by: Any, meeting: Meeting, promise: Promise) -> Promise:
    """Say no to a proposed promise; or give back one that was written down for oneself."""
    bump(meeting)
    return promises.decline(by=_speaker(by, meeting, promise), promise=promise)


def _speaker(by: Any, meeting: Meeting, promise: Promise) -> Any:
    """Who speaks, as promises know people. Nobody answers for a guest who has a phone in the hand."""
    who = by.respondent if isinstance(by, Participant) else by
    guest = promise.guest.removeprefix("guest:")
    if isinstance(by, Participant) or not guest:
        return who
    if not Participant.objects.filter(meeting=meeting, pk=int(guest), is_paper=True).exists():
        raise NotAllowed(
            _("Only the person who would do it can answer. A promise is never given for another."),
            network=meeting.network,
        )
    return who
