"""What the clock does for mutual help."""

from kutomo.ground.jobs import job

from . import actions, queries


@job()
def keep_dates() -> None:
    """Daily: listings whose day has passed lapse; owners hear a week before."""
    for listing in queries.lapsed():
        actions.lapse(by=None, listing=listing)
    for listing in queries.ending():
        actions.warn(by=None, listing=listing)


@job()
def tend() -> None:
    """Daily: tasks that stand still are reminded of, counted, or ended."""
    for task in queries.still():
        actions.tend(by=None, task=task)
