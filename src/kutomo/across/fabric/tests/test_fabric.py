"""The fabric from the log: woven once, the same when woven again, silent about what is nobody's business."""

from datetime import timedelta

import pytest
from tests import make

from kutomo.across.fabric import actions, queries, rules
from kutomo.across.fabric.models import WovenWeek
from kutomo.core.activity.models import Event
from kutomo.core.consent import actions as consent
from kutomo.core.networks import actions as seats
from kutomo.core.talk import actions as talk
from kutomo.ground.clock import frozen, local, moment, now, today, week

pytestmark = pytest.mark.django_db
MONDAY = "2026-03-02"


@pytest.fixture
def hall():
    """A network founded on a Monday with an organisation's seat and a private member's."""
    with frozen(f"{MONDAY} 09:00"):
        leader = make.person("Marjut Vetäjä")
        network = make.network(leader, "Sali", challenge="Kukaan ei kysy.")
        own = make.person("Unto Itse")
        away = seats.seat(by=leader, network=network, person=own)
    return leader, own, network, away


def speak(person, network, key):
    talk.start(by=person, network=network, title="Aihe", body="Ajatus.", language="fi", key=key)


def seat_of(network, person):
    return network.seats.get(representations__person=person).pk


def test_who_talked_is_in_that_week_and_nowhere_else(hall):
    _leader, own, network, _seat = hall
    with frozen("2026-03-11 12:00"):
        speak(own, network, "one")
    with frozen("2026-03-18 12:00"):
        assert actions.weave(by=None, network=network) == 3
        cloth = queries.cloth(network)
    assert [row.name for row in cloth.rows] == ["viikko 12", "viikko 11", "viikko 10"]
    assert cloth.rows[1].cells == {seat_of(network, own): rules.BITS["discussion"]}
    assert cloth.rows[0].cells == cloth.rows[2].cells == {}
    assert not cloth.is_rolled


def test_the_night_of_sunday_belongs_to_helsinkis_week(hall):
    _leader, own, network, _seat = hall
    with frozen("2026-03-08 23:30"):
        speak(own, network, "late")
    with frozen("2026-03-09 00:30"):
        speak(own, network, "early")
        actions.weave(by=None, network=network)
        cloth = queries.cloth(network)
    assert [len(row.cells) for row in cloth.rows] == [1, 1]


def test_weaving_twice_changes_nothing_and_goes_on_from_the_newest_week(hall):
    _leader, own, network, _seat = hall
    with frozen("2026-03-11 12:00"):
        speak(own, network, "one")
        actions.weave(by=None, network=network)
        first = list(WovenWeek.objects.values_list("monday", "cells"))
        assert actions.weave(by=None, network=network) == 1
        assert list(WovenWeek.objects.values_list("monday", "cells")) == first
    with frozen("2026-03-25 12:00"):
        assert actions.weave(by=None, network=network) == 3
    assert WovenWeek.objects.count() == 4


def test_only_networks_with_news_are_woven(hall):
    _leader, own, network, _seat = hall
    with frozen("2026-03-11 12:00"):
        speak(own, network, "one")
    with frozen("2026-03-11 12:10"):
        assert actions.weave_all() == 2
    with frozen("2026-03-11 12:30"):
        assert actions.weave_all() == 0
    with frozen("2026-03-11 12:40"):
        speak(own, network, "two")
        assert actions.weave_all() == 1


def test_what_many_agreed_is_a_band_in_the_columns_of_those_who_had_a_voice(hall, monkeypatch):
    leader, own, network, _seat = hall
    from django.db import transaction

    from kutomo.core.activity.actions import record
    from kutomo.work.commitments import events

    with frozen("2026-03-11 12:00"), transaction.atomic():
        opened = consent.open(
            by=leader,
            network=network,
            thing=("commitments.rule_set", 1),
            title="Pelisäännöt",
            text="Kuuntelemme.",
            question="Riittääkö tämä?",
            silent_until=now() + timedelta(days=1),
            closes_at=now() + timedelta(days=8),
        )
        consent.take(by=own, round=opened, stance="support")
    with frozen("2026-03-18 12:00"), transaction.atomic():
        record(events.RULES_AGREED, by=leader, network=network, thing=("commitments.rule_set", 1), title="1")
        actions.weave(by=None, network=network)
        cloth = queries.cloth(network)
    (story,) = cloth.stories
    assert story.motif == "agreement"
    assert story.of == 1
    assert cloth.rows[0].bands[0]["seats"] == [seat_of(network, own)]
    assert "k-motif" in cloth.svg()


def test_lines_of_ones_own_and_of_nobody_are_not_woven(hall):
    """A stance is told to its taker alone: the cloth must not tell it to others."""
    leader, own, network, _seat = hall
    with frozen("2026-03-11 12:00"):
        opened = consent.open(
            by=leader,
            network=network,
            thing=("commitments.rule_set", 1),
            title="T",
            text="x",
            question="Riittääkö?",
            silent_until=now() + timedelta(days=1),
            closes_at=now() + timedelta(days=8),
        )
        consent.take(by=own, round=opened, stance="support")
        actions.weave(by=None, network=network)
        assert Event.objects.filter(actor=own, kind="consent.voice_given").exists()
        assert queries.cloth(network).rows[0].cells == {}


