from kutomo.core.people import queries as people
from kutomo.ground.clock import today
from kutomo.work.commitments import actions, queries
from kutomo.work.commitments.models import CommitmentCard
from tests import make


def prepare(world):
    """Rules in force twice over, a draft, and a card that waits for its confirmer."""
    leader, member, network = world.people["leader"], world.people["member"], world.network
    network.__dict__.pop("_roles", None)
    if not queries.lock(network).is_open:
        actions.note_acquaintance_round(by=leader, network=network, held_on=today())
    if queries.in_making(network) is None:
        actions.begin(by=member, network=network)
    for card in CommitmentCard.objects.filter(person=member).exclude(state="ended"):
        actions.end(by=member, card=card)
    world.notes["commitments"] = actions.write(
        by=member,
        network=network,
        behalf="organisation",
        brings="Auto torstaisin",
        hours="2-4",
        confirmer_name="Stina Sitova",
        confirmer_email="stina@example.org",
    )


def sample(name, world):
    card = world.notes["commitments"]
    last = queries.current_rules(world.network).number
    match name:
        case "compare":
            return {"before": last, "after": last}
        case "version" | "accept" | "check_acceptance":
            return {"number": last}
        case "confirm_by_mail":
            target = actions.target_of(card)
            token = people.token_for(card.confirmer, purpose=actions.CONFIRM, target=target)
            return {"pk": card.pk, "token": token}
    return {"pk": card.pk}


def grow(world):
    for number in range(20):
        who = make.member(world.network, organisation=make.organisation())
        actions.write(by=who, network=world.network, brings=f"Apu {number}", hours="0-1")
        actions.add_card(by=who, network=world.network, text=f"Oma sääntö {number}")
