"""A network of four seats: two organisations (one with two people), a private person, and its leader's."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils.text import slugify

from kutomo.core.access import Role
from kutomo.core.consent import actions
from kutomo.core.consent.models import Round
from kutomo.core.networks import actions as networks
from kutomo.core.networks.models import Network, Representation
from kutomo.core.organisations.models import Organisation
from kutomo.core.people.models import Person
from kutomo.ground.clock import frozen, now

SPEAK, SELF = Representation.Mandate.SPEAK, Representation.Mandate.SELF


def person(name: str, language: str = "fi") -> Person:
    return Person.objects.create(name=name, email=f"{slugify(name)}@example.fi", language=language)


def organisation(name: str) -> Organisation:
    return Organisation.objects.create(name=name, name_key=name.lower(), created_at=now())


@dataclass
class House:
    """Aino leads, for Ikäkumppanit. Björn and Disa sit for Strand, Eeva for Vakka, Unto as himself."""

    network: Network
    aino: Person
    bjorn: Person
    disa: Person
    eeva: Person
    unto: Person
    cecilia: Person  # elsewhere

    def open(self, **facts) -> Round:
        facts = {
            "title": "Core task",
            "text": "First contact in two weeks.",
            "thing": ("founding.canvas", 1),
        } | facts
        return actions.open(by=self.aino, network=self.network, **facts)

    def recorder(self, who: Person) -> None:
        term = networks.offer_role(
            by=self.aino, network=self.network, person=who, role=Role.RECORDER, reason="Writes well"
        )
        networks.answer_offer(by=who, term=term, accept=True)
        self.network = Network.objects.get(pk=self.network.pk)


@pytest.fixture(autouse=True)
def monday():
    with frozen("2026-02-02 10:00") as moment:
        yield moment


@pytest.fixture
def house(db, monday) -> House:
    aino, bjorn, disa = person("Aino"), person("Björn"), person("Disa", "sv")
    eeva, unto, cecilia = person("Eeva"), person("Unto"), person("Cecilia")
    network = networks.start(by=aino, name="Kynnyksen yli", organisation=organisation("Ikäkumppanit"))
    strand, vakka = organisation("Strand"), organisation("Vakka")
    for who, where, mandate in [
        (bjorn, strand, SPEAK),
        (disa, strand, SPEAK),
        (eeva, vakka, SELF),
        (unto, None, SELF),
    ]:
        networks.seat(by=aino, network=network, person=who, organisation=where, mandate=mandate)
    return House(Network.objects.get(pk=network.pk), aino, bjorn, disa, eeva, unto, cecilia)


@pytest.fixture
def later():
    return lambda days=0, hours=0: now() + timedelta(days=days, hours=hours)
