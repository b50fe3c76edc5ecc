"""Canvases, their questions, whose turn it is, and who may read the leader's draft."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Representation
from kutomo.ground.errors import NotFound, RuleBroken

from ..models import Answer, Canvas, Question, Sealed, StateWord, Turn, TurnState, name_of
from ..models.canvas import LIVE
from ..rules import claims
from ..rules.canvas import MOST_ANSWERS, QUESTIONS


def visible_to(person: Any) -> QuerySet[Canvas]:
    """The canvases of the networks that ``person`` may see."""
    return Canvas.objects.filter(network__in=networks.visible_to(person)).select_related("network")


def current(network: Network) -> Canvas | None:
    """The canvas that is being made, else the one in force, else None."""
    rows = Canvas.objects.filter(network=network, state__in=[*LIVE, StateWord.AGREED])
    found = rows.select_related("previous").order_by("-number").first()
    if found is not None:
        found.network = network
    return found


def in_force(network: Network) -> Canvas | None:
    """The agreed canvas, or None before the first."""
    return Canvas.objects.filter(network=network, state=StateWord.AGREED).first()


def get(person: Any, network: Network, number: int) -> Canvas:
    """Version ``number`` of ``network``; NotFound for one that ``person`` may not see."""
    found = Canvas.objects.filter(network=network, number=number).select_related("previous").first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such version of the founding canvas."))
    found.network = network
    return found


def versions(network: Network) -> list[Canvas]:
    """All versions, newest first."""
    return list(Canvas.objects.filter(network=network).order_by("-number"))


def opened() -> list[Canvas]:
    """All open canvases, for the clock."""
    return list(Canvas.objects.filter(state=StateWord.OPEN).select_related("network"))


def question(canvas: Canvas, number: int) -> Question:
    """Question ``number`` (1-5) of ``canvas``; NotFound otherwise."""
    found = Question.objects.filter(canvas=canvas, number=number).first()
    if found is None:
        raise NotFound(_("The founding canvas has questions 1 to 5."))
    found.canvas = canvas
    return found


def questions(canvas: Canvas) -> list[Question]:
    """The five questions in order."""
    rows = list(Question.objects.filter(canvas=canvas))
    for row in rows:
        row.canvas = canvas
    return rows


def may_lead(person: Any, network: Network) -> bool:
    return gate.may(person, Can.LEAD_FOUNDING, network)


def is_drafted(canvas: Canvas) -> bool:
    """Whether the leader has drafted something to each of the five questions."""
    return not undrafted(canvas)


def undrafted(canvas: Canvas) -> list[int]:
    """The questions to which the leader has drafted nothing yet, in order."""
    return list(canvas.questions.filter(draft="").order_by("number").values_list("number", flat=True))


def turns_of(respondent: Respondent, canvas: Canvas) -> dict[int, Turn]:
    """The respondent's turns by the question's number."""
    rows = Turn.objects.filter(question__canvas=canvas, respondent=respondent.key).select_related(
        "question", "entered_by"
    )
    return {row.question.number: row for row in rows}


def waiting_questions(person: Any, among: Iterable[Network]) -> list[Question]:
    """The questions of open canvases of the networks ``among`` that wait for ``person``, in their order; one query.

    Who took a seat after the opening has no turn yet and is asked all five.
    """
    key = Respondent.of(person).key
    taken = Turn.objects.filter(respondent=key).exclude(state=TurnState.WAITING).values("question")
    rows = Question.objects.filter(
        canvas__state=StateWord.OPEN,
        canvas__network__in=list(among),
        canvas__network__seats__in=Representation.objects.current().filter(person=person).values("seat"),
    )
    return list(rows.exclude(pk__in=taken).select_related("canvas").order_by("canvas", "number").distinct())


def turn_of(respondent: Respondent, question: Question) -> Turn | None:
    """The respondent's turn in one question, or None for somebody who has none yet."""
    return Turn.objects.filter(question=question, respondent=respondent.key).first()


def drafts_for(
    viewer: Respondent | None,
    canvas: Canvas,
    *,
    rows: list[Question] | None = None,
    turns: dict[int, Turn] | None = None,
) -> dict[int, bool]:
    """Which questions' drafts the viewer may read: the founding mirror.

    Those who lead the founding and the named sparring partners read all; everybody else one by one, when the
    question has been answered or passed, or has been revealed to all. ``rows``, ``turns``: if read already.
    """
    rows = questions(canvas) if rows is None else rows
    person = viewer.person if viewer else None
    is_inside = gate.may(person, Can.SEE, canvas.network)
    if is_inside and all(row.is_revealed for row in rows):
        return dict.fromkeys(QUESTIONS, True)
    if person is not None and (may_lead(person, canvas.network) or _is_sparring(person, canvas)):
        return dict.fromkeys(QUESTIONS, True)
    taken = turns if turns is not None else turns_of(viewer, canvas) if viewer else {}
    done = {number for number, turn in taken.items() if turn.state != TurnState.WAITING}
    return {
        row.number: (row.is_revealed and (is_inside or bool(taken)))
        or (row.number in done and canvas.state != StateWord.DRAFT)
        for row in rows
    }


