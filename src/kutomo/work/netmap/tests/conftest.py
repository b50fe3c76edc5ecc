from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from tests import make

from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.work.relations.rules.shape import Report

from .world import keep, report, seated


@dataclass
class Hall:
    """Eight seats and two closed waves. Seats in order: the leader's own, then seven organisations.

    In the second wave the leader works with 1, 2 and 3 (confirmed), 2 with 4, 4 with 5; 5 and 6 are told by one side;
    3 knows 6; 7 is alone, and was not there in the first wave.
    """

    network: Network
    leader: Person
    members: list[Person]
    seats: list[int]
    waves: list[Report]

    def client(self, person: Person | None = None) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(person or self.leader)
        client.cookies["language"] = "en"
        return client

    @property
    def base(self) -> str:
        return f"/n/{self.network.slug}/map"


KINDS = ("association", "public", "association", "parish", "association", "foundation", "company")


@pytest.fixture
def hall(db) -> Hall:
    leader = make.person("Aino Aalto", language="en")
    network = make.network(leader, "Kynnyksen yli")
    members = [
        make.member(network, f"Jäsen {n}", make.organisation(f"Järjestö {n} ry", kind=kind, county="06"), language="en")
        for n, kind in enumerate(KINDS, start=1)
    ]
    network.__dict__.pop("_roles", None)
    people = seated(network)
    seats = [member.seat for member in people]
    assert networks.seat_of(leader, network).pk == seats[0]

    def both(a: int, b: int, level: int) -> list[tuple[int, int, str, int, str]]:
        return [(seats[a], seats[b], "knows", 3, "both"), (seats[a], seats[b], "works", level, "both")]

    first = report(people[:7], [*both(0, 1, 1), (seats[3], seats[6], "knows", 2, "both")], 1)
    second = report(
        people,
        [
            *both(0, 1, 1),
            *both(0, 2, 2),
            *both(0, 3, 3),
            *both(2, 4, 1),
            *both(4, 5, 2),
            (seats[5], seats[6], "knows", 2, "one"),
            (seats[5], seats[6], "works", 2, "one"),
            (seats[3], seats[6], "knows", 2, "both"),
        ],
        2,
        answered=7,
    )
    return Hall(network, leader, members, seats, [keep(network, first), keep(network, second)])
