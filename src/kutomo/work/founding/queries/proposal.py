"""The proposal, sentence by sentence, with the answers behind each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from kutomo.core.consent import queries as rounds
from kutomo.core.consent.rules import Why
from kutomo.ground.errors import NotFound

from ..models import Canvas, Question, Sentence, Wording
from ..models.board import Standing
from ..rules import canvas as arithmetic, wording as texts
from ..rules.canvas import State


@dataclass(frozen=True)
class Line:
    """One sentence: the wording in the proposal, those that stand beside it, earlier ones, answers behind."""

    sentence: Sentence
    current: Wording | None
    beside: list[Wording] = field(default_factory=list)
    earlier: list[Wording] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)  # their keys

    @property
    def text(self) -> str:
        return self.current.text if self.current else ""


def lines(questions: Iterable[Question], *, with_answers: bool = True) -> dict[int, list[Line]]:
    """The lines of the proposal by the question's number (three queries, two ``with_answers`` False)."""
    rows = {row.pk: row.number for row in questions}
    found: dict[int, list[Line]] = {number: [] for number in rows.values()}
    sentences = Sentence.objects.filter(question__in=rows, is_dropped=False)
    wordings = Prefetch("wordings", Wording.objects.select_related("by"))
    wanted: list[Any] = [wordings, "answers"] if with_answers else ["wordings"]
    for sentence in sentences.prefetch_related(*wanted):
        found[rows[sentence.question_id]].append(_line(sentence, with_answers))
    return found


def _line(sentence: Sentence, with_answers: bool = True) -> Line:
    wordings = list(sentence.wordings.all())
    return Line(
        sentence,
        next((row for row in wordings if row.standing == Standing.CURRENT), None),
        [row for row in wordings if row.standing == Standing.BESIDE],
        [row for row in wordings if row.standing == Standing.EARLIER],
        [answer.pk for answer in sentence.answers.all()] if with_answers else [],
    )


def sentence(canvas: Canvas, pk: int) -> Line:
    """One sentence of ``canvas``; NotFound otherwise."""
    found = (
        Sentence.objects.filter(question__canvas=canvas, pk=pk, is_dropped=False)
        .select_related("question")
        .prefetch_related("wordings__by", "answers")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such sentence in this proposal."))
    return _line(found)


def wording(canvas: Canvas, pk: int) -> Wording:
    """One wording of a sentence of ``canvas``; NotFound otherwise."""
    rows = Wording.objects.filter(sentence__question__canvas=canvas, pk=pk)
    found = rows.select_related("sentence__question").first()
    if found is None:
        raise NotFound(_("There is no such sentence in this proposal."))
    return found


def proposal_text(lines: Iterable[Line]) -> str:
    """The sentences of one question as running text."""
    return " ".join(line.text for line in lines if line.text)


def canvas_text(canvas: Canvas, found: dict[int, list[Line]]) -> str:
    """The whole proposal: each question that has sentences, with its short name as a heading."""
    parts = []
    for asked in texts.questions(canvas.language):
        text = proposal_text(found.get(asked.number, []))
        if text:
            parts.append(f"{asked.number}. {asked.short}\n{text}")
    return "\n\n".join(parts)


@dataclass(frozen=True)
class Change:
    """One question: the draft, the proposal, and how much of the draft changed (None: cannot be told)."""

    asked: texts.Prompted
    draft: str
    proposal: str
    change: float | None

    @property
    def percent(self) -> int | None:
        return None if self.change is None else round(self.change * 100)

    @property
    def was_polite(self) -> bool:
        return arithmetic.is_polite(self.change)


def changes(canvas: Canvas) -> list[Change]:
    """How the members changed the leader's draft, question by question. After the reveal all may see it."""
    rows = list(Question.objects.filter(canvas=canvas))
    written = lines(rows, with_answers=False)
    asked = {question.number: question for question in texts.questions(canvas.language)}
    return [
        Change(asked[row.number], row.draft, text, arithmetic.draft_change(row.draft, text))
        for row in rows
        for text in [row.agreed or proposal_text(written[row.number])]
    ]


def verdict(canvas: Canvas) -> str:
    """What the consent round has come to: "agreed", "not_agreed", or "" while voices are missing and there is time."""
    last = rounds.latest(("founding.canvas", canvas.pk)) if canvas.state == State.PROPOSED else None
    outcome = rounds.outcome(last) if last is not None else None
    if outcome is None or outcome.why == Why.TOO_EARLY:
        return ""
    return "agreed" if outcome.adopted else "not_agreed"
