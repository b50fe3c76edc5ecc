"""What one person has said here under the own name, for the person's own export."""

from __future__ import annotations

from typing import Any

from kutomo.core.access.respondents import Respondent

from ..models import Answer, Canvas, Turn, Wording
from .canvas import sealed_under_name


def own_rows(person: Any) -> list[dict[str, Any]]:
    """Named answers, which questions one has answered, wordings, drafts.

    What was answered without a name is not here: nobody but its author can tell whose it is.
    """
    own, where = Respondent.of(person).key, "question__canvas__network__name"
    answers = Answer.objects.filter(person=person).values(where, "question__number", "text", "language")
    turns = Turn.objects.filter(respondent=own).order_by("question").values(where, "question__number", "state")
    wordings = Wording.objects.filter(by=person).order_by("pk").values("text", "at", "standing")
    drafts = Canvas.objects.filter(drafted_by=person).values("network__name", "number", "begun_on")
    reads = Canvas.objects.filter(sparring=person).values("network__name", "number")
    found = {
        "named answer": answers,
        "question": turns,
        "wording": wordings,
        "began the draft": drafts,
        "asked to read the draft": reads,
    }
    waiting = [
        {
            where: row.question.canvas.network.name,
            "question__number": row.question.number,
            "text": answer.text,
            "language": answer.language,
        }
        for row, answer in sealed_under_name(person)
    ]
    return [{"named answer": row} for row in waiting] + [{what: row} for what, rows in found.items() for row in rows]
