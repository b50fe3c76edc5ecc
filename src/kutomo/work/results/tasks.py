"""What the clock does for goals."""

from kutomo.ground.jobs import job

from . import actions, queries


@job()
def settle() -> None:
    """Hourly: questions whether it is enough that are over become an answer."""
    for goal in queries.asking():
        actions.settle(by=None, goal=goal)


@job()
def tend() -> None:
    """Daily: owners of goals that are near and have nothing confirmed are asked once."""
    for goal in queries.without_evidence():
        actions.ask_for_evidence(by=None, goal=goal)
