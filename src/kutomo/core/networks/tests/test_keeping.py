"""Memberships that ended two years ago are forgotten; seats and deeds stay without a name (A14)."""

from __future__ import annotations

import pytest
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.networks import actions, queries, tasks
from kutomo.core.networks.models import Representation, RoleTerm, Seat
from kutomo.ground.clock import frozen

pytestmark = pytest.mark.django_db
BEGAN, ENDED, LATER = "2024-03-01", "2025-05-20", "2027-05-20"


@pytest.fixture
def house():
    """A network with a member who left, one who handed over, and one who stays."""
    with frozen(BEGAN):
        network = make.network(make.person("Marjut Vetäjä"), "Kynnyksen yli")
        gone = make.holder(network, Role.WEAVER, "Kaj Lähtijä", organisation=make.organisation("Lyhty ry"))
        house = make.organisation("Pihlaja ry")
        former, heir = make.member(network, "Outi Entinen", house), make.member(network, "Terttu Uusi", house)
    with frozen(ENDED):
        chair = queries.seat_of(gone, network)
        actions.set_contact(by=gone, chair=chair, contact="kaj@example.org")
        actions.leave(by=gone, chair=chair, words="Kiitos kaikille.")
        sitting = Representation.objects.get(person=former)
        actions.stand_up(by=former, sitting=sitting, hand_over="Kysy Kajlta avaimista.")
    return network, gone, former, heir


def names_in_log(network) -> str:
    return " ".join(f"{line.actor} {line.title} {line.data}" for line in Event.objects.filter(network=network))


def test_nothing_goes_a_day_before(house):
    network, gone, former, _heir = house
    with frozen("2027-05-19"):
        tasks.forget_past.call()
    assert Representation.objects.filter(person__in=[gone, former]).count() == 2
    assert Seat.objects.get(leaving_words="Kiitos kaikille.").contact == "kaj@example.org"
    assert "Kaj Lähtijä" in names_in_log(network)


def test_two_years_after_the_end_who_sat_is_forgotten(house):
    network, gone, former, heir = house
    lines = Event.objects.filter(network=network).count()
    with frozen(LATER):
        tasks.forget_past.call()
        assert not Representation.objects.filter(person__in=[gone, former]).exists()
        assert not RoleTerm.objects.filter(person__in=[gone, former]).exists()
        left = Seat.objects.get(organisation__name="Lyhty ry")
        assert (str(left.left_on), left.contact, left.leaving_words) == (ENDED, "", "")  # the seat itself stays
        assert "Kaj Lähtijä" not in names_in_log(network)
        assert "Outi Entinen" not in names_in_log(network)
        assert "Terttu Uusi" in names_in_log(network)
        assert Event.objects.filter(network=network).count() == lines  # the deeds stay
        assert [row.person for row in queries.seat_of(heir, network).sitting()] == [heir]
        assert gone.name == "Kaj Lähtijä"  # the account is the person's own to remove
        tasks.forget_past.call()


def test_who_sits_again_keeps_the_name_in_the_log(house):
    network, gone, _former, _heir = house
    with frozen("2026-01-10"):
        actions.seat(by=make.leader_of(network), network=network, person=gone, mandate="self")
    with frozen(LATER):
        tasks.forget_past.call()
    assert "Kaj Lähtijä" in names_in_log(network)
    assert Representation.objects.filter(person=gone).count() == 1


def test_the_time_is_a_setting(house, settings):
    settings.MEMBERSHIP_MONTHS = 6
    with frozen("2025-11-20"):
        tasks.forget_past.call()
    assert Representation.objects.count() == 2  # the leader and the heir


def test_the_clock_does_it():
    from kutomo.config.clock import CLOCK

    jobs = {line.job for line in CLOCK}
    assert {
        "kutomo.core.networks.tasks.forget_past",
        "kutomo.work.founding.tasks.erase_raw",
        "kutomo.work.meetings.tasks.erase_raw",
        "kutomo.work.profiles.tasks.erase_raw",
    } <= jobs
