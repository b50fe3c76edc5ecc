"""Answering: what is said and who has spoken are written apart, in one transaction.

No line in the log, no time and no key joins the two. While a question is open its answers are sealed: whoever
has the database alone can read none of them (ADR 22); the reveal opens them all at once and writes both anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken

from .. import events
from ..models import Answer, Canvas, Question, Sealed, Sign, Turn, TurnState, name_of, shut
from ..queries.canvas import question as find
from ..rules import claims
from ..rules.canvas import LONGEST_ANSWER, MOST_ANSWERS

new_code = claims.new_code


def _words(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise RuleBroken(_("Write an answer, or pass the question."), field="text")
    if len(text) > LONGEST_ANSWER:
        raise RuleBroken(
            _("An answer has at most %(most)s characters. Yours has %(n)s."),
            field="text",
            params={"most": LONGEST_ANSWER, "n": len(text)},
        )
    return text


def _code(code: str) -> str:
    code = claims.tidy(code)
    if not claims.is_code(code):
        raise RuleBroken(_("The answer needs a claim code of at least 12 characters."), field="code")
    return code


def _may_answer(by: Respondent, canvas: Canvas, recorder: Any) -> None:
    """A member for oneself, a recorder for somebody else; the meeting vouches for its guests."""
    if recorder is not None and recorder != by.person:
        gate.require(recorder, Can.RECORD, canvas.network)
    if by.person is not None:
        gate.require(by.person, Can.ANSWER, canvas.network)


def _open_question(canvas: Canvas, number: int) -> Question:
    """The question, held open against the reveal; refused when it is not open (any more)."""
    row = find(canvas, number)
    row.hold()
    fresh = Question.objects.select_related("canvas").get(pk=row.pk)
    if fresh.is_revealed:
        raise RuleBroken(_("This question has been closed: the answers are open to all."))
    if not fresh.canvas.is_open:
        raise RuleBroken(_("The questions are not open for answers now."))
    return fresh


def _turn(question: Question, by: Respondent) -> Turn:
    """The respondent's row, held until the transaction ends; made for guests and late joiners."""
    rows = Turn.objects.select_for_update().filter(question=question, respondent=by.key)
    if found := rows.first():
        return found
    try:
        with transaction.atomic():
            return Turn.objects.create(question=question, respondent=by.key)
    except IntegrityError:  # the same respondent from another device in the same moment
        return rows.get()


@transaction.atomic
def answer(
    *,
    by: Respondent,
    canvas: Canvas,
    question: int,
    text: str,
    code: str,
    language: str = "",
    sign: str = Sign.ANONYMOUS,
    recorder: Any = None,
) -> Answer:
    """Answer one question; the same ``code`` again gives the same answer back and stores nothing.

    ``text``: at most 200 characters; ``code``: the random claim code that stays with the author, its hash is
    the row's key; codes with the same beginning before the last dot count as one respondent. ``sign``:
    what stands beside the answer; ``recorder``: who typed it in for somebody. Guests are let in by the caller.
    Raises RuleBroken when closed, empty, too long, or for a fourth answer; NotAllowed without the right.
    """
    text, code = _words(text), _code(code)
    _may_answer(by, canvas, recorder)
    row = _open_question(canvas, question)
    key = claims.key_of(code)
    turn = _turn(row, by)  # held: the same answer sent twice at once is one answer
    earlier = Sealed.objects.filter(pk=name_of(code)).select_related("question").first()
    if earlier is not None and earlier.question_id == row.pk:
        return earlier.opened()
    if earlier is not None or Answer.objects.filter(pk=key).exists():
        raise RuleBroken(_("This claim code belongs to another answer."), field="code")
    if turn.sent >= MOST_ANSWERS:
        raise RuleBroken(_("You have given three answers to this question. Change one of them instead."))
    stored = Answer(
        key=key,
        question=row,
        voice=claims.voice_of(canvas.pk, question, code),
        text=text,
        language=(language or get_language() or "fi")[:2],
    )
    _put_sign(stored, by, canvas, sign)
    try:
        with transaction.atomic():
            Sealed.objects.create(key=name_of(code), question=row, body=shut(stored))
    except IntegrityError:  # another respondent with the same code in the same moment
        raise RuleBroken(_("This claim code belongs to another answer."), field="code") from None
    turn.state, turn.sent = TurnState.ANSWERED, turn.sent + 1
    turn.entered_by = recorder if recorder is not None and recorder != by.person else turn.entered_by
    turn.save(update_fields=["state", "sent", "entered_by"])
    return stored


