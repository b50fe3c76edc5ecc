"""How long raw answers are kept (methods § A14): what was agreed stays, who said what goes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.db import transaction

from kutomo.core.activity.actions import record
from kutomo.ground.clock import today

from .. import events
from ..models import Answer, Canvas, Sealed, Turn
from ..queries.page import signs_of

THING = "founding.canvas"


@transaction.atomic
def erase_raw(*, canvas: Canvas, limit: date) -> bool:
    """The clock: erase the raw answers of a canvas that was agreed on ``limit`` or before, and who answered.

    The names of the themes, the wordings, the agreed text, the three indicators and the counts of the reveal
    stay. Returns whether it was time; a second time changes nothing.
    """
    row = Canvas.objects.select_for_update(of=("self",)).select_related("network").get(pk=canvas.pk)
    if row.agreed_on is None or row.agreed_on > limit or row.raw_erased_on is not None:
        return False
    signs = signs_of(row)
    for question in row.questions.all():
        question.signs = asdict(signs[question.number]) if question.number in signs else None
        question.save(update_fields=["signs"])
    for model in (Answer, Turn, Sealed):
        model._default_manager.filter(question__canvas=row).delete()
    row.raw_erased_on = today()
    row.save(update_fields=["raw_erased_on"])
    record(events.RAW_ERASED, by=None, network=row.network, thing=(THING, row.pk), data={"number": row.number})
    return True
