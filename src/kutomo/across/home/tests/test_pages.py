import pytest
from django.urls import reverse
from tests import make
from tests.cast import gather

from kutomo.across.home import queries
from kutomo.core.access import Can, Role
from kutomo.core.networks import actions as networks

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather()


def read(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_front_invites_strangers_and_sends_members_home(client, cast):
    assert reverse("people:sign_in") in read(client, "home:front")
    client.force_login(cast.bjorn)
    assert client.get(reverse("home:front"))["Location"] == reverse("home:my_networks")


def test_front_shows_no_entrance_outside_the_demo(client, cast):
    assert reverse("people:enter_as") not in read(client, "home:front")


def test_my_networks_shows_mine_only(client, cast):
    client.force_login(cast.bjorn)
    page = read(client, "home:my_networks")
    assert cast.network.name in page
    assert cast.elsewhere.name not in page


def test_my_networks_says_what_to_do_first(client):
    client.force_login(make.person())
    assert reverse("networks:start") in read(client, "home:my_networks")


def test_an_offered_role_waits_on_my_networks(client, cast):
    networks.offer_role(by=cast.aino, network=cast.network, person=cast.bjorn, role=Role.WEAVER, reason="Rannikko")
    client.force_login(cast.bjorn)
    assert "answer" in read(client, "home:my_networks")


def test_the_leader_sees_the_next_step_and_members_do_not(client, cast):
    client.force_login(cast.aino)
    assert reverse("candidates:candidates", args=[cast.network.slug]) in read(client, "home:network", cast.network.slug)
    client.force_login(cast.bjorn)
    assert 'id="steps"' not in read(client, "home:network", cast.network.slug)


def test_the_log_shows_powers_with_their_reason_to_every_member(client, cast):
    networks.change(by=cast.aino, network=cast.network, reason="Nimi oli liian pitkä.", name="Kynnys")
    client.force_login(cast.oskari)
    page = read(client, "home:log", cast.network.slug, show="powers")
    assert "Nimi oli liian pitkä." in page
    assert "perusti verkoston" not in page


def test_who_may_prints_the_table_that_decides(client, cast):
    client.force_login(cast.bjorn)
    page = read(client, "home:who_may", cast.network.slug)
    assert page.count('<th scope="row">') == len(Can)


@pytest.mark.parametrize("name", ["help", "member", "leader", "accessibility", "privacy"])
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_about_speaks_the_readers_language(client, name, language):
    client.cookies["language"] = language
    page = read(client, "home:about", name)
    title = (queries.CONTENT / f"{name}.{language}.md").read_text().splitlines()[0].removeprefix("# ")
    assert f"<title>{title}" in page


def test_about_knows_no_other_page(client):
    assert client.get(reverse("home:about", args=["secrets"])).status_code == 404
