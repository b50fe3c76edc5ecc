from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from tests import make

from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person


@dataclass
class Founders:
    """A network that is being founded: a leader and seven members, each from an organisation of their own."""

    network: Network
    leader: Person
    members: list[Person] = field(default_factory=list)


@pytest.fixture
def founders(db) -> Founders:
    leader = make.person("Marjut Vetäjä")
    found = Founders(make.network(leader, "Kynnyksen yli"), leader)
    for n in range(7):
        found.members.append(make.member(found.network, f"Jäsen {n}", make.organisation(f"Järjestö {n} ry")))
    return found
