import pytest
from tests import make
from tests.cast import gather

from kutomo.core.access import Can, Role, gate
from kutomo.core.activity.models import Event
from kutomo.core.networks import actions, queries
from kutomo.core.networks.models import Representation, RoleTerm
from kutomo.ground.clock import frozen
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather()


def again(network):
    return type(network).objects.get(pk=network.pk)


def test_who_starts_a_network_leads_it_and_sits_in_it():
    aino = make.person("Aino")
    network = actions.start(by=aino, name="  Kynnyksen   yli ", organisation=make.organisation("Ikäkumppanit ry"))
    assert network.name == "Kynnyksen yli"
    assert network.roles_of(aino) == {Role.LEADER, Role.MEMBER}
    assert [seat.name for seat in queries.seats(network)] == ["Ikäkumppanit ry"]


def test_two_networks_of_one_name_have_addresses_of_their_own():
    aino = make.person()
    first, second = actions.start(by=aino, name="Ääri ry"), actions.start(by=make.person(), name="Ääri ry")
    assert (first.slug, second.slug) == ("aari-ry", "aari-ry-2")


def test_a_name_without_letters_gets_an_address_all_the_same():
    assert actions.start(by=make.person(), name="???").slug == "network"


def test_start_refuses_an_empty_name():
    with pytest.raises(RuleBroken) as broken:
        actions.start(by=make.person(), name="   ")
    assert broken.value.field == "name"


def test_a_stranger_sees_no_network(cast):
    with pytest.raises(NotFound):
        queries.get(cast.cecilia, cast.network.slug)
    assert cast.network not in queries.visible_to(cast.cecilia)


def test_an_observer_sees_but_does_not_talk(cast):
    network = queries.get(cast.oskari, cast.network.slug)
    assert gate.may(cast.oskari, Can.SEE, network)
    assert not gate.may(cast.oskari, Can.TALK, network)


def test_only_leaders_give_seats(cast):
    with pytest.raises(NotAllowed):
        actions.seat(by=cast.bjorn, network=cast.network, person=cast.cecilia)


def test_sitting_twice_changes_nothing(cast):
    for _ in range(2):
        actions.seat(by=cast.aino, network=cast.network, person=cast.bjorn, organisation=cast.kynnyskahvit)
    assert Representation.objects.filter(person=cast.bjorn).count() == 1


def test_the_seat_stays_when_its_people_change(cast):
    seat = queries.seat_of(cast.bjorn, cast.network)
    heir = make.member(cast.network, "Camilla", cast.kynnyskahvit)
    sitting = seat.representations.get(person=cast.bjorn)
    actions.stand_up(by=cast.bjorn, sitting=sitting, hand_over="Avain on kassissa.")
    seat = queries.seat(cast.network, seat.pk)
    assert [row.person for row in seat.sitting()] == [heir]
    assert seat.left_on is None
    assert Role.MEMBER not in again(cast.network).roles_of(cast.bjorn)
    assert queries.seat_rights(heir, seat)["sees_hand_over"]
    assert not queries.seat_rights(cast.oskari, seat)["sees_hand_over"]


def test_a_private_person_who_stands_up_leaves_the_seat():
    network = make.network()
    unto = make.member(network, "Unto")
    seat = queries.seat_of(unto, network)
    actions.stand_up(by=unto, sitting=seat.representations.get())
    seat.refresh_from_db()
    assert seat.left_on is not None


def test_nobody_ends_another_members_sitting(cast):
    other = make.member(cast.network)
    sitting = queries.seat_of(cast.bjorn, cast.network).representations.get()
    with pytest.raises(NotAllowed):
        actions.stand_up(by=other, sitting=sitting)


