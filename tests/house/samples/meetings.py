"""An open meeting with a guest, somebody on paper, and a promise proposed to the leader; and a planned one."""

from django.urls import reverse

from kutomo.core.promises.models import Promise
from kutomo.ground.clock import now
from kutomo.work.meetings import actions, queries
from kutomo.work.meetings.models import Meeting, Participant

OPEN, PLANNED, HELD = "Ensitapaaminen (ryömintä)", "Tuleva tapaaminen", "Pidetty tapaaminen"


def prepare(world):
    leader, network = world.people["leader"], world.network
    held = _meeting(world, OPEN)
    if held is None:
        facts = {"by": leader, "network": network, "starts_at": now()}
        held = actions.open(by=leader, meeting=actions.convene(title=OPEN, template="full", **facts))
        actions.convene(title=PLANNED, template="short", **facts)
        over = actions.open(by=leader, meeting=actions.convene(title=HELD, template="short", **facts))
        bird = actions.join(meeting=over, name="Lintu")
        step = over.steps.get(kind="voices")
        actions.go(by=leader, meeting=over, step=step)
        actions.answer(by=bird, step_id=step.pk, code="0123456789abcdef", values={"voice": "Nuorisovaltuusto"})
        actions.close(by=leader, meeting=over)
        marjut = actions.join(meeting=held, name="Marjut", person=leader)
        elsa = actions.join_on_paper(by=leader, meeting=held, name="Elsa")
        bo = actions.join(meeting=held, name="Bo", organisation="Apu ry")
        actions.propose(by=bo, doer=marjut, what="Varaa tila", by_on=None, code="0123456789abcdef")
        world.notes["paper"] = elsa.pk


def _meeting(world, title):
    return Meeting.objects.filter(network=world.network, title=title).first()


def sample(name, world):
    held = _meeting(world, OPEN)
    if name in ("phone", "join", "pulse", "answer", "know", "propose", "leave"):
        return {"code": held.code}
    promise = Promise.objects.get(thing_kind="meetings.meeting", thing_id=held.pk)
    if name == "settle_live":
        return {"code": held.code, "promise": promise.pk}
    planned, over = _meeting(world, PLANNED), _meeting(world, HELD)
    if name == "hand_on":
        return {"pk": over.pk, "key": queries.chairs(over)[0].key}
    pk = {"cancel": planned, "open": planned, "send_notes": over}.get(name, held).pk
    if name in ("step", "move_step", "remove_step"):
        return {"pk": planned.pk, "step": planned.steps.get(kind="word").pk}
    if name in ("go", "set_answering", "reveal", "draw_pairs"):
        kind = "pairs" if name == "draw_pairs" else "skills"
        return {"pk": pk, "step": held.steps.get(kind=kind).pk}
    if name in ("paper_answers", "paper_promise"):
        return {"pk": pk, "participant": Participant.objects.get(meeting=held, is_paper=True).pk}
    return {"pk": pk, "promise": promise.pk} if name == "settle" else {"pk": pk}


def grow(world):
    held = _meeting(world, OPEN)
    for number in range(30):
        actions.join(meeting=held, name=f"Vieras {number}", organisation=f"Talo {number}")
        actions.convene(by=world.people["leader"], network=world.network, title=f"Tapaaminen {number}", starts_at=now())


def guest(client, world):
    held = _meeting(world, OPEN)
    client.post(reverse("meetings:join", args=[held.code]), {"name": "Vieras"})
