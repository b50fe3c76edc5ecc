"""What happens to founding when somebody leaves the house (methods § A14)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kutomo.core.access.respondents import Respondent

from ..models import Answer, Canvas, Sign, StateWord, Turn, TurnState, Wording
from ..queries.canvas import sealed_under_name


@transaction.atomic
def let_go(*, by: Any) -> None:
    """``by`` removes the own account: named answers lose their name.

    Answers without a name cannot be found, and stay. Open questions no longer wait for ``by``; that somebody has
    answered stays counted.
    """
    own = Respondent.of(by).key
    for row, answer in sealed_under_name(by):
        answer.sign, answer.person_id, answer.organisation_id, answer.guest = Sign.ANONYMOUS, None, None, ""
        row.put(answer)
        row.save(update_fields=["body"])
    Answer.objects.filter(person=by).update(sign=Sign.ANONYMOUS, person=None, organisation=None, guest="")
    Turn.objects.filter(
        respondent=own, state=TurnState.WAITING, question__canvas__state__in=[StateWord.DRAFT, StateWord.OPEN]
    ).delete()
    Turn.objects.filter(entered_by=by).update(entered_by=None)
    Wording.objects.filter(by=by).update(by=None)
    Canvas.objects.filter(drafted_by=by).update(drafted_by=None)
    Canvas.sparring.through.objects.filter(person=by).delete()
