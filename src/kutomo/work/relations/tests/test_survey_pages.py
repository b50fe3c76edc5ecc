"""The survey's pages through the client: the letter's link, screens with and without a script, paper, leading."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests import make

from kutomo.core.access import Role
from kutomo.ground import clock
from kutomo.ground.mail.models import Letter
from kutomo.work.relations.actions import letters
from kutomo.work.relations.forms.survey import stamp
from kutomo.work.relations.models import Answer, Part, PrivateAnswer, PulseAnswer, ScreenTime, Wave
from kutomo.work.relations.queries import survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(opened):
    """The address in member 0's letter, without its host."""
    letter = Letter.objects.get(template=letters.INVITATION, email=opened.members[0].email)
    return re.search(r"/survey/[^)\s]+", letter.body)[0]


def post(client, address, **data):
    return client.post(address, data)


def test_consent_first_then_question_by_question(client, opened, link):
    page = client.get(link).content.decode()
    for words in ("Keiden kannattaisi tavata?", "Kuka näkee mitä", "Vain sinä näet vastauksesi luottamuksesta"):
        assert words in page
    assert client.get(f"{link}K/").status_code == 404  # nothing before consent
    assert post(client, link, csrfmiddlewaretoken="x").status_code == 422
    response = post(client, link, on_map="yes")
    assert response["Location"] == f"{link}K/"
    page = client.get(f"{link}K/").content.decode()
    assert "Järjestö 1 ry" in page
    assert "Järjestö 0 ry" not in page
    assert page.count("<fieldset") == page.count("<legend") == 7
    assert page.count('type="radio"') == 28
    assert page.count("Tiedämme, kenelle siellä soittaa") == 7


def test_the_whole_way_without_a_script(client, opened, link):
    post(client, link, on_map="yes")
    row = {n: f"s{opened.place(n).pk}" for n in range(1, 7)}
    response = post(client, f"{link}K/", **{row[1]: "3", row[2]: "0", row[3]: "1", "go": "next", "shown": stamp()})
    assert response["Location"] == f"{link}E/"
    response = post(client, f"{link}E/", **{row[1]: "2", row[3]: "0", "go": "next"})
    assert response["Location"] == f"{link}T/"
    response = post(client, f"{link}T/", **{row[1]: "9", "go": "next"})
    assert response["Location"] == f"{link}F/"
    response = post(client, f"{link}F/", go="back")
    assert response["Location"] == f"{link}T/"
    assert 'value="9" checked' in client.get(f"{link}T/").content.decode()
    assert post(client, f"{link}F/", go="next")["Location"] == f"{link}C/"
    assert post(client, f"{link}C/", **{row[1]: "1", "go": "next"})["Location"] == f"{link}pulse/"
    response = post(client, f"{link}pulse/", s1="5", s2="9", go="next")
    assert response["Location"] == f"{link}own/"
    page = client.get(response["Location"]).content.decode()
    assert "Järjestö 1 ry" in page
    assert Part.objects.get().finished_at
    assert (Answer.objects.count(), PrivateAnswer.objects.count(), PulseAnswer.objects.count()) == (3, 1, 2)
    assert set(ScreenTime.objects.values_list("screen", flat=True)) == {"K"}  # the others sent no stamp


def test_screens_with_nobody_to_ask_about_are_passed_over(client, opened, link):
    post(client, link, on_map="no")
    one = f"s{opened.place(1).pk}"
    response = post(client, f"{link}K/", **{one: "0", "go": "next"})
    assert response["Location"] == f"{link}pulse/"
    assert post(client, f"{link}pulse/", go="back")["Location"] == f"{link}K/"


def test_every_tap_is_kept_and_one_goes_on_where_one_was(client, opened, link):
    post(client, link, on_map="yes")
    one, two = opened.place(1).pk, opened.place(2).pk
    assert post(client, f"{link}K/keep/", **{f"s{one}": "2"}).status_code == 204
    assert post(client, f"{link}K/keep/", **{f"s{two}": "1", f"s{one}": "3"}).status_code == 204
    assert post(client, f"{link}K/keep/", **{f"s{two}": ""}).status_code == 204
    assert dict(Answer.objects.values_list("about", "knows")) == {one: 3, two: None}
    assert post(client, link, on_map="yes")["Location"] == f"{link}K/"
    post(client, f"{link}K/", go="rest")
    assert post(client, link, on_map="yes")["Location"] == f"{link}E/"  # another device goes on there
    assert post(client, f"{link}E/", go="later")["Location"] == link