def test_who_sits_no_more_takes_part_no_more_and_the_past_stays(hall):
    leader, own, network, seat = hall
    with frozen("2026-03-04 12:00"):
        speak(own, network, "one")
    with frozen("2026-03-10 12:00"):
        seats.leave(by=own, chair=seat.seat)
        actions.weave(by=None, network=network)
    with frozen("2026-04-20 12:00"):
        assert [column.name for column in queries.cloth(network, weeks=2).columns] == [
            str(leader_seat(network, leader))
        ]
        assert len(queries.cloth(network).columns) == 2


def leader_seat(network, leader):
    return network.seats.get(representations__person=leader).name


def test_a_silent_column_is_asked_of_the_leader_alone(hall, client):
    leader, own, network, _seat = hall
    with frozen("2026-03-04 12:00"):
        speak(own, network, "one")
    with frozen("2026-05-20 12:00"):
        speak(leader, network, "two")
        actions.weave(by=None, network=network)
        assert [column.name for column in queries.silent(queries.cloth(network))] == ["Unto Itse"]
        url = f"/n/{network.slug}/fabric/"
        client.force_login(leader)
        assert "Vetäjälle" in client.get(url).content.decode()
        client.force_login(own)
        assert "Vetäjälle" not in client.get(url).content.decode()


def test_a_young_network_has_no_silent_columns(hall):
    _leader, _own, network, _seat = hall
    with frozen("2026-03-20 12:00"):
        actions.weave(by=None, network=network)
        assert queries.silent(queries.cloth(network)) == []


def test_the_week_behind_a_row(hall, client):
    _leader, own, network, _seat = hall
    with frozen("2026-03-11 12:00"):
        speak(own, network, "one")
        actions.weave(by=None, network=network)
        client.force_login(own)
        text = client.get(f"/n/{network.slug}/fabric/2026-W11/").content.decode()
        assert "Unto Itse" in text
        assert "Aihe" in text
        for name in ("2026-W10", "2026-W11"):
            assert client.get(f"/n/{network.slug}/fabric/{name}/").status_code == 200
        for name in ("2026-W09", "2026-W12", "2026-W99", "x", "2026-Wx", "99999-W01", "2026-W1 1"):
            assert client.get(f"/n/{network.slug}/fabric/{name}/").status_code == 404, name


def test_pictures_are_files(hall, client):
    leader, own, network, _seat = hall
    with frozen("2026-03-11 12:00"):
        speak(own, network, "one")
        actions.weave(by=None, network=network)
        client.force_login(leader)
        for ending, magic in (("svg", b"<svg "), ("png", b"\x89PNG")):
            answer = client.get(f"/n/{network.slug}/fabric/picture.{ending}")
            assert answer.content.startswith(magic)
            assert "attachment" in answer["Content-Disposition"]
        assert client.get(f"/n/{network.slug}/fabric/picture.exe").status_code == 404


def test_ten_years_by_month_in_as_many_queries_as_one(hall, client, django_assert_max_num_queries):
    leader, own, network, _seat = hall
    seat = seat_of(network, own)
    with frozen("2036-03-03 12:00"):
        first = rules.monday(today()) - timedelta(weeks=520)
        WovenWeek.objects.bulk_create(
            WovenWeek(network=network, monday=first + timedelta(weeks=n), cells={str(seat): 4}, woven_at=now())
            for n in range(521)
        )
        with django_assert_max_num_queries(4):
            cloth = queries.months(network)
            cloth.svg()
        assert len(cloth.rows) == 120
        client.force_login(leader)
        for query in (
            "",
            "?scale=months",
            "?until=2030-01-01",
            "?until=quatsch",
            "?until=2999-01-01",
            "?until=1999-01-01",
        ):
            assert client.get(f"/n/{network.slug}/fabric/{query}").status_code == 200, query


def test_a_small_piece_for_each_network_in_two_queries(hall, django_assert_num_queries):
    leader, own, network, _seat = hall
    with frozen("2026-03-11 12:00"):
        other = make.network(leader, "Toinen")
        speak(own, network, "one")
        speak(leader, other, "two")
        actions.weave(by=None, network=network)
        actions.weave(by=None, network=other)
        with django_assert_num_queries(2):
            pieces = queries.pieces([network, other])
    assert set(pieces) == {network.pk, other.pk}
    assert all('aria-hidden="true"' in piece for piece in pieces.values())


def test_week_names_are_those_of_the_calendar():
    assert str(week(local(moment(today())).date())) == f"{today().isocalendar()[0]}-W{today().isocalendar()[1]:02}"
