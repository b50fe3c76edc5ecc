"""What a filter leaves: pure, without a database."""

from __future__ import annotations

import random

import pytest

from kutomo.work.netmap.rules import drawing, looks
from kutomo.work.netmap.rules.asked import Asked, parse
from kutomo.work.netmap.rules.scene import could_meet, scene, strongest
from kutomo.work.relations.rules.shape import Member

from .world import report

KINDS = ("association", "public", "parish", "company", "foundation", "school", "group", "", "other")


def wave(n: int = 30, p: float = 0.12, seed: int = 1, number: int = 1, **facts):
    dice = random.Random(seed)
    members = [
        Member(seat, f"Järjestö {seat} ry", KINDS[seat % 9], f"{seat % 4:02}", dice.random() > 0.1)
        for seat in range(1, n + 1)
    ]
    ties = []
    for a in range(1, n + 1):
        for b in range(a + 1, n + 1):
            if dice.random() < p:
                evidence = dice.choice(["both", "both", "one"])
                ties.append((a, b, "knows", dice.randint(1, 3), evidence))
                if dice.random() < 0.5:
                    ties.append((a, b, "works", dice.randint(1, 3), evidence))
    return report(members, ties, number, **facts)


def questions():
    return ["", "new", "name", "works", "without", "introduce"]


@pytest.mark.parametrize("seed", range(60))
def test_a_scene_only_leaves_out(seed: int):
    """Whatever is asked, every shown tie stands in the report, passes the filter and joins two shown members."""
    dice = random.Random(seed)
    waves = [wave(seed=seed), wave(seed=seed + 1000, number=2)]
    for _ in range(12):
        asked = parse(
            {
                "wave": str(dice.choice([0, 1, 2, 7])),
                "relation": dice.choice(["", "knows", "works", "x"]),
                "evidence": dice.choice(["", "both", "one"]),
                "around": dice.choice(["", "all", "3", "99"]),
                "step": str(dice.choice([1, 2, 3, 9])),
                "sector": dice.choice(["", "", "association", "nothing"]),
                "question": dice.choice(questions()),
                "start": str(dice.choice([0, 0, 2])),
                "end": str(dice.choice([0, 5])),
            }
        )
        found = scene(waves, asked, mine=dice.choice([0, 4, 77]))
        assert found is not None
        true = set(found.report.ties)
        shown = {member.seat for member in found.members}
        assert shown <= {member.seat for member in found.report.members}
        assert set(found.ties) <= true
        assert set(found.all_ties) <= true
        for tie in found.ties:
            assert {tie.a, tie.b} <= shown
            assert asked.relation in ("", tie.relation)
            assert asked.evidence in ("", tie.evidence)
        assert len({(tie.a, tie.b) for tie in found.ties}) == len(found.ties)
        assert found.marked <= shown
        drawn = {(tie.a, tie.b) for tie in found.report.ties}
        assert not {(pair.a, pair.b) for pair in found.pairs} & drawn


def test_a_pair_shows_its_strongest_tie():
    made = wave(6, 1.0)
    pairs = {(tie.a, tie.b) for tie in made.ties}
    shown = strongest(made.ties, "", "")
    assert {(tie.a, tie.b) for tie in shown} == pairs
    working = {(tie.a, tie.b) for tie in made.ties if tie.relation == "works"}
    assert {(tie.a, tie.b) for tie in shown if tie.relation == "works"} == working


def test_too_few_answers_draw_nothing():
    assert scene([wave(gate="too_few")], Asked()) is None
    assert scene([], Asked()) is None


def test_the_opening_view_is_one_step_around_oneself():
    made = wave(seed=3)
    found = scene([made], Asked(), mine=4)
    near = {tie.a if tie.b == 4 else tie.b for tie in made.ties if 4 in (tie.a, tie.b)}
    assert {member.seat for member in found.members} == near | {4}
    assert scene([made], Asked(), mine=0).centre == 0  # without a seat: the whole network


def test_steps_reach_farther_each():
    made = wave(60, 0.04, seed=5)
    sizes = [len(scene([made], Asked(step=step), mine=2).members) for step in (1, 2, 3)]
    assert sizes[0] <= sizes[1] <= sizes[2]
    assert sizes[0] < sizes[2]


def test_a_path_has_as_many_steps_as_it_must():
    members = [Member(seat, str(seat)) for seat in range(1, 7)]
    made = report(members, [(a, a + 1, "works", 1, "both") for a in range(1, 5)] + [(1, 4, "knows", 1, "one")])
    found = scene([made], Asked(start=1, end=5))
    assert found.path == (1, 4, 5)
    assert [(tie.a, tie.b) for tie in found.path_ties()] == [(1, 4), (4, 5)]
    assert scene([made], Asked(start=1, end=5, evidence="both")).path == (1, 2, 3, 4, 5)
    assert scene([made], Asked(start=1, end=6)).path == ()


@pytest.mark.parametrize("gate", ["no_brokers", "ties_only"])
def test_what_hangs_on_one_is_told_only_when_enough_answered(gate: str):
    asked = parse({"question": "without"})
    assert scene([wave(gate=gate)], asked, mine=3).without is None
    assert scene([wave()], asked, mine=3).without is not None
    assert scene([wave()], asked, mine=0).without is None  # and only of oneself


