"""Raw answers and guests' names go twelve months after the meeting; notes and the pulse stay (A14)."""

from __future__ import annotations

import pytest
from tests import make

from kutomo.ground.clock import frozen
from kutomo.work.meetings import actions, queries, tasks
from kutomo.work.meetings.models import Answer, Participant, Turn

from .room import open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    with frozen("2026-02-10T13:00:00+02:00"):
        room = open_room()
        step = room.go("skills")
        for number, one in enumerate(room.come(6)):
            room.say(one, step, have=f"Taito {number}")
        pulse = room.go("pulse")
        for one in room.people:
            room.say(one, pulse, P1="4", P2="4")
        member = make.member(room.network, "Jäsen Jokunen")
        actions.join(meeting=room.meeting, name="Jäsen Jokunen", person=member)
        room.meeting = actions.close(by=room.leader, meeting=room.meeting)
    return room


def test_nothing_goes_before_its_time(held):
    with frozen("2027-02-09T12:00:00+02:00"):
        tasks.erase_raw.call()
    assert Answer.objects.count() == 18
    assert Participant.objects.filter(name="").count() == 0


def test_a_year_later_answers_and_guests_are_forgotten(held):
    before = queries.pulse(held.again())
    assert before
    with frozen("2027-02-11T04:35:00+02:00"):
        tasks.erase_raw.call()
    assert (Answer.objects.count(), Turn.objects.count()) == (0, 0)
    assert sorted(Participant.objects.values_list("name", "organisation")) == [("", "")] * 6 + [("Jäsen Jokunen", "")]
    meeting = held.again()
    assert queries.pulse(meeting) == before
    assert "Taito 3" in meeting.notes  # what the meeting wrote down stays
