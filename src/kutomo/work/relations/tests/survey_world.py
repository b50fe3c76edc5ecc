"""A network whose wave is open, with people who can answer through the actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests import make

from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.ground.clock import today
from kutomo.work.relations.actions import answering, waves
from kutomo.work.relations.models import Part, Wave, WaveSeat
from kutomo.work.relations.rules.asking import Question


@dataclass
class Asked:
    """A leader without a seat, members with an organisation each, and the wave that asks them."""

    network: Network
    leader: Person
    members: list[Person] = field(default_factory=list)
    wave: Wave | None = None

    def plan(self, **facts: Any) -> Wave:
        given = {
            "purpose": "Keiden kannattaisi tavata?",
            "opens_on": today(),
            "closes_on": today() + timedelta(days=14),
        }
        self.wave = waves.plan(by=self.leader, network=self.network, **(given | facts))
        return self.wave

    def open(self, **facts: Any) -> Wave:
        self.wave = waves.open(by=self.leader, wave=self.plan(**facts))
        return self.wave

    def close(self) -> Wave:
        self.wave = waves.close(by=self.leader, wave=self.wave)
        return self.wave

    def place(self, who: int | Person) -> WaveSeat:
        """The row of the roster of a member, by number."""
        person = self.members[who] if isinstance(who, int) else who
        seat = person.representations.get().seat
        return WaveSeat.objects.get(wave=self.wave, seat=seat)

    def begin(self, who: int, *, on_map: bool = True, **more: Any) -> Part:
        return answering.begin(by=self.members[who], wave=self.wave, on_map=on_map, **more)

    def part(self, who: int) -> Part:
        return Part.objects.select_related("wave__network").get(wave=self.wave, person=self.members[who])

    def say(self, who: int, code: str, values: dict[int, int]) -> int:
        """Member ``who`` answers question ``code`` about members by number."""
        about = {self.place(other).pk: value for other, value in values.items()}
        return answering.put(by=self.members[who], part=self.part(who), question=Question(code), values=about)

    def answer(
        self, who: int, *, knows: dict[int, int], works: dict[int, int] | None = None, **rest: dict[int, int]
    ) -> Part:
        """Begin, answer K and E (and T, F, C by name), and finish."""
        self.begin(who)
        self.say(who, "K", knows)
        self.say(who, "E", works or {})
        for code, values in rest.items():
            self.say(who, code, values)
        return answering.finish(by=self.members[who], part=self.part(who))


def network_of(count: int = 7) -> Asked:
    """A network with ``count`` members from an organisation each."""
    leader = make.person("Marjut Vetäjä")
    network = make.network(leader, "Kynnyksen yli")
    found = Asked(network, leader)
    for n in range(count):
        found.members.append(make.member(network, f"Jäsen {n}", make.organisation(f"Järjestö {n} ry")))
    return found