@transaction.atomic
def put_answers(
    *, by: Respondent, canvas: Canvas, question: int, code: str, texts: Sequence[str], sign: str = Sign.ANONYMOUS
) -> int:
    """Put one's one to three answers to a question as the form shows them; sending it twice changes nothing.

    ``code``: the respondent's own code for this canvas; ``texts``: by place, an emptied place takes the answer
    away. Returns how many answers stand. Raises RuleBroken when nothing is written at all.
    """
    _may_answer(by, canvas, None)
    code = _code(code)
    own = {place: claims.answer_code(code, question, place) for place in range(1, MOST_ANSWERS + 1)}
    there = set(Sealed.objects.filter(pk__in=map(name_of, own.values())).values_list("pk", flat=True))
    if not there and not any(text.strip() for text in texts):
        raise RuleBroken(_("Write an answer, or pass the question."), field="line1")
    said = list(zip(own.items(), texts, strict=False))
    for (_place, line), text in said:  # first what goes, so that the limit of three has room
        if name_of(line) in there and not text.strip():
            remove_answer(by=by, canvas=canvas, code=line)
    for (place, line), text in said:
        if text.strip():
            _put_line(by, canvas, question, line, f"line{place}", text, sign)
    return sum(bool(text.strip()) for text in texts)


def _put_line(by: Respondent, canvas: Canvas, question: int, code: str, field: str, text: str, chosen: str) -> None:
    try:
        stored = answer(by=by, canvas=canvas, question=question, text=text, code=code, sign=chosen)
        if stored.text != " ".join(text.split()):
            change_answer(by=by, canvas=canvas, code=code, text=text)
        if stored.sign != chosen:
            sign(by=by, canvas=canvas, code=code, sign=chosen)
    except RuleBroken as broken:
        if broken.field == "text":
            broken.field = field
        raise


@transaction.atomic
def pass_question(*, by: Respondent, canvas: Canvas, question: int, recorder: Any = None) -> None:
    """Leave a question to the others. One who has answered already has answered."""
    _may_answer(by, canvas, recorder)
    row = _open_question(canvas, question)
    turn = _turn(row, by)
    if turn.state == TurnState.WAITING:
        turn.state = TurnState.PASSED
        turn.save(update_fields=["state"])


def _sealed(canvas: Canvas, code: str) -> Sealed | None:
    """The sealed answer of that code, held until the transaction ends, with its question; None after the reveal."""
    rows = Sealed.objects.filter(pk=name_of(_code(code)), question__canvas=canvas).select_related("question")
    found = rows.first()
    if found is None:
        return None
    found.question.hold()  # before the row itself: the reveal takes them in this order too
    return rows.select_for_update(of=("self",)).first()


def _own(canvas: Canvas, code: str) -> Sealed:
    """One's own answer to a question that is open still."""
    if found := _sealed(canvas, code):
        return found
    _revealed(canvas, code)
    raise RuleBroken(_("This question has been closed: the answers are open to all."))


def _revealed(canvas: Canvas, code: str) -> Answer:
    """One's own answer after the reveal."""
    found = Answer.objects.filter(pk=claims.key_of(_code(code)), question__canvas=canvas).first()
    if found is None:
        raise NotFound(_("This claim code opens no answer here. Check the code."))
    return found


