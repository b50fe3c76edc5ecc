from kutomo.across.fabric import actions
from kutomo.core.talk import actions as talk
from kutomo.ground.clock import local, now, week


def prepare(world):
    talk.start(
        by=world.people["leader"],
        network=world.network,
        title="Kude",
        body="Alku.",
        language="fi",
        key=f"fabric-{world.network.pk}",
    )
    actions.weave(by=None, network=world.network)


def sample(name, world):
    return {"name": str(week(local(now()).date()))}


def grow(world):
    for number in range(30):
        talk.start(
            by=world.people["leader"],
            network=world.network,
            title=f"Rivi {number}",
            body="x",
            language="fi",
            key=f"fabric-{number}",
        )
    actions.weave(by=None, network=world.network)
