"""What the clock does for promises."""

from kutomo.ground.clock import today
from kutomo.ground.jobs import job

from . import actions, queries


@job()
def remind() -> None:
    """Daily: five days before the day the doer is asked whether there is time, to move it or to release it."""
    for promise in queries.to_remind(today()):
        actions.remind(by=None, promise=promise)


@job()
def pass_on() -> None:
    """Daily: what people owed who sit here no more is released and offered to those who sit on their seat."""
    for promise in queries.without_doer():
        actions.pass_on(by=None, promise=promise)