@pytest.mark.parametrize(
    ("code", "data", "status"),
    [
        ("K", {"s{1}": "7"}, 409),
        ("K", {"s{1}": "monta"}, 409),
        ("K", {"s{0}": "2"}, 409),  # one's own row
        ("K", {"s999999": "2"}, 409),
        ("T", {"s{1}": "0"}, 409),
        ("X", {}, 404),
        ("pulse", {"s7": "1"}, 409),
        ("pulse", {"s1": "6"}, 409),
        ("K", {"s²": "1", "muu": "x"}, 204),  # what is no answer is passed over
    ],
)
def test_bad_input_is_told_clearly(client, opened, link, code, data, status):
    post(client, link, on_map="yes")
    named = {name.format(*(opened.place(n).pk for n in range(3))): value for name, value in data.items()}
    response = client.post(f"{link}{code}/keep/", named)
    assert response.status_code == status
    assert not Answer.objects.exists()


def test_a_closed_survey_says_so(client, opened, link):
    post(client, link, on_map="yes")
    one = f"s{opened.place(1).pk}"
    post(client, f"{link}K/", **{one: "2", "go": "next"})
    opened.close()
    response = post(client, f"{link}K/keep/", **{one: "3"})
    assert response.status_code == 409
    assert "Kysely on päättynyt" in response.content.decode()
    assert client.get(link).status_code == 200
    assert client.get(f"{link}own/").status_code == 200
    assert Answer.objects.get().knows == 2


def test_broken_foreign_and_old_links(client, opened, link):
    assert client.get("/survey/rikki/").status_code == 404
    other = survey.link_for(opened.members[1], opened.wave)
    assert client.get(reverse("relations:screen", args=[other, "K"])).status_code == 404  # has not begun
    with clock.frozen(opened.wave.closes_on + timedelta(days=60)):
        assert client.get(link).status_code == 409


def test_signed_in_one_comes_in_from_the_waves_page(client, opened):
    client.force_login(opened.members[2])
    net = opened.network.slug
    assert "Vastaa viidessä minuutissa" in client.get(reverse("relations:wave", args=[net, 1])).content.decode()
    response = client.get(reverse("relations:answer", args=[net]))
    assert response.status_code == 302
    assert "Jäsen 2" in client.get(response["Location"]).content.decode()


def test_last_time_is_marked_and_kept_by_one_button(client, opened):
    opened.answer(0, knows={1: 3, 2: 0})
    opened.close()
    opened.open()
    token = survey.link_for(opened.members[0], opened.wave)
    start = reverse("relations:survey", args=[token])
    post(client, start, on_map="yes")
    page = client.get(f"{start}K/").content.decode()
    assert page.count("viimeksi") >= 2
    assert " checked" not in page
    post(client, f"{start}K/", go="earlier")
    assert client.get(f"{start}K/").content.decode().count(" checked") == 2


def test_search_groups_and_the_rest(client, opened, link):
    from kutomo.core.organisations.models import Organisation

    Organisation.objects.filter(name="Järjestö 3 ry").update(kind="public")
    for n in range(4):
        make.member(opened.network, f"Lisä {n}", make.organisation(f"Lisä {n} ry"))
    opened.close()
    opened.open()
    start = reverse("relations:survey", args=[survey.link_for(opened.members[0], opened.wave)])
    post(client, start, on_map="yes")
    page = client.get(f"{start}K/").content.decode()
    headings = re.findall(r"<h2[^>]*>([^<]+) <span", page)
    assert [words.strip() for words in headings] == ["Yhdistys", "Julkinen toimija", "Yksityishenkilöt"]
    assert 'type="search"' in page
    assert "Emme tunne</button>" in page


