"""What the clock does for consent rounds. Closing belongs to the room that opened the round."""

from datetime import timedelta

from kutomo.ground.clock import now
from kutomo.ground.jobs import job

from . import actions, queries


@job()
def remind() -> None:
    """Daily: remind those whose seat has not spoken, two days before a round closes."""
    for round in queries.closing_before(now() + timedelta(days=2)):
        actions.remind(by=None, round=round)
