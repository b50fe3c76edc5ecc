from kutomo.core.access import Role
from kutomo.core.consent import actions
from kutomo.core.people import queries as people
from tests import make


def prepare(world):
    leader, member = world.people["leader"], world.people["member"]
    round = actions.open(
        by=leader,
        network=world.network,
        thing=("networks.seat", world.network.seats.first().pk),
        title="Näyte",
        text="Teksti, josta sovitaan.",
        tell=False,
    )
    recorder = make.holder(world.network, Role.RECORDER, "Kaisa Kirjaaja")
    round.network.__dict__.pop("_roles", None)
    voice = actions.take(by=recorder, round=round, stance="object", harm="Haitta", on_behalf_of=member)
    world.notes["consent"] = round, voice


def sample(name, world):
    round, voice = world.notes["consent"]
    if name == "by_mail":
        token = people.token_for(world.people["member"], purpose=actions.LINK, target=str(round.pk))
        return {"pk": round.pk, "token": token}
    return {"pk": round.pk, "voice": voice.pk} if name in ("withdraw", "resolve", "check") else {"pk": round.pk}


def grow(world):
    round = world.notes["consent"][0]
    for number in range(20):
        who = make.member(world.network, organisation=make.organisation())
        actions.take(by=who, round=round, stance="object", harm=f"Haitta {number}")
