"""Who was in which meeting, for those above who ask about weeks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..models import Participant
from ..rules.kinds import State


def attendance(network: Any, since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """When, and the key of the person who was in a meeting of ``network`` that was held in ``since`` ≤ t < ``until``.

    Guests without an account are not in it.
    """
    held = Participant.objects.filter(
        meeting__network=network,
        meeting__state=State.CLOSED,
        meeting__opened_at__gte=since,
        meeting__opened_at__lt=until,
        person__isnull=False,
    )
    rows = held.order_by("pk").values_list("meeting__opened_at", "person_id")
    return [(at, person) for at, person in rows if at and person]
