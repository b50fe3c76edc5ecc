"""Mutual help through the browser's eyes: asked, answered, agreed, given, confirmed, told; and bad input."""

import pytest
from django.urls import reverse

from kutomo.ground.mail.models import Letter
from kutomo.work.exchange.models import Area, Listing, Task


def address(name, house, *args):
    return reverse(f"exchange:{name}", args=[house.network.slug, *args])


def form(house, seat, person, **facts):
    given = {"title": "Kuljettaja muistikahvilaan", "text": "Kuusi kävijää torstaina.", "area": "transport"}
    given |= {"effort": "s", "where": "either", "hands": "1", "language": "fi", "seat": seat(person).pk}
    return given | facts


def test_from_a_need_to_thanks(house, seat, enter):
    cia, dan = enter(house.cia), enter(house.dan)
    done = cia.post(address("post", house, "need"), form(house, seat, house.cia))
    need = Listing.objects.get()
    assert done["Location"] == need.get_absolute_url()
    assert "Kuljettaja" in dan.get(address("board", house)).content.decode()
    words = {"words": "Auto ja kuski torstaina.", "seat": seat(house.dan).pk}
    assert dan.post(address("propose", house, need.pk), words).status_code == 302
    task = Task.objects.get()
    place = address("step", house, task.pk)
    page = cia.get(task.get_absolute_url()).content.decode()
    assert "Auto ja kuski" in page
    assert house.dan.email not in page
    cia.post(place, {"deed": "accept", "version": "1"})
    dan.post(place, {"deed": "deliver"})
    cia.post(place, {"deed": "confirm"})
    task.refresh_from_db()
    assert task.state == "completed"
    marks = {"result": "3", "timing": "3", "process": "3", "words": "Kolme uutta kävijää.", "may_show": "on"}
    for client in (cia, dan):
        assert client.post(address("feedback", house, task.pk), marks).status_code == 302
    assert "Kolme uutta kävijää." in dan.get(address("board", house)).content.decode()
    for letter in Letter.objects.all():
        other = house.dan if letter.email == house.cia.email else house.cia
        assert other.email not in letter.body


def test_what_two_agree_on_is_nobody_elses(house, enter, answered):
    task = answered()
    for person in (house.aino, house.eva, house.oskari):
        assert enter(person).get(task.get_absolute_url()).status_code == 404
        page = enter(person).get(task.listing.get_absolute_url()).content.decode()
        assert "Auto ja kuski torstaina." not in page
        log = enter(person).get(reverse("home:log", args=[house.network.slug])).content.decode()
        assert "Vastasit" not in log


def test_the_box_comes_when_the_words_ask_for_it(house, seat, enter):
    client, place = enter(house.cia), address("post", house, "need")
    assert 'name="read_again"' not in client.get(place).content.decode()
    facts = form(house, seat, house.cia, text="Asiakkaan puolesta: 040 123 4567")
    again = client.post(place, facts)
    assert again.status_code == 422
    assert 'name="read_again"' in again.content.decode()
    assert client.post(place, facts | {"read_again": "on"}).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"title": "x" * 500}, {"area": "kuu"}, {"hands": "0"}, {"hands": "nolla"}, {"ends_on": "31.2."},
        {"ends_on": "2001-01-01"}, {"seat": "999999"}, {"target": "999999"}, {"language": "xx"},
    ],
)  # fmt: skip
def test_bad_forms_are_shown_again_with_words(house, seat, enter, wrong):
    answer = enter(house.cia).post(address("post", house, "need"), form(house, seat, house.cia) | wrong)
    assert answer.status_code == 422
    assert 'class="error' in answer.content.decode() or "aria-invalid" in answer.content.decode()


def test_lists_and_filters(house, enter, listed):
    for number in range(30):
        listed(title=f"Pyyntö {number:02}", text="Apua", area="ict" if number % 2 else "finance")
    client = enter(house.dan)
    place = address("listings", house, "need")
    assert client.get(place).content.decode().count('class="row-title"') == 25
    assert client.get(place, {"page": "2"}).content.decode().count('class="row-title"') == 5
    assert client.get(place, {"area": "ict"}).content.decode().count('class="row-title"') == 15
    assert client.get(place, {"words": "29"}).content.decode().count('class="row-title"') == 1
    for odd in ({"area": "x" * 900}, {"words": "%_'\"" * 50}, {"page": "-1"}, {"page": "kaksi"}, {"show": "kaikki"}):
        assert client.get(place, odd).status_code == 200
    assert client.get(address("listings", house, "kumpikaan")).status_code == 404
    listed(by=house.dan, side="offer", title="Kone kuntoon", text="Keskiviikkoisin", area="ict")
    board = client.get(address("board", house)).content.decode()
    assert "on-sun" in board  # a pair that fits


def test_own_page_and_figures(house, enter, helped):
    helped()
    page = enter(house.dan).get(address("mine", house)).content.decode()
    assert "Annettu 1, saatu 0" in page
    assert "Annettu" not in enter(house.aino).get(address("figures", house)).content.decode()
    assert "Dan ry" not in enter(house.aino).get(address("figures", house)).content.decode()


def test_moves_and_off_the_board(house, enter, listed):
    need = listed()
    client = enter(house.cia)
    client.post(address("move", house, need.pk), {"deed": "pause"})
    need.refresh_from_db()
    assert need.state == "paused"
    assert client.post(address("move", house, need.pk), {"deed": "räjäytä"}).status_code == 302
    client.post(address("move", house, need.pk), {"deed": "renew"})
    lead = enter(house.aino)
    assert lead.post(address("moderate", house, need.pk), {"reason": ""}).status_code == 422
    lead.post(address("moderate", house, need.pk), {"reason": "Kertoi asiakkaan nimen."})
    assert enter(house.dan).get(need.get_absolute_url()).status_code == 404
    assert "Kertoi asiakkaan nimen" in Letter.objects.get(template="exchange/letters/listing.md").body


def test_change_with_an_old_form(house, seat, enter, listed):
    need = listed()
    client, place = enter(house.cia), address("change", house, need.pk)
    facts = form(house, seat, house.cia, title="Uusi nimi", seen="1")
    assert client.get(place).status_code == 200
    assert client.post(place, facts).status_code == 302
    assert client.post(place, facts).status_code == 422


def test_the_operator_settles_the_areas(house, enter):
    house.aino.is_operator = True
    house.aino.save()
    client = enter(house.aino)
    names = {"fi": "Lemmikit", "sv": "Husdjur", "en": "Pets"}
    assert client.post(reverse("exchange:areas"), names).status_code == 302
    assert client.post(reverse("exchange:areas"), names).status_code == 422
    assert "Lemmikit" in client.get(reverse("exchange:areas")).content.decode()
    client.post(reverse("exchange:area", args=["pets"]), names | {"rests": "on"})
    assert Area.objects.get().rests
    assert "Lemmikit" not in enter(house.cia).get(address("post", house, "need")).content.decode()
    assert client.get(reverse("exchange:area", args=["tuntematon"])).status_code == 404
