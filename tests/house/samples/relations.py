from datetime import timedelta

from kutomo.ground import jobs
from kutomo.ground.clock import today
from kutomo.work.relations.actions import answering, waves
from kutomo.work.relations.models import Part, Wave
from kutomo.work.relations.queries import survey
from kutomo.work.relations.queries.waves import coming
from kutomo.work.relations.rules.asking import Question
from tests import make


def prepare(world):
    """One more survey, open, in which the member has answered half; a closed one with its report."""
    leader, member, network = world.people["leader"], world.people["member"], world.network
    network.__dict__.pop("_roles", None)
    if not Wave.objects.filter(network=network, status="closed").exists():
        waves.close(by=leader, wave=_open(leader, network))
        jobs.run_ready(errors=False)
    wave = coming(network) or _open(leader, network)
    wave.network = network
    if wave.is_planned:
        wave = waves.open(by=leader, wave=wave)
    answering.begin(by=member, wave=wave, on_map=True)
    part = Part.objects.select_related("wave__network").get(wave=wave, person=member)
    part.wave.network = network
    about = list(wave.seats.exclude(pk=part.seat_id).values_list("pk", flat=True))
    for code, level in (("K", 2), ("E", 1), ("T", 2), ("C", 1)):
        answering.put(by=member, part=part, question=Question(code), values=dict.fromkeys(about[:5], level))
    token = survey.link_for(member, wave)
    closed = Wave.objects.filter(network=network, status="closed").last()
    world.notes["relations"] = {"token": token, "wave": wave, "closed": closed}


def _open(leader, network):
    last = today() + timedelta(days=14)
    wave = waves.plan(
        by=leader, network=network, purpose="Keiden kannattaisi tavata?", opens_on=today(), closes_on=last
    )
    return waves.open(by=leader, wave=wave)


def sample(name, world):
    made = world.notes["relations"]
    match name:
        case "survey" | "own_by_link":
            return {"token": made["token"]}
        case "screen" | "keep":
            return {"token": made["token"], "code": "T" if name == "screen" else "K"}
        case "report":
            return {"number": made["closed"].number}
        case "report_file":
            return {"number": made["closed"].number, "name": "report.csv"}
    return {"number": made["wave"].number}


def grow(world):
    """More seats, all on the roster, and more parts."""
    wave = world.notes["relations"]["wave"]
    people = [make.member(world.network, organisation=make.organisation()) for _number in range(20)]
    waves.seat_newcomers(by=None, wave=wave)
    for person in people:
        answering.begin(by=person, wave=wave, on_map=True)
