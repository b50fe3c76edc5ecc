"""The answers of one question as they lie on the table: loose or in clusters. Nothing before the reveal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from kutomo.core.access.respondents import Respondent
from kutomo.ground.errors import NotFound

from ..models import Answer, Canvas, Cluster, Question, Sign, Turn, TurnState
from ..rules import canvas as arithmetic, hints, weave
from .canvas import question as find


@dataclass(frozen=True)
class ShownAnswer:
    """An answer with the name that its author chose to show, and no more."""

    key: str
    text: str
    language: str
    signature: str
    voice: str


@dataclass(frozen=True)
class ShownCluster:
    pk: int
    name: str
    in_draft: bool
    version: int
    answers: list[ShownAnswer]

    @property
    def words(self) -> str:
        """The cluster's name, or that it waits for one."""
        return self.name or _("A theme without a name")

    @property
    def count(self) -> str:
        n = len(self.answers)
        return ngettext("%(n)s answer", "%(n)s answers", n) % {"n": n}


@dataclass(frozen=True)
class Board:
    """``answered``: how many respondents; that number is all there is before the reveal."""

    question: Question
    answered: int
    clusters: list[ShownCluster] = field(default_factory=list)
    loose: list[ShownAnswer] = field(default_factory=list)

    @property
    def is_revealed(self) -> bool:
        return self.question.is_revealed

    @property
    def answers(self) -> list[ShownAnswer]:
        return [*(answer for cluster in self.clusters for answer in cluster.answers), *self.loose]


def board(canvas: Canvas, question: int | Question, viewer: Respondent | Any = None) -> Board:
    """The table of one question. ``viewer`` changes nothing: a leader sees what every member sees."""
    row = question if isinstance(question, Question) else find(canvas, question)
    return board_of([row])[row.number]


def board_of(questions: Iterable[Question]) -> dict[int, Board]:
    """The tables of several questions of one canvas, by number (three queries)."""
    rows = list(questions)
    revealed = [row for row in rows if row.is_revealed]
    answers = list(
        Answer.objects.filter(question__in=revealed).select_related("person", "organisation") if revealed else []
    )
    clusters = list(Cluster.objects.filter(question__in=revealed)) if revealed else []
    counts = _counts([row for row in rows if not row.is_revealed])
    return {row.number: _board(row, answers, clusters, counts.get(row.pk, 0)) for row in rows}


def _counts(rows: list[Question]) -> dict[int, int]:
    found: dict[int, int] = {}
    if not rows:
        return found
    states = Turn.objects.filter(question__in=rows, state=TurnState.ANSWERED)
    for pk in states.values_list("question_id", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


def _board(row: Question, answers: list[Answer], clusters: list[Cluster], answered: int) -> Board:
    own = [answer for answer in answers if answer.question_id == row.pk]
    shown = []
    for cluster in clusters:
        if cluster.question_id != row.pk:
            continue
        members = [answer for answer in own if answer.cluster_id == cluster.pk]
        told = arithmetic.shared_organisations([str(a.organisation_id) for a in members if a.organisation_id])
        shown.append(
            ShownCluster(
                cluster.pk,
                cluster.name,
                cluster.in_draft,
                cluster.version,
                [_shown(answer, told) for answer in members],
            )
        )
    loose = [_shown(answer, False) for answer in own if answer.cluster_id is None]
    if row.is_revealed:
        answered = len({answer.voice for answer in own})
    return Board(row, answered, shown, loose)


def _shown(answer: Answer, told: bool) -> ShownAnswer:
    return ShownAnswer(answer.pk, answer.text, answer.language, signature(answer, told), answer.voice)


def signature(answer: Answer, told: bool) -> str:
    """The name beside an answer. ``told``: three organisations or more stand in the same cluster."""
    if answer.sign == Sign.NAMED:
        name = answer.person.name if answer.person else answer.guest
        if name and answer.organisation:
            return f"{name}, {answer.organisation.name}"
        return name or _("Somebody who has left")
    if answer.sign == Sign.ORGANISATION:
        return answer.organisation.name if told and answer.organisation else _("An organisation")
    return _("Without a name")


def hints_for(board: Board) -> list[tuple[str, list[ShownAnswer]]]:
    """Loose answers that sound alike: the shared word and the answers. A hint only; people decide."""
    loose = {answer.key: answer for answer in board.loose}
    return [
        (hint.word, [loose[key] for key in hint.keys])
        for hint in hints.hints({key: answer.text for key, answer in loose.items()})
    ]


def signs(board: Board) -> arithmetic.Indicators:
    """Alignment, novelty and spread of the question, counted from the table as it lies or kept from its end."""
    if board.question.signs is not None:
        return arithmetic.Indicators(**board.question.signs)
    themes = [
        arithmetic.Theme(cluster.in_draft, frozenset(answer.voice for answer in cluster.answers))
        for cluster in board.clusters
    ]
    voices = {answer.voice for answer in board.answers}
    return arithmetic.indicators(themes, voices=voices, has_draft=bool(board.question.draft.strip()))


def weave_of(board: Board, *, rows: int = 16, before: frozenset[str] = frozenset()) -> weave.Weave:
    """The picture of the table for the big screen; its text twin is the board itself.

    ``before``: keys that were there the last time; others are drawn bold as new while they are loose.
    """
    place = {answer.key: n for n, cluster in enumerate(board.clusters) for answer in cluster.answers}
    strands = [
        weave.Strand(answer.text, place.get(answer.key), answer.key not in place and answer.key not in before)
        for answer in sorted(board.answers, key=lambda answer: answer.key)
    ]
    return weave.weave(strands, [cluster.words for cluster in board.clusters], rows=rows)


def theme(canvas: Canvas, pk: int) -> Cluster:
    """One theme of ``canvas``; NotFound when it has been dissolved."""
    found = Cluster.objects.filter(question__canvas=canvas, pk=pk).first()
    if found is None:
        raise NotFound(gettext_lazy("Somebody has dissolved this group meanwhile. Look at the table again."))
    return found
