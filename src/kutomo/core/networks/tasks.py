"""What the clock does for networks."""

from __future__ import annotations

from django.conf import settings

from kutomo.ground.clock import months_before, today
from kutomo.ground.jobs import job

from . import actions


@job(retries=3)
def forget_past() -> None:
    """Every night: memberships that ended long ago are forgotten (A14)."""
    actions.forget_past(limit=months_before(today(), settings.MEMBERSHIP_MONTHS))
