import pytest
from django.urls import reverse
from tests import make
from tests.cast import gather

from kutomo.core.networks import queries
from kutomo.core.networks.models import Network, RoleTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather()


def test_start_makes_a_network_with_a_seat_for_the_organisation(client):
    aino = make.person("Aino")
    client.force_login(aino)
    answer = client.post(
        reverse("networks:start"),
        {"name": "Uusi verkosto", "organisation": "Kynnys ry", "working_languages": ["fi", "sv"], "yarn": "kuusi"},
    )
    network = Network.objects.get(name="Uusi verkosto")
    assert answer["Location"] == network.get_absolute_url()
    assert network.working_languages == ["fi", "sv"]
    assert queries.seat_of(aino, network).name == "Kynnys ry"


def test_start_says_what_is_missing_and_keeps_the_words(client):
    client.force_login(make.person(language="fi"))
    answer = client.post(reverse("networks:start"), {"name": "", "challenge": "Yksinäisyys", "yarn": "sini"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Yksinäisyys" in page
    assert "aria-invalid" in page


def test_members_lists_seats_and_finds_by_a_part_of_the_name(client, cast):
    client.force_login(cast.bjorn)
    page = client.get(reverse("networks:members", args=[cast.network.slug]), {"q": "kahvit"}).content.decode()
    assert "Kynnyskahvit ry" in page
    assert "Aino Aalto" not in page.split("<main")[1]


def test_members_asks_as_much_for_many_seats_as_for_few(client, cast, django_assert_max_num_queries):
    client.force_login(cast.aino)
    for number in range(40):
        make.member(cast.network, f"Jäsen {number}", make.organisation())
    with django_assert_max_num_queries(12):
        client.get(reverse("networks:members", args=[cast.network.slug]))


def test_a_hand_over_note_is_for_the_seat_and_the_leader(client, cast):
    seat = queries.seat_of(cast.bjorn, cast.network)
    make.member(cast.network, "Camilla", cast.kynnyskahvit)
    client.force_login(cast.bjorn)
    sitting = seat.representations.get(person=cast.bjorn)
    client.post(
        reverse("networks:stand_up", args=[cast.network.slug, seat.pk, sitting.pk]), {"hand_over": "Avain kassissa"}
    )
    address = reverse("networks:seat", args=[cast.network.slug, seat.pk])
    client.force_login(cast.oskari)
    assert "Avain kassissa" not in client.get(address).content.decode()
    client.force_login(cast.aino)
    assert "Avain kassissa" in client.get(address).content.decode()


def test_a_role_is_offered_and_answered_by_pages(client, cast):
    client.force_login(cast.aino)
    client.post(
        reverse("networks:offer_role", args=[cast.network.slug]),
        {"person": cast.bjorn.pk, "role": "weaver", "reason": "Tuntee rannikon"},
    )
    term = RoleTerm.objects.get(person=cast.bjorn)
    client.force_login(cast.cecilia)
    address = reverse("networks:answer_offer", args=[cast.network.slug, term.pk])
    assert client.post(address, {"answer": "accept"}).status_code == 404
    client.force_login(cast.bjorn)
    client.post(address, {"answer": "accept"})
    term.refresh_from_db()
    assert term.state == "accepted"


def test_offer_role_refuses_a_person_from_elsewhere(client, cast):
    client.force_login(cast.aino)
    answer = client.post(
        reverse("networks:offer_role", args=[cast.network.slug]),
        {"person": cast.cecilia.pk, "role": "weaver", "reason": "x"},
    )
    assert answer.status_code == 422
    assert not RoleTerm.objects.filter(person=cast.cecilia, network=cast.network).exists()
