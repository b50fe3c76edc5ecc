"""Rounds of pairs feed mutual knowledge: ticks on the phone count for the seats, closing notes who met."""

from __future__ import annotations

import pytest
from tests import make

from kutomo.core.networks import queries as networks
from kutomo.ground.clock import now
from kutomo.work.meetings import actions
from kutomo.work.meetings.models import Participant, Step
from kutomo.work.relations.models import Met
from kutomo.work.relations.queries.knowledge import knowledge

pytestmark = pytest.mark.django_db


@pytest.fixture
def held():
    """A meeting with one round of pairs: four people of three organisations and a guest without an account."""
    network = make.network(organisation=make.organisation("Koti ry"))
    leader = make.leader_of(network)
    people = [make.member(network, f"Jäsen {n}", make.organisation(f"Seura {n} ry")) for n in range(2)]
    people.append(make.member(network, "Toinen edustaja", networks.seat_of(people[0], network).organisation))
    meeting = actions.convene(by=leader, network=network, title="Tavataan", starts_at=now())
    step = actions.add_step(by=leader, meeting=meeting, kind="pairs", minutes=10, title="", text="")
    meeting = actions.open(by=leader, meeting=meeting)
    here = [actions.join(meeting=meeting, name=one.name, person=one) for one in [leader, *people]]
    here.append(actions.join(meeting=meeting, name="Vieras"))
    actions.go(by=leader, meeting=meeting, step=step)
    return network, leader, meeting, step, here


def _together(meeting, step):
    actions.draw_pairs(by=make.leader_of(meeting.network), meeting=meeting, step=Step.objects.get(pk=step.pk))
    return [set(group) for group in _groups(step)]


def _groups(step):
    found = {}
    for place in step.places.all():
        found.setdefault(place.group_no, []).append(place.participant_id)
    return found.values()


def test_ticks_count_for_the_seats(held):
    network, _leader, meeting, step, _here = held
    for group in _together(meeting, step):
        for one in group:
            for other in group - {one}:
                actions.know(by=Participant.objects.get(pk=one), known=other)
    seats = {one.pk: networks.seat_of(one.person, network) for one in meeting.participants.filter(person__isnull=False)}
    expected = set()
    for group in _groups(step):
        own = sorted({seats[one].pk for one in group if one in seats})
        expected |= {(a, b) for a in own for b in own if a < b}
    assert knowledge(network) == expected


def test_closing_notes_whose_seats_sat_together(held):
    network, leader, meeting, step, _here = held
    groups = _together(meeting, step)
    actions.close(by=leader, meeting=meeting)
    seats = {row.pk for row in networks.seats(network)}
    found = {(row.a_id, row.b_id) for row in Met.objects.all()}
    assert all({a, b} <= seats for a, b in found)
    assert len(found) <= sum(len(group) * (len(group) - 1) // 2 for group in groups)
    assert knowledge(network) == set()
