"""A canvas step writes into the founding canvas itself."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from tests import make

from kutomo.ground.errors import RuleBroken
from kutomo.work.commitments import queries as commitments
from kutomo.work.founding import actions as founding, queries as canvases
from kutomo.work.meetings import actions, queries
from kutomo.work.meetings.models import Answer

from .room import code, open_canvas, open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    cache.clear()
    room = open_room()
    room.canvas = open_canvas(room)
    return room


def test_answers_of_phones_lie_on_the_canvas_once(room):
    one, two = room.come(2)
    step = room.go("canvas", 1)
    claim = room.say(one, step, answer="Kutsutaan koululaiset")
    room.say(one, step, claim, answer="Kutsutaan koululaiset")
    room.say(two, step, answer="Soittorinki")
    assert not Answer.objects.exists()
    assert canvases.answered_number(room.canvas)[1] == 2
    assert queries.count(room.meeting, step) == (2, 2)
    assert queries.board(room.meeting, step).answers == []
    for number in range(2):
        room.say(one, step, answer=f"Ajatus {number}")
    with pytest.raises(RuleBroken):
        room.say(one, step, answer="Neljäs")
    with pytest.raises(RuleBroken):
        room.say(two, step, answer="x" * 201)
    with pytest.raises(RuleBroken):
        room.say(two, room.go("canvas", 5), claim, answer="Sama koodi toisaalla")


def test_a_member_answers_once_on_the_phone_and_on_the_web(room):
    from kutomo.core.access.respondents import Respondent

    bjorn = make.member(room.network, "Björn Berg")
    one = actions.join(meeting=room.meeting, name="x", person=bjorn)
    step = room.go("canvas", 1)
    for number in range(3):
        room.say(one, step, answer=f"Ajatus {number}")
    with pytest.raises(RuleBroken):
        founding.answer(by=Respondent.of(bjorn), canvas=room.canvas, question=1, text="Vielä", code=code())


def test_the_reveal_opens_the_canvas_and_its_clusters_reach_the_phones(room):
    phone, host = room.phone(), Client(headers={"accept-language": "fi"})
    host.force_login(room.leader)
    people = room.come(3)
    step = room.go("canvas", 1)
    for number, one in enumerate(people):
        room.say(one, step, answer=f"Rytmi {number}")
    assert "Rytmi 1" not in phone.get(room.live("phone")).content.decode()
    actions.reveal(by=room.leader, meeting=room.meeting, step=step)
    with pytest.raises(RuleBroken):
        room.say(people[0], step, answer="Myöhässä")
    assert "Rytmi 1" in phone.get(room.live("phone")).content.decode()
    page = host.get(room.address("screen"))
    assert page.status_code == 200
    assert "live-svg" in page.content.decode()
    version = queries.stand(room.meeting.code).version
    key = canvases.board(room.canvas, 1).loose[0].key
    founding.cluster(by=room.leader, canvas=room.canvas, question=1, answers=[key], into="new", name="Rytmi ja paikat")
    part = phone.get(room.live("pulse"), {"v": version})
    assert part.status_code == 200
    assert "Rytmi ja paikat" in part.content.decode()


def test_ground_rules_are_chosen_on_the_phone(room):
    phone = room.phone()
    step = room.go("rules")
    cards = [card.key for card in commitments.deck(room.network)][:3]
    claim = code()
    assert phone.post(room.live("answer"), {"step": step.pk, "code": claim, "rule": cards}).status_code == 302
    assert [card.chosen for card in commitments.deck(room.network)][:4] == [1, 1, 1, 0]
    phone.post(room.live("answer"), {"step": step.pk, "code": claim, "rule": cards[:1]})
    assert [card.chosen for card in commitments.deck(room.network)][:3] == [1, 0, 0]
    actions.reveal(by=room.leader, meeting=room.meeting, step=step)
    assert commitments.deck(room.network)[0].text in phone.get(room.live("phone")).content.decode()
