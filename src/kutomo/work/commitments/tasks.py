"""What the clock does for ground rules and commitment cards."""

from kutomo.core.consent import queries as consents
from kutomo.ground.jobs import job

from . import actions, queries


@job()
def settle() -> None:
    """Hourly: settle proposals whose time is up."""
    for round in consents.due(actions.THING):
        actions.settle(by=None, rule_set=queries.by_pk(round.thing_id))


@job()
def tend_cards() -> None:
    """Daily: ask holders of cards that end soon, end those whose time ran out or whose seat was left."""
    for card in queries.ending_soon():
        actions.remind(by=None, card=card)
    for card in [*queries.expired(), *queries.of_left_seats()]:
        actions.expire(by=None, card=card)