def test_paper_from_print_to_stored(client, opened):
    recorder = make.holder(opened.network, Role.RECORDER, "Kirjuri")
    client.force_login(recorder)
    net = opened.network.slug
    page = client.get(reverse("relations:paper_form", args=[net, 1])).content.decode()
    assert "Järjestö 5 ry" in page
    assert "näkee, mitä siihen kirjoitat" in page
    paper = reverse("relations:paper", args=[net, 1])
    assert post(client, paper, person="").status_code == 422
    start = post(client, paper, person=str(opened.members[0].pk))["Location"]
    assert "Jäsen 0" in client.get(start).content.decode()
    post(client, start, on_map="no")
    one = f"s{opened.place(1).pk}"
    post(client, f"{start}K/", **{one: "0", "go": "next"})
    done = post(client, f"{start}pulse/", go="next")
    assert "Lomake on tallessa" in client.get(done["Location"]).content.decode()
    assert client.get(f"{start}K/").status_code == 403  # not a second look
    part = Part.objects.get()
    assert (part.person, part.recorded_by) == (opened.members[0], recorder)
    assert "Jäsen 0" not in client.get(paper).content.decode()
    member = reverse("relations:survey", args=[survey.link_for(opened.members[0], opened.wave)])
    assert client.get(f"{member}K/").status_code == 200


def test_a_recorder_who_is_not_one_any_more_gets_no_further(client, opened):
    recorder = make.holder(opened.network, Role.RECORDER, "Kirjuri")
    token = survey.paper_link(recorder, opened.wave, opened.members[0])
    recorder.role_terms.update(until=clock.today())
    assert client.get(reverse("relations:survey", args=[token])).status_code == 403


def test_leading_through_the_pages(client, asked):
    client.force_login(asked.leader)
    net = asked.network.slug
    day = clock.today()
    plan = {"purpose": "Miksi", "opens_on": day, "closes_on": day + timedelta(days=10), "form": "organisation"}
    assert post(client, reverse("relations:plan", args=[net]), **(plan | {"closes_on": day})).status_code == 422
    assert post(client, reverse("relations:plan", args=[net]), **plan, asks_trust="no").status_code == 302
    wave = Wave.objects.get()
    assert (wave.asks_trust, wave.asks_pulse, wave.shows_answered) == (False, False, False)
    change = reverse("relations:change", args=[net, 1])
    assert post(client, change, **plan, asks_trust="", shows_answered="on").status_code == 302
    wave.refresh_from_db()
    assert (wave.asks_trust, wave.shows_answered) == (True, True)
    assert post(client, reverse("relations:open", args=[net, 1])).status_code == 302
    assert post(client, change, closes_on=day + timedelta(days=12)).status_code == 302
    page = client.get(reverse("relations:wave", args=[net, 1])).content.decode()
    assert "Vastannut 0/8" in page
    assert post(client, reverse("relations:close", args=[net, 1])).status_code == 302
    wave.refresh_from_db()
    assert wave.is_closed
    assert client.get(reverse("relations:waves", args=[net])).status_code == 200


def test_a_plan_is_only_for_those_who_lead(client, asked):
    asked.plan()
    client.force_login(asked.members[0])
    assert client.get(reverse("relations:wave", args=[asked.network.slug, 1])).status_code == 404
    assert client.get(reverse("relations:change", args=[asked.network.slug, 1])).status_code == 404


def test_withdrawing_through_the_page(client, opened):
    opened.answer(0, knows={1: 2})
    client.force_login(opened.members[0])
    address = reverse("relations:withdraw", args=[opened.network.slug, 1])
    assert post(client, address).status_code == 302
    assert not Part.objects.exists()
    assert post(client, address).status_code == 409


def test_me_and_the_map(client, opened):
    client.force_login(opened.members[0])
    address = reverse("relations:map_wish", args=[opened.network.slug])
    assert post(client, address, on_map="no").status_code == 302
    assert opened.place(0).on_map is False
    chosen = re.findall(r'<input[^>]*name="on_map"[^>]*checked[^>]*>', client.get(address).content.decode())
    assert len(chosen) == 1
    assert 'value="no"' in chosen[0]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_three_languages(client, opened, link, language):
    post(client, link, on_map="yes")
    page = client.get(f"{link}K/", headers={"accept-language": language}).content.decode()
    asked = {"fi": "Kuinka hyvin tunnemme", "sv": "Hur väl känner vi", "en": "How well do we know"}[language]
    assert asked in page.replace("\xad", "")
