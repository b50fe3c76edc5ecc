from kutomo.across.search import actions
from kutomo.core.talk import actions as talk


def _say(world, number):
    talk.start(
        by=world.people["leader"],
        network=world.network,
        title=f"Haettava ajatus {number}",
        body="Ajatus, jonka haku löytää.",
        language="fi",
        key=f"search-{world.network.pk}-{number}",
    )


def prepare(world):
    _say(world, 0)
    actions.file_all()


def sample(name, world):
    return {}


def grow(world):
    for number in range(1, 30):
        _say(world, number)
    actions.file_new()
