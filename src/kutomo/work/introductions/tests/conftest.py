from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests import make

from kutomo.core.access import Role
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground import clock, jobs
from kutomo.work.introductions import actions, queries
from kutomo.work.introductions.models import Side
from kutomo.work.relations.tests.world import peopled, waved

# Numbers by the order of joining: 0 leads and works closely with 1 to 4; 5 and 6 work with each other only.
ANSWERS = {}
for number in range(1, 5):
    ANSWERS[0, number] = ANSWERS[number, 0] = (3, 2, 2, 1)
ANSWERS[5, 6] = ANSWERS[6, 5] = (3, 2, 2, 1)


@dataclass
class World:
    network: Network
    people: list[Any]  # by number; the seventh, 7, sits without having been asked
    weaver: Any

    def seat(self, number: int) -> Any:
        return networks.seat_of(self.people[number], self.network)

    def pair(self, one: int, other: int) -> dict[str, int]:
        return {"a": self.seat(one).pk, "b": self.seat(other).pk}

    def client(self, person: Any) -> Client:
        client = Client(headers={"accept-language": "fi"})
        client.force_login(person)
        return client

    def url(self, rest: str = "") -> str:
        return f"/n/{self.network.slug}/introductions/{rest}"

    def asked(self, one: int = 1, other: int = 2, by: Any = None) -> Any:
        """An introduction whose letters have left."""
        by = by or self.weaver
        row = actions.write(by=by, network=self.network, words="Tulisitte hyvin toimeen.", **self.pair(one, other))
        actions.send(by=by, introduction=row)
        with clock.frozen(clock.now() + clock.dt.timedelta(minutes=11)):
            jobs.run_ready()
        row.refresh_from_db()
        return row

    def side(self, row: Any, number: int) -> Side:
        return Side.objects.get(introduction=row, person=self.people[number])

    def met(self, one: int = 1, other: int = 2) -> Any:
        row = self.asked(one, other)
        for number in (one, other):
            actions.reply(by=self.people[number], side=self.side(row, number), says="yes")
        row.refresh_from_db()
        return row


@pytest.fixture(scope="session")
def template():
    return ANSWERS


@pytest.fixture
def world(db, template) -> World:
    """Seven organisations after one survey; a weaver who sits as herself."""
    network = peopled(7)
    people = [seat.sitting()[0].person for seat in networks.seats(network)]
    waved(network, template)
    weaver = make.holder(network, Role.WEAVER, "Venla Verkonkutoja")
    return World(Network.objects.get(pk=network.pk), people, weaver)


@pytest.fixture
def bare(db) -> World:
    """Three organisations before any survey."""
    network = peopled(3)
    people = [seat.sitting()[0].person for seat in networks.seats(network)]
    weaver = make.holder(network, Role.WEAVER, "Venla Verkonkutoja")
    return World(Network.objects.get(pk=network.pk), people, weaver)


__all__ = ["World", "queries"]
