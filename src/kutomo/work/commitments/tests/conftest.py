"""A network with Aino as leader, Björn and Disa for Strand, Kaj who can bind Strand, Unto as himself."""

from dataclasses import dataclass

import pytest
from tests import make

from kutomo.core.access import Role
from kutomo.core.networks.models import Network, Representation, Seat
from kutomo.core.people.models import Person
from kutomo.ground.clock import frozen, today
from kutomo.work.commitments import actions


@dataclass
class House:
    network: Network
    aino: Person  # leads, for Ikäkumppanit
    bjorn: Person  # speaks for Strand
    disa: Person  # speaks for Strand, too
    kaj: Person  # can bind Strand
    unto: Person  # as himself
    cecilia: Person  # elsewhere
    strand: Seat

    def fresh(self) -> Network:
        self.network = Network.objects.get(pk=self.network.pk)
        return self.network

    def meet(self) -> None:
        actions.note_acquaintance_round(
            by=self.aino, network=self.network, held_on=today(), source=("meetings.meeting", 1)
        )

    def recorder(self, who: Person) -> None:
        make.give(self.network, who, Role.RECORDER)
        self.fresh()


@pytest.fixture(autouse=True)
def monday():
    with frozen("2026-02-02 10:00") as moment:
        yield moment


@pytest.fixture
def house(db, monday) -> House:
    aino = make.person("Aino Aalto", "aino@example.org")
    network = make.network(aino, organisation=make.organisation("Ikäkumppanit ry"))
    strand = make.organisation("Strand rf")
    bjorn = make.member(network, "Björn Berg", strand, email="bjorn@example.org")
    disa = make.member(network, "Disa Dahl", strand, email="disa@example.org", language="sv")
    kaj = make.member(network, "Kaj Kustén", strand, email="kaj@example.org")
    Representation.objects.filter(person=kaj).update(mandate=Representation.Mandate.BIND)
    unto = make.member(network, "Unto Uski", email="unto@example.org")
    cecilia = make.person("Cecilia Ceder", "cecilia@example.org")
    return House(
        Network.objects.get(pk=network.pk), aino, bjorn, disa, kaj, unto, cecilia, Seat.objects.get(organisation=strand)
    )
