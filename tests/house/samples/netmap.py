from datetime import timedelta

from django.db.models import Max

from kutomo.core.networks import queries as networks
from kutomo.ground.clock import today
from kutomo.work.netmap import actions, queries
from kutomo.work.netmap.models import MapLink
from kutomo.work.netmap.tests.world import chain, keep, report, seated
from kutomo.work.relations import queries as relations
from kutomo.work.relations.models import Wave
from tests import make


def prepare(world):
    """A closed wave where the example network has none, and a public link."""
    leader, network = world.people["leader"], world.network
    network.__dict__.pop("_roles", None)
    if not relations.ready(network):
        members = seated(network)
        last = Wave.objects.filter(network=network).aggregate(last=Max("number"))["last"] or 0
        keep(network, report(members, chain(members), last + 1, closed_on=today() - timedelta(days=20)))
    world.notes["netmap"] = actions.make_link(by=leader, network=network, purpose="Kaupungin hallitukselle", days=14)


def sample(name, world):
    link: MapLink = world.notes["netmap"]
    seat = relations.ready(world.network)[-1].members[0].seat
    match name:
        case "member":
            return {"seat": seat}
        case "close_link":
            return {"pk": link.pk}
        case "public_member":
            return {"token": queries.token_of(link), "seat": seat}
        case "public_file":
            return {"token": queries.token_of(link), "name": "sentences.txt"}
    return {"token": queries.token_of(link)}


def grow(world):
    """Another wave with many more members."""
    for _number in range(20):
        make.member(world.network, organisation=make.organisation())
    world.network.__dict__.pop("_roles", None)
    members = seated(world.network)
    last = Wave.objects.filter(network=world.network).aggregate(last=Max("number"))["last"]
    keep(world.network, report(members, chain(members), last + 1))
    for number in range(5):
        actions.make_link(
            by=networks.holders(world.network, "leader")[0], network=world.network, purpose=f"Kokous {number}", days=7
        )
