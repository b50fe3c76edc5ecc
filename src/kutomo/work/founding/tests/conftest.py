from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.work.founding import actions
from kutomo.work.founding.models import Canvas


@dataclass
class Founders:
    """A network that is being founded: a leader and seven members, each from an organisation of their own."""

    network: Network
    leader: Person
    members: list[Person] = field(default_factory=list)
    canvas: Canvas | None = None

    def say(self, person: Person, question: int, text: str, code: str = "", **more):
        """``person`` answers, with a code of their own."""
        return actions.answer(
            by=Respondent.of(person),
            canvas=self.canvas,
            question=question,
            text=text,
            code=code or f"KOODI-{person.pk:06d}.{question}.1",
            language="fi",
            **more,
        )

    def all_answer(self, question: int, count: int = 7) -> None:
        for n, person in enumerate(self.members[:count]):
            self.say(person, question, f"Ajatus numero {n} kysymykseen {question}")


@pytest.fixture
def founders(db) -> Founders:
    leader = make.person("Marjut Vetäjä")
    network = make.network(leader, "Kynnyksen yli", challenge="Kukaan ei kysy, mitä kuuluu.")
    found = Founders(network, leader)
    for n in range(7):
        found.members.append(make.member(network, f"Jäsen {n}", make.organisation(f"Järjestö {n} ry")))
    found.canvas = actions.begin(by=leader, network=network)
    return found


@pytest.fixture
def opened(founders) -> Founders:
    """The five questions are open; the draft holds a sentence that nobody may see yet."""
    for number in (1, 2, 3, 4, 5):
        actions.draft(by=founders.leader, canvas=founders.canvas, question=number, text=f"SALAINEN LUONNOS {number}")
    founders.canvas = actions.open(by=founders.leader, canvas=founders.canvas, letters=False)
    return founders