@transaction.atomic
def change_answer(*, by: Respondent, canvas: Canvas, code: str, text: str) -> Answer:
    """Change the words of one's own answer, by its code, while the question is open."""
    text = _words(text)
    _may_answer(by, canvas, None)
    found = _own(canvas, code)
    _open_question(canvas, found.question.number)
    words = found.opened()
    words.text = text
    _seal(found, words)
    return words


def _seal(row: Sealed, answer: Answer) -> None:
    row.put(answer)
    row.save(update_fields=["body"])


@transaction.atomic
def remove_answer(*, by: Respondent, canvas: Canvas, code: str) -> None:
    """Take one's own answer away, by its code, while the question is open."""
    _may_answer(by, canvas, None)
    found = _own(canvas, code)
    row = _open_question(canvas, found.question.number)
    turn = _turn(row, by)
    found.delete()
    turn.sent = max(turn.sent - 1, 0)
    if not turn.sent:
        turn.state = TurnState.PASSED  # the draft has been seen: the mirror cannot be closed again
    turn.save(update_fields=["state", "sent"])


@transaction.atomic
def sign(*, by: Respondent, canvas: Canvas, code: str, sign: str) -> Answer:
    """Put a name beside one's own answer, or take it away; by its code, also after the reveal."""
    if by.person is not None:
        gate.require(by.person, Can.ANSWER, canvas.network)
    row = _sealed(canvas, code)
    found = row.opened() if row is not None else _revealed(canvas, code)
    _put_sign(found, by, canvas, sign)
    if row is not None:
        _seal(row, found)
    else:
        found.save(update_fields=["sign", "person", "guest", "organisation"])
    return found


def _put_sign(row: Answer, by: Respondent, canvas: Canvas, sign: str) -> None:
    if sign not in Sign.values:
        raise RuleBroken(_("Choose how the answer is signed."), field="sign")
    row.sign, row.person, row.guest, row.organisation = sign, None, "", None
    if sign == Sign.ANONYMOUS:
        return
    seat = networks.seat_of(by.person, canvas.network) if by.person else None
    row.organisation = seat.organisation if seat else None
    if sign == Sign.NAMED:
        row.person, row.guest = by.person, "" if by.person else by.name[:120]
    elif row.organisation is None:
        raise RuleBroken(_("You sit here as yourself: choose your name or no name."), field="sign")


@transaction.atomic
def enter_paper(
    *, by: Any, canvas: Canvas, respondent: Respondent, code: str, answers: dict[int, Sequence[str]]
) -> int:
    """A recorder enters an answer card: up to three answers a question, an empty question is a pass.

    ``by``: the recorder; ``code``: the one printed on the card, so that the person can check and change the
    answers; ``answers``: by the question's number. Returns how many answers were stored. A respondent who has
    answered already keeps those answers: that question is left as it is.
    """
    gate.require(by, Can.RECORD, canvas.network)
    if respondent.person is None or not networks.seat_of(respondent.person, canvas.network):
        raise NotAllowed(_("Choose somebody who sits in this network."), network=canvas.network)
    code, stored = _code(code), 0
    for number, texts in sorted(answers.items()):
        said = [text for text in texts if text.strip()]
        turn = Turn.objects.filter(question=find(canvas, number), respondent=respondent.key, state=TurnState.ANSWERED)
        if turn.exists():
            continue
        if not said:
            pass_question(by=respondent, canvas=canvas, question=number, recorder=by)
        for place, text in enumerate(said[:MOST_ANSWERS], start=1):
            answer(
                by=respondent,
                canvas=canvas,
                question=number,
                text=text,
                code=claims.answer_code(code, number, place),
                recorder=by,
            )
            stored += 1
    record(events.PAPER_ENTERED, by=by, network=canvas.network, thing=("founding.canvas", canvas.pk))
    return stored
