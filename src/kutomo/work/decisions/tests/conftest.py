"""Aino leads; Björn, Cia, Dan, Eva and Fia sit on seats of their own; Unto takes part by phone; Rea records."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests import cast, make

from kutomo.core.access import Role
from kutomo.ground import clock
from kutomo.ground.clock import now, today
from kutomo.work.decisions import actions


@pytest.fixture
def house(db):
    known = cast.gather()
    network = known.network
    others = {
        name.lower(): make.member(network, f"{name} Salo", make.organisation(f"{name} ry"))
        for name in ("Cia", "Dan", "Eva", "Fia")
    }
    unto = make.member(network, "Unto Rauhala", reach="phone")
    rea = make.holder(network, Role.RECORDER, "Rea Riihi")
    network.__dict__.pop("_roles", None)
    return SimpleNamespace(**others, unto=unto, rea=rea, **vars(known))


@pytest.fixture
def seated(house):
    """Everybody with a seat, one person each."""
    return [house.aino, house.bjorn, house.cia, house.dan, house.eva, house.fia, house.unto, house.rea]


@pytest.fixture
def bring(house):
    """Björn's proposal, still a draft; ``open=True``: everybody has been asked."""

    def make_one(method="consent", *, open=False, **facts):
        facts = {"title": "Kiertävä veto", "proposal": "Veto kiertää.", "reasons": "Yksi väsyy.", **facts}
        if method == "choice":
            facts.setdefault("options", ["Kirjasto", "Seurakuntasali"])
        if method == "dates":
            facts.setdefault("options", [now() + timedelta(days=days) for days in (10, 12)])
        if method == "advice":
            facts |= {"decider": house.bjorn, "advisers": [house.cia, house.dan]}
        decision = actions.propose(by=house.bjorn, network=house.network, method=method, **facts)
        if open:
            actions.open(by=house.bjorn, decision=decision)
            decision.refresh_from_db()
            decision.network = house.network
        return decision

    return make_one


@pytest.fixture
def later():
    """After all questions have closed."""

    def come(days=8):
        return clock.frozen(now() + timedelta(days=days))

    return come


@pytest.fixture
def decided(house, bring, later):
    """A published decision of ``method``."""

    def make_one(method="choice", **facts):
        decision = bring(method, open=True, **facts)
        with later():
            actions.close(by=house.bjorn, decision=decision)
            decision = write(house, decision)
            return actions.publish(by=house.bjorn, decision=decision, seen=decision.revision)

    return make_one


def write(house, decision, **facts):
    """The outcome with all that it needs in a Finnish network."""
    decision.refresh_from_db()
    decision.network = house.network
    given = {"outcome": "Kokeilemme.", "why": "Kukaan ei nähnyt haittaa.", "review_on": today() + timedelta(days=90)}
    return actions.write(by=house.bjorn, decision=decision, seen=decision.revision, **(given | facts))


@pytest.fixture
def enter(house):
    """A browser that is signed in as somebody."""

    def come(person) -> Client:
        client = Client(headers={"accept-language": "fi"})
        client.force_login(person)
        return client

    return come
