"""How long raw answers are kept (methods § A14): notes, promises and the frozen pulse stay."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction

from ..models import Answer, Participant, Sealed, Turn


@transaction.atomic
def erase_raw(*, limit: date) -> int:
    """The clock: of meetings that closed on ``limit`` or before, erase answers, who answered, and guests' names.

    Those who sit in the network are known by their accounts. Returns how many answers went.
    """
    over = {"step__meeting__closed_at__date__lte": limit}
    Turn.objects.filter(**over).delete()
    Sealed.objects.filter(**over).delete()
    erased, _rows = Answer.objects.filter(**over).delete()
    guests = Participant.objects.filter(person=None, meeting__closed_at__date__lte=limit).exclude(name="")
    for guest in guests:
        guest.name, guest.organisation, guest.uid = "", "", secrets.token_hex(16)
        guest.save(update_fields=["name", "organisation", "uid"])
    return erased
