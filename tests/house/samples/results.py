"""A goal under way with evidence, one that looks for its second owner, one that was wound down."""

from datetime import timedelta

from kutomo.ground.clock import today
from kutomo.work.results import actions
from tests import make

WORDS = {
    "type": "influencing", "rung": "4", "benefit": "yksin asuvat", "rule": "soittokokeet",
    "enough": "Kolmessa kunnassa vastaa sama numero arkisin.",
}  # fmt: skip


def _write(world, title, partner, accept=True, **facts):
    member, network = world.people["member"], world.network
    given = {**WORDS, "due_on": today() + timedelta(days=100), "partner": partner, **facts}
    goal = actions.write(by=member, network=network, title=title, **given)
    return actions.answer_owning(by=partner, goal=goal, accept=True) if accept else goal


def prepare(world):
    member, network = world.people["member"], world.network
    partner = make.member(network, "Kumppani Kuusi", make.organisation("Kumppanit ry"))
    network.__dict__.pop("_roles", None)
    goal = _write(world, "Yksi numero yksin asuvalle", partner)
    row = actions.tell_evidence(by=member, goal=goal, text="Numero vastaa kahdessa kunnassa.", claimed=0)
    other = actions.tell_evidence(by=partner, goal=goal, text="Esite", claimed=2, source="esite.pdf")
    actions.confirm(by=member, evidence=other)
    actions.check_halfway(by=member, goal=goal, words="Matkalla.")
    actions.say(by=member, goal=goal, body="Kuka soittaa?", language="fi", key=f"goal-{network.pk}")
    draft = _write(world, "Tutustumme", partner, accept=False, rung="1")
    over = _write(world, "Päällekkäisyys", partner, rung="3a")
    actions.choose(by=member, goal=over, choice="wind_down", why="Toinen verkosto tekee sen.", learnt="Kysy ensin.")
    world.notes["results"] = {"goal": goal.pk, "draft": draft.pk, "evidence": row.pk}


PLACES = {"own": "draft", "partner": "draft"}


def sample(name, world):
    notes = world.notes["results"]
    given = {"pk": notes[PLACES.get(name, "goal")]}
    return given | ({"number": notes["evidence"]} if name == "confirm" else {})


def grow(world):
    for number in range(20):
        _write(world, f"Tavoite {number}", make.member(world.network, organisation=make.organisation()))
