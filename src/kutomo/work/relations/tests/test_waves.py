"""A wave's life: plan, settings, opening and closing by hand and by the clock, letters, reminders."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import make

from kutomo.core.activity.models import Event
from kutomo.core.networks import actions as networks
from kutomo.ground import clock, jobs
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.relations.actions import answering, letters, places, waves
from kutomo.work.relations.models import MapWish, Wave, WaveSeat
from kutomo.work.relations.queries import waves as queries
from kutomo.work.relations.tasks import waves as tasks

pytestmark = pytest.mark.django_db


def test_plan_open_answer_close(asked):
    wave = asked.plan()
    assert (wave.number, wave.status, wave.asks_trust) == (1, "planned", True)
    wave = waves.open(by=asked.leader, wave=wave)
    assert wave.is_open
    assert wave.seats.count() == 8  # the leader has a seat of her own
    assert {row.name for row in wave.seats.all()} >= {"Järjestö 0 ry", "Marjut Vetäjä"}
    assert wave.seats.get(name="Järjestö 0 ry").sector == "association"
    assert asked.close().is_closed
    assert waves.close(by=asked.leader, wave=wave).is_closed  # twice is once
    kinds = set(Event.objects.filter(kind__startswith="relations").values_list("kind", flat=True))
    assert {"relations.wave_planned", "relations.wave_opened", "relations.wave_closed"} <= kinds


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"purpose": "  "}, "purpose"),
        ({"opens_on": clock.today() - timedelta(days=1)}, "opens_on"),
        ({"closes_on": clock.today()}, "closes_on"),
        ({"closes_on": clock.today() + timedelta(days=200)}, "closes_on"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(asked, facts, field):
    with pytest.raises(RuleBroken) as refused:
        asked.plan(**facts)
    assert refused.value.field == field


def test_one_coming_wave_at_a_time(asked):
    asked.plan()
    with pytest.raises(RuleBroken):
        asked.plan()
    waves.drop(by=asked.leader, wave=asked.wave)
    assert asked.plan().number == 1


def test_only_leaders_run_it(opened):
    member = opened.members[0]
    for deed in (waves.close, waves.drop, waves.open):
        with pytest.raises(NotAllowed):
            deed(by=member, wave=opened.wave)
    with pytest.raises(NotAllowed):
        waves.change(by=member, wave=opened.wave, closes_on=clock.today() + timedelta(days=20))


def test_person_form_does_not_ask_trust_unless_told(asked):
    assert asked.plan(form="person").asks_trust is False
    waves.drop(by=asked.leader, wave=asked.wave)
    assert asked.plan(form="person", asks_trust=True).asks_trust is True


def test_settings_are_frozen_once_people_may_consent(opened):
    with pytest.raises(RuleBroken):
        waves.change(by=opened.leader, wave=opened.wave, asks_trust=False)
    later = clock.today() + timedelta(days=20)
    assert waves.change(by=opened.leader, wave=opened.wave, closes_on=later).closes_on == later
    with pytest.raises(RuleBroken):
        waves.change(by=opened.leader, wave=opened.wave, closes_on=clock.today() - timedelta(days=1))
    with pytest.raises(RuleBroken):
        waves.drop(by=opened.leader, wave=opened.wave)


def test_too_small_a_network_is_not_asked(db):
    leader = make.person("Marjut")
    network = make.network(leader)
    wave = waves.plan(
        by=leader, network=network, purpose="x", opens_on=clock.today(), closes_on=clock.today() + timedelta(days=7)
    )
    with pytest.raises(RuleBroken):
        waves.open(by=leader, wave=wave)


def test_the_clock_opens_and_closes(asked):
    start = clock.today() + timedelta(days=3)
    asked.plan(opens_on=start, closes_on=start + timedelta(days=7))
    tasks.keep_dates()
    assert Wave.objects.get().is_planned
    with clock.frozen(start):
        tasks.keep_dates()
        assert Wave.objects.get().is_open
    with clock.frozen(start + timedelta(days=7)):
        tasks.keep_dates()
        assert Wave.objects.get().is_open  # the last day still counts
    with clock.frozen(start + timedelta(days=8)):
        tasks.keep_dates()
        assert Wave.objects.get().is_closed


def test_everybody_gets_one_letter_with_a_link_of_their_own(opened):
    sent = Letter.objects.filter(template=letters.INVITATION)
    assert sent.count() == 8
    bodies = [letter.body for letter in sent]
    assert len({body.split("/survey/")[1].split("/")[0] for body in bodies}) == 8
    assert all("Keiden kannattaisi tavata?" in body for body in bodies)


def test_who_joins_while_it_is_open_is_asked_too(opened):
    late = make.member(opened.network, "Myöhäinen", make.organisation("Uusi ry"))
    tasks.keep_dates()
    assert WaveSeat.objects.filter(wave=opened.wave, name="Uusi ry").exists()
    assert Letter.objects.filter(template=letters.INVITATION, email=late.email).count() == 1


def test_the_roster_is_as_of_the_closing_day(opened):
    """Who left is gone with the answers about them; who was renamed has the new name."""
    gone = opened.members[6].representations.get().seat
    opened.answer(0, knows={1: 2, 6: 3})
    networks.leave(by=opened.leader, chair=gone, words="Kiitos")
    body = opened.members[1].representations.get().seat.organisation
    body.name = "Uusi nimi ry"
    body.save()
    opened.close()
    names = set(opened.wave.seats.values_list("name", flat=True))
    assert "Uusi nimi ry" in names
    assert "Järjestö 6 ry" not in names


def test_reminders_go_only_to_those_who_have_not_finished(opened):
    opened.answer(0, knows={1: 2})
    with clock.frozen(opened.wave.opens_on + timedelta(days=6)):
        tasks.remind()
        assert not Letter.objects.filter(template=letters.REMINDER).exists()
    with clock.frozen(opened.wave.opens_on + timedelta(days=7)):
        tasks.remind()
        tasks.remind()
    reminded = Letter.objects.filter(template=letters.REMINDER)
    assert reminded.count() == 7
    assert not reminded.filter(email=opened.members[0].email).exists()
    assert all(letter.slot for letter in reminded), "reminders go through the nudge budget"


def test_a_reminder_on_its_way_is_called_off_by_answering(opened):
    with clock.frozen(opened.wave.opens_on + timedelta(days=7)):
        tasks.remind()
        opened.answer(0, knows={1: 2})
    states = dict(Letter.objects.filter(template=letters.REMINDER).values_list("email", "state"))
    assert states.pop(opened.members[0].email) == "dropped"
    assert set(states.values()) <= {"queued", "postponed"}


def test_response_by_organisation_only_where_it_was_said(opened):
    opened.answer(0, knows={1: 2})
    shown = queries.response(opened.wave)
    assert (shown.answered, shown.of, shown.done) == (1, 8, [])
    opened.close()
    opened.open(shows_answered=True)
    opened.answer(2, knows={1: 2})
    shown = queries.response(opened.wave)
    assert shown.done == ["Järjestö 2 ry"]
    assert "Järjestö 0 ry" in shown.waiting
    assert shown.private_waiting == 1  # the leader's own seat is not named
    assert "Marjut Vetäjä" not in shown.waiting


def test_a_wish_about_the_map_outlives_the_wave(opened):
    places.wish_map(by=opened.members[0], network=opened.network, on_map=True)
    assert opened.place(0).on_map is True
    opened.close()
    opened.open()
    assert opened.place(0).on_map is True
    assert opened.place(1).on_map is None


def test_leaving_the_map_takes_the_node_from_closed_waves(opened):
    opened.answer(0, knows={1: 2})
    opened.close()
    jobs.run_ready()
    places.wish_map(by=opened.members[0], network=opened.network, on_map=False)
    assert opened.place(0).on_map is False
    places.wish_map(by=opened.members[0], network=opened.network, on_map=True)
    assert opened.place(0).on_map is False, "a closed wave never gets a node back"
    assert MapWish.objects.get(seat=opened.place(0).seat).on_map is True


def test_somebody_without_a_seat_cannot_answer(opened):
    outsider = make.person("Muu")
    with pytest.raises(NotAllowed):
        answering.begin(by=outsider, wave=opened.wave, on_map=True)
