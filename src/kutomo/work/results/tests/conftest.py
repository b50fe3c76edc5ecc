"""Aino leads; Björn, Cia and Dan sit for associations of their own; Oskari only looks on."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests import cast, make

from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.ground import clock
from kutomo.ground.clock import now, today
from kutomo.work.results import actions

WORDS = {
    "title": "Yksi numero yksin asuvalle", "type": "influencing", "rung": "4", "benefit": "yksin asuvat",
    "enough": "Kolmessa kunnassa vastaa sama numero arkisin.", "rule": "soittokokeet",
}  # fmt: skip


@pytest.fixture
def house(db):
    known = cast.gather()
    network = known.network
    others = {
        name.lower(): make.member(network, f"{name} Salo", make.organisation(f"{name} ry")) for name in ("Cia", "Dan")
    }
    others["pia"] = make.member(network, "Pia Pari", others["cia"].representations.get().seat.organisation)
    network.__dict__.pop("_roles", None)
    return SimpleNamespace(**others, **vars(known))


@pytest.fixture
def written(house):
    """Cia's goal; Dan is asked to own it too, and says yes unless ``accepted`` is False."""

    def make_one(accepted=True, **facts):
        given = {**WORDS, "due_on": today() + timedelta(days=100), "partner": house.dan, **facts}
        goal = actions.write(by=house.cia, network=house.network, **given)
        return actions.answer_owning(by=house.dan, goal=goal, accept=True) if accepted else goal

    return make_one


@pytest.fixture
def enough(house, written):
    """A goal that all agree is enough."""

    def make_one():
        goal = written()
        row = actions.tell_evidence(by=house.cia, goal=goal, text="Numero vastaa.", claimed=0)
        actions.confirm(by=house.dan, evidence=row)
        goal = actions.ask_enough(by=house.cia, goal=goal)
        for person in rounds.asked(goal.round):
            goal.round.network = house.network
            consent.take(by=person, round=goal.round, stance="support", speaks=True)
        assert actions.settle(by=None, goal=goal).state == "asking"
        with clock.frozen(now() + timedelta(days=8)):
            return actions.settle(by=None, goal=goal)

    return make_one


@pytest.fixture
def later():
    return lambda days: clock.frozen(now() + timedelta(days=days))


@pytest.fixture
def enter():
    def come(person, language="fi") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(person)
        return client

    return come
