"""Opening, speaking, changing, answering objections, closing, and a new text."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.models import Event
from kutomo.core.consent import actions, queries
from kutomo.core.consent.models import EarlierVoice, Round, Voice
from kutomo.core.consent.rules import Resolution, Stance, Why
from kutomo.core.networks import actions as networks
from kutomo.core.networks.models import Representation
from kutomo.ground.clock import frozen, now
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken


def everybody_agrees(house, round) -> None:
    actions.take(by=house.aino, round=round, stance=Stance.SUPPORT)
    actions.take(by=house.bjorn, round=round, stance=Stance.CAN_LIVE)
    actions.take(by=house.eeva, round=round, stance=Stance.ABSTAIN, speaks=True)
    actions.take(by=house.unto, round=round, stance=Stance.SUPPORT)


def test_a_round_lasts_seven_days_unless_said_otherwise(house):
    round = house.open()
    assert round.closes_at - round.opened_at == timedelta(days=7)
    assert queries.current(("founding.canvas", 1)) == round


def test_only_those_who_run_rounds_open_one(house):
    with pytest.raises(NotAllowed):
        actions.open(by=house.bjorn, network=house.network, thing=("a.b", 1), title="T", text="T")
    assert not Round.objects.exists()


@pytest.mark.parametrize(
    "facts",
    [{"text": "  "}, {"closes_in": -1}, {"silent_in": 9}],
    ids=["no text", "past", "silence too long"],
)
def test_odd_rounds_are_refused(house, later, facts):
    closes, silent = facts.pop("closes_in", 7), facts.pop("silent_in", None)
    with pytest.raises(RuleBroken):
        house.open(closes_at=later(closes), silent_until=silent and later(silent), **facts)


def test_a_thing_has_one_open_round_at_a_time(house):
    house.open()
    with pytest.raises(RuleBroken):
        house.open()
    second = Round.objects.get()
    second.pk, second.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_everybody_agreeing_closes_a_round_before_its_time(house):
    round = house.open()
    everybody_agrees(house, round)
    result = actions.close(by=house.aino, round=round)
    assert (result.adopted, result.answered, result.invited) == (True, 4, 4)
    stored = Round.objects.get()
    assert (stored.status, stored.why, stored.invited) == ("adopted", "agreed", 4)


def test_a_round_with_missing_voices_waits_for_its_time(house, later):
    round = house.open()
    for who in (house.aino, house.bjorn, house.unto):
        actions.take(by=who, round=round, stance=Stance.SUPPORT)
    with pytest.raises(RuleBroken):
        actions.close(by=house.aino, round=round)
    with frozen(later(days=8)):
        assert actions.close(by=None, round=round).adopted


def test_the_clock_never_closes_early_even_when_all_have_answered(house):
    round = house.open()
    everybody_agrees(house, round)
    with pytest.raises(RuleBroken):
        actions.close(by=None, round=round)


def test_members_cannot_close(house):
    round = house.open()
    everybody_agrees(house, round)
    with pytest.raises(NotAllowed):
        actions.close(by=house.bjorn, round=round)


def test_closing_twice_gives_the_frozen_result(house):
    round = house.open()
    everybody_agrees(house, round)
    first = actions.close(by=house.aino, round=round)
    networks.seat(by=house.aino, network=house.network, person=house.cecilia)
    assert actions.close(by=house.aino, round=round) == first
    assert Event.objects.filter(kind="consent.adopted").count() == 1


def test_too_few_answers_are_no_agreement(house, later):
    round = house.open()
    actions.take(by=house.aino, round=round, stance=Stance.SUPPORT)
    with frozen(later(days=8)):
        result = actions.close(by=house.aino, round=round)
    assert (result.adopted, result.why) == (False, Why.TOO_FEW)


def test_one_voice_a_seat_and_its_change_is_kept(house):
    round = house.open()
    actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="It shuts islands out")
    actions.take(by=house.disa, round=round, stance=Stance.CAN_LIVE)
    voice = Voice.objects.get()
    assert (voice.stance, voice.harm, voice.taken_by, voice.version) == ("can_live", "", house.disa, 2)
    before = EarlierVoice.objects.get()
    assert (before.stance, before.harm, before.taken_by) == ("object", "It shuts islands out", house.bjorn)


def test_the_same_answer_again_changes_nothing(house):
    round = house.open()
    for _ in range(2):
        actions.take(by=house.bjorn, round=round, stance=Stance.SUPPORT)
    assert Voice.objects.get().version == 1
    assert not EarlierVoice.objects.exists()


def test_two_on_one_seat_do_not_overwrite_each_other_unseen(house):
    round = house.open()
    actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, change="Add the islands", seen=0)
    with pytest.raises(RuleBroken, match="Björn"):
        actions.take(by=house.disa, round=round, stance=Stance.SUPPORT, seen=0)
    assert Voice.objects.get().stance == "object"
    actions.take(by=house.disa, round=round, stance=Stance.SUPPORT, seen=1)
    assert Voice.objects.get().stance == "support"


def test_a_sitter_without_mandate_says_first_that_they_may_speak(house):
    round = house.open()
    with pytest.raises(RuleBroken) as refused:
        actions.take(by=house.eeva, round=round, stance=Stance.SUPPORT)
    assert refused.value.field == "speaks"
    actions.take(by=house.eeva, round=round, stance=Stance.SUPPORT, speaks=True)
    assert Representation.objects.get(person=house.eeva).mandate == "speak"


def test_strangers_and_guests_have_no_voice(house):
    round = house.open()
    with pytest.raises(NotAllowed):
        actions.take(by=house.cecilia, round=round, stance=Stance.SUPPORT)
    with pytest.raises(NotAllowed):
        actions.take(by=Respondent.guest("x1", "Guest"), round=round, stance=Stance.SUPPORT)
    actions.take(by=Respondent.of(house.unto), round=round, stance=Stance.SUPPORT)
    assert [voice.name for voice in queries.voices(round)] == ["Unto"]


@pytest.mark.parametrize(("stance", "harm", "field"), [("perhaps", "", "stance"), ("object", "x" * 601, "harm")])
def test_odd_stances_are_refused(house, stance, harm, field):
    with pytest.raises(RuleBroken) as refused:
        actions.take(by=house.bjorn, round=house.open(), stance=stance, harm=harm)
    assert refused.value.field == field


def test_a_recorder_writes_for_somebody_who_checks_it(house):
    round = house.open()
    with pytest.raises(NotAllowed):
        actions.take(by=house.bjorn, round=round, stance=Stance.SUPPORT, on_behalf_of=house.unto)
    house.recorder(house.bjorn)
    round.network = house.network
    voice = actions.take(by=house.bjorn, round=round, stance=Stance.CAN_LIVE, on_behalf_of=house.unto)
    assert (voice.taken_by, voice.recorded_by, voice.waits_for_check) == (house.unto, house.bjorn, True)
    with pytest.raises(NotAllowed):
        actions.check(by=house.bjorn, round=round, voice=voice)
    assert not actions.check(by=house.unto, round=round, voice=voice).waits_for_check


def test_nobody_sees_anything_before_the_silence_ends(house, later):
    round = house.open(silent_until=later(days=2))
    actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="It shuts islands out")
    for who in (house.aino, house.bjorn, house.unto):
        seen = queries.standing(round, who)
        assert seen.is_silent
        assert (seen.objections, seen.counts, seen.unanswered, seen.concerns) == ([], [], [], [])
        assert seen.answered == 1
    assert queries.standing(round, house.bjorn).voice.harm == "It shuts islands out"
    assert queries.standing(round, house.aino).voice is None
    assert not Event.objects.filter(kind__startswith="consent.", audience="members", actor=house.bjorn).exists()
    with frozen(later(days=3)):
        seen = queries.standing(round, house.unto)
    assert [voice.harm for voice in seen.objections] == ["It shuts islands out"]
    assert seen.unanswered == ["Ikäkumppanit", "Vakka"]
    assert seen.unanswered_people == 1, "a private person is counted, not named"


def test_the_last_voice_ends_the_silence(house, later):
    round = house.open(silent_until=later(days=2))
    everybody_agrees(house, round)
    seen = queries.standing(round, house.unto)
    assert not seen.is_silent
    assert {count.stance: count.number for count in seen.counts} == {
        "support": 2, "can_live": 1, "object": 0, "abstain": 1,
    }  # fmt: skip


def test_only_its_author_takes_an_objection_back(house):
    round = house.open()
    voice = actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="Harm")
    for act in (actions.withdraw, actions.resolve):
        with pytest.raises(NotAllowed):
            act(by=house.aino, round=round, voice=voice, words="Talked it over")
    actions.withdraw(by=house.disa, round=round, voice=voice)  # sits on the same seat
    voice.refresh_from_db()
    assert (voice.resolution, voice.harm, voice.is_blocking) == (Resolution.WITHDRAWN, "Harm", False)
    with pytest.raises(RuleBroken):
        actions.withdraw(by=house.bjorn, round=round, voice=voice)


def test_an_objection_is_met_with_words(house, later):
    round = house.open()
    voice = actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, change="Name the islands")
    with pytest.raises(RuleBroken):
        actions.resolve(by=house.bjorn, round=round, voice=voice, words=" ")
    actions.resolve(by=house.bjorn, round=round, voice=voice, words="The islands are in the plan.")
    actions.take(by=house.aino, round=round, stance=Stance.SUPPORT)
    actions.take(by=house.unto, round=round, stance=Stance.SUPPORT)
    with frozen(later(days=8)):
        assert actions.close(by=house.aino, round=round).adopted


def test_speaking_again_after_withdrawing_keeps_the_withdrawal_in_the_past(house):
    round = house.open()
    voice = actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="Harm")
    actions.withdraw(by=house.bjorn, round=round, voice=voice)
    voice = actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="Harm")
    assert voice.is_blocking
    assert queries.past(voice)[0].resolution == "withdrawn"


def test_a_blocking_objector_writes_the_next_text(house, later):
    round = house.open()
    actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, change="Name the islands")
    actions.take(by=house.unto, round=round, stance=Stance.OBJECT)  # a concern
    assert queries.co_writers(round) == [house.bjorn]
    with pytest.raises(NotAllowed):
        actions.reopen(by=house.unto, round=round, text="New", note="Why")
    new = actions.reopen(
        by=house.bjorn, round=round, text="Contact also on the islands.", note="The islands are named."
    )
    round.refresh_from_db()
    assert (round.status, round.why, new.number, new.previous) == ("not_adopted", "objection", 2, round)
    assert round.voices.get(taken_by=house.bjorn).resolution == Resolution.MET
    assert queries.current(("founding.canvas", 1)) == new
    assert [row.number for row in queries.history(("founding.canvas", 1))] == [2, 1]
    with pytest.raises(RuleBroken):
        actions.reopen(by=house.aino, round=round, text="Third", note="Why")


@pytest.mark.parametrize(("text", "note"), [("First contact in two weeks.", "Why"), ("New", " ")])
def test_a_new_text_differs_and_says_why(house, text, note):
    round = house.open()
    with pytest.raises(RuleBroken):
        actions.reopen(by=house.aino, round=round, text=text, note=note)


def test_no_new_text_during_the_silence_nor_after_agreement(house, later):
    round = house.open(silent_until=later(days=1))
    with pytest.raises(RuleBroken, match="yksin"):
        actions.reopen(by=house.aino, round=round, text="New", note="Why")
    everybody_agrees(house, round)
    actions.close(by=house.aino, round=round)
    with pytest.raises(RuleBroken, match="sovittu"):
        actions.reopen(by=house.aino, round=round, text="New", note="Why")


def test_a_round_is_stopped_only_by_a_standing_objection(house, later):
    round = house.open(silent_until=later(days=1))
    actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="Harm")
    with pytest.raises(RuleBroken):
        actions.stop(by=house.aino, round=round)
    with frozen(later(days=2)):
        with pytest.raises(NotAllowed):
            actions.stop(by=house.unto, round=round)
        result = actions.stop(by=house.bjorn, round=round)
    assert (result.adopted, result.why) == (False, Why.OBJECTION)
    assert queries.current(("founding.canvas", 1)) is None


def test_a_round_without_objection_is_not_stopped(house):
    round = house.open()
    actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT)  # a concern
    with pytest.raises(RuleBroken):
        actions.stop(by=house.aino, round=round)


def test_nothing_is_said_after_closing(house):
    round = house.open()
    everybody_agrees(house, round)
    actions.close(by=house.aino, round=round)
    with pytest.raises(RuleBroken):
        actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="Too late")
    with pytest.raises(RuleBroken):
        actions.prolong(by=house.aino, round=round, closes_at=now() + timedelta(days=30))


def test_a_round_is_prolonged_never_shortened(house, later):
    round = house.open()
    with pytest.raises(RuleBroken):
        actions.prolong(by=house.aino, round=round, closes_at=later(days=3))
    with pytest.raises(NotAllowed):
        actions.prolong(by=house.bjorn, round=round, closes_at=later(days=14))
    assert actions.prolong(by=house.aino, round=round, closes_at=later(days=14)).closes_at > round.closes_at


def test_a_round_of_members_hears_two_people_of_one_seat(house):
    round = house.open(who="members")
    actions.take(by=house.bjorn, round=round, stance=Stance.SUPPORT)
    actions.take(by=house.disa, round=round, stance=Stance.CAN_LIVE)
    standing = queries.standing(round, house.disa)
    assert (standing.answered, standing.invited, standing.unanswered, standing.unanswered_people) == (
        2,
        5,
        [],
        3,
    )


def test_a_left_seats_objection_still_stands(house, later):
    round = house.open()
    actions.take(by=house.bjorn, round=round, stance=Stance.OBJECT, harm="Harm")
    networks.leave(by=house.bjorn, chair=queries.chairs(house.bjorn, house.network)[0].seat)
    for who in (house.aino, house.unto):
        actions.take(by=who, round=round, stance=Stance.SUPPORT)
    with frozen(later(days=8)):
        result = actions.close(by=house.aino, round=round)
    assert (result.why, result.answered, result.invited) == (Why.OBJECTION, 2, 3)


def test_what_waits_for_a_person(house):
    round = house.open()
    assert queries.waiting_for(house.disa) == [round]
    actions.take(by=house.bjorn, round=round, stance=Stance.SUPPORT)
    assert queries.waiting_for(house.disa) == [], "the seat has spoken"
    assert queries.waiting_for(house.unto) == [round]
    assert queries.waiting_for(house.cecilia) == []


def test_strangers_do_not_find_a_round(house):
    round = house.open()
    with pytest.raises(NotFound):
        queries.get(house.cecilia, house.network, round.pk)
    assert queries.of_network(house.cecilia, house.network) == []


def test_due_rounds_are_found_by_the_room_that_owns_them(house, later):
    round = house.open()
    assert queries.due("founding.canvas") == []
    assert queries.due("founding.canvas", later(days=8)) == [round]
    assert queries.due("commitments.ruleset", later(days=8)) == []


@pytest.mark.django_db(transaction=True)
def test_two_sitters_speak_at_once_and_one_voice_results(house):
    round = house.open()

    def speak(who, stance):
        try:
            return actions.take(by=who, round=Round.objects.get(pk=round.pk), stance=stance).stance
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = [pool.submit(speak, house.bjorn, "support"), pool.submit(speak, house.disa, "can_live")]
        assert {future.result() for future in said} == {"support", "can_live"}
    voice = Voice.objects.get()
    assert voice.version == 2
    assert {voice.stance, queries.past(voice)[0].stance} == {"support", "can_live"}
