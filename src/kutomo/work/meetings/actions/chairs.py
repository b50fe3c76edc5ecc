"""The bridge to the list of potential members: a missing voice is handed on with one press."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from kutomo.work.candidates import actions as candidates
from kutomo.work.candidates.models import Candidate

from ..models import Meeting
from ..queries.chairs import Chair


@transaction.atomic
def hand_on(*, by: Any, meeting: Meeting, chair: Chair) -> Candidate:
    """Put a voice that a meeting missed on the list of potential members; the list keeps where it came from.

    Raises NotAllowed for those who may not propose members, RuleBroken when it is on the list already.
    """
    with override((meeting.network.working_languages or ["fi"])[0]):
        note = gettext("Missed in the meeting: %(title)s") % {"title": meeting.title}
    return candidates.add(by=by, network=meeting.network, organisation_name=chair.words, note=note)
