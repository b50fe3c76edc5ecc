"""Arithmetic of meetings, without a database."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from kutomo.work.meetings.rules import agenda, codes, kinds, pairing, pulse
from kutomo.work.meetings.rules.kinds import Kind
from kutomo.work.meetings.rules.pulse import Share


@pytest.mark.parametrize(("name", "minutes"), [("full", 180), ("short", 90)])
def test_templates_fill_their_time_exactly(name, minutes):
    assert agenda.total((row.minutes, row.before) for row in agenda.plan(name)) == minutes


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_step_has_its_words_in_three_languages(language):
    seen = set()
    for rows in agenda.templates().values():
        for row in rows:
            words = agenda.texts(row.key, language)
            assert words is not None
            assert words.title
            assert words.text
            assert words.how
            assert len(words.prompts) >= row.rounds
            seen.add(words.title)
    assert len(seen) >= 18  # no language is a copy of another's default


def test_languages_differ():
    for row in agenda.plan("full"):
        assert len({agenda.texts(row.key, language).text for language in agenda.LANGUAGES}) == 3, row.key


def test_the_short_agenda_leaves_know_how_and_rules_for_later():
    short = {row.key for row in agenda.plan("short")}
    assert not short & {"knowhow", "skills", "rules", "break"}
    assert {row.key: row.minutes for row in agenda.plan("short")}["pairs"] == 20


def test_arrival_lies_before_the_start():
    start = datetime(2026, 2, 2, 10, tzinfo=UTC)
    times = agenda.times(start, [(15, True), (8, False), (5, False)])
    assert times == [start - timedelta(minutes=15), start, start + timedelta(minutes=8)]


def test_moving_stays_inside():
    assert agenda.moved([1, 2, 3], 3, -1) == [1, 3, 2]
    assert agenda.moved([1, 2, 3], 1, -1) == [1, 2, 3]
    assert agenda.moved([1, 2, 3], 1, 9) == [2, 3, 1]


def test_timer_does_not_run_below_zero():
    now = datetime(2026, 2, 2, 10, tzinfo=UTC)
    assert agenda.seconds_left(now + timedelta(seconds=90), None, now) == 90
    assert agenda.seconds_left(now - timedelta(seconds=90), None, now) == 0
    assert agenda.seconds_left(None, 30, now) == 30
    assert agenda.seconds_left(None, None, now) is None


@pytest.mark.parametrize("count", [*range(2, 24), 31, 45, 60, 101])
def test_three_rounds_seat_everybody_and_repeat_nobody(count):
    people, met = list(range(1, count + 1)), set()
    rounds = 3 if count >= 6 or count == 4 else 1
    for seed in range(rounds):
        groups = pairing.pair(people, met=met, seed=seed)
        assert sorted(one for group in groups for one in group) == people
        assert sorted(map(len, groups))[:-1] == [2] * (len(groups) - 1)
        assert len(groups[-1]) in (2, 3)
        assert sum(len(group) == 3 for group in groups) == count % 2
        fresh = pairing.pairs_of(groups)
        assert not fresh & met, (count, seed)
        met |= fresh


def test_pairs_are_the_same_for_the_same_seed_and_differ_for_another():
    people = list(range(40))
    assert pairing.pair(people, seed=3) == pairing.pair(people[::-1], seed=3)
    assert pairing.pair(people, seed=3) != pairing.pair(people, seed=4)


def test_pairs_prefer_strangers_and_other_organisations():
    people = list(range(8))
    known = {frozenset((a, b)) for a in range(4) for b in range(4) if a != b}
    groups = pairing.pair(people, known=known, seed=1)
    assert not pairing.pairs_of(groups) & known
    houses = {one: "a" if one % 2 else "b" for one in people}
    groups = pairing.pair(people, organisations=houses, seed=1)
    assert all(houses[a] != houses[b] for a, b in groups)


@pytest.mark.parametrize("count", [30, 31, 80])
def test_a_crowd_prefers_strangers_too(count):
    draw = random.Random(count)
    people = list(range(count))
    houses = {one: str(one % (count // 3)) for one in people}
    known = {frozenset(draw.sample(people, 2)) for _ in range(count * 2)}
    groups = pairing.pair(people, known=known, organisations=houses, seed=count)
    two = pairing.pairs_of(groups)
    assert not two & known
    assert not [pair for pair in two if len({houses[one] for one in pair}) == 1]


def test_two_people_meet_again_rather_than_sit_alone():
    assert pairing.pair([1, 2], met={frozenset((1, 2))}) == [(1, 2)]
    assert pairing.pair([1]) == []
    assert pairing.pair([1, 2, 3]) == [(1, 2, 3)]


def test_a_late_joiner_makes_a_trio_with_those_known_least():
    cost = pairing.cost_of((), {frozenset((9, 1))}, {9: "x", 3: "x"})
    assert pairing.join_late([(1, 2), (3, 4), (5, 6)], 9, cost) == 2
    assert pairing.join_late([(1, 2), (5, 6, 7)], 9, cost) == 0


def test_a_thousand_people_are_paired_within_a_breath():
    people = list(range(1000))
    met = pairing.pairs_of(pairing.pair(people, seed=1))
    again = pairing.pairs_of(pairing.pair(people, met=met, seed=2))
    assert not again & met


@pytest.mark.parametrize(
    "poor", ["012345", "111234", "123456", "654321", "112211", "12345", "47a918", "４７２９１８", "987612"]
)
def test_poor_codes_are_not_given(poor):
    assert not codes.is_clear(poor)


def test_codes_are_clear_and_free():
    draw = random.Random(5)
    given = {codes.draw(draw.randrange) for _ in range(2000)}
    assert all(codes.is_clear(code) for code in given)
    assert len(given) > 1980
    one = iter([472918 - 100000, 472919 - 100000])
    assert codes.draw(lambda _: next(one), taken={"472918"}) == "472919"


@pytest.mark.parametrize("typed", ["472918", "472 918", " 472-918\n", "4 7 2 9 1 8", "472\u00a0918", "４７２９１８"])
def test_codes_are_read_as_people_type_them(typed):
    assert codes.read(typed) == "472918"


@pytest.mark.parametrize("typed", ["", "47291", "4729188", "47291x", "<script>", "²²²²²²x", "٤٧٢٩١٨" * 2])
def test_other_things_are_no_code(typed):
    assert codes.read(typed) == ""


def test_thirty_wrong_codes_a_minute_are_enough():
    assert not codes.too_many(29)
    assert codes.too_many(30)


def test_the_pulse_is_silent_for_few():
    assert not pulse.read([5, 5, 4, 5], organisations=4).is_shown
    assert not pulse.read([5] * 9, organisations=2).is_shown
    assert not pulse.read([5, 5, 5, 5, 0, 0], organisations=6).is_shown  # four said something
    assert not pulse.read([5] * 7, organisations=7, fewest=8).is_shown


def test_the_pulse_speaks_words_to_a_dozen_and_tens_to_a_crowd():
    nine = pulse.read([5, 5, 4, 4, 4, 4, 2, 1, 3], organisations=5)
    assert (nine.word, nine.percent) == (Share.MOST, None)
    fifteen = pulse.read([5] * 11 + [1] * 4, organisations=9)
    assert (fifteen.word, fifteen.percent) == (Share.MOST, 70)
    assert fifteen.split
    assert pulse.read([5] * 6 + [0] * 4, organisations=9).unsure


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0, Share.FEW),
        (0.13, Share.SOME),
        (0.375, Share.HALF),
        (0.5, Share.HALF),
        (0.63, Share.MOST),
        (0.875, Share.NEARLY_ALL),
    ],
)
def test_words_for_shares(share, word):
    assert pulse.word_for(share) == word


def test_one_vote_cannot_lower_the_threshold():
    assert not pulse.read([5, 5, 5], organisations=3, fewest=1).is_shown


def test_partial_when_fewer_than_half_answer():
    assert pulse.is_partial(4, 9)
    assert not pulse.is_partial(5, 9)
    assert not pulse.is_partial(0, 0)


def test_blind_kinds_carry_no_name():
    for kind in (Kind.CANVAS, Kind.PULSE, Kind.UPKEEP, Kind.GOAL, Kind.SKILLS, Kind.WORD):
        assert not any(slot.named for slot in kinds.slots(kind)), kind
    assert all(slot.named for slot in kinds.slots(Kind.VOICES))
    assert not kinds.is_asking(Kind.TALK)
