"""From the deck to rules that are agreed, accepted, changed with notice and kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.utils import translation

from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.models import Event
from kutomo.core.consent import actions as consent, queries as consents
from kutomo.ground.clock import frozen
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.commitments import actions, queries, tasks
from kutomo.work.commitments.models import Acceptance, Choice, RuleSet

STARTERS = list(queries.starters())


def lines(*cards: str) -> list[dict[str, str]]:
    return [{"card": card} for card in cards]


def proposed(house, *cards: str, note: str = "") -> RuleSet:
    rule_set = queries.in_making(house.network) or actions.begin(by=house.aino, network=house.network)
    actions.compose(by=house.aino, rule_set=rule_set, lines=lines(*cards), note=note)
    return actions.propose(by=house.aino, rule_set=rule_set)


def everybody(house, rule_set, stance: str = "support") -> None:
    round = consents.current((actions.THING, rule_set.pk))
    for who in (house.aino, house.bjorn, house.unto):
        consent.take(by=who, round=round, stance=stance)


def agreed(house, *cards: str, note: str = "") -> RuleSet:
    rule_set = proposed(house, *(cards or STARTERS[:3]), note=note)
    everybody(house, rule_set)
    assert actions.settle(by=house.aino, rule_set=rule_set).adopted
    rule_set.refresh_from_db()
    return rule_set


# --- the deck


def test_the_deck_has_twelve_cards_in_three_languages():
    assert len(STARTERS) == 12
    for card in queries.starters().values():
        for words in (card.texts, card.in_practice, card.when_broken):
            assert set(words) == {"fi", "sv", "en"}
            assert all(words.values())
        assert all(len(text) <= 200 for text in card.texts.values())


def test_the_starter_texts_are_those_of_the_method():
    first, leaving = queries.starters()["unfinished"], queries.starters()["leaving"]
    assert first.texts["en"] == "Unfinished may stay unfinished: ask and build first, judge only on request."
    assert leaving.texts["sv"] == "Man får lämna: vi tackar och kommer överens om vad som blir kvar."
    assert leaving.texts["fi"] == "Lähteä saa: kiitetään ja sovitaan, mitä jää."


def test_choosing_is_open_and_begins_the_first_version(house):
    actions.choose(by=house.bjorn, network=house.network, card="names")
    actions.choose(by=Respondent.guest("g1", "Vieras Virtanen"), network=house.network, card="names")
    card = next(card for card in queries.deck(house.network, Respondent.of(house.bjorn)) if card.key == "names")
    assert (card.names, card.mine, card.chosen) == (["Björn Berg", "Vieras Virtanen"], True, 2)
    assert queries.in_making(house.network).number == 1


def test_choosing_twice_is_once_and_can_be_taken_back(house):
    for _ in range(2):
        actions.choose(by=house.bjorn, network=house.network, card="names")
    assert Choice.objects.count() == 1
    for _ in range(2):
        actions.unchoose(by=house.bjorn, network=house.network, card="names")
    assert not Choice.objects.exists()
    assert Event.objects.filter(kind="commitments.card_unchosen").count() == 1


def test_nobody_chooses_an_eighth(house):
    for card in STARTERS[:7]:
        actions.choose(by=house.bjorn, network=house.network, card=card)
    with pytest.raises(RuleBroken, match="7"):
        actions.choose(by=house.bjorn, network=house.network, card=STARTERS[7])
    actions.choose(by=house.unto, network=house.network, card=STARTERS[7])


def test_own_cards_belong_to_their_network(house):
    card = actions.add_card(by=house.bjorn, network=house.network, text="  Kahvi  juodaan ensin. ")
    assert (card.text, actions.add_card(by=house.unto, network=house.network, text=card.text)) == (
        "Kahvi juodaan ensin.",
        card,
    )
    actions.choose(by=house.unto, network=house.network, card=card.key)
    elsewhere = house.network.__class__.objects.exclude(pk=house.network.pk).first()
    assert elsewhere is None
    from tests import make

    other = make.network(house.cecilia, "Toisaalla")
    assert card.key not in {row.key for row in queries.deck(other)}
    with pytest.raises(NotFound):
        actions.choose(by=house.cecilia, network=other, card=card.key)


@pytest.mark.parametrize("text", [" ", "x" * 201])
def test_odd_cards_are_refused(house, text):
    with pytest.raises(RuleBroken):
        actions.add_card(by=house.bjorn, network=house.network, text=text)


@pytest.mark.parametrize("card", ["nonsense", "own:999999", "own:x"])
def test_an_unknown_card_is_not_found(house, card):
    with pytest.raises(NotFound):
        actions.choose(by=house.bjorn, network=house.network, card=card)


def test_strangers_neither_choose_nor_write(house):
    with pytest.raises(NotAllowed):
        actions.choose(by=house.cecilia, network=house.network, card="names")
    with pytest.raises(NotAllowed):
        actions.begin(by=house.cecilia, network=house.network)


@pytest.mark.django_db(transaction=True)
def test_thirty_taps_at_once_make_thirty_choices_and_one_version(house):
    def tap(number: int) -> None:
        try:
            guest = Respondent.guest(f"g{number}", f"Guest {number}")
            actions.choose(by=guest, network=house.network, card=STARTERS[number % 4])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tap, range(30)))
    assert Choice.objects.count() == 30
    assert RuleSet.objects.count() == 1


# --- writing


def test_a_starter_stays_in_every_readers_language(house):
    rule_set = actions.begin(by=house.aino, network=house.network)
    starter = queries.starters()["names"]
    line = {"card": "names", "text": starter.texts["fi"], "in_practice": starter.in_practice["fi"]}
    actions.compose(by=house.aino, rule_set=rule_set, lines=[line])
    (shown,) = queries.lines(queries.get(house.network, 1), "sv")
    assert (shown.text, shown.in_practice, shown.language) == (starter.texts["sv"], starter.in_practice["sv"], "sv")


def test_a_changed_wording_keeps_its_own_language(house):
    rule_set = actions.begin(by=house.aino, network=house.network)
    line = {"card": "names", "text": "Nimet jäävät tähän huoneeseen."}
    actions.compose(by=house.aino, rule_set=rule_set, lines=[line], language="fi")
    (shown,) = queries.lines(queries.get(house.network, 1), "sv")
    assert (shown.text, shown.language) == ("Nimet jäävät tähän huoneeseen.", "fi")


def test_at_most_seven_rules(house):
    rule_set = actions.begin(by=house.aino, network=house.network)
    with pytest.raises(RuleBroken, match="7"):
        actions.compose(by=house.aino, rule_set=rule_set, lines=lines(*STARTERS[:8]))
    assert not rule_set.lines.exists()
    actions.compose(by=house.bjorn, rule_set=rule_set, lines=[*lines(*STARTERS[:7]), {"text": "  "}])
    assert rule_set.lines.count() == 7


@pytest.mark.parametrize("key", ["text", "in_practice", "when_broken"])
def test_too_long_words_are_refused(house, key):
    rule_set = actions.begin(by=house.aino, network=house.network)
    with pytest.raises(RuleBroken):
        actions.compose(by=house.aino, rule_set=rule_set, lines=[{"card": "names", key: "x" * 301}])


def test_two_who_write_at_once_do_not_lose_each_other(house):
    rule_set = actions.begin(by=house.aino, network=house.network)
    actions.compose(by=house.aino, rule_set=rule_set, lines=lines("names"), seen=1)
    with pytest.raises(RuleBroken, match=r"meanwhile|sillä välin"):
        actions.compose(by=house.bjorn, rule_set=rule_set, lines=lines("leaving"), seen=1)
    assert [line.card for line in queries.lines(queries.get(house.network, 1))] == ["names"]


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_savings_one_is_told(house):
    rule_set = actions.begin(by=house.aino, network=house.network)

    def save(card: str) -> str:
        try:
            actions.compose(by=house.aino, rule_set=rule_set, lines=lines(card), seen=1)
        except RuleBroken:
            return "told"
        else:
            return "saved"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, ["names", "leaving"])) == ["saved", "told"]
    assert rule_set.lines.count() == 1


def test_one_version_at_a_time(house):
    actions.begin(by=house.bjorn, network=house.network)
    with pytest.raises(RuleBroken):
        actions.begin(by=house.aino, network=house.network)


def test_a_draft_is_laid_aside_by_its_beginner_or_a_leader(house):
    rule_set = actions.begin(by=house.bjorn, network=house.network)
    with pytest.raises(NotAllowed):
        actions.drop(by=house.unto, rule_set=rule_set)
    actions.drop(by=house.bjorn, rule_set=rule_set)
    assert queries.in_making(house.network) is None
    assert actions.begin(by=house.unto, network=house.network).number == 2


# --- agreeing


def test_no_rules_no_proposal(house):
    rule_set = actions.begin(by=house.aino, network=house.network)
    with pytest.raises(RuleBroken):
        actions.propose(by=house.aino, rule_set=rule_set)
    actions.compose(by=house.aino, rule_set=rule_set, lines=lines("names"))
    with pytest.raises(NotAllowed):
        actions.propose(by=house.bjorn, rule_set=rule_set)


def test_the_text_to_agree_is_in_every_working_language(house):
    house.network.languages = "fi,sv"
    house.network.save()
    proposed(house, "names")
    round = consents.current((actions.THING, RuleSet.objects.get().pk))
    texts = queries.starters()["names"].texts
    assert texts["fi"] in round.text
    assert texts["sv"] in round.translations["sv"]["text"]
    assert set(round.translations) == {"sv"}
    assert "Spelregler" in round.in_language("sv")[0]
    assert round.in_language("en")[2] == "fi"
    letters = Letter.objects.filter(template="consent/letters/opened.md")
    assert texts["sv"].split(" ")[0] in letters.get(email="disa@example.org").body
    assert texts["fi"].split(" ")[0] in letters.get(email="bjorn@example.org").body


def test_the_first_rules_hold_at_once_and_are_reviewed_in_a_year(house):
    rule_set = agreed(house)
    assert (rule_set.state, rule_set.in_force_on, rule_set.review_on) == ("agreed", date(2026, 2, 2), date(2027, 2, 2))
    assert queries.current_rules(house.network) == rule_set
    assert Letter.objects.filter(template="commitments/letters/rules_agreed.md").count() == 5


def test_nothing_is_written_or_chosen_while_people_think(house):
    rule_set = proposed(house, "names")
    for act in (
        lambda: actions.compose(by=house.aino, rule_set=rule_set, lines=lines("leaving")),
        lambda: actions.choose(by=house.bjorn, network=house.network, card="leaving"),
        lambda: actions.propose(by=house.aino, rule_set=rule_set),
        lambda: actions.drop(by=house.aino, rule_set=rule_set),
        lambda: actions.settle(by=house.aino, rule_set=rule_set),
    ):
        with pytest.raises(RuleBroken):
            act()


def test_an_objector_writes_the_next_text(house):
    rule_set = proposed(house, "names")
    round = consents.current((actions.THING, rule_set.pk))
    with pytest.raises(RuleBroken):
        actions.rework(by=house.aino, rule_set=rule_set)
    consent.take(by=house.bjorn, round=round, stance="object", change="Say what happens with photos")
    with pytest.raises(NotAllowed):
        actions.rework(by=house.unto, rule_set=rule_set)
    actions.rework(by=house.bjorn, rule_set=rule_set)
    with pytest.raises(RuleBroken):
        consent.take(by=house.unto, round=round, stance="support")
    line = {"card": "names", "in_practice": "Kuvista kysytään joka kerta erikseen."}
    actions.compose(by=house.bjorn, rule_set=rule_set, lines=[line], note="Photos are named.")
    actions.propose(by=house.bjorn, rule_set=rule_set)
    new = consents.current((actions.THING, rule_set.pk))
    assert (new.number, new.note, new.previous) == (2, "Photos are named.", round)
    everybody(house, rule_set)
    assert actions.settle(by=house.aino, rule_set=rule_set).adopted


def test_a_new_text_says_what_has_changed(house):
    rule_set = proposed(house, "names")
    consent.take(by=house.bjorn, round=consents.current((actions.THING, rule_set.pk)), stance="object", harm="x")
    actions.rework(by=house.aino, rule_set=rule_set)
    actions.compose(by=house.aino, rule_set=rule_set, lines=lines("leaving"))
    with pytest.raises(RuleBroken):
        actions.propose(by=house.aino, rule_set=rule_set)


def test_the_clock_settles_when_the_time_is_up(house):
    rule_set = proposed(house, "names")
    round = consents.current((actions.THING, rule_set.pk))
    for who in (house.aino, house.bjorn):
        consent.take(by=who, round=round, stance="support")
    with frozen("2026-02-08 10:00"):
        tasks.settle()
    rule_set.refresh_from_db()
    assert rule_set.state == "proposed"
    with frozen("2026-02-09 10:00"):
        tasks.settle()
        tasks.settle()
    rule_set.refresh_from_db()
    assert (rule_set.state, rule_set.agreed_on) == ("agreed", date(2026, 2, 9))


def test_rules_without_agreement_go_back_to_writing(house):
    rule_set = proposed(house, "names")
    with frozen("2026-02-10 10:00"):
        tasks.settle()
    rule_set.refresh_from_db()
    assert rule_set.state == "draft"


# --- changing and accepting


def test_a_change_gives_a_months_notice_and_the_old_rules_hold_meanwhile(house):
    old = agreed(house, "names", "leaving")
    with frozen("2026-03-02 10:00"):
        new = agreed(house, "names", "credit", note="Credit matters to us.")
        assert (new.in_force_on, queries.current_rules(house.network), queries.upcoming(house.network)) == (
            date(2026, 4, 2), old, new,
        )  # fmt: skip
    with frozen("2026-04-02 10:00"):
        assert queries.current_rules(house.network) == new
        assert queries.upcoming(house.network) is None
    assert [row.number for row in queries.versions(house.network)] == [2, 1]


def test_a_change_begins_with_the_rules_in_force(house):
    agreed(house, "names", "leaving")
    with pytest.raises(RuleBroken):
        actions.choose(by=house.bjorn, network=house.network, card="credit")
    actions.begin(by=house.bjorn, network=house.network)
    assert [line.card for line in queries.lines(queries.in_making(house.network))] == ["names", "leaving"]
    actions.choose(by=house.bjorn, network=house.network, card="credit")


def test_versions_are_compared_side_by_side(house):
    old = agreed(house, "names", "leaving")
    with frozen("2026-03-02 10:00"):
        new = agreed(house, "credit", "names", note="Why")
    pairs = queries.compare(old, new)
    assert [(pair.before and pair.before.card, pair.after and pair.after.card, pair.is_same) for pair in pairs] == [
        (None, "credit", False),
        ("names", "names", True),
        ("leaving", None, False),
    ]


def test_each_member_accepts_and_is_asked_again_on_change(house):
    rule_set = agreed(house)
    assert queries.to_accept(house.bjorn, house.network) == rule_set
    for _ in range(2):
        actions.accept(by=house.bjorn, rule_set=rule_set)
    assert Acceptance.objects.count() == 1
    assert queries.to_accept(house.bjorn, house.network) is None
    with frozen("2026-03-02 10:00"):
        new = agreed(house, "credit", note="Why")
        assert queries.to_accept(house.bjorn, house.network) == new


def test_acceptance_is_shown_as_organisations_never_as_names(house):
    rule_set = agreed(house)
    actions.accept(by=house.bjorn, rule_set=rule_set)
    actions.accept(by=house.disa, rule_set=rule_set)
    actions.accept(by=house.unto, rule_set=rule_set)
    shown = queries.accepted(rule_set, house.bjorn)
    assert (shown.organisations, shown.seated) == (1, 2)
    assert shown.mine.person == house.bjorn
    assert queries.accepted(rule_set, house.aino).mine is None
    assert not Event.objects.filter(kind="commitments.rules_accepted").exclude(audience="own").exists()


def test_old_and_unagreed_rules_cannot_be_accepted(house):
    old = agreed(house)
    with frozen("2026-03-02 10:00"):
        new = proposed(house, "credit", note="Why")
        with pytest.raises(RuleBroken):
            actions.accept(by=house.bjorn, rule_set=new)
        everybody(house, new)
        actions.settle(by=house.aino, rule_set=new)
    with frozen("2026-04-03 10:00"), pytest.raises(RuleBroken):
        actions.accept(by=house.bjorn, rule_set=old)


def test_observers_and_strangers_do_not_accept(house):
    rule_set = agreed(house)
    with pytest.raises(NotAllowed):
        actions.accept(by=house.cecilia, rule_set=rule_set)


def test_a_recorder_enters_an_acceptance_that_the_person_checks(house):
    rule_set = agreed(house)
    with pytest.raises(NotAllowed):
        actions.accept(by=house.bjorn, rule_set=rule_set, on_behalf_of=house.unto)
    house.recorder(house.bjorn)
    rule_set.network = house.network
    actions.accept(by=house.bjorn, rule_set=rule_set, on_behalf_of=house.unto)
    assert queries.acceptance_of(rule_set, house.unto).recorded_by == house.bjorn
    assert actions.check_acceptance(by=house.unto, rule_set=rule_set).checked_at
    with pytest.raises(RuleBroken):
        actions.check_acceptance(by=house.disa, rule_set=rule_set)


def test_the_log_says_rules_in_three_languages(house):
    agreed(house)
    sentences = set()
    for code in ("fi", "sv", "en"):
        with translation.override(code):
            sentences |= {Event.objects.get(kind="commitments.rules_agreed").sentence()}
    assert len(sentences) == 3
