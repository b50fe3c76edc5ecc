"""The nursery through the browser's eyes."""

import re

import pytest
from django.urls import reverse

from kutomo.work.ideas import actions
from kutomo.work.ideas.models import Idea


def address(name, house, *args):
    return reverse(f"ideas:{name}", args=[house.network.slug, *args])


def fields(client, place, **facts):
    code = re.search(r'name="code" value="([^"]+)"', client.get(place).content.decode())
    given = {"title": "Soittorinki", "text": "Vuorotellen.", "maturity": "spark", "signed": "named", "language": "fi"}
    return given | ({"code": code[1]} if code else {}) | facts


def test_share_answer_build(house, enter):
    cia, dan = enter(house.cia), enter(house.dan)
    place = address("plant", house)
    done = cia.post(place, fields(cia, place, wants=["questions"]))
    idea = Idea.objects.get()
    assert done["Location"] == idea.get_absolute_url()
    assert "Soittorinki" in dan.get(address("ideas", house)).content.decode()
    page = dan.get(idea.get_absolute_url()).content.decode()
    assert 'value="ask"' in page
    assert 'value="judge"' not in page
    given = {"kind": "ask", "text": "Kuka aloittaa?", "language": "fi"}
    assert dan.post(address("reply", house, idea.pk), given).status_code == 302
    assert dan.post(address("reply", house, idea.pk), given | {"kind": "judge"}).status_code == 422
    place = address("build", house, idea.pk)
    assert dan.post(place, fields(dan, place, title="Pilotti")).status_code == 422
    assert dan.post(place, fields(dan, place, title="Pilotti", credit="Cian ringistä")).status_code == 302
    assert "Pilotti" in cia.get(idea.get_absolute_url()).content.decode()


def test_an_anonymous_idea_gives_its_code_once(house, enter):
    client, place = enter(house.cia), address("plant", house)
    facts = fields(client, place, signed="anonymous")
    shown = client.post(place, facts)
    idea = Idea.objects.get()
    assert facts["code"] in shown.content.decode()
    page = enter(house.aino).get(idea.get_absolute_url()).content.decode()
    assert "Cia" not in page
    assert facts["code"] not in page
    assert facts["code"] not in str(dict(client.session.items()))
    change = {"title": "Uusi", "text": "Sanat", "maturity": "sketch", "seen": "1"}
    place = address("change", house, idea.pk)
    assert client.get(place).status_code == 200
    assert client.post(place, change | {"code": "väärä koodi tämä"}).status_code == 422
    assert client.post(place, change | {"code": facts["code"]}).status_code == 302


def test_shelf_filters_and_pages(house, enter, planted):
    for number in range(23):
        planted(title=f"Idea {number:02}", maturity="ready" if number < 3 else "spark")
    client = enter(house.dan)
    assert client.get(address("ideas", house)).content.decode().count('class="row-title"') == 20
    assert client.get(address("ideas", house), {"page": "2"}).content.decode().count('class="row-title"') == 3
    assert client.get(address("ideas", house), {"maturity": "ready"}).content.decode().count('class="row-title"') == 3
    for odd in ({"maturity": "x" * 500}, {"words": "%_'" * 90}, {"page": "kaksi"}):
        assert client.get(address("ideas", house), odd).status_code == 200


def test_harm_in_the_pages(house, enter, planted):
    idea = planted()
    lead = enter(house.aino)
    assert lead.post(address("harm", house, idea.pk), {"reason": ""}).status_code == 422
    lead.post(address("harm", house, idea.pk), {"reason": "Kertoo sairaudesta."})
    assert "Kertoo sairaudesta." in enter(house.dan).get(idea.get_absolute_url()).content.decode()
    assert enter(house.dan).post(address("judge", house, idea.pk), {"harmful": "yes"}).status_code == 302
    assert enter(house.dan).get(idea.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("wrong", [{"title": ""}, {"text": "x" * 601}, {"maturity": "resting"}, {"signed": "kuka"}])
def test_bad_forms_are_shown_again(house, enter, wrong):
    client, place = enter(house.cia), address("plant", house)
    assert client.post(place, fields(client, place) | wrong).status_code == 422
    assert not Idea.objects.exists()


def test_wake(house, enter, planted):
    idea = planted()
    Idea.objects.filter(pk=idea.pk).update(maturity="resting", rested_from="sketch")
    client = enter(house.dan)
    assert client.post(address("wake", house, idea.pk)).status_code == 302
    assert client.post(address("wake", house, idea.pk)).status_code == 409
    assert actions.change(by=house.cia, idea=idea, seen=2, title="A", text="B", maturity="ready").maturity == "ready"
