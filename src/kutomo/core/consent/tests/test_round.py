"""The page of a round: what each reader sees, and what each button does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kutomo.core.access import Role
from kutomo.core.consent import actions, queries
from kutomo.core.consent.models import Voice
from kutomo.core.networks import actions as networks
from kutomo.ground.clock import frozen


@pytest.fixture
def at(client):
    def visit(who, name: str, *args, data=None, **extra):
        client.force_login(who)
        client.cookies["language"] = who.language
        address = reverse(f"consent:{name}", args=["kynnyksen-yli", *args])
        return client.get(address, extra) if data is None else client.post(address, data)

    return visit


def words(response) -> str:
    return response.content.decode()


def test_a_member_answers_on_the_page(house, at):
    round = house.open()
    response = at(house.bjorn, "stance", round.pk, data={"stance": "can_live", "seen": 0})
    assert response.status_code == 302
    assert Voice.objects.get().stance == "can_live"
    assert "Strand" in words(at(house.bjorn, "round", round.pk))


def test_nothing_is_chosen_beforehand(house, at):
    assert "checked" not in words(at(house.bjorn, "round", house.open().pk))


def test_an_empty_answer_comes_back_with_its_error(house, at):
    round = house.open()
    response = at(house.bjorn, "stance", round.pk, data={"harm": "Kept words"})
    assert response.status_code == 422
    assert "Kept words" in words(response)
    assert not Voice.objects.exists()


def test_the_page_is_silent_for_everybody_until_its_hour(house, at, later):
    round = house.open(silent_until=later(days=1))
    at(house.bjorn, "stance", round.pk, data={"stance": "object", "harm": "Islands are left out", "seen": 0})
    for who in (house.aino, house.unto):
        assert "Islands are left out" not in words(at(who, "round", round.pk))
    assert "Islands are left out" in words(at(house.bjorn, "round", round.pk))
    with frozen(later(days=2)):
        assert "Islands are left out" in words(at(house.unto, "round", round.pk))


def test_objections_stand_before_the_figures(house, at):
    round = house.open()
    actions.take(by=house.bjorn, round=round, stance="object", harm="Islands are left out")
    page = words(at(house.aino, "round", round.pk))
    assert page.index('id="objections"') < page.index("Islands are left out") < page.index('id="stances"')


def test_an_observer_reads_but_has_no_form_nor_list_of_the_missing(house, at):
    round = house.open()
    term = networks.offer_role(
        by=house.aino, network=house.network, person=house.cecilia, role=Role.OBSERVER, reason="Ministry"
    )
    networks.answer_offer(by=house.cecilia, term=term, accept=True)
    response = at(house.cecilia, "round", round.pk)
    assert response.status_code == 200
    assert 'name="stance"' not in words(response)
    assert "Vakka" not in words(response)
    assert at(house.cecilia, "stance", round.pk, data={"stance": "support"}).status_code == 403


def test_a_stranger_finds_nothing(house, at):
    round = house.open()
    assert at(house.cecilia, "round", round.pk).status_code == 404
    assert at(house.cecilia, "rounds").status_code == 404


def test_a_sitter_without_mandate_ticks_that_they_may_speak(house, at):
    round = house.open()
    assert 'name="speaks"' in words(at(house.eeva, "round", round.pk))
    refused = at(house.eeva, "stance", round.pk, data={"stance": "support", "seen": 0})
    assert refused.status_code == 422
    assert "Vakka" in words(refused)
    assert at(house.eeva, "stance", round.pk, data={"stance": "support", "speaks": "on"}).status_code == 302


def test_an_author_withdraws_or_resolves_by_button(house, at):
    round = house.open()
    voice = actions.take(by=house.bjorn, round=round, stance="object", harm="Islands")
    assert at(house.aino, "withdraw", round.pk, voice.pk, data={}).status_code == 403
    assert at(house.bjorn, "resolve", round.pk, voice.pk, data={"words": ""}).status_code == 409
    assert at(house.bjorn, "resolve", round.pk, voice.pk, data={"words": "The plan names them"}).status_code == 302
    assert Voice.objects.get().resolution_words == "The plan names them"


def test_a_recorder_enters_and_the_person_checks(house, at):
    round = house.open()
    house.recorder(house.bjorn)
    assert at(house.unto, "on_behalf", round.pk).status_code == 403
    data = {"person": house.unto.pk, "stance": "support"}
    assert at(house.bjorn, "on_behalf", round.pk, data=data).status_code == 302
    voice = Voice.objects.get()
    assert "Björn" in words(at(house.unto, "round", round.pk))
    assert at(house.unto, "check", round.pk, voice.pk, data={}).status_code == 302
    assert Voice.objects.get().checked_at


def test_more_time_by_form(house, at, later):
    round = house.open()
    new = (round.closes_at + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    assert at(house.aino, "prolong", round.pk, data={"closes_at": "2020-01-01T12:00"}).status_code == 422
    assert at(house.aino, "prolong", round.pk, data={"closes_at": new}).status_code == 302
    assert queries.latest(("founding.canvas", 1)).closes_at > round.closes_at


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_says_that_answers_are_named(house, at, client, language):
    house.bjorn.language = language
    house.bjorn.save()
    marks = {"fi": "nimellinen", "sv": "med namn", "en": "named"}
    page = words(at(house.bjorn, "round", house.open().pk))
    assert marks[language] in page
    assert f'lang="{language}"' in page


def test_the_number_of_queries_does_not_grow_with_seats(house, client, django_assert_max_num_queries):
    from kutomo.core.consent.tests.conftest import SPEAK, organisation, person

    round = house.open()
    for number in range(12):
        who = person(f"Person {number}")
        networks.seat(
            by=house.aino, network=house.network, person=who, organisation=organisation(f"Org {number}"), mandate=SPEAK
        )
        actions.take(by=who, round=round, stance="object", harm=f"Harm {number}")
    client.force_login(house.bjorn)
    client.get(address := reverse("consent:round", args=["kynnyksen-yli", round.pk]))
    with django_assert_max_num_queries(12):
        client.get(address)
