"""Aino leads, Björn and Cia sit on different seats, Unto takes part by phone, Rea records."""

from types import SimpleNamespace

import pytest
from django.test import Client
from tests import cast, make

from kutomo.core.access import Role
from kutomo.core.promises import actions
from kutomo.ground.clock import today


@pytest.fixture
def house(db):
    known = cast.gather()
    network = known.network
    cia = make.member(network, "Cia Ceder", make.organisation("Saaristo rf"))
    unto = make.member(network, "Unto Rauhala", reach="phone")
    rea = make.holder(network, Role.RECORDER, "Rea Riihi")
    network.__dict__.pop("_roles", None)
    return SimpleNamespace(cia=cia, unto=unto, rea=rea, **vars(known))


@pytest.fixture
def enter(house):
    """A browser that is signed in as somebody."""

    def come(person) -> Client:
        client = Client(headers={"accept-language": "fi"})
        client.force_login(person)
        return client

    return come


@pytest.fixture
def given(house):
    """Björn has promised Cia to open the door today."""
    return actions.propose(
        by=house.bjorn, network=house.network, doer=house.bjorn, what="Avaan oven", by_on=today(), receiver=house.cia
    )
