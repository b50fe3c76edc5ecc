"""A meeting that goes on, for the tests of this room."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from tests import make

from kutomo.ground.clock import now
from kutomo.work.meetings import actions, queries
from kutomo.work.meetings.models import Meeting, Participant, Step


def code() -> str:
    """A claim code as a device makes it."""
    return secrets.token_hex(16)


@dataclass
class Room:
    """An open meeting of a network that ``leader`` leads."""

    leader: Any
    network: Any
    meeting: Meeting
    people: list[Participant] = field(default_factory=list)

    def step(self, kind: str, question: int = 0) -> Step:
        return self.meeting.steps.get(kind=kind, question=question)

    def go(self, kind: str, question: int = 0) -> Step:
        """Stand on the step of that kind; the row as it is then."""
        actions.go(by=self.leader, meeting=self.meeting, step=self.step(kind, question))
        return self.step(kind, question)

    def come(self, count: int, organisations: bool = True) -> list[Participant]:
        for number in range(count):
            house = f"Järjestö {len(self.people)}" if organisations else ""
            self.people.append(actions.join(meeting=self.meeting, name=f"Vieras {number}", organisation=house))
        return self.people

    def say(self, one: Participant, step: Step, claim: str = "", **values: str) -> str:
        claim = claim or code()
        actions.answer(by=one, step_id=step.pk, code=claim, values=values)
        return claim

    def again(self) -> Meeting:
        self.meeting = queries.get(self.network, self.meeting.pk)
        return self.meeting

    def address(self, name: str, *more: Any) -> str:
        return reverse(f"meetings:{name}", args=[self.network.slug, self.meeting.pk, *more])

    def phone(self, name: str = "Aila", organisation: str = "Apu ry") -> Client:
        """A phone that has joined with the code."""
        client = Client(headers={"accept-language": "fi"})
        client.post(reverse("meetings:join", args=[self.meeting.code]), {"name": name, "organisation": organisation})
        return client

    def live(self, name: str, *more: Any) -> str:
        return reverse(f"meetings:{name}", args=[self.meeting.code, *more])


def open_room(template: str = "full", leader: Any = None) -> Room:
    """A meeting with the agenda ready to run, opened by the leader."""
    leader = leader or make.person("Aino Aalto")
    network = make.network(leader)
    meeting = actions.convene(
        by=leader, network=network, title="Ensitapaaminen", starts_at=now() + timedelta(hours=1), template=template
    )
    meeting = actions.open(by=leader, meeting=meeting)
    return Room(leader, network, meeting)


def open_canvas(room: Room) -> Any:
    """The network's founding canvas, open for answers."""
    from kutomo.work.founding import actions as founding

    canvas = founding.begin(by=room.leader, network=room.network)
    founding.freeze_challenge(by=room.leader, canvas=canvas, text="Kuka kysyy, mitä kuuluu?")
    return founding.open(by=room.leader, canvas=canvas, letters=False)
