"""When a text is agreed, and what an objection weighs."""

from datetime import UTC, datetime, timedelta

import pytest

from kutomo.core.consent import rules
from kutomo.core.consent.rules import Resolution, Said, Stance, Why

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def voices(*stances: Stance) -> list[Said]:
    return [Said(stance) for stance in stances]


@pytest.mark.parametrize(
    ("harm", "change", "blocks"),
    [("", "", False), ("  \n", " ", False), ("Somebody is left out", "", True), ("", "Name them", True)],
)
def test_an_objection_without_either_answer_is_a_concern(harm, change, blocks):
    said = Said(Stance.OBJECT, harm, change)
    assert rules.is_blocking(said) is blocks
    assert rules.is_concern(said) is not blocks


@pytest.mark.parametrize("resolution", list(Resolution))
def test_a_withdrawn_or_met_objection_no_longer_blocks(resolution):
    said = Said(Stance.OBJECT, harm="Harm", resolution=resolution)
    assert not rules.is_blocking(said)
    assert not rules.is_concern(said), "it stays a reasoned objection in the record"


@pytest.mark.parametrize("stance", [Stance.SUPPORT, Stance.CAN_LIVE, Stance.ABSTAIN])
def test_only_objections_block(stance):
    assert not rules.is_blocking(Said(stance, harm="left over from an earlier form"))


@pytest.mark.parametrize(
    ("answered", "invited", "enough"),
    [(16, 28, False), (17, 28, True), (3, 5, True), (2, 4, False), (0, 0, False), (1, 1, True)],
)
def test_sixty_per_cent_of_those_invited(answered, invited, enough):
    assert rules.has_quorum(answered, invited) is enough


def test_the_share_is_set_for_each_round():
    assert rules.has_quorum(1, 2, percent=50)
    assert not rules.has_quorum(3, 4, percent=100)


def test_the_silence_ends_at_its_hour_or_with_the_last_voice():
    later = NOON + timedelta(hours=1)
    assert rules.is_silent(NOON, later, answered=4, invited=5)
    assert not rules.is_silent(later, later, answered=4, invited=5)
    assert not rules.is_silent(NOON, later, answered=5, invited=5)
    assert not rules.is_silent(NOON, None, answered=0, invited=5)


def test_before_time_a_round_ends_only_when_all_have_answered():
    three = voices(Stance.SUPPORT, Stance.CAN_LIVE, Stance.ABSTAIN)
    assert rules.outcome(three, invited=4, answered=3, time_is_up=False).why == Why.TOO_EARLY
    assert rules.outcome(three, invited=3, answered=3, time_is_up=False).adopted
    assert rules.outcome(three, invited=4, answered=3, time_is_up=True).adopted


def test_a_single_reasoned_objection_stops_a_large_majority():
    many = [*voices(*[Stance.SUPPORT] * 27), Said(Stance.OBJECT, harm="It shuts the unreachable out")]
    result = rules.outcome(many, invited=28, answered=28, time_is_up=True)
    assert (result.adopted, result.why, result.objections) == (False, Why.OBJECTION, 1)


def test_a_concern_is_counted_and_does_not_stop():
    result = rules.outcome(
        [*voices(Stance.SUPPORT, Stance.SUPPORT), Said(Stance.OBJECT)], invited=3, answered=3, time_is_up=True
    )
    assert (result.adopted, result.concerns, result.objections) == (True, 1, 0)


def test_silence_is_not_agreement():
    result = rules.outcome(voices(Stance.SUPPORT), invited=10, answered=1, time_is_up=True)
    assert (result.adopted, result.why) == (False, Why.TOO_FEW)


def test_an_objection_outlives_its_authors_seat():
    left = Said(Stance.OBJECT, change="Say who answers the phone")
    result = rules.outcome([*voices(Stance.SUPPORT), left], invited=1, answered=1, time_is_up=True)
    assert result.why == Why.OBJECTION
