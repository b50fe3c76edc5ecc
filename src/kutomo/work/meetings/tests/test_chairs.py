"""Empty chairs go from the meeting to the list of potential members, by one press."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import make

from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.candidates.models import Candidate
from kutomo.work.meetings import actions, queries

from .room import open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    room = open_room()
    one, other = room.come(2)
    step = room.go("voices")
    room.say(one, step, voice="Nuorisovaltuusto")
    room.say(other, step, voice="Nuorisovaltuusto")
    room.say(other, step, voice="Sote-järjestöt")
    room.meeting = actions.close(by=room.leader, meeting=room.meeting)
    return room


def test_each_voice_once_and_which_are_on_the_list(held):
    assert [(one.words, one.candidate) for one in queries.chairs(held.meeting)] == [
        ("Nuorisovaltuusto", 0), ("Sote-järjestöt", 0),
    ]  # fmt: skip
    made = actions.hand_on(by=held.leader, meeting=held.meeting, chair=queries.chairs(held.meeting)[0])
    assert (made.organisation_name, made.state) == ("Nuorisovaltuusto", "potential")
    assert held.meeting.title in made.note
    assert [one.candidate for one in queries.chairs(held.meeting)] == [made.pk, 0]
    with pytest.raises(RuleBroken):
        actions.hand_on(by=held.leader, meeting=held.meeting, chair=queries.chairs(held.meeting)[0])


def test_by_one_press_for_those_who_may_propose(held):
    member = make.member(held.network, "Jäsen")
    client = Client()
    client.force_login(member)
    assert "Pane listalle" in client.get(held.address("meeting")).content.decode()
    chair = queries.chairs(held.meeting)[1]
    gone = client.post(held.address("hand_on", chair.key))
    assert gone["Location"].endswith(f"/candidates/{Candidate.objects.get().pk}/")
    page = client.get(held.address("meeting")).content.decode()
    assert page.count("Pane listalle") == 1
    assert client.post(held.address("hand_on", "0" * 64)).status_code == 404
    with pytest.raises(NotAllowed):
        actions.hand_on(by=make.person("Vieras"), meeting=held.meeting, chair=queries.chairs(held.meeting)[0])
