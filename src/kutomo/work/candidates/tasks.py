"""What is done later: the one reminder, and forgetting. Listed in config/clock.py."""

from kutomo.ground.jobs import job

from . import actions


@job(retries=3)
def remind() -> None:
    """Remind those whose letter has waited a week; the letters themselves wait for the budget and quiet times."""
    actions.remind_all()


@job(retries=3)
def tidy() -> None:
    """Erase tables that were left lying, declined requests, and people who never answered within a year."""
    actions.tidy()
