"""Mutual knowledge: ticked after talking in pairs, counted when both say so, seen by the two only."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.networks import queries as networks
from kutomo.core.people import actions as people, queries as persons
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.relations.actions.knowledge import note_met, tick_knowledge
from kutomo.work.relations.models import KnowledgeTick, Met
from kutomo.work.relations.queries.knowledge import acquaintance, knowledge

pytestmark = pytest.mark.django_db


@pytest.fixture
def net():
    return make.network(organisation=make.organisation("Koti ry"))


@pytest.fixture
def two(net):
    one = make.member(net, "Aino", make.organisation("Alku ry"))
    other = make.member(net, "Bertta", make.organisation("Bulevardi ry"))
    return [(one, networks.seat_of(one, net)), (other, networks.seat_of(other, net))]


def test_a_pair_counts_when_both_have_ticked(net, two):
    (aino, alku), (bertta, bulevardi) = two
    tick_knowledge(by=aino, network=net, seat=bulevardi)
    tick_knowledge(by=aino, network=net, seat=bulevardi)
    assert knowledge(net) == set()
    tick_knowledge(by=bertta, network=net, seat=alku)
    assert knowledge(net) == {(alku.pk, bulevardi.pk)}
    tick_knowledge(by=aino, network=net, seat=bulevardi, knows=False)
    assert knowledge(net) == set()
    assert KnowledgeTick.objects.count() == 1


def test_one_sided_ticks_are_not_seen_by_the_other(net, two):
    (aino, _alku), (bertta, bulevardi) = two
    note_met(by=None, network=net, pairs=[(two[0][1].pk, bulevardi.pk)], on=today())
    tick_knowledge(by=aino, network=net, seat=bulevardi)
    (row,) = acquaintance(bertta, net).partners
    assert not row.is_mutual
    assert not row.knows
    client = Client()
    client.force_login(bertta)
    before = client.get(f"/n/{net.slug}/relations/met/").content.decode()
    tick_knowledge(by=aino, network=net, seat=bulevardi, knows=False)
    after = client.get(f"/n/{net.slug}/relations/met/").content.decode()
    assert _without_tokens(before) == _without_tokens(after)
    assert not [line for line in Event.objects.filter(kind__startswith="relations.knowledge") if line.audience != "own"]


def _without_tokens(source: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"|nonce="[^"]*"', "", source)


def test_pairs_that_met_stand_first_until_ticked(net, two):
    (aino, alku), (_bertta, bulevardi) = two
    assert note_met(by=None, network=net, pairs=[(bulevardi.pk, alku.pk), (alku.pk, alku.pk)], on=today()) == 1
    assert note_met(by=None, network=net, pairs=[(alku.pk, bulevardi.pk)], on=today()) == 0
    assert Met.objects.count() == 1
    shown = acquaintance(aino, net)
    assert (shown.waiting, [row.seat.name for row in shown.partners]) == (1, ["Bulevardi ry"])
    tick_knowledge(by=aino, network=net, seat=bulevardi)
    assert acquaintance(aino, net).waiting == 0
    assert "Koti ry" in [seat.name for seat in shown.others]


def test_refusals(net, two):
    (aino, alku), _other = two
    elsewhere = make.network(name="Muualla", organisation=make.organisation("Muu ry"))
    foreign = networks.seats(elsewhere)[0]
    observer = make.holder(net, Role.OBSERVER)
    for seat, wrong in ((alku, RuleBroken), (foreign, RuleBroken)):
        with pytest.raises(wrong):
            tick_knowledge(by=aino, network=net, seat=seat)
    with pytest.raises(NotAllowed):
        tick_knowledge(by=observer, network=net, seat=alku)
    with pytest.raises(NotAllowed):
        note_met(by=aino, network=net, pairs=[], on=today())


def test_the_page_ticks_and_takes_back(net, two):
    (aino, _alku), (_bertta, bulevardi) = two
    client = Client()
    client.force_login(aino)
    address = f"/n/{net.slug}/relations/met/"
    assert client.post(address + "tick/", {"seat": bulevardi.pk, "knows": "1"}).status_code == 302
    assert "Bulevardi ry" in client.get(address).content.decode()
    client.post(address + "tick/", {"seat": bulevardi.pk, "knows": "0"})
    assert not KnowledgeTick.objects.exists()
    assert client.post(address + "tick/", {"seat": "x"}).status_code == 404


def test_own_data_and_leaving(net, two):
    (aino, _alku), (_bertta, bulevardi) = two
    tick_knowledge(by=aino, network=net, seat=bulevardi)
    assert persons.own_data(aino)["relations.knowledge"][0]["we know and whom to call"] == "Bulevardi ry"
    people.erase(by=aino)
    assert KnowledgeTick.objects.get().by is None