def test_one_speaks_for_the_organisation_by_own_word_but_does_not_bind_it(cast):
    sitting = queries.sitting(cast.network, queries.seat_of(cast.bjorn, cast.network).pk, _sitting(cast).pk)
    actions.set_mandate(by=cast.bjorn, sitting=sitting, mandate="speak", kind="representative")
    with pytest.raises(NotAllowed):
        actions.set_mandate(by=cast.bjorn, sitting=sitting, mandate="bind", kind="representative")
    actions.set_mandate(by=cast.aino, sitting=sitting, mandate="bind", kind="representative")
    sitting.refresh_from_db()
    assert sitting.mandate == "bind"


def _sitting(cast):
    return Representation.objects.get(person=cast.bjorn)


def test_a_role_begins_only_when_it_is_accepted(cast):
    term = actions.offer_role(
        by=cast.aino, network=cast.network, person=cast.bjorn, role=Role.WEAVER, reason="Björn tuntee rannikon."
    )
    assert Role.WEAVER not in again(cast.network).roles_of(cast.bjorn)
    with pytest.raises(NotAllowed):
        actions.answer_offer(by=cast.aino, term=term, accept=True)
    actions.answer_offer(by=cast.bjorn, term=term, accept=True)
    assert Role.WEAVER in again(cast.network).roles_of(cast.bjorn)
    with pytest.raises(RuleBroken):
        actions.answer_offer(by=cast.bjorn, term=term, accept=False)


def test_a_role_needs_a_public_reason(cast):
    with pytest.raises(RuleBroken) as broken:
        actions.offer_role(by=cast.aino, network=cast.network, person=cast.bjorn, role=Role.HOST, reason=" ")
    assert broken.value.field == "reason"
    assert not RoleTerm.objects.filter(person=cast.bjorn).exists()


def test_a_role_ends_by_itself_on_its_day():
    with frozen("2026-03-02"):
        cast = gather()
        term = actions.offer_role(
            by=cast.aino, network=cast.network, person=cast.bjorn, role=Role.HOST, reason="Kevään tapaamiset."
        )
        actions.answer_offer(by=cast.bjorn, term=term, accept=True)
    with frozen(term.until):
        assert Role.HOST not in again(cast.network).roles_of(cast.bjorn)


def test_the_last_leader_cannot_leave_the_network_without_one(cast):
    own = RoleTerm.objects.get(network=cast.network, person=cast.aino)
    with pytest.raises(RuleBroken):
        actions.end_role(by=cast.aino, term=own)
    make.give(cast.network, cast.bjorn, Role.CO_LEADER)
    actions.end_role(by=cast.aino, term=own)
    assert queries.holders(cast.network, Role.LEADER) == []


def test_leaving_a_seat_ends_its_sittings_and_roles(cast):
    make.give(cast.network, cast.bjorn, Role.WEAVER)
    actions.leave(by=cast.bjorn, chair=queries.seat_of(cast.bjorn, cast.network), words="Kiitos!")
    assert again(cast.network).roles_of(cast.bjorn) == frozenset()
    assert cast.network not in queries.visible_to(cast.bjorn)


def test_an_organisation_may_come_back(cast):
    actions.leave(by=cast.bjorn, chair=queries.seat_of(cast.bjorn, cast.network))
    actions.seat(by=cast.aino, network=cast.network, person=cast.bjorn, organisation=cast.kynnyskahvit)
    assert [seat.name for seat in queries.seats(cast.network)].count("Kynnyskahvit ry") == 1


def test_changes_of_the_facts_stand_in_the_log_with_the_reason(cast):
    actions.change(by=cast.aino, network=cast.network, reason="Nimi oli liian pitkä.", name="Kynnys")
    line = Event.objects.filter(network=cast.network, is_power=True).latest("pk")
    assert line.reason == "Nimi oli liian pitkä."


def test_a_person_who_goes_leaves_no_name_behind(cast):
    make.give(cast.network, cast.bjorn, Role.WEAVER)
    from kutomo.core.people.actions import leaving

    leaving.erase(by=cast.bjorn)
    lines = Event.objects.filter(network=cast.network)
    assert lines
    assert not [line for line in lines if "Björn" in line.title + str(line.data) + line.sentence()]
