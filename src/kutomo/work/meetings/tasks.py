"""What the clock does for meetings."""

from __future__ import annotations

from kutomo.ground.jobs import job

from . import actions, queries


@job(retries=3)
def mix() -> None:
    """Every ten minutes: the order in which answers came is shuffled away while their step is open (ADR 22)."""
    for step in queries.asking():
        actions.mix(step=step)
