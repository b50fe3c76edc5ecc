"""Public links: signed, with an end, closed by the leader, told in the log, and never more than a member sees."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core import signing
from django.test import Client
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.netmap import actions, queries
from kutomo.work.netmap.models import MapLink

from .world import keep, report, seated


def link_of(hall, **facts) -> MapLink:
    usual = {"purpose": "Kaupungin hallitukselle", "days": 14}
    return actions.make_link(by=hall.leader, network=hall.network, **(usual | facts))


def test_whoever_has_it_reads_and_nobody_writes(hall):
    address = queries.address_of(link_of(hall))
    client = Client(headers={"accept-language": "en"})
    page = client.get(address)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "no-referrer"
    html = page.content.decode()
    assert "Järjestö 2 ry" in html
    assert f"/n/{hall.network.slug}/" not in html  # no way into the network's rooms
    base = address.partition("?")[0]
    for view in (
        "",
        "list/",
        "matrix/",
        "words/",
        f"member/{hall.seats[1]}/",
        "file/map.png",
        "file/ties.csv",
        "data/",
    ):
        assert client.get(base + view).status_code == 200, view
        assert client.post(base + view).status_code in (403, 405), view


def test_private_persons_have_no_name_in_public(hall):
    base = queries.address_of(link_of(hall)).partition("?")[0]
    client = Client(headers={"accept-language": "en"})
    for view in ("", "list/", "matrix/", "words/", "data/", "file/network.gexf"):
        text = client.get(f"{base}{view}?around=all").content.decode()
        assert "Aino Aalto" not in text, view
        assert "member 1" in text, view


def test_names_of_organisations_only_if_the_leader_says_so(hall):
    base = queries.address_of(link_of(hall, names=False)).partition("?")[0]
    for view in ("", "list/", "words/", "file/members.csv"):
        assert "Järjestö" not in Client().get(f"{base}{view}?around=all").content.decode()


def test_it_shows_no_more_ties_than_a_member_sees(hall):
    base = queries.address_of(link_of(hall)).partition("?")[0]
    inside = hall.client(hall.members[2]).get(f"{hall.base}/?around=all").content.decode()
    outside = Client().get(f"{base}?around=all").content.decode()
    ties = [set(re.findall(r'data-a="(\d+)" data-b="(\d+)"', text)) for text in (inside, outside)]
    assert ties[0] == ties[1] != set()


def test_who_has_answered_is_not_told_in_public(hall):
    told = [replace(member, answered=True) for member in seated(hall.network)]
    keep(hall.network, report(told, [(hall.seats[0], hall.seats[1], "works", 1, "both")], 3))
    base = queries.address_of(link_of(hall)).partition("?")[0]
    assert "Has answered" in hall.client().get(f"{hall.base}/list/?around=all").content.decode()
    assert "Has answered" not in Client(headers={"accept-language": "en"}).get(f"{base}list/").content.decode()


def test_a_later_wave_is_not_shown(hall):
    base = queries.address_of(link_of(hall)).partition("?")[0]
    people = seated(hall.network)
    keep(hall.network, report(people, [(hall.seats[6], hall.seats[7], "works", 3, "both")], 3))
    assert (
        f'data-a="{hall.seats[6]}" data-b="{hall.seats[7]}"'
        in hall.client().get(f"{hall.base}/?around=all").content.decode()
    )
    for query in ("around=all", "around=all&wave=3"):
        assert (
            f'data-a="{hall.seats[6]}" data-b="{hall.seats[7]}"' not in Client().get(f"{base}?{query}").content.decode()
        )


def test_its_end_is_its_end(hall):
    link = link_of(hall, days=7)
    address = queries.address_of(link)
    assert link.is_open_on(link.ends_on)
    assert Client().get(address).status_code == 200
    MapLink.objects.filter(pk=link.pk).update(ends_on=date(2020, 1, 1))
    gone = Client(headers={"accept-language": "en"}).get(address)
    assert gone.status_code == 409
    assert "Järjestö" not in gone.content.decode()
    for view in ("list/", "file/ties.csv", "data/"):
        assert Client().get(address.partition("?")[0] + view).status_code == 409


def test_closed_is_closed(hall):
    link = link_of(hall)
    address = queries.address_of(link)
    actions.close_link(by=hall.leader, network=hall.network, pk=link.pk)
    assert Client().get(address).status_code == 409
    with pytest.raises(RuleBroken):
        actions.close_link(by=hall.leader, network=hall.network, pk=link.pk)


def test_tampering_leads_nowhere(hall):
    link = link_of(hall)
    other = link_of(hall)
    token = queries.token_of(link)
    forged = [
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        token[1:],
        "x",
        signing.Signer(salt="netmap.link").sign_object(
            [other.pk, link.salt]
        ),  # another row's number with this row's salt
        signing.Signer(salt="people.token.netmap").sign_object([link.pk, link.salt]),
        signing.Signer(salt="netmap.link").sign_object("netmap"),
        signing.Signer(salt="netmap.link").sign_object([link.pk]),
        signing.Signer(salt="netmap.link").sign_object({"pk": link.pk}),
        signing.Signer(salt="netmap.link").sign_object(["x", None]),
    ]
    for bad in forged:
        assert Client().get(f"/map/{bad}/").status_code == 404, bad


def test_it_dies_with_its_makers_right(hall):
    co = make.member(hall.network, "Veera Vara")
    make.give(hall.network, co, Role.CO_LEADER)
    link = actions.make_link(by=co, network=hall.network, purpose="Rahoittajalle", days=7)
    address = queries.address_of(link)
    assert Client().get(address).status_code == 200
    actions.forget(by=co)
    assert Client().get(address).status_code == 409


def test_every_member_reads_of_it_with_the_reason(hall):
    link = link_of(hall, purpose="Kaupungin hallitukselle 3.12.")
    line = Event.objects.get(kind="netmap.link_made")
    assert line.is_power
    assert line.reason == "Kaupungin hallitukselle 3.12."
    assert line.audience == "members"
    actions.close_link(by=hall.leader, network=hall.network, pk=link.pk)
    assert Event.objects.filter(kind="netmap.link_closed", network=hall.network).count() == 1


def test_only_those_who_lead_make_and_close(hall):
    member = hall.members[0]
    with pytest.raises(NotAllowed):
        actions.make_link(by=member, network=hall.network, purpose="Minulle", days=7)
    link = link_of(hall)
    with pytest.raises(NotAllowed):
        actions.close_link(by=member, network=hall.network, pk=link.pk)
    assert hall.client(member).get(f"{hall.base}/links/").status_code == 403
    assert "Public links" not in hall.client(member).get(f"{hall.base}/").content.decode()


@pytest.mark.parametrize(("facts", "words"), [({"days": 0}, "1"), ({"days": 91}, "90"), ({"purpose": " "}, "")])
def test_what_is_refused(hall, facts, words):
    with pytest.raises(RuleBroken):
        link_of(hall, **facts)
    assert not MapLink.objects.exists()


def test_not_before_there_is_a_map(db):
    leader = make.person("Ville Vetäjä")
    network = make.network(leader, "Tyhjä")
    with pytest.raises(RuleBroken):
        actions.make_link(by=leader, network=network, purpose="Kaikille", days=7)


def test_the_leader_makes_and_closes_by_the_page(hall):
    client = hall.client()
    answer = client.post(
        f"{hall.base}/links/?around=all&relation=works", {"purpose": "Rahoittajalle", "days": "30", "names": "on"}
    )
    assert answer.status_code in (302, 303)
    link = MapLink.objects.get()
    assert (link.ends_on - today()).days == 30
    assert "relation=works" in link.query
    page = client.get(f"{hall.base}/links/").content.decode()
    assert queries.token_of(link) in page
    client.post(f"{hall.base}/links/{link.pk}/close/")
    assert queries.token_of(link) not in client.get(f"{hall.base}/links/").content.decode()


def test_a_link_of_another_network_cannot_be_closed_from_here(hall):
    link = link_of(hall)
    stranger = make.person("Cecilia Ceder")
    elsewhere = make.network(stranger, "Toisaalla")
    with pytest.raises(RuleBroken):
        actions.close_link(by=stranger, network=elsewhere, pk=link.pk)
