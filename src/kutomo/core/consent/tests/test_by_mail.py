"""The link in a letter: one tap, one confirmation, nobody else's voice."""

import re

import pytest
from django.urls import reverse

from kutomo.core.consent import actions, tasks
from kutomo.core.consent.models import Voice
from kutomo.core.people import queries as people
from kutomo.ground.clock import frozen
from kutomo.ground.mail.models import Letter


def link(house, round, who, stance: str = "") -> str:
    token = people.token_for(who, purpose="consent.stance", target=str(round.pk))
    address = reverse("consent:by_mail", args=[house.network.slug, round.pk, token])
    return f"{address}?stance={stance}" if stance else address


def test_opening_writes_to_every_seat_but_not_to_the_opener(house):
    house.open()
    letters = Letter.objects.filter(template="consent/letters/opened.md")
    assert {row.recipient for row in letters} == {
        f"person:{who.pk}" for who in (house.bjorn, house.disa, house.eeva, house.unto)
    }


def test_in_a_meeting_nobody_is_written_to(house):
    house.open(tell=False)
    assert not Letter.objects.exists()


def test_the_letters_links_lead_to_the_stance(house, client):
    house.open()
    body = Letter.objects.get(recipient=f"person:{house.unto.pk}").body.replace("\\", "")
    found = re.search(r"\((?:http://[^/]+)(/n/[^)]+stance=can_live)\)", body)
    page = client.get(found[1])
    assert page.status_code == 200
    assert re.search(r'value="can_live"[^>]*checked', page.content.decode())


def test_opening_the_link_says_nothing_and_the_button_does(house, client):
    round = house.open()
    address = link(house, round, house.unto, "support")
    assert client.get(address).status_code == 200
    assert not Voice.objects.exists()
    assert client.post(address, {"stance": "support", "seen": 0}).status_code == 302
    assert Voice.objects.get().taken_by == house.unto


def test_an_objection_by_link_keeps_its_two_answers(house, client):
    round = house.open()
    data = {"stance": "object", "harm": "Harm", "change": "Change", "seen": 0}
    client.post(link(house, round, house.unto), data)
    assert (Voice.objects.get().harm, Voice.objects.get().is_blocking) == ("Harm", True)


def test_a_link_is_good_for_its_own_round_only(house, client):
    round, other = house.open(), house.open(thing=("founding.canvas", 2))
    token = people.token_for(house.unto, purpose="consent.stance", target=str(round.pk))
    wrong = reverse("consent:by_mail", args=[house.network.slug, other.pk, token])
    for address in (wrong, wrong.replace(token, token[:-2] + "xx"), wrong.replace(token, "x")):
        response = client.get(address)
        assert 400 <= response.status_code < 500
        assert client.post(address, {"stance": "support"}).status_code == response.status_code
    assert not Voice.objects.exists()


def test_an_old_link_is_refused(house, client, later):
    address = link(house, house.open(), house.unto)
    with frozen(later(days=31)):
        assert 400 <= client.get(address).status_code < 500


def test_somebody_who_left_cannot_answer_by_an_old_link(house, client):
    from kutomo.core.consent import queries
    from kutomo.core.networks import actions as networks

    round = house.open()
    address = link(house, round, house.unto)
    networks.leave(by=house.unto, chair=queries.chairs(house.unto, house.network)[0].seat)
    assert client.get(address).status_code == 404
    assert client.post(address, {"stance": "support"}).status_code == 404


def test_after_closing_the_link_shows_the_result(house, client, later):
    round = house.open()
    for who in (house.aino, house.bjorn, house.unto):
        actions.take(by=who, round=round, stance="support")
    address = link(house, round, house.unto)
    with frozen(later(days=8)):
        actions.close(by=None, round=round)
        page = client.get(address)
    assert page.status_code == 200
    assert 'name="stance"' not in page.content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_letters_are_written_in_the_readers_language(house, language):
    house.unto.language = language
    house.unto.save()
    house.open()
    letter = Letter.objects.get(recipient=f"person:{house.unto.pk}")
    start = {"fi": "Hei ", "sv": "Hej ", "en": "Hello "}[language]
    assert letter.body.startswith(start)
    assert "\n" not in letter.subject


def test_the_reminder_goes_once_and_only_to_those_who_have_not_spoken(house):
    round = house.open()  # on Monday 2 February at ten, until Monday the ninth
    actions.take(by=house.bjorn, round=round, stance="support")
    for moment in ("2026-02-03 10:00", "2026-02-08 10:00", "2026-02-08 11:00", "2026-02-10 10:00"):
        with frozen(moment):
            tasks.remind()
    reminded = Letter.objects.filter(template="consent/letters/reminder.md")
    assert {row.recipient for row in reminded} == {f"person:{who.pk}" for who in (house.aino, house.eeva, house.unto)}
    assert reminded.count() == 3
