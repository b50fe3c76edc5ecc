from kutomo.work.profiles import actions, queries


def prepare(world):
    """A form profile being asked."""
    if queries.open_round(world.network) is None:
        actions.open(by=world.people["leader"], network=world.network)
