from kutomo.core.organisations import actions
from tests import make


def prepare(world):
    """An organisation of the leader's, with a contact point."""
    leader = world.people["leader"]
    organisation = actions.meet(by=leader, name="Avoin Ovi ry", municipality="091")
    actions.belong(by=leader, organisation=organisation, person=leader)
    point = actions.add_contact(by=leader, organisation=organisation, about="Toimisto", phone="09 123456")
    world.notes["organisations"] = organisation, point


def sample(name, world):
    organisation, point = world.notes["organisations"]
    return {"pk": organisation.pk, "point": point.pk} if name == "remove_contact" else {"pk": organisation.pk}


def grow(world):
    for number in range(20):
        make.organisation(f"Kasvava {number} ry")
