"""The pages: what each of them shows to whom, in how many queries, and the link in a letter."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kutomo.core.people import queries as people
from kutomo.ground.clock import today
from kutomo.work.commitments import actions as commitments
from kutomo.work.introductions import actions, queries, tasks
from kutomo.work.introductions.models import KeptStrip
from kutomo.work.introductions.rules import blocks
from kutomo.work.introductions.rules.blocks import Block

pytestmark = pytest.mark.django_db


def source(world, person, rest=""):
    response = world.client(person).get(world.url(rest))
    assert response.status_code == 200
    return response.content.decode()


def link(world, row, number):
    side = world.side(row, number)
    token = people.token_for(side.person, purpose=actions.ANSWER, target=actions.target_of(side))
    return f"/introduction/{token}/"


def test_the_first_page_says_why_there_is_nothing(bare):
    text = source(bare, bare.weaver)
    assert "ensimmäisen kyselyn" in text
    assert "ei vielä tarpeeksi tietoa" in text
    assert queries.index(bare.weaver, bare.network).offered.why == "no_report"


def test_whoever_introduces_sees_all_suggestions_a_member_the_own(world):
    every = {card.suggestion.pair for card in queries.index(world.weaver, world.network).offered.cards}
    assert every
    for number, person in enumerate(world.people):
        seat = world.seat(number).pk
        cards = queries.index(person, world.network).offered.cards
        if number:
            assert all(seat in card.suggestion.pair or seat in card.suggestion.contacts for card in cards)
            assert all(not card.may_write or seat in card.suggestion.contacts for card in cards)


def test_the_first_page_takes_at_most_twelve_queries(world):
    world.asked(1, 2)
    client = world.client(world.people[0])
    with CaptureQueriesContext(connection) as few:
        client.get(world.url())
    for pair in ((3, 4), (1, 5), (2, 6)):
        actions.write(by=world.weaver, network=world.network, words="Hei.", **world.pair(*pair))
    with CaptureQueriesContext(connection) as many:
        client.get(world.url())
    assert len(few) <= 12
    assert len(many) == len(few)


def test_writing_shows_the_letters_and_keeps_nothing_until_told(world):
    pair = world.pair(1, 2)
    path = f"write/{pair['a']}/{pair['b']}/"
    assert "Tutustukaa pian" not in source(world, world.weaver, path)
    client = world.client(world.weaver)
    looked = client.post(world.url(path), {"words": "Tutustukaa pian.", "look": "1"})
    assert looked.content.decode().count("Tutustukaa pian.") == 3
    assert queries.index(world.weaver, world.network).lines.paginator.count == 0
    kept = client.post(world.url(path), {"words": "Tutustukaa pian."})
    assert kept.status_code == 302
    assert client.post(world.url(path), {"words": " "}).status_code == 422
    assert client.get(world.url("write/1/1/")).status_code in (404, 409)


def test_needs_of_cards_are_reasons(world):
    leader = world.people[0]
    commitments.note_acquaintance_round(by=leader, network=world.network, held_on=today())
    commitments.write(
        by=world.people[1], network=world.network, seeks="Kuljettajia torstaiksi", brings="x", hours="0-1"
    )
    commitments.write(by=world.people[2], network=world.network, brings="Kuljettajan ja auton", hours="0-1")
    found = queries.writing(world.weaver, world.network, **world.pair(1, 2))
    assert any("Kuljettajia torstaiksi" in reason for reason in found.reasons)
    assert "Kuljettajan ja auton" in found.words


def test_the_link_answers_without_signing_in(world):
    row = world.asked()
    client, address = Client(headers={"accept-language": "fi"}), link(world, row, 1)
    assert "Tulisitte hyvin toimeen" in client.get(address).content.decode()
    assert world.side(row, 1).reply == ""  # looking is not answering
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"says": "yes"}).status_code == 302
    assert world.side(row, 1).reply == "yes"
    assert world.people[2].email not in client.get(address).content.decode()
    Client().post(link(world, row, 2), {"says": "yes"})
    assert world.people[2].email in client.get(address).content.decode()
    assert client.post(address, {"came": "knows"}).status_code == 302
    assert world.side(row, 1).knows


def test_a_link_opens_nothing_else(world):
    row, other = world.asked(), world.asked(3, 4)
    side = world.side(other, 3)
    wrong = people.token_for(world.people[1], purpose="introductions.other", target=actions.target_of(side))
    assert Client().get(f"/introduction/{wrong}/").status_code == 404
    assert Client().get("/introduction/rubbish/").status_code == 404
    stranger = people.token_for(world.people[5], purpose=actions.ANSWER, target=actions.target_of(world.side(row, 1)))
    assert "Tulisitte hyvin" not in Client().get(f"/introduction/{stranger}/").content.decode()
    assert Client().post(f"/introduction/{stranger}/", {"says": "yes"}).status_code in (403, 409)
    assert world.side(row, 1).reply == ""


def test_a_third_member_sees_nothing_of_it(world):
    row = world.asked()
    assert world.client(world.people[5]).get(world.url(f"{row.pk}/")).status_code == 404
    assert "Järjestö 01 ry – Järjestö 02 ry" not in source(world, world.people[5])


def test_the_deeds_of_the_pages(world):
    client = world.client(world.weaver)
    row = actions.write(by=world.weaver, network=world.network, words="Hei.", **world.pair(1, 2))
    for deed, state in (("send", "leaving"), ("take-back", "draft"), ("drop", "dropped")):
        assert client.post(world.url(f"{row.pk}/{deed}/")).status_code == 302
        row.refresh_from_db()
        assert row.state == state
    pair = world.pair(3, 4)
    client.post(world.url(f"lay-aside/{pair['a']}/{pair['b']}/"), {"for_good": "1"})
    assert "pysyvästi" in source(world, world.weaver, "laid-aside/")
    rest = queries.laid_aside(world.weaver, world.network).get()
    client.post(world.url(f"laid-aside/{rest.pk}/back/"))
    assert not queries.laid_aside(world.weaver, world.network).exists()
    member = world.client(world.people[5])
    assert member.post(world.url("wish/"), {"seat": world.seat(1).pk, "words": "Siksi."}).status_code == 302
    wish = queries.index(world.weaver, world.network).wishes[0].row
    assert "Siksi." in source(world, world.weaver)
    assert member.post(world.url(f"{wish.pk}/wish-back/")).status_code == 302


def test_a_member_answers_and_tells_in_the_product(world):
    row = world.asked()
    client = world.client(world.people[1])
    assert client.post(world.url(f"{row.pk}/reply/"), {}).status_code == 422
    assert client.post(world.url(f"{row.pk}/reply/"), {"says": "yes"}).status_code == 302
    actions.reply(by=world.people[2], side=world.side(row, 2), says="yes")
    assert world.people[2].email in source(world, world.people[1], f"{row.pk}/")
    assert client.post(world.url(f"{row.pk}/tell/"), {}).status_code == 422
    assert client.post(world.url(f"{row.pk}/tell/"), {"came": "both"}).status_code == 302
    assert world.side(row, 1).did


def test_figures_of_introductions_wait_for_five(world):
    world.met(1, 2)
    assert queries.index(world.people[3], world.network).result is None


def test_the_strip_is_read_at_night_and_shown_at_home(world):
    assert queries.kept_strip(world.network) == []
    tasks.read_blocks()
    found = queries.kept_strip(world.network)
    assert [one.block for one in found] == list(Block)
    kept = blocks.from_json(KeptStrip.objects.get().readings)
    assert kept.readings[Block.KNOWING][0].n > 0
    home = world.client(world.people[1]).get(f"/n/{world.network.slug}/").content.decode()
    assert 'id="blocks"' in home
    assert str(found[0].name) in home


def test_what_waits_is_told_at_home(world):
    world.asked()
    home = world.client(world.people[1]).get(f"/n/{world.network.slug}/").content.decode()
    assert "Haluaisitko tutustua johonkuhun" in home
