"""A promise of the member's to the leader, and many more."""

from kutomo.core.people import queries as people
from kutomo.core.promises import actions
from kutomo.ground.clock import today
from tests import make


def prepare(world):
    member = world.people["member"]
    world.notes["promise"] = actions.propose(
        by=member, network=world.network, doer=member, what="Avaan oven", by_on=today(), receiver=world.people["leader"]
    )


def sample(name, world):
    promise = world.notes["promise"]
    if name == "by_mail":
        return {
            "pk": promise.pk,
            "token": people.token_for(world.people["member"], purpose=actions.LINK, target=str(promise.pk)),
        }
    return {"pk": promise.pk}


def grow(world):
    for number in range(30):
        who = make.member(world.network, organisation=make.organisation())
        actions.propose(by=who, network=world.network, doer=who, what=f"Lupaus {number}", by_on=today())