def test_without_me_counts_the_others():
    members = [Member(seat, str(seat), answered=True) for seat in range(1, 6)]
    star = report(members, [(1, other, "works", 2, "both") for other in range(2, 6)])
    found = scene([star], parse({"question": "without"}), mine=1)
    assert (found.without.others, found.without.largest_before, found.without.largest_after) == (4, 4, 1)
    assert found.without.pairs_cut == 6
    assert found.without.only == (2, 3, 4, 5)
    assert 1 not in {member.seat for member in found.members}


def test_introductions_are_between_confirmed_contacts_at_most_two_each():
    members = [Member(seat, str(seat), answered=seat != 6) for seat in range(1, 10)]
    star = report(members, [(1, other, "works", 2, "both") for other in range(2, 9)])
    found = scene([star], parse({"question": "introduce"}), mine=1)
    named = [seat for pair in found.pairs for seat in (pair.a, pair.b)]
    assert found.pairs
    assert max(map(named.count, named)) <= 2
    assert 6 not in named  # has not answered: nobody knows whom it knows
    assert 9 not in named
    assert 1 not in named
    met = could_meet(star, 2)
    assert 0 < len(met) <= 2
    assert all(2 in (pair.a, pair.b) for pair in met)


def test_positions_stand_still_from_wave_to_wave():
    first = wave(20, 0.15, seed=8)
    second = wave(20, 0.25, seed=9, number=2, positions=first.positions)
    waves = [first, second]
    for asked in (Asked(around="all"), Asked(around="3", step=2)):
        one = drawing.places(waves, asked.but(wave=1), scene(waves, asked.but(wave=1)), drawing.WIDE)
        two = drawing.places(waves, asked.but(wave=2), scene(waves, asked.but(wave=2)), drawing.WIDE)
        same = set(one) & set(two)
        assert len(same) > 3
        assert all(one[seat] == two[seat] for seat in same)


def test_everything_stands_on_the_paper():
    for n, asked in (
        (1, Asked()),
        (2, Asked(around="all")),
        (30, Asked(around="all", layout="rings")),
        (140, Asked(around="all")),
    ):
        made = wave(n, 3 / n, seed=n)
        shown = scene([made], asked)
        for box in (drawing.WIDE, drawing.NARROW, drawing.WIDE_LARGE, drawing.NARROW_NEAR):
            drawn = drawing.draw([made], asked, shown, box)
            assert len(drawn.dots) == len(shown.members) - max(0, len(shown.alone) - drawing.ROW_MOST)
            assert len(drawn.lines) == len(shown.ties)
            for dot in drawn.dots:
                assert -1 <= dot.x <= box.width + 1, (n, box, dot)
                assert -1 <= dot.y <= drawn.height + 1, (n, box, dot)


def test_many_without_ties_make_the_paper_longer():
    members = [Member(seat, f"Järjestö {seat} ry") for seat in range(1, 101)]
    for ties in ([], [(1, 2, "works", 1, "both")]):
        made = report(members, ties)
        shown = scene([made], Asked(around="all"))
        for box in (drawing.WIDE, drawing.WIDE_LARGE, drawing.NARROW_LARGE):
            drawn = drawing.draw([made], Asked(around="all"), shown, box)
            assert len(drawn.dots) == drawing.ROW_MOST + len({seat for tie in ties for seat in tie[:2]})
            lowest = max(dot.y for dot in drawn.dots)
            assert lowest < drawn.height
            assert drawn.row_y < lowest


def test_no_two_groups_look_alike():
    members = [Member(seat, str(seat), f"kind {seat % 12}", f"{seat % 15:02}") for seat in range(1, 60)]
    made = report(members, [])
    for colour in ("sector", "region"):
        known = looks.looks([made], colour)
        shapes = [look.shape for look in known.values()]
        assert len(shapes) == len(set(shapes)) == len(looks.LOOKS)  # told apart without any colour
        legend = looks.used(members, known, colour)
        assert len(legend) == len(shapes) + 1  # the rest together
        assert legend[-1].code == ""


@pytest.mark.parametrize(
    "given",
    [
        {"wave": "-1"}, {"wave": "x"}, {"step": "0"}, {"around": "²"}, {"around": "9" * 40}, {"question": "drop"},
        {"sector": "a" * 500}, {"pick": "1; drop table"}, {"start": "٣"}, {"large": "yes"}, {"page": "1e9"},
    ],
)  # fmt: skip
def test_words_that_mean_nothing_are_left_out(given):
    asked = parse(given)
    assert scene([wave()], asked) is not None
    assert parse(dict(p.split("=") for p in asked.query().split("&") if p)).query() == asked.query()


def test_an_address_says_what_is_asked():
    asked = Asked(wave=2, relation="works", around="all", evidence="both", pick=7, nameless=True)
    assert parse({key: value for key, value in (pair.split("=") for pair in asked.query().split("&"))}) == asked
    assert Asked().query() == ""
    assert parse({"question": "works"}).query() == "question=works"
