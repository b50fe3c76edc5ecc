"""What the clock does for meetings."""

from __future__ import annotations

from django.conf import settings

from kutomo.ground.clock import months_before, today
from kutomo.ground.jobs import job

from . import actions, queries


@job(retries=3)
def mix() -> None:
    """Every ten minutes: the order in which answers came is shuffled away while their step is open (ADR 22)."""
    for step in queries.asking():
        actions.mix(step=step)


@job(retries=3)
def erase_raw() -> None:
    """Every night: raw answers of meetings that closed long ago are erased (A14)."""
    actions.erase_raw(limit=months_before(today(), settings.ANSWER_MONTHS))
