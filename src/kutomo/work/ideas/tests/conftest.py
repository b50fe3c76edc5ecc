"""Aino leads; Björn, Cia and Dan sit for associations of their own; Oskari only looks on."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests import cast, make

from kutomo.ground import clock
from kutomo.ground.clock import now
from kutomo.ground.seal import claims
from kutomo.work.ideas import actions


@pytest.fixture
def house(db):
    known = cast.gather()
    network = known.network
    others = {
        name.lower(): make.member(network, f"{name} Salo", make.organisation(f"{name} ry")) for name in ("Cia", "Dan")
    }
    network.__dict__.pop("_roles", None)
    return SimpleNamespace(**others, **vars(known))


@pytest.fixture
def planted(house):
    """Cia's spark; ``by`` and facts as wished."""

    def make_one(by=None, **facts):
        given = {"title": "Soittorinki", "text": "Jokainen kuulee jokaisen vuorollaan.", "code": claims.new_code()}
        return actions.plant(by=by or house.cia, network=house.network, **(given | facts))

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