def _is_sparring(person: Any, canvas: Canvas) -> bool:
    return canvas.sparring.filter(pk=person.pk).exists() and gate.may(person, Can.SEE, canvas.network)


def may_read_draft(viewer: Respondent | None, question: Question) -> bool:
    """Whether the viewer may read this question's draft now."""
    return drafts_for(viewer, question.canvas)[question.number]


def answered_number(canvas: Canvas) -> dict[int, int]:
    """How many respondents have answered each question; the number only."""
    rows = (
        Question.objects.filter(canvas=canvas)
        .annotate(n=Count("turns", filter=Q(turns__state=TurnState.ANSWERED)))
        .values_list("number", "n")
    )
    return dict(rows)


def own_answers(canvas: Canvas, code: str) -> dict[int, list[Answer]]:
    """The answers that ``code`` opens, by the question's number; empty for a code that opens nothing."""
    code = claims.tidy(code)
    if not claims.is_code(code):
        return {}
    tried = [code] + [claims.answer_code(code, number, n) for number in QUESTIONS for n in range(1, MOST_ANSWERS + 1)]
    places = {claims.key_of(value): place for place, value in enumerate(tried)}
    revealed = Answer.objects.filter(pk__in=places, question__canvas=canvas)
    rows = list(revealed.select_related("question", "person", "organisation"))
    if canvas.is_open:
        sealed = Sealed.objects.filter(pk__in=map(name_of, tried), question__canvas=canvas)
        rows += [row.opened() for row in sealed.select_related("question")]
    found: dict[int, list[Answer]] = {}
    for row in sorted(rows, key=lambda row: places[row.pk]):
        # 0: the code is this one answer's own, as a meeting gives it; 1-3: the place on the form or card
        row.line = (places[row.pk] - 1) % MOST_ANSWERS + 1 if places[row.pk] else 0
        found.setdefault(row.question.number, []).append(row)
    return found


def sealed_under_name(person: Any) -> list[tuple[Sealed, Answer]]:
    """The answers that wait for their reveal and will stand under ``person``'s name, with what is in them."""
    waiting = Sealed.objects.filter(question__canvas__state=StateWord.OPEN).select_related("question__canvas__network")
    opened = ((row, row.opened()) for row in waiting.iterator())
    return [(row, answer) for row, answer in opened if answer.person_id == person.pk]


def with_raw(limit: date) -> list[Canvas]:
    """The canvases agreed on ``limit`` or before whose raw answers are there still."""
    return list(Canvas.objects.filter(agreed_on__lte=limit, raw_erased_on=None))


def unrevealed() -> list[Question]:
    """The questions that are open for answers now, in all networks."""
    return list(Question.objects.filter(revealed_on=None, canvas__state=StateWord.OPEN).select_related("canvas"))


def answerable(person: Any, pk: int) -> Canvas:
    """The canvas that a letter's link leads to; NotFound when the person has no seat there any more."""
    found = Canvas.objects.filter(pk=pk).select_related("network").first()
    if found is None or not gate.may(person, Can.ANSWER, found.network):
        raise NotFound(_("There is no such version of the founding canvas."))
    return found


def require_open(question: Question) -> None:
    """Raises RuleBroken, with the way on, when a question takes no answers."""
    if question.is_revealed:
        raise RuleBroken(_("This question has been closed: the answers are open to all."))
    if not question.canvas.is_open:
        raise RuleBroken(_("The questions are not open for answers now."))


def readers(person: Any, network: Network) -> list[Any]:
    """Who can be asked to read the draft: all others who sit in the network."""
    return [one for one in networks.members(network) if one != person]


def sparring_of(canvas: Canvas) -> list[Any]:
    """Those who were asked to read the draft."""
    return list(canvas.sparring.all())


def entered_by(by: Respondent, canvas: Canvas) -> list[str]:
    """Names of the recorders who entered this respondent's answers from paper or phone."""
    rows = Turn.objects.filter(question__canvas=canvas, respondent=by.key, entered_by__isnull=False)
    return sorted(set(rows.values_list("entered_by__name", flat=True)))
