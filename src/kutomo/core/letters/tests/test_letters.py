"""Sending, the budget, wishes, the one-press stop."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests import make

from kutomo.core.letters import actions, queries
from kutomo.core.letters.actions import Addressee
from kutomo.core.letters.models import Stop, Wish
from kutomo.core.people import actions as people
from kutomo.ground import clock, jobs
from kutomo.ground.mail.address import key_of
from kutomo.ground.mail.models import Letter, State

pytestmark = pytest.mark.django_db
LETTER = "mail/letters/test.md"
KIND = "mail.test"


def send(to, key="k1", **more):
    return actions.send(letter=LETTER, to=to, context={}, key=key, **more)


@pytest.fixture
def aino():
    return make.person("Aino Aalto", "aino@example.org")


def stop_path(row: Letter) -> str:
    assert row.unsubscribe
    return row.unsubscribe


def test_letter_leaves_in_the_readers_language_with_the_networks_name(aino):
    network = make.network(aino, "Kynnyksen yli")
    björn = make.person("Björn Berg", "bjorn@example.org", language="sv")
    mail.outbox.clear()
    send(Addressee.of(björn), network=network)
    jobs.run_ready()
    sent = mail.outbox[-1]
    assert sent.subject.startswith("[Kynnyksen yli] ")
    assert sent.extra_headers["Content-Language"] == "sv"
    assert 'lang="sv"' in sent.alternatives[0].content


def test_nobody_without_an_address_is_written_to():
    assert send(Addressee(email="", name="Paavo")) is None
    assert not Letter.objects.exists()


def test_one_nudge_a_week_over_all_networks(aino):
    first, second = make.network(aino, "Eka"), make.network(aino, "Toka")
    with clock.frozen("2026-02-03 10:00"):
        now = send(Addressee.of(aino), "n1", network=first, nudge=True)
        later = send(Addressee.of(aino), "n2", network=second, nudge=True)
        third = send(Addressee.of(aino), "n3", network=first, nudge=True)
        never = send(Addressee.of(aino), "n4", network=first, nudge=True)
        direct = send(Addressee.of(aino), "d1", network=first)
        jobs.run_ready()
        assert {row.key for row in Letter.objects.filter(state=State.SENT)} == {"n1", "d1"}
    assert now.not_before is None
    assert direct.slot == ""
    assert clock.local(later.not_before).isoformat() == "2026-02-09T08:00:00+02:00"
    assert clock.local(third.not_before).isoformat() == "2026-02-16T08:00:00+02:00"
    assert never is None  # three weeks later it would no longer be worth it
    with clock.frozen("2026-02-09 08:00"):
        jobs.run_ready()
    later.refresh_from_db()
    assert later.state == State.SENT


def test_same_nudge_twice_takes_one_place(aino):
    with clock.frozen("2026-02-03 10:00"):
        first = send(Addressee.of(aino), "n1", nudge=True)
        again = send(Addressee.of(aino), "n1", nudge=True)
    assert first == again
    assert Letter.objects.filter(slot__gt="").count() == 1


def test_in_july_a_nudge_is_dropped_not_stored_up(aino):
    with clock.frozen("2026-07-02 10:00"):
        assert send(Addressee.of(aino), nudge=True) is None
        assert send(Addressee.of(aino), "direct") is not None


def test_budget_follows_the_person_from_address_to_account():
    with clock.frozen("2026-02-03 10:00"):
        send(Addressee("uusi@example.org"), "n1", nudge=True)
        person = people.meet(email="uusi@example.org", name="Uusi")
        row = send(Addressee.of(person), "n2", nudge=True)
    assert clock.week(clock.local(row.not_before).date()) == (2026, 7)


def test_never_this_is_kept_and_can_be_taken_back(aino):
    to = Addressee.of(aino)
    actions.stop(recipient=to.key, kind=KIND)
    actions.stop(recipient=to.key, kind=KIND)
    assert send(to, "a") is None
    assert send(to, "b", stoppable=False) is not None
    actions.want(recipient=to.key, kind=KIND)
    assert send(to, "c") is not None


def test_never_this_drops_a_nudge_that_waits(aino):
    with clock.frozen("2026-02-07 10:00"):
        row = send(Addressee.of(aino), nudge=True)
        actions.stop(recipient=row.recipient, kind=KIND)
    row.refresh_from_db()
    assert (row.state, row.body) == (State.DROPPED, "")


def test_a_stop_given_as_an_address_holds_for_the_account():
    actions.stop(recipient=key_of("uusi@example.org"), kind=KIND)
    person = people.meet(email="uusi@example.org", name="Uusi")
    assert send(Addressee.of(person)) is None


def test_one_press_stop_works_without_signing_in_and_without_a_page(aino, settings):
    row = send(Addressee.of(aino))
    client = Client(enforce_csrf_checks=True)
    answer = client.post(stop_path(row), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Stop.objects.get().kind == KIND
    assert "aino@example.org" not in answer.content.decode()


def test_opening_the_link_stops_nothing(aino):
    row = send(Addressee.of(aino))
    answer = Client().get(stop_path(row))
    assert answer.status_code == 200
    assert not Stop.objects.exists()
    assert "aino@example.org" not in answer.content.decode()


def test_the_stop_page_tells_nothing_about_whether_an_address_is_known(aino):
    known = send(Addressee.of(aino), "a")
    unknown = send(Addressee("tuntematon@example.org"), "b")
    bare = lambda page: re.sub(r'(csrfmiddlewaretoken" value="|/letters/stop/)[^"/]+', "", page)  # noqa: E731
    pages = [bare(Client().get(stop_path(row)).content.decode()) for row in (known, unknown)]
    assert pages[0] == pages[1]
    assert "example.org" not in known.unsubscribe + unknown.unsubscribe


def test_a_forged_link_is_refused():
    assert Client().post(reverse("letters:stop", args=["x:y:z"])).status_code == 404


def test_no_automatic_letters_at_all(aino):
    with clock.frozen("2026-02-07 10:00"):
        row = send(Addressee.of(aino), nudge=True)
        answer = Client().post(stop_path(row).rstrip("/") + "/all/")
        assert answer.status_code == 302
        row.refresh_from_db()
        assert row.state == State.DROPPED
        assert send(Addressee.of(aino), "n2", nudge=True) is None
        assert send(Addressee.of(aino), "d1") is not None


def test_page_of_wishes(aino, client, monkeypatch):
    monkeypatch.setitem(queries.PREVIEWS, LETTER, queries.Preview(LETTER, "koekirje", dict))
    client.force_login(aino)
    assert "Koekirje" in client.get(reverse("letters:wishes")).content.decode()
    answer = client.post(reverse("letters:wishes"), {"weekday": "4", "no_nudges": "", "stopped": [KIND]})
    assert answer.status_code == 302
    assert Wish.objects.get().weekday == 4
    assert send(Addressee.of(aino), "a") is None
    client.post(reverse("letters:wishes"), {"weekday": "0"})
    assert not Stop.objects.exists()
    with clock.frozen("2026-02-03 10:00"):
        assert send(Addressee.of(aino), "b", nudge=True).not_before is None


def test_wished_day_moves_the_nudge(aino):
    actions.wish(by=aino, weekday=4, no_nudges=False, stopped=[])
    with clock.frozen("2026-02-03 10:00"):
        row = send(Addressee.of(aino), nudge=True)
    assert clock.local(row.not_before).date() == dt.date(2026, 2, 5)


def test_only_operators_look_at_the_letters_of_the_house(aino, client, settings):
    address = reverse("letters:previews")
    client.force_login(aino)
    assert client.get(address).status_code == 403
    settings.DEMO = True
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_letter_of_the_house_can_be_looked_at(language, client, settings, aino):
    """Each in three languages: a one-line subject, absolute links, text that says what the HTML says."""
    from kutomo.ground.mail.tests.test_mail import same

    settings.DEMO = True
    client.force_login(aino)
    kinds = [one.kind for one in queries.previews()]
    assert kinds
    for kind in kinds:
        specimen = queries.specimen(kind, language)
        assert "\n" not in specimen.subject
        assert specimen.text.strip()
        same(specimen.text, specimen.html)
        links = re.findall(r'href="([^"]+)"', specimen.html)
        assert links
        assert all(link.startswith(("http://", "https://", "mailto:")) for link in links), (kind, links)
        assert client.get(reverse("letters:preview", args=[kind, language])).status_code == 200
        framed = client.get(reverse("letters:preview_html", args=[kind, language]))
        assert framed["X-Frame-Options"] == "SAMEORIGIN"
        assert "script" not in framed["Content-Security-Policy"]
