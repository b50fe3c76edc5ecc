"""The public join link: open, ask, decide, close."""

import pytest
from django.test import Client
from django.urls import reverse

from kutomo.core.activity.models import Event
from kutomo.core.networks import queries as networks
from kutomo.core.people.models import Person
from kutomo.ground.errors import NotAllowed, RuleBroken, TooMany
from kutomo.ground.mail.models import Letter
from kutomo.work.candidates import actions
from kutomo.work.candidates.actions import joining
from kutomo.work.candidates.models import JoinLink, JoinRequest

pytestmark = pytest.mark.django_db

ASK = {
    "name": "Nea Niemi",
    "email": "nea@koti.example",
    "language": "sv",
    "organisation_name": "Naapurit ry",
    "municipality": "Espoo",
    "answer_0": "Asun vieressä.",
}


def url(cast, name, *args):
    return reverse(f"candidates:{name}", args=[cast.network.slug, *args])


@pytest.fixture
def link(cast):
    return actions.open_link(
        by=cast.aino, network=cast.network, questions=["Mikä vetää sinua?"], words="Tervetuloa.", reason="Haemme väkeä."
    )


def test_the_leader_opens_the_link_with_a_reason(leader, cast):
    address = url(cast, "join_link")
    assert leader.post(address, {"question_1": "Miksi?", "reason": ""}).status_code == 422
    leader.post(address, {"question_1": "Miksi?", "question_3": "Milloin?", "reason": "Haemme väkeä."})
    link = JoinLink.objects.get()
    assert (link.is_open, link.questions) == (True, ["Miksi?", "Milloin?"])
    line = Event.objects.get(kind="candidates.join_opened")
    assert (line.is_power, line.reason) == (True, "Haemme väkeä.")
    page = leader.get(address).content.decode()
    assert link.token in page
    assert "<svg" in page


def test_anybody_asks_and_both_sides_get_a_letter(cast, link):
    page = Client().get(reverse("candidates:join", args=[link.token]))
    assert page.status_code == 200
    assert "Mikä vetää sinua?" in page.content.decode()
    response = Client().post(reverse("candidates:join", args=[link.token]), ASK, follow=True)
    assert response.status_code == 200
    row = JoinRequest.objects.get()
    assert row.answers == [["Mikä vetää sinua?", "Asun vieressä."]]
    assert row.municipality == "049"
    assert Letter.objects.get(email="nea@koti.example").language == "sv"
    assert Letter.objects.filter(email="aino@example.org", template="candidates/letters/join_asked.md").exists()
    assert not networks.members(cast.network)[2:]  # asking is not joining


def test_asking_twice_corrects_the_first(link):
    for name in ("Nea", "Nea Niemi"):
        Client().post(reverse("candidates:join", args=[link.token]), ASK | {"name": name, "email": "NEA@koti.example"})
    assert JoinRequest.objects.get().name == "Nea Niemi"


@pytest.mark.parametrize("email", ["nea niemi@koti.example", "", "n\u00e4a@koti.example"])
def test_a_broken_address_is_told(link, email):
    response = Client().post(reverse("candidates:join", args=[link.token]), ASK | {"email": email})
    assert response.status_code == 422
    assert response.context["form"].errors["email"]


def test_a_closed_link_says_so(leader, cast, link):
    leader.post(url(cast, "close_link"), {"reason": "Olemme täynnä."})
    page = Client().get(reverse("candidates:join", args=[link.token]))
    assert page.status_code == 200
    assert 'name="email"' not in page.content.decode()
    assert Client().post(reverse("candidates:join", args=[link.token]), ASK).status_code == 422
    assert not JoinRequest.objects.exists()
    with pytest.raises(RuleBroken):
        actions.close_link(by=cast.aino, network=cast.network, reason="x")


def test_a_renewed_link_kills_the_old_one(leader, cast, link):
    leader.post(url(cast, "renew_link"), {"reason": "Osoite levisi väärään paikkaan."})
    assert Client().get(reverse("candidates:join", args=[link.token])).status_code == 404


def test_accepting_gives_a_seat_and_a_welcome(leader, cast, link):
    row = actions.ask(
        link=link, name="Nea Niemi", email="nea@koti.example", organisation_name="Naapurit ry", answers=["x"]
    )
    assert "Nea Niemi" in leader.get(url(cast, "requests")).content.decode()
    leader.post(url(cast, "accept", row.pk))
    person = Person.objects.get(email="nea@koti.example")
    assert networks.seat_of(person, cast.network).organisation.name == "Naapurit ry"
    assert Letter.objects.filter(email="nea@koti.example", template="candidates/letters/welcome.md").exists()
    assert leader.post(url(cast, "accept", row.pk)).status_code == 409


def test_declining_needs_a_reason_and_names_nobody(leader, cast, link):
    row = actions.ask(link=link, name="Nea Niemi", email="nea@koti.example", answers=["x"])
    assert leader.get(url(cast, "decline", row.pk)).status_code == 200
    leader.post(url(cast, "decline", row.pk), {"reason": "Eri teema.", "words": "Kiitos kysymästä."})
    line = Event.objects.get(kind="candidates.join_declined")
    assert line.is_power
    assert "Nea" not in line.sentence() + line.title
    assert "Kiitos kysymästä" in Letter.objects.get(template="candidates/letters/join_declined.md").body
    row.refresh_from_db()
    assert (row.state, row.reason) == ("declined", "Eri teema.")


def test_somebody_on_the_list_who_joins_by_the_link_is_seated(cast, candidate, link):
    row = actions.ask(link=link, name="Taisto", email="taisto@kaiku.example", answers=["x"])
    actions.accept(by=cast.aino, request=row)
    candidate.refresh_from_db()
    assert candidate.state == "seated"


def test_others_decide_nothing(client, cast, link):
    row = actions.ask(link=link, name="Nea", email="nea@koti.example", answers=["x"])
    client.force_login(cast.bjorn)
    for name in ("join_link", "close_link", "renew_link", "requests"):
        assert client.get(url(cast, name)).status_code == 403
    assert client.post(url(cast, "accept", row.pk)).status_code == 403
    with pytest.raises(NotAllowed):
        actions.decline(by=cast.bjorn, request=row, reason="x")
    client.force_login(cast.cecilia)
    assert client.post(url(cast, "accept", row.pk)).status_code == 404
    assert client.post(reverse("candidates:accept", args=[cast.elsewhere.slug, row.pk])).status_code == 404


def test_a_flood_of_requests_is_stopped(link, monkeypatch):
    monkeypatch.setattr(joining, "MOST_WAITING", 2)
    for number in range(2):
        actions.ask(link=link, name="N", email=f"n{number}@x.example", answers=["x"])
    with pytest.raises(TooMany):
        actions.ask(link=link, name="N", email="n3@x.example", answers=["x"])
