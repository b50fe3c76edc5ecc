"""What happens to meetings when somebody leaves the house (methods § A14)."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext, override

from ..models import Answer, Knows, Meeting, Participant
from .run import bump


@transaction.atomic
def let_go(*, by: Any) -> None:
    """``by`` removes the own account: the chairs stay without a name.

    Named answers lose their name, ticks of knowing go on both sides. Where the house itself wrote the name into
    a meeting's notes, it is taken out.
    """
    name = str(by.name)
    for chair in Participant.objects.filter(person=by).select_related("meeting__network"):
        _unwrite(chair.meeting, {chair.name, name})
        Answer.objects.filter(participant=chair).update(participant=None)
        Knows.objects.filter(Q(participant=chair) | Q(known=chair)).delete()
        chair.name, chair.person, chair.uid = "", None, secrets.token_hex(16)
        chair.save(update_fields=["name", "person", "uid"])
        bump(chair.meeting)
    Meeting.objects.filter(convened_by=by).update(convened_by=None)


def _unwrite(meeting: Meeting, names: set[str]) -> None:
    with override((meeting.network.working_languages or ["fi"])[0]):
        gone = gettext("Somebody who has left")
    notes = meeting.notes
    for name in sorted(names - {""}, key=len, reverse=True):
        notes = notes.replace(f"- {name}", f"- {gone}")  # the beginning of a line that draft_notes wrote
    if notes != meeting.notes:
        Meeting.objects.filter(pk=meeting.pk).update(notes=notes)
