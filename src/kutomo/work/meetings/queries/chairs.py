"""Empty chairs: the voices that a meeting missed, and which of them are on the list of potential members."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import NotFound
from kutomo.work.candidates.models import Candidate

from ..models import Answer, Meeting
from ..rules.kinds import Kind

SLOT = "voice"


@dataclass(frozen=True)
class Chair:
    """A voice that was missed. ``candidate``: its number on the list, 0 while it is not there."""

    key: str
    words: str
    language: str
    candidate: int


def chairs(meeting: Meeting) -> list[Chair]:
    """The missing voices of a meeting, each once, in an order that tells nothing. Two queries."""
    named = {row.text: row for row in _rows(meeting).order_by("-key")}
    listed = dict(
        Candidate.objects.filter(network=meeting.network, organisation_name__in=list(named)).values_list(
            "organisation_name", "pk"
        )
    )
    return [Chair(row.key, text, row.language, listed.get(text, 0)) for text, row in sorted(named.items())]


def chair(meeting: Meeting, key: str) -> Chair:
    """The voice of that answer in ``meeting``; NotFound otherwise."""
    found = next((one for one in chairs(meeting) if one.key == key), None)
    if found is None:
        raise NotFound(_("There is no such voice in this meeting."))
    return found


def _rows(meeting: Meeting) -> QuerySet[Answer]:
    return Answer.objects.filter(step__meeting=meeting, step__kind=Kind.VOICES, slot=SLOT).exclude(text="")
