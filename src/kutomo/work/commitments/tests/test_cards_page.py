"""The pages of the commitment cards, the confirmer's link among them."""

import pytest
from django.urls import reverse
from tests import make

from kutomo.core.people import queries as people
from kutomo.ground.clock import frozen
from kutomo.work.commitments import actions, queries
from kutomo.work.commitments.models import CommitmentCard

from .test_cards import ORG, SELF, write


@pytest.fixture
def at(client, house):
    def visit(who, name: str, *args, data=None, **extra):
        client.force_login(who)
        client.cookies["language"] = who.language
        address = reverse(f"commitments:{name}", args=[house.network.slug, *args])
        return client.get(address, extra) if data is None else client.post(address, data)

    return visit


def words(response) -> str:
    return response.content.decode()


def test_locked_cards_say_why_and_only_those_who_run_meetings_see_the_key(house, at):
    page = words(at(house.bjorn, "cards"))
    assert reverse("commitments:met", args=[house.network.slug]) not in page
    assert reverse("commitments:met", args=[house.network.slug]) in words(at(house.aino, "cards"))
    assert 'name="hours"' not in words(at(house.bjorn, "mine"))
    assert at(house.bjorn, "mine", data=SELF).status_code == 422
    assert not CommitmentCard.objects.exists()


def test_unlocking_needs_its_reason_which_then_stands_on_the_page(house, at):
    assert at(house.bjorn, "unlock").status_code == 403
    assert at(house.aino, "unlock", data={"reason": ""}).status_code == 422
    assert at(house.aino, "unlock", data={"reason": "Olemme tunteneet vuosia"}).status_code == 302
    assert "Olemme tunteneet vuosia" in words(at(house.bjorn, "cards"))


def test_a_meeting_held_elsewhere_is_noted(house, at):
    assert at(house.aino, "met", data={"held_on": "2099-01-01"}).status_code == 422
    assert at(house.aino, "met", data={"held_on": "2026-01-20"}).status_code == 302
    assert queries.lock(house.network).is_open


def test_a_card_is_written_shown_and_adjusted(house, at):
    house.meet()
    assert at(house.unto, "mine", data=SELF | {"seen": 0}).status_code == 302
    assert "A call ring" in words(at(house.bjorn, "cards"))
    card = CommitmentCard.objects.get()
    assert at(house.unto, "mine", data=SELF | {"hours": "follows", "seen": 1}).status_code == 302
    card.refresh_from_db()
    assert (card.follows, card.version) == (True, 2)
    assert "5–8" in words(at(house.unto, "card", card.pk)), "what it said before is kept"


def test_a_card_that_changed_meanwhile_comes_back(house, at):
    house.meet()
    write(house, house.unto, **SELF)
    assert at(house.unto, "mine", data=SELF | {"seen": 0}).status_code == 422


def test_mistakes_stand_beside_their_fields(house, at):
    house.meet()
    page = at(house.bjorn, "mine", data={"behalf": "self", "hours": "2-4", "brings": " ", "seen": 0})
    assert page.status_code == 422
    assert page.context["form"].errors["brings"]


def test_one_who_can_bind_confirms_on_the_page(house, at):
    house.meet()
    card = write(house, house.bjorn, **ORG)
    button = reverse("commitments:confirm", args=[house.network.slug, card.pk])
    assert button not in words(at(house.disa, "card", card.pk))
    assert at(house.disa, "confirm", card.pk, data={}).status_code == 403
    assert button in words(at(house.kaj, "card", card.pk))
    assert at(house.kaj, "confirm", card.pk, data={}).status_code == 302
    assert CommitmentCard.objects.get().state == "confirmed"


@pytest.fixture
def asked(house):
    house.meet()
    return write(house, house.bjorn, **ORG, confirmer_name="Stina Styrelse", confirmer_email="stina@strand.fi")


def link(card: CommitmentCard, version: int | None = None, who=None) -> str:
    target = f"{card.pk}:{version or card.version}"
    token = people.token_for(who or card.confirmer, purpose=actions.CONFIRM, target=target)
    return reverse("commitments:confirm_by_mail", args=[card.network.slug, card.pk, token])


@pytest.mark.parametrize(("answer", "state"), [("confirm", "confirmed"), ("decline", "ended")])
def test_the_confirmer_answers_by_link_without_an_account(house, client, asked, answer, state):
    address = link(asked)
    assert "A van on Thursdays" in words(client.get(address))
    assert CommitmentCard.objects.get().state == "proposed", "reading confirms nothing"
    assert client.post(address, {"answer": answer}).status_code == 302
    assert CommitmentCard.objects.get().state == state
    assert client.get(address).status_code == 200


def test_a_link_of_another_version_or_person_confirms_nothing(house, client, asked):
    for address in (link(asked, version=7), link(asked).replace("by-mail/", "by-mail/x")):
        assert 400 <= client.get(address).status_code < 500
        assert 400 <= client.post(address, {"answer": "confirm"}).status_code < 500
    assert client.post(link(asked, who=house.cecilia), {"answer": "confirm"}).status_code == 403
    assert CommitmentCard.objects.get().state == "proposed"


def test_a_recorders_card_is_checked_by_its_person(house, at):
    house.meet()
    house.recorder(house.bjorn)
    data = SELF | {"person": house.unto.pk}
    assert at(house.unto, "write_for", data=data).status_code == 403
    assert at(house.bjorn, "write_for", data=data).status_code == 302
    card = CommitmentCard.objects.get()
    assert at(house.unto, "check_card", card.pk, data={}).status_code == 302
    card.refresh_from_db()
    assert card.checked_at


def test_pause_renew_and_end_by_button(house, at):
    house.meet()
    card = write(house, house.unto, **SELF)
    for name, state in [("pause", "paused"), ("resume", "confirmed"), ("renew", "confirmed"), ("end", "ended")]:
        assert at(house.bjorn, name, card.pk, data={}).status_code == 403
        assert at(house.unto, name, card.pk, data={}).status_code == 302
        card.refresh_from_db()
        assert card.state == state
    assert at(house.unto, "pause", card.pk, data={}).status_code == 409


def test_a_card_that_ends_soon_offers_its_three_choices(house, at):
    house.meet()
    card = write(house, house.unto, **SELF)
    with frozen("2027-01-20 10:00"):
        page = words(at(house.unto, "card", card.pk))
    for name in ("renew", "end"):
        assert reverse(f"commitments:{name}", args=[house.network.slug, card.pk]) in page
    assert reverse("commitments:mine", args=[house.network.slug]) in page


def test_a_stranger_finds_no_cards(house, at):
    house.meet()
    card = write(house, house.unto, **SELF)
    for name, args in [("cards", []), ("mine", []), ("card", [card.pk]), ("write_for", [])]:
        assert at(house.cecilia, name, *args).status_code == 404


def test_the_list_keeps_within_its_queries(house, client, django_assert_max_num_queries):
    house.meet()
    for number in range(8):
        who = make.member(house.network, f"Henkilö {number}", make.organisation(f"Järjestö {number} ry"))
        write(house, who, **ORG, confirmer_email=f"johtaja-{number}@example.org")
    client.force_login(house.unto)
    address = reverse("commitments:cards", args=[house.network.slug])
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)
