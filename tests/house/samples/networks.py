from kutomo.core.access import Role
from kutomo.core.networks import actions
from kutomo.core.networks.models import Representation, RoleTerm
from tests import make


def prepare(world):
    actions.offer_role(
        by=world.people["leader"],
        network=world.network,
        person=world.people["member"],
        role=Role.SCOUT,
        reason="Tuntee kentän.",
    )


def sample(name, world):
    own = Representation.objects.current().filter(seat__network=world.network, person=world.people["leader"]).first()
    if name in ("mandate", "stand_up"):
        return {"pk": own.seat_id, "sitting": own.pk}
    return {"pk": RoleTerm.objects.get(network=world.network, person=world.people["member"], role=Role.SCOUT).pk}


def grow(world):
    for _ in range(30):
        make.member(world.network, organisation=make.organisation())
