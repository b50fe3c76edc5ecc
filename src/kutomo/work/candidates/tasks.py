"""What is done later: the one reminder of an invitation. Listed in config/clock.py."""

from kutomo.ground.jobs import job

from . import actions


@job(retries=3)
def remind() -> None:
    """Remind those whose letter has waited a week; the letters themselves wait for the budget and quiet times."""
    actions.remind_all()
