from django.db.models import Q

from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.work.introductions import actions
from kutomo.work.introductions.models import Introduction, Rest
from kutomo.work.relations.queries.knowledge import off_map
from tests import make


def _free(world):
    """Pairs of seats of which nothing is known here, neither of the member nor of the leader."""
    near = [networks.seat_of(world.people[role], world.network).pk for role in ("member", "leader")]
    own = off_map(world.network) | {*near}
    begun = {(row.a_id, row.b_id) for row in [*Introduction.objects.all(), *Rest.objects.all()]}
    seats = sorted(seat.pk for seat in networks.seats(world.network) if seat.sitting() and seat.pk not in own)
    times = dict.fromkeys(seats, 0)
    for row in Introduction.objects.filter(state__in=["leaving", "asked"]):
        for seat in (row.a_id, row.b_id):
            times[seat] = times.get(seat, 0) + 1
    full = {seat for seat, count in times.items() if count}
    return [(a, b) for a in seats for b in seats if a < b and (a, b) not in begun and not {a, b} & full]


def prepare(world):
    """A draft, letters that leave, a question to the member, a wish of the member, something laid aside."""
    leader, member, network = world.people["leader"], world.people["member"], world.network
    network.__dict__.pop("_roles", None)
    mine = networks.seat_of(member, network).pk
    Introduction.objects.filter(Q(a=mine) | Q(b=mine)).delete()
    first, second, third, *_rest = _free(world)
    others = [seat for pair in _free(world)[40:] for seat in pair if seat not in {*first, *second, *third}]

    def write(pair):
        return actions.write(by=leader, network=network, a=pair[0], b=pair[1], words="Tulisitte hyvin toimeen.")

    notes = {"draft": write(first), "leaving": actions.send(by=leader, introduction=write(second))}
    asked = actions.send(by=leader, introduction=write((mine, others[0])))
    actions.leave(by=None, introduction=asked, version=asked.version)
    asked.refresh_from_db()
    notes["asked"] = asked
    far = next(seat for seat in dict.fromkeys(others[1:]) if seat != others[0])
    notes["wish"] = actions.wish(by=member, network=network, seat=far, words="Haluamme kuulla lisää.")
    notes["rest"] = actions.lay_aside(by=leader, network=network, a=third[0], b=third[1])
    notes["free"] = _free(world)[0]
    world.notes["introductions"] = notes


def sample(name, world):
    notes = world.notes["introductions"]
    match name:
        case "write" | "lay_aside":
            return {"a": notes["free"][0], "b": notes["free"][1]}
        case "bring_back":
            return {"pk": notes["rest"].pk}
        case "send" | "drop":
            return {"pk": notes["draft"].pk}
        case "take_back":
            return {"pk": notes["leaving"].pk}
        case "take_wish_back":
            return {"pk": notes["wish"].pk}
        case "answer":
            side = notes["asked"].sides.get(seat=networks.seat_of(world.people["member"], world.network))
            target = actions.target_of(side)
            return {"token": people.token_for(side.person, purpose=actions.ANSWER, target=target)}
    return {"pk": notes["asked"].pk}


def grow(world):
    leader = world.people["leader"]
    for number in range(25):
        pair = _free(world)[number]
        if number % 2:
            actions.lay_aside(by=leader, network=world.network, a=pair[0], b=pair[1], for_good=True)
        else:
            actions.write(by=leader, network=world.network, a=pair[0], b=pair[1], words="Tutustukaa.")
    make.member(world.network, organisation=make.organisation())
