"""Organisations through their pages: found, met, changed by their own people."""

import pytest
from django.urls import reverse
from tests import make

from kutomo.core.networks import actions as networks
from kutomo.core.organisations import actions, queries
from kutomo.core.organisations.models import ContactPoint, Organisation
from kutomo.ground.errors import NotAllowed, RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def aino():
    return make.person("Aino Aalto", "aino@example.org")


@pytest.fixture
def signed_in(client, aino):
    client.force_login(aino)
    return client


def test_meeting_the_same_organisation_twice_makes_one(aino):
    one = actions.meet(by=aino, name="Lyhty ry", municipality="853")
    assert (one.kind, one.municipality_name, one.county_name) == (
        "association",
        "Turku",
        "Varsinais-Suomen hyvinvointialue",
    )
    assert actions.meet(by=aino, name="LYHTY r.y.", business_id="FI02012566") == one
    one.refresh_from_db()
    assert one.business_id == "0201256-6"
    assert actions.meet(by=aino, name="Valo ry", business_id="0201256-6") == one
    assert actions.meet(by=aino, name="Lyhty ry", business_id="0204819-8") != one
    assert Organisation.objects.count() == 2


def test_a_second_name_is_the_same_organisation(aino):
    one = actions.meet(by=aino, name="Synskadades stöd rf")
    assert actions.meet(by=aino, name="Näkövammaisten tuki ry, ruotsiksi Synskadades stöd rf") == one


def test_a_wrong_business_id_and_an_empty_name_are_refused(aino):
    with pytest.raises(RuleBroken) as broken:
        actions.meet(by=aino, name="Lyhty ry", business_id="0201256-7")
    assert broken.value.field == "business_id"
    with pytest.raises(RuleBroken):
        actions.meet(by=aino, name="  ")
    assert not Organisation.objects.exists()


def test_the_list_is_found_by_name_number_kind_and_county(signed_in, aino):
    actions.meet(by=aino, name="Skärgårdens Grannhjälp rf", municipality="445")
    actions.meet(by=aino, name="Lyhty ry", business_id="0201256-6", municipality="091")
    page = reverse("organisations:organisations")
    for query, expected in [
        ({"q": "skargardens"}, ["Skärgårdens Grannhjälp rf"]),
        ({"q": "FI02012566"}, ["Lyhty ry"]),
        ({"county": "90"}, ["Lyhty ry"]),
        ({"kind": "company"}, []),
        ({}, ["Lyhty ry", "Skärgårdens Grannhjälp rf"]),
    ]:
        response = signed_in.get(page, query)
        assert response.status_code == 200
        assert [one.name for one in response.context["found"]] == expected


def test_adding_one_leads_to_its_page(signed_in):
    response = signed_in.post(reverse("organisations:add"), {"name": "Lyhty ry", "municipality": "åbo"}, follow=True)
    assert "Lyhty ry" in response.content.decode()
    assert "Varsinais-Suomen hyvinvointialue" in response.content.decode()


def test_an_unknown_municipality_is_told_beside_the_field(signed_in):
    response = signed_in.post(reverse("organisations:add"), {"name": "Lyhty ry", "municipality": "Pertunmaa"})
    assert response.status_code == 422
    assert response.context["form"].errors["municipality"]


def test_its_own_people_change_it_and_others_do_not(signed_in, aino, client):
    lyhty = actions.meet(by=aino, name="Lyhty ry")
    network = networks.start(by=aino, name="Verkko", organisation=lyhty)
    facts = {
        "name": "Lyhty ry",
        "kind": "association",
        "municipality": "Espoo",
        "themes": "ikäihmiset, kylät",
        "web": "lyhty.example",
        "is_economic": "on",
        "business_id": "0201256-6",
        "parent": "",
        "county": "",
    }
    address = reverse("organisations:change", args=[lyhty.pk])
    assert signed_in.post(address, facts).status_code in (302, 303)
    lyhty.refresh_from_db()
    assert (lyhty.municipality, lyhty.county, lyhty.web) == ("049", "03", "https://lyhty.example")
    assert lyhty.theme_list == ["ikäihmiset", "kylät"]
    assert lyhty.is_economic
    stranger = make.member(network, "Bo Berg")
    client.force_login(stranger)
    assert client.get(reverse("organisations:organisation", args=[lyhty.pk])).status_code == 200
    assert client.post(address, facts).status_code == 403
    with pytest.raises(NotAllowed):
        actions.change(by=stranger, organisation=lyhty, name="Valo ry")


def test_whoever_takes_its_seat_becomes_one_of_its_people(aino):
    lyhty = actions.meet(by=aino, name="Lyhty ry")
    network = networks.start(by=aino, name="Verkko")
    somebody = make.person("Bo Berg")
    networks.seat(by=aino, network=network, person=somebody, organisation=lyhty)
    assert queries.belongs(somebody, lyhty)
    assert not queries.may_change(aino, lyhty)


def test_a_taken_business_id_and_a_circle_of_parents_are_refused(aino):
    lyhty = actions.meet(by=aino, name="Lyhty ry", business_id="0201256-6")
    kaiku = actions.meet(by=aino, name="Kaiku ry")
    with pytest.raises(RuleBroken) as broken:
        actions.change(by=aino, organisation=kaiku, business_id="0201256-6")
    assert "Lyhty ry" in str(broken.value)
    actions.change(by=aino, organisation=kaiku, parent=lyhty)
    with pytest.raises(RuleBroken):
        actions.change(by=aino, organisation=lyhty, parent=kaiku)
    assert queries.members(lyhty) == [kaiku]


def test_contact_points_are_added_and_removed(signed_in, aino):
    lyhty = actions.meet(by=aino, name="Lyhty ry")
    address = reverse("organisations:add_contact", args=[lyhty.pk])
    assert signed_in.post(address, {"about": "Vapaaehtoiset"}).status_code == 422
    response = signed_in.post(address, {"about": "Vapaaehtoiset", "email": "vapaa ehtoiset@lyhty.example"})
    assert response.context["form"].errors["email"]
    signed_in.post(address, {"about": "Vapaaehtoiset", "email": "vapaaehtoiset@lyhty.example"})
    point = ContactPoint.objects.get()
    page = signed_in.get(lyhty.get_absolute_url())
    assert "vapaaehtoiset@lyhty.example" in page.content.decode()
    signed_in.post(reverse("organisations:remove_contact", args=[lyhty.pk, point.pk]))
    assert not ContactPoint.objects.exists()


def test_pages_ask_for_sign_in(client, aino):
    lyhty = actions.meet(by=aino, name="Lyhty ry")
    for address in (reverse("organisations:organisations"), lyhty.get_absolute_url()):
        assert client.get(address).status_code == 302
