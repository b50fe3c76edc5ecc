"""The life of a canvas: begun, drafted, opened, revealed, and begun again."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground import jobs
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events
from ..models import Answer, Canvas, Question, Sealed, Sign, StateWord, Turn, TurnState
from ..queries.canvas import question as find
from ..rules.canvas import QUESTIONS, State, may_move

THING = "founding.canvas"
ANSWER_DAYS = 7
LETTERS = "kutomo.work.founding.tasks.write_to_members"
SWEEP = "kutomo.work.founding.tasks.sweep"
dice = random.SystemRandom()


def _held(canvas: Canvas) -> Canvas:
    """The canvas as it is stored now, held until the transaction ends."""
    fresh = Canvas.objects.select_for_update().get(pk=canvas.pk)
    fresh.network = canvas.network
    return fresh


def _move(canvas: Canvas, to: State) -> None:
    if not may_move(canvas.state, to):
        raise RuleBroken(
            _("The canvas is %(state)s: this step does not come now."),
            params={"state": canvas.get_state_display()},
        )
    canvas.state = to


@transaction.atomic
def begin(*, by: Any, network: Network) -> Canvas:
    """Begin a draft with five empty questions. Refused while another canvas is being made or in force."""
    gate.require(by, Can.LEAD_FOUNDING, network)
    if Canvas.objects.filter(network=network, state=StateWord.AGREED).exists():
        raise RuleBroken(_("A canvas is in force. Begin a new version of it."))
    return _begin(by, network, None)


@transaction.atomic
def renew(*, by: Any, network: Network) -> Canvas:
    """Begin a new version: the agreed texts are its draft. The old one stays in force until the new is agreed."""
    gate.require(by, Can.LEAD_FOUNDING, network)
    old = Canvas.objects.filter(network=network, state=StateWord.AGREED).first()
    if old is None:
        raise RuleBroken(_("There is no agreed canvas to renew yet."))
    return _begin(by, network, old)


def _begin(by: Any, network: Network, old: Canvas | None) -> Canvas:
    number = Canvas.objects.filter(network=network).count() + 1
    try:
        with transaction.atomic():
            canvas = Canvas.objects.create(
                network=network,
                number=number,
                previous=old,
                challenge=network.challenge,
                language=(network.working_languages or [get_language() or "fi"])[0],
                drafted_by=by,
                begun_on=today(),
            )
    except IntegrityError:
        raise RuleBroken(_("A draft of the founding canvas exists already.")) from None
    texts = {row.number: row.agreed for row in old.questions.all()} if old else {}
    Question.objects.bulk_create(
        Question(canvas=canvas, number=number, draft=texts.get(number, "")) for number in QUESTIONS
    )
    record(events.CANVAS_BEGUN, by=by, network=network, thing=(THING, canvas.pk))
    return canvas


def _may_draft(by: Any, canvas: Canvas) -> None:
    gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    if canvas.state not in (StateWord.DRAFT, StateWord.OPEN):
        raise RuleBroken(_("The draft has been shown to all: it stays as it was."))


@transaction.atomic
def draft(*, by: Any, canvas: Canvas, question: int, text: str, seen: int | None = None) -> Question:
    """Write the draft of one question. ``seen``: the version that the form showed.

    Once a member has seen the draft (by answering or passing) it stays as it was, like all that others said.
    Raises RuleBroken when somebody else wrote meanwhile; the page then shows both texts.
    """
    _may_draft(by, canvas)
    row = Question.objects.select_for_update().get(canvas=canvas, number=question)
    text = text.strip()[:2000]
    if text == row.draft:
        return row
    if seen is not None and seen != row.draft_version:
        raise RuleBroken(
            _("Somebody else wrote here meanwhile: “%(text)s” Put the two together and save again."),
            field="text",
            params={"text": row.draft},
        )
    if Turn.objects.filter(question=row).exclude(state=TurnState.WAITING).exists() or row.is_revealed:
        raise RuleBroken(_("Members have seen this draft already: it stays as it was."))
    row.draft, row.draft_version = text, row.draft_version + 1
    row.save(update_fields=["draft", "draft_version"])
    record(
        events.DRAFT_WRITTEN,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"number": question},
    )
    return row


@transaction.atomic
def freeze_challenge(*, by: Any, canvas: Canvas, text: str) -> Canvas:
    """Word the original challenge. At opening it freezes: every later evaluation asks about these words."""
    gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    canvas = _held(canvas)
    if canvas.state != StateWord.DRAFT:
        raise RuleBroken(_("The challenge froze when the questions were opened."))
    canvas.challenge = text.strip()[:600]
    canvas.save(update_fields=["challenge"])
    record(events.DRAFT_WRITTEN, by=by, network=canvas.network, thing=(THING, canvas.pk), data={"number": 1})
    return canvas


@transaction.atomic
def name_sparring(*, by: Any, canvas: Canvas, person: Any) -> None:
    """Ask somebody who sits in the network to read the draft before it opens."""
    gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    if not canvas.is_live:
        raise RuleBroken(_("There is no draft to read any more."))
    if not gate.may(person, Can.SEE, canvas.network):
        raise NotAllowed(_("Choose somebody who sits in this network."), network=canvas.network)
    canvas.sparring.add(person)
    record(
        events.SPARRING_NAMED,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"name": person.name, "person": person.pk},
    )


@transaction.atomic
def open(*, by: Any, canvas: Canvas, closes_on: date | None = None, letters: bool = True) -> Canvas:
    """Open the five questions. ``closes_on``: the last day for answers, a week on if None.

    ``letters``: write to every member with a personal link (a live meeting needs none). A place in the table
    of participation is made for everybody at once, in shuffled order. The challenge freezes.
    """
    gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    canvas = _held(canvas)
    closes_on = closes_on or today() + timedelta(days=ANSWER_DAYS)
    if closes_on < today():
        raise RuleBroken(_("Choose a day that has not passed."), field="closes_on")
    if not canvas.challenge.strip():
        raise RuleBroken(_("Write down the original challenge first: it freezes at opening."), field="challenge")
    _move(canvas, State.OPEN)
    canvas.opened_on, canvas.closes_on = today(), closes_on
    canvas.save(update_fields=["state", "opened_on", "closes_on"])
    keys = [f"person:{person.pk}" for person in networks.members(canvas.network)]
    turns = [Turn(question=row, respondent=key) for row in canvas.questions.all() for key in keys]
    dice.shuffle(turns)
    Turn.objects.bulk_create(turns)
    record(events.CANVAS_OPENED, by=by, network=canvas.network, thing=(THING, canvas.pk))
    if letters:
        jobs.later(LETTERS, canvas.pk, "opened")
    return canvas


@transaction.atomic
def move_deadline(*, by: Any, canvas: Canvas, closes_on: date) -> Canvas:
    """Give more time; never less, so that nobody is surprised."""
    gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    canvas = _held(canvas)
    if not canvas.is_open:
        raise RuleBroken(_("The questions are not open for answers now."))
    if canvas.closes_on and closes_on <= canvas.closes_on:
        raise RuleBroken(_("Choose a later day than the present one."), field="closes_on")
    canvas.closes_on = closes_on
    canvas.save(update_fields=["closes_on"])
    record(
        events.DEADLINE_MOVED,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"day": f"{closes_on.day}.{closes_on.month}.{closes_on.year}"},
    )
    return canvas


@transaction.atomic
def send_half_time(*, by: Any, canvas: Canvas) -> Canvas:
    """The half-time note: the number of answers to all, a reminder to those whose turn waits. Once.

    ``by`` None: the clock. Nobody learns who is missing.
    """
    if by is not None:
        gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    canvas = _held(canvas)
    if not canvas.is_open or canvas.half_time_on is not None:
        raise RuleBroken(_("The half-time note goes out once, while the questions are open."))
    canvas.half_time_on = today()
    canvas.save(update_fields=["half_time_on"])
    record(events.HALF_TIME, by=by, network=canvas.network, thing=(THING, canvas.pk))
    jobs.later(LETTERS, canvas.pk, "half_time")
    return canvas


def _open_boxes(row: Question) -> None:
    """Write both tables of a question anew, each in an order of its own; wipe the count of answers sent.

    After this no key, count, order of rows, row number or transaction number joins who and what; and nothing
    joins an answer with the sealed one in an older copy of the database.
    """
    turns = [
        Turn(question=row, respondent=turn.respondent, state=turn.state, entered_by_id=turn.entered_by_id)
        for turn in Turn.objects.filter(question=row)
    ]
    answers = [sealed.opened() for sealed in Sealed.objects.filter(question=row).select_related("question")]
    _drop_who_has_left(answers)
    Turn.objects.filter(question=row).delete()
    Sealed.objects.filter(question=row).delete()
    dice.shuffle(turns)
    dice.shuffle(answers)
    Turn.objects.bulk_create(turns)
    Answer.objects.bulk_create(answers)


def _drop_who_has_left(answers: list[Answer]) -> None:
    """A name that was put beside a sealed answer goes when its bearer or organisation has gone meanwhile."""
    people, organisations = _there(answers, "person"), _there(answers, "organisation")
    for answer in answers:
        if answer.organisation_id not in organisations:
            answer.organisation_id = None
        if answer.person_id not in people or (answer.sign == Sign.ORGANISATION and answer.organisation_id is None):
            answer.sign, answer.person_id, answer.organisation_id, answer.guest = Sign.ANONYMOUS, None, None, ""


def _there(answers: list[Answer], field: str) -> set[int | None]:
    """Which of the rows that ``field`` points at exist still; None is always there."""
    wanted = {pk for answer in answers if (pk := getattr(answer, f"{field}_id")) is not None}
    kept: set[int | None] = {None}
    if wanted:
        model: Any = Answer._meta.get_field(field).related_model
        kept |= set(model._default_manager.filter(pk__in=wanted).values_list("pk", flat=True))
    return kept


@transaction.atomic
def mix(*, question: Question) -> bool:
    """Lay who and what of an open question anew in shuffled order, so that the order of storing is gone (A9).

    Who has the secret key besides the database could otherwise join the two by their order. Nothing changes for
    anybody: no gate, no line in the log. Returns whether there was anything to shuffle.
    """
    question.hold(alone=True)
    question.refresh_from_db(fields=["revealed_on"])
    if question.is_revealed:
        return False
    turns, sealed = list(Turn.objects.filter(question=question)), list(Sealed.objects.filter(question=question))
    if not sealed:
        return False
    Turn.objects.filter(question=question).delete()
    Sealed.objects.filter(question=question).delete()
    for turn in turns:
        turn.pk = uuid.uuid4()
    dice.shuffle(turns)
    dice.shuffle(sealed)
    Turn.objects.bulk_create(turns)
    Sealed.objects.bulk_create(sealed)
    return True


def _reveal(row: Question) -> None:
    row.hold(alone=True)
    row.refresh_from_db(fields=["revealed_on"])
    if row.is_revealed:
        return
    _open_boxes(row)
    row.revealed_on = today()
    row.save(update_fields=["revealed_on"])


@transaction.atomic
def reveal(*, by: Any, canvas: Canvas, question: int) -> Question:
    """Open one question's answers and draft to everybody in the same moment, leaders included.

    Whoever hosts a meeting or leads the founding may. Revealing twice changes nothing; when the last of the
    five is open, the canvas goes on to comparing.
    """
    if not gate.may(by, Can.HOST, canvas.network):
        gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    canvas = _held(canvas)
    row = find(canvas, question)
    if row.is_revealed:
        return row
    if not canvas.is_open:
        raise RuleBroken(_("The questions are not open for answers now."))
    _reveal(row)
    record(
        events.QUESTION_REVEALED,
        by=by,
        network=canvas.network,
        thing=(THING, canvas.pk),
        data={"number": question},
    )
    if not Question.objects.filter(canvas=canvas, revealed_on=None).exists():
        _compare(by, canvas)
    else:
        jobs.later(SWEEP)
    return row


@transaction.atomic
def close_answers(*, by: Any, canvas: Canvas) -> Canvas:
    """End the answering: everything that is still hidden opens to everybody at once.

    ``by`` None: the clock, after the last day for answers.
    """
    if by is not None:
        gate.require(by, Can.LEAD_FOUNDING, canvas.network)
    canvas = _held(canvas)
    if by is None and (canvas.closes_on is None or canvas.closes_on >= today()):
        raise RuleBroken(_("There is still time to answer."))
    if not canvas.is_open:
        raise RuleBroken(_("The questions are not open for answers now."))
    for row in Question.objects.filter(canvas=canvas, revealed_on=None):
        row.canvas = canvas
        _reveal(row)
    _compare(by, canvas)
    jobs.later(LETTERS, canvas.pk, "revealed")
    return canvas


def _compare(by: Any, canvas: Canvas) -> None:
    _move(canvas, State.COMPARING)
    canvas.revealed_on = today()
    _count(canvas)
    canvas.save()
    record(events.CANVAS_REVEALED, by=by, network=canvas.network, thing=(THING, canvas.pk))
    jobs.later(SWEEP)


def _count(canvas: Canvas) -> None:
    """Freeze how many seats and people took part; the denominator is the seats of this day."""
    spoken = set(
        Turn.objects.filter(question__canvas=canvas, state=TurnState.ANSWERED).values_list("respondent", flat=True)
    )
    seats = networks.seats(canvas.network)
    canvas.answered_people = len(spoken)
    canvas.invited_organisations = len(seats)
    canvas.answered_organisations = sum(
        any(f"person:{row.person_id}" in spoken for row in seat.representations.all()) for seat in seats
    )
