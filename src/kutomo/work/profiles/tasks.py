"""What the clock does for form profiles."""

from __future__ import annotations

import contextlib

from django.conf import settings

from kutomo.ground.clock import months_before, today
from kutomo.ground.errors import RuleBroken
from kutomo.ground.jobs import job

from . import actions, queries


@job(retries=3)
def keep_dates() -> None:
    """Every morning: rounds whose last day has passed are closed and read once."""
    for round in queries.due(today()):
        with contextlib.suppress(RuleBroken):  # somebody closed it by hand in this moment
            actions.close(by=None, round=round)


@job(retries=3)
def mix() -> None:
    """Every ten minutes: the order in which readings came is shuffled away while their round is open (ADR 22)."""
    for round in queries.open_rounds():
        actions.mix(round=round)


@job(retries=3)
def erase_raw() -> None:
    """Every night: readings of rounds that closed long ago are erased (A14)."""
    actions.erase_raw(limit=months_before(today(), settings.ANSWER_MONTHS))
