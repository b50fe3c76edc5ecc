"""What the clock does for decisions."""

from datetime import timedelta

from kutomo.ground.clock import now, today
from kutomo.ground.jobs import job

from . import actions, queries


@job()
def settle() -> None:
    """Hourly: close what has been asked for long enough."""
    for ballot in queries.due(now()):
        actions.close(by=None, decision=ballot.decision)


@job()
def remind() -> None:
    """Daily: those who have not answered are reminded once, two days before a question closes."""
    for ballot in queries.closing_before(now() + timedelta(days=2)):
        actions.remind(by=None, ballot=ballot)


@job()
def come_back() -> None:
    """Daily: decisions whose review day has come are brought back."""
    for decision in queries.coming_back(today()):
        actions.come_back(by=None, decision=decision)
