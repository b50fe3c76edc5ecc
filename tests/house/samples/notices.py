"""Something that waits for the leader alone: a promise that the member asks of the leader, and many more."""

from kutomo.core.promises import actions
from kutomo.ground.clock import today


def _ask(world, number):
    return actions.propose(
        by=world.people["member"],
        network=world.network,
        doer=world.people["leader"],
        what=f"Kahvit kokoukseen {number}",
        by_on=today(),
    )


def prepare(world):
    world.notes["asked"] = _ask(world, 0)


def data(name, world):
    return {"key": f"promises.proposed:{world.notes['asked'].pk}"}


def grow(world):
    for number in range(1, 30):
        _ask(world, number)
