"""Aino leads; Björn, Cia and Dan sit for associations of their own; Oskari only looks on."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests import cast, make

from kutomo.core.networks import queries as networks
from kutomo.ground import clock
from kutomo.ground.clock import now
from kutomo.work.exchange import actions
from kutomo.work.exchange.rules.course import Deed

WORDS = {"title": "Kuljettaja muistikahvilaan", "text": "Kuusi kävijää kirjastolle torstaina.", "area": "transport"}


@pytest.fixture
def house(db):
    known = cast.gather()
    network = known.network
    others = {
        name.lower(): make.member(network, f"{name} Salo", make.organisation(f"{name} ry"))
        for name in ("Cia", "Dan", "Eva")
    }
    network.__dict__.pop("_roles", None)
    return SimpleNamespace(**others, **vars(known))


@pytest.fixture
def seat(house):
    return lambda person: networks.seat_of(person, house.network)


@pytest.fixture
def listed(house, seat):
    """Cia's association asks for a driver; ``side``, ``by`` and facts as wished."""

    def make_one(by=None, side="need", **facts):
        by = by or house.cia
        facts = {**WORDS, "seat": seat(by), **facts}
        return actions.post(by=by, network=house.network, side=side, **facts)

    return make_one


@pytest.fixture
def answered(house, seat, listed):
    """Dan's association offers to drive."""

    def make_one(**facts):
        return actions.propose(
            by=house.dan, listing=listed(**facts), words="Auto ja kuski torstaina.", seat=seat(house.dan)
        )

    return make_one


@pytest.fixture
def helped(house, answered):
    """The help has come: agreed, given, confirmed."""

    def make_one(**facts):
        task = answered(**facts)
        task = actions.step(by=house.cia, task=task, deed=Deed.ACCEPT, version=1)
        task = actions.step(by=house.dan, task=task, deed=Deed.DELIVER)
        return actions.step(by=house.cia, task=task, deed=Deed.CONFIRM)

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
