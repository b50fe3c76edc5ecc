"""A draft, an open question, an anonymous one, one by advice, and a published decision; all the member's own."""

from datetime import timedelta

from kutomo.core.access import Role
from kutomo.core.people import queries as people
from kutomo.core.promises import actions as promises
from kutomo.ground import clock
from kutomo.ground.clock import now, today
from kutomo.work.decisions import actions, queries
from tests import make

WORDS = {"proposal": "Kokeilemme kiertävää vetoa.", "reasons": "Yksi vetäjä väsyy.", "alternatives": "Tauko."}


def prepare(world):
    member, network = world.people["member"], world.network
    network.__dict__.pop("_roles", None)
    facts = {"by": member, "network": network, **WORDS}
    rows = {"draft": actions.propose(title="Luonnos (ryömintä)", method="consent", **facts)}
    for name, method, more in (
        ("open", "gradients", {}),
        ("choice", "choice", {"options": ["Kirjasto", "Sali"], "is_anonymous": True}),
        ("dates", "dates", {"options": [now() + timedelta(days=days) for days in (9, 10)]}),
        ("round", "consent", {}),
        ("published", "choice", {"options": ["Kirjasto", "Sali"]}),
    ):
        rows[name] = actions.propose(title=f"Asia {name}", method=method, **facts, **more)
        actions.open(by=member, decision=rows[name])
    asked = {"decider": member, "advisers": [world.people["leader"]]}
    rows["advice"] = actions.propose(title="Kysytään neuvoa", method="advice", **facts, **asked)
    actions.open(by=member, decision=rows["advice"])
    asked = {"decider": member, "advisers": [make.member(network, "Neuvo Neuvonen")]}
    leads = {"by": world.people["leader"], "network": network, **WORDS}
    rows["deciding"] = actions.propose(title="Päättäisitkö", method="advice", **leads, **asked)
    recorder = make.holder(network, Role.RECORDER, "Rea Riihi")
    network.__dict__.pop("_roles", None)
    actions.take(by=recorder, decision=rows["open"], on_behalf_of=member, degree=4, reason="Hyvä")
    with clock.frozen(now() + timedelta(days=8)):
        done = rows["published"]
        actions.close(by=member, decision=done)
        done.refresh_from_db()
        done.network = network
        summaries = {code: {"title": "Asia", "text": "Teksti"} for code in network.working_languages if code != "fi"}
        when = today() + timedelta(days=90)
        facts = {"outcome": "Kokeilemme.", "why": "Haittaa ei nähty.", "review_on": when, "summaries": summaries}
        done = actions.write(by=member, decision=done, seen=done.revision, **facts)
        actions.publish(by=member, decision=done, seen=done.revision)
    thing = (queries.THING, done.pk)
    promises.propose(by=member, network=network, doer=member, what="Vedän ensimmäisen", thing=thing)
    actions.say(by=member, decision=done, body="Tästä on hyvä jatkaa.", language="fi", key=f"sample-say-{network.pk}")
    world.notes["decisions"] = {name: row.pk for name, row in rows.items()}


PLACES = {
    "change": "draft", "drop": "draft", "declare": "open", "answer_deciding": "deciding", "say": "open",
    "owner": "published", "open": "draft", "close": "open", "reopen": "published", "answer": "open",
    "on_behalf": "open", "check": "open", "by_mail": "dates", "outcome": "published", "publish": "published",
    "review": "published", "history": "published", "decision": "published",
}  # fmt: skip


def sample(name, world):
    if name == "propose":
        return {"method": "choice"}
    pk = world.notes["decisions"][PLACES[name]]
    if name == "by_mail":
        return {"pk": pk, "token": people.token_for(world.people["member"], purpose=actions.LINK, target=str(pk))}
    return {"pk": pk}


def grow(world):
    member, network = world.people["member"], world.network
    for number in range(30):
        actions.propose(by=member, network=network, title=f"Asia {number}", method="consent", **WORDS)
