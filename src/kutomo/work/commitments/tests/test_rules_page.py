"""The pages of the ground rules: from the deck to paper."""

import pytest
from django.urls import reverse

from kutomo.core.consent import actions as consent, queries as consents
from kutomo.ground.clock import frozen
from kutomo.work.commitments import actions, queries
from kutomo.work.commitments.models import Acceptance, Choice

from .test_ground_rules import agreed, everybody, proposed


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


def form_of(response) -> dict[str, str]:
    """What a browser would send back unchanged."""
    form = response.context["form"]
    return {name: field.value() or "" for name, field in ((f.html_name, f) for f in form)}


def test_from_choosing_to_acceptance_through_the_pages(house, at):
    for who, card in [(house.bjorn, "names"), (house.disa, "names"), (house.unto, "leaving")]:
        assert at(who, "choose", card, data={}).status_code == 302
    assert "Björn Berg, Disa Dahl" in words(at(house.aino, "deck"))
    data = form_of(at(house.aino, "compose"))
    assert (data["card_1"], data["card_2"], data["text_3"]) == ("names", "leaving", "")
    assert at(house.aino, "compose", data=data).status_code == 302
    assert at(house.aino, "propose", data={}).status_code == 302
    making = queries.in_making(house.network)
    everybody(house, making)
    assert at(house.aino, "settle", data={}).status_code == 302
    assert at(house.bjorn, "accept", 1, data={}).status_code == 302
    assert Acceptance.objects.get().person == house.bjorn
    page = words(at(house.unto, "rules"))
    assert 'action="/n/kynnyksen-yli/rules/1/accept/"' in page
    assert "Version 1 on hyväksynyt 1, organisaatioita on 2." in page


def test_choices_are_taken_back_by_the_same_button(house, at):
    at(house.bjorn, "choose", "names", data={})
    assert 'aria-pressed="true"' in words(at(house.bjorn, "deck"))
    at(house.bjorn, "unchoose", "names", data={})
    assert not Choice.objects.exists()


def test_an_own_card_goes_into_the_deck_and_can_be_chosen(house, at):
    assert at(house.bjorn, "add_card", data={"text": " "}).status_code == 422
    assert at(house.bjorn, "add_card", data={"text": "Kahvi <b>ensin</b>"}).status_code == 302
    page = words(at(house.unto, "deck"))
    assert "Kahvi &lt;b&gt;ensin&lt;/b&gt;" in page
    key = queries.deck(house.network)[-1].key
    assert at(house.unto, "choose", key, data={}).status_code == 302


def test_a_starter_that_was_not_touched_reads_in_swedish_for_a_swedish_reader(house, at):
    agreed(house, "names")
    assert queries.starters()["names"].texts["sv"] in words(at(house.disa, "rules"))
    assert queries.starters()["names"].texts["fi"] in words(at(house.bjorn, "rules"))


def test_two_savings_show_both_texts(house, at):
    actions.begin(by=house.aino, network=house.network)
    first = form_of(at(house.aino, "compose"))
    second = first | {"text_1": "Disan sanat"}
    at(house.aino, "compose", data=first | {"text_1": "Ainon sanat"})
    response = at(house.disa, "compose", data=second)
    assert response.status_code == 422
    assert "Ainon sanat" in words(response)
    assert "Disan sanat" in words(response)
    again = second | {"seen": response.context["making"].revision}
    assert at(house.disa, "compose", data=again).status_code == 302
    assert [line.text for line in queries.lines(queries.in_making(house.network))] == ["Disan sanat"]


def test_rules_are_put_in_another_order_and_left_out(house, at):
    actions.begin(by=house.aino, network=house.network)
    data = form_of(at(house.aino, "compose"))
    data |= {"text_1": "Toinen", "place_1": 2, "text_2": "Ensimmäinen", "place_2": 1, "text_3": ""}
    at(house.aino, "compose", data=data)
    assert [line.text for line in queries.lines(queries.in_making(house.network))] == ["Ensimmäinen", "Toinen"]


def test_members_do_not_open_or_close_rounds(house, at):
    actions.choose(by=house.bjorn, network=house.network, card="names")
    at(house.bjorn, "compose", data=form_of(at(house.bjorn, "compose")))
    assert at(house.bjorn, "propose", data={}).status_code == 403
    proposed(house, "names")
    assert at(house.bjorn, "settle", data={}).status_code == 403


def test_closing_too_early_comes_back_with_its_reason(house, at):
    proposed(house, "names")
    assert at(house.aino, "settle", data={}).status_code == 422


def test_an_objector_is_led_back_to_writing(house, at):
    rule_set = proposed(house, "names")
    consent.take(by=house.bjorn, round=consents.current((actions.THING, rule_set.pk)), stance="object", harm="x")
    response = at(house.bjorn, "rework", data={})
    assert response.status_code == 302
    assert 'name="note"' in words(at(house.bjorn, "compose"))


def test_history_is_kept_and_compared(house, at):
    agreed(house, "names", "leaving")
    with frozen("2026-03-02 10:00"):
        assert at(house.bjorn, "begin", data={}).status_code == 302
        agreed(house, "names", "credit", note="Credit matters.")
        assert "Credit matters." in words(at(house.unto, "versions"))
        page = words(at(house.unto, "compare", 1, 2))
    assert queries.starters()["leaving"].texts["fi"] in page
    assert queries.starters()["credit"].texts["fi"] in page
    assert at(house.unto, "version", 9).status_code == 404


def test_rules_on_paper_and_the_recorders_way_back(house, at):
    assert at(house.unto, "paper").status_code == 404
    agreed(house, "names")
    assert queries.starters()["names"].texts["fi"] in words(at(house.unto, "paper"))
    assert at(house.unto, "accept_for").status_code == 403
    house.recorder(house.bjorn)
    assert at(house.bjorn, "accept_for", data={"person": house.unto.pk}).status_code == 302
    assert "Björn Berg" in words(at(house.unto, "rules"))
    assert at(house.unto, "check_acceptance", 1, data={}).status_code == 302


def test_a_stranger_finds_no_rules(house, at):
    for name in ("rules", "deck", "versions", "paper", "compose"):
        assert at(house.cecilia, name).status_code == 404


def test_pages_keep_within_their_queries(house, client, django_assert_max_num_queries):
    agreed(house, *list(queries.starters())[:7])
    with frozen("2026-03-02 10:00"):
        proposed(house, *list(queries.starters())[3:10], note="Why")
    client.force_login(house.bjorn)
    for name in ("rules", "deck", "versions", "paper"):
        address = reverse(f"commitments:{name}", args=[house.network.slug])
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
