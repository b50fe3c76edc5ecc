"""What other rooms show in a step: the canvas question with its table, the deck of ground rules."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import get_language

from kutomo.core.access.respondents import Respondent
from kutomo.work.commitments import queries as commitments
from kutomo.work.founding import queries as founding
from kutomo.work.founding.models import Cluster
from kutomo.work.founding.rules import wording

from ..models import Step
from ..rules.kinds import Kind


def canvas_of(step: Step | None, network: Any) -> Any:
    """The network's canvas when the step asks one of its questions, else None."""
    if step is None or step.kind != Kind.CANVAS:
        return None
    return founding.current(network)


def open_canvas(step: Step | None, network: Any) -> Any:
    """The canvas, when it takes answers or can be revealed, else None: the step then keeps its own answers."""
    canvas = canvas_of(step, network)
    return canvas if canvas is not None and canvas.is_open else None


def open_question(step: Step, network: Any) -> Any:
    """The canvas question that the step writes into, held against its reveal; None when it keeps its own answers."""
    canvas = open_canvas(step, network)
    if canvas is None:
        return None
    question = founding.question(canvas, step.question)
    question.hold()
    return question


def table(step: Step | None, network: Any) -> dict[str, Any]:
    """The question and, once revealed, its clusters and the woven picture. Empty for other steps."""
    canvas = canvas_of(step, network)
    if canvas is None or step is None:
        return {}
    question = founding.question(canvas, step.question)
    asked = wording.question(step.question, (get_language() or "fi")[:2])
    found: dict[str, Any] = {"canvas": canvas, "question": question, "asked_text": asked.text}
    if question.is_revealed:
        board = founding.board(canvas, question)
        found |= {"table": board, "weave": founding.weave_of(board)}
    return found


def table_mark(network: int, question: int) -> str:
    """Changes whenever an answer is grouped or a group is named on the network's living canvas (one query)."""
    rows = Cluster.objects.filter(question__number=question, question__canvas__network=network)
    found = rows.aggregate(
        clusters=Count("pk", distinct=True),
        names=Sum("version"),
        grouped=Count("answers"),
        places=Sum("answers__cluster"),
    )
    return ".".join(str(value or 0) for value in found.values())


def answered_on(step: Step, network: Any) -> int | None:
    """How many have answered the step's question on the canvas; None when the step keeps its own answers."""
    canvas = open_canvas(step, network)
    return None if canvas is None else founding.answered_number(canvas).get(step.question, 0)


def deck(network: Any) -> list[Any]:
    """The cards of ground rules that can be chosen, with those who chose them."""
    return commitments.deck(network)


def chosen_cards(network: Any, viewer: Respondent) -> list[Any]:
    """The cards that ``viewer`` has chosen."""
    return [card for card in commitments.deck(network, viewer) if card.mine]


def favourites(network: Any) -> list[tuple[str, int]]:
    """(text, how many chose it), most chosen first; unchosen ones are left out."""
    rows = [(card.text, card.chosen) for card in commitments.deck(network) if card.chosen]
    return sorted(rows, key=lambda row: -row[1])
