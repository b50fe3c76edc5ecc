"""What the founding page shows to one person: three strands a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent

from ..models import Answer, Canvas, Question, StateWord, Turn, TurnState
from ..rules import canvas as arithmetic, wording
from .board import Board, board_of, signs
from .canvas import drafts_for, may_lead, own_answers, questions, turns_of
from .proposal import Line, lines, proposal_text


@dataclass(frozen=True)
class Block:
    """One question as this person may see it now. ``draft`` is empty while the mirror hides it."""

    question: Question
    words: wording.Prompted
    draft: str
    may_read_draft: bool
    board: Board
    turn: Turn | None
    own: list[Answer]
    lines: list[Line]
    signs: arithmetic.Indicators | None

    @property
    def number(self) -> int:
        return self.question.number

    @property
    def has_taken_turn(self) -> bool:
        return self.turn is not None and self.turn.state != TurnState.WAITING

    @property
    def proposal(self) -> str:
        return proposal_text(self.lines)

    @property
    def draft_change(self) -> float | None:
        return arithmetic.draft_change(self.question.draft, self.question.agreed or self.proposal)

    @property
    def was_polite(self) -> bool:
        return arithmetic.is_polite(self.draft_change)


@dataclass(frozen=True)
class Opened:
    """The founding page of one canvas for one person."""

    canvas: Canvas
    blocks: list[Block]
    may_answer: bool
    may_lead: bool
    may_cluster: bool
    may_write: bool
    may_record: bool
    is_sparring: bool
    order: list[int] = field(default_factory=list)  # questions in the order in which to talk

    @property
    def next_question(self) -> int | None:
        """The first question that waits for this person."""
        return next((block.number for block in self.blocks if not block.has_taken_turn), None)

    @property
    def next_draft(self) -> int | None:
        """The first question to which the leader has drafted nothing yet."""
        return next((block.number for block in self.blocks if not block.question.draft), None)

    @property
    def next_wording(self) -> int | None:
        """The first question whose shared wording nobody has begun."""
        return next((block.number for block in self.blocks if not block.lines), None)

    @property
    def done_number(self) -> int:
        return sum(1 for block in self.blocks if block.has_taken_turn)

    @property
    def agreed_number(self) -> int:
        return sum(1 for block in self.blocks if block.question.agreed)

    @property
    def talk_first(self) -> list[Block]:
        """The divergence list: what is flagged, in order."""
        by_number = {block.number: block for block in self.blocks}
        found = [by_number[number] for number in self.order]
        return [block for block in found if block.signs and block.signs.is_talk_first]


def blocks(person: Any, canvas: Canvas, code: str = "") -> Opened:
    """The page of ``canvas`` for ``person``; ``code``: the claim code that the person's device holds."""
    viewer = Respondent.of(person)
    rows = questions(canvas)
    turns = turns_of(viewer, canvas) if canvas.is_open else {}
    readable = drafts_for(viewer, canvas, rows=rows, turns=turns)
    boards = board_of(rows)
    own = own_answers(canvas, code) if code and canvas.is_open else {}
    written = lines(rows, with_answers=False) if any(row.is_revealed for row in rows) else {}
    words = {asked.number: asked for asked in wording.questions(get_language() or "en")}
    found = [
        Block(
            question=row,
            words=words[row.number],
            draft=row.draft if readable[row.number] else "",
            may_read_draft=readable[row.number],
            board=boards[row.number],
            turn=turns.get(row.number),
            own=own.get(row.number, []),
            lines=written.get(row.number, []),
            signs=signs(boards[row.number]) if row.is_revealed else None,
        )
        for row in rows
    ]
    network = canvas.network
    leads = may_lead(person, network)
    return Opened(
        canvas=canvas,
        blocks=found,
        may_answer=canvas.is_open and gate.may(person, Can.ANSWER, network),
        may_lead=leads,
        may_cluster=gate.may(person, Can.CLUSTER, network),
        may_write=canvas.state in (StateWord.OPEN, StateWord.COMPARING) and gate.may(person, Can.PROPOSE, network),
        may_record=canvas.is_open and gate.may(person, Can.RECORD, network),
        is_sparring=not leads and readable.get(1, False) and canvas.state == StateWord.DRAFT,
        order=arithmetic.divergence({b.number: b.signs for b in found if b.signs is not None}),
    )


def signs_of(canvas: Canvas) -> dict[int, arithmetic.Indicators]:
    """The indicators of every revealed question, by number."""
    boards = board_of(row for row in questions(canvas) if row.is_revealed)
    return {number: signs(board) for number, board in boards.items()}


@dataclass(frozen=True)
class Pane:
    """One question on the respondent's last page: own answers, and the draft once the mirror is open."""

    words: wording.Prompted
    own: list[Answer]
    draft: str
    turn: Turn | None


def mirror(viewer: Respondent, canvas: Canvas, code: str, language: str) -> list[Pane]:
    """What a respondent sees after answering: own words beside the draft, question by question."""
    rows = questions(canvas)
    turns = turns_of(viewer, canvas)
    readable = drafts_for(viewer, canvas, rows=rows, turns=turns)
    own = own_answers(canvas, code)
    return [
        Pane(
            wording.question(row.number, language),
            own.get(row.number, []),
            row.draft if readable[row.number] else "",
            turns.get(row.number),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Pair:
    """Two versions side by side; ``texts``: before and after, by question."""

    before: Canvas
    after: Canvas
    texts: list[tuple[str, str]]


def pair(person: Any, network: Any, versions: list[Canvas], before: str, after: str) -> Pair | None:
    """The versions numbered ``before`` and ``after``, or the last two; None while there is only one.

    Of a version that is still being made, only what this person may read is compared.
    """
    by_number = {str(version.number): version for version in versions}
    if len(versions) < 2:
        return None
    new = by_number.get(after, versions[0])
    old = by_number.get(before, versions[1])
    for version in (old, new):
        version.network = network
    return Pair(old, new, list(zip(_texts(person, old), _texts(person, new), strict=True)))


def _texts(person: Any, canvas: Canvas) -> list[str]:
    rows = questions(canvas)
    readable = drafts_for(Respondent.of(person), canvas, rows=rows)
    written = lines(rows, with_answers=False)
    return [
        row.agreed or proposal_text(written[row.number]) or (row.draft if readable[row.number] else "") for row in rows
    ]
