"""The member's need, answered by the leader; one help that has come; offers and needs of others."""

from kutomo.work.exchange import actions
from kutomo.work.exchange.rules.course import Deed
from tests import make


def _need(world, title="Kuljettaja muistikahvilaan", by="member", **facts):
    given = {"text": "Kuusi kävijää kirjastolle torstaina.", "area": "transport"}
    return actions.post(
        by=world.people[by], network=world.network, side=facts.pop("side", "need"), title=title, **(given | facts)
    )


def prepare(world):
    member, leader = world.people["member"], world.people["leader"]
    world.network.__dict__.pop("_roles", None)
    need = _need(world)
    task = actions.propose(by=leader, listing=need, words="Auto ja kuski torstaina.")
    done = actions.propose(by=leader, listing=_need(world, "Juontaja avoimiin oviin"), words="Tulen juontamaan.")
    done = actions.step(by=member, task=done, deed=Deed.ACCEPT, version=1)
    done = actions.step(by=leader, task=done, deed=Deed.DELIVER)
    done = actions.step(by=member, task=done, deed=Deed.CONFIRM)
    marks = {"result": 3, "timing": 3, "process": 3}
    actions.tell_how(by=member, task=done, words="Sali täyttyi.", may_show=True, **marks)
    actions.tell_how(by=leader, task=done, **marks)
    _need(world, "Auto ja kuljettaja", by="leader", side="offer", text="Torstaisin kirjaston lähellä.")
    actions.say(by=member, listing=need, body="Kävisikö perjantaikin?", language="fi", key=f"help-{world.network.pk}")
    world.notes["exchange"] = {"need": need.pk, "task": task.pk, "done": done.pk, "open": _need(world, "Taitto").pk}


PLACES = {"task": "task", "step": "task", "feedback": "done", "propose": "open", "moderate": "open"}


def sample(name, world):
    return {"pk": world.notes["exchange"][PLACES.get(name, "need")]}


def grow(world):
    for number in range(30):
        who = make.member(world.network, organisation=make.organisation())
        world.people["grown"] = who
        _need(world, f"Pyyntö {number}", by="grown")
        _need(world, f"Tarjous {number}", by="grown", side="offer")
    world.people.pop("grown")
