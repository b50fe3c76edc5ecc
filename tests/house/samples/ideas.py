"""A spark with answers and a child, an anonymous idea, a resting one, and one that is said to do harm."""

from kutomo.ground.seal import claims
from kutomo.work.ideas import actions
from kutomo.work.ideas.models import Idea


def _plant(world, title, by="member", **facts):
    given = {"text": "Jokainen kuulee jokaisen vuorollaan.", "code": claims.new_code()}
    return actions.plant(by=world.people[by], network=world.network, title=title, **(given | facts))


def prepare(world):
    member, leader = world.people["member"], world.people["leader"]
    world.network.__dict__.pop("_roles", None)
    spark = _plant(world, "Soittorinki", wants=["questions"])
    actions.reply(by=leader, idea=spark, kind="ask", text="Kuka aloittaa?")
    _plant(world, "Pilotti", by="leader", parent=spark, credit="Soittoringistä", maturity="tried")
    _plant(world, "Nimetön ajatus", signed="anonymous", wants=["evaluation"])
    resting = _plant(world, "Lepäävä")
    Idea.objects.filter(pk=resting.pk).update(maturity="resting", rested_from="sketch")
    harmful = _plant(world, "Haitallinen")
    actions.tell_harm(by=leader, idea=harmful, reason="Kertoo sairaudesta.")
    actions.reply(by=member, idea=spark, kind="add", text="Lankapuhelin käy.")
    world.notes["ideas"] = {"spark": spark.pk, "resting": resting.pk, "harmful": harmful.pk}


PLACES = {"wake": "resting", "judge": "harmful"}


def sample(name, world):
    return {"pk": world.notes["ideas"][PLACES.get(name, "spark")]}


def grow(world):
    for number in range(30):
        _plant(world, f"Idea {number}")
