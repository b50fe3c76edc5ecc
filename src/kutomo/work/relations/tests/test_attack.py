"""The attacker against the reports: no answer on trust or commitment follows from all that can be seen.

Two promises. No four members who join all they know learn the **level** that somebody else gave. Nobody alone, with
the own answers and the own figures, learns even whether somebody else said **yes or no**. Both over one wave and the
next, and over a report before and after a withdrawal. The last tests show that the attacker finds what there is to
find, in publishers that leak.
"""

from __future__ import annotations

from itertools import combinations, product

import pytest

from kutomo.work.relations.rules import analysis, floors
from kutomo.work.relations.rules.confidential import KEYS
from kutomo.work.relations.rules.floors import TENTHS, WITHDRAWN

from .attacker import (
    PARTS,
    Seen,
    Story,
    escapes,
    everybody,
    hidden,
    kutomo,
    near,
    possible,
    relies,
    rows,
    star,
    told,
    turned,
    undetermined_level,
    with_part,
)
from .invented import given, invented

COALITION = 4  # the floor less one


@pytest.fixture(autouse=True)
def _only_the_confidential(request, monkeypatch):
    """The other figures do not depend on T and C (the first test shows it): no need to work them out so often."""
    if not request.node.name.startswith("test_nothing_but"):
        monkeypatch.setattr(analysis, "structure", lambda *args, **facts: iter(()))
        monkeypatch.setattr(analysis, "changes", lambda *args: iter(()))
        monkeypatch.setattr(analysis, "_positions", lambda *args: {})
        monkeypatch.setattr(analysis, "shown_ties", lambda *args: ())


def reasons(report: dict) -> set[str]:
    """Why the confidential figures of a report are not told; "" for those that are."""
    return {figure["why"] for figure in report["figures"] if figure["key"] in KEYS}


WORLDS = {
    "five, all with all": told(5, everybody(5), 1),
    "six, all with all": told(6, everybody(6), 2),
    "eight by chance": told(8, near(8, 3, 0.7), 3),
    "twelve by chance": told(12, near(12, 4, 0.5), 4),
    "eighteen by chance": told(18, near(18, 5, 0.4), 5),
    "everybody the same, yes": told(8, everybody(8), 1, same=(3, 3, 3)),
    "everybody the same, no": told(8, everybody(8), 1, same=(1, 0, 1)),
    "everybody too early": told(8, everybody(8), 1, same=(9, 2, 9)),
    "a star": told(9, star(9), 6),
    "a star of yes": told(9, star(9), 6, same=(2, 2, 2)),
    "two waves": told(9, near(9, 7, 0.7), 7, waves=2),
    "two waves, all the same": told(8, everybody(8), 8, waves=2, same=(3, 2, 3)),
    "one is silent": Story(7, (everybody(7),), told(7, everybody(7), 9).answers, (frozenset({7}),)),
    "one withdraws": Story(9, (everybody(9),), told(9, everybody(9), 10).answers, withdrawn=((0, 9),)),
    "one withdraws, then another": Story(
        9, (everybody(9),), told(9, everybody(9), 11).answers, withdrawn=((0, 9), (0, 8))
    ),
    "one comes, one goes": Story(
        9, (everybody(9),) * 2, told(9, everybody(9), 12, waves=2).answers, (frozenset({9}), frozenset({1}))
    ),
}  # fmt: skip


def test_nothing_but_the_confidential_figures_depends_on_trust_and_commitment():
    """So the map, the ties, the structure and the changes cannot tell of them, whatever is drawn from them."""
    plain = invented(14, seed=3, density=0.5)
    for level in (1, 2, 3, 9, None):
        other = [row if row.works is None else type(row)(row.part, row.seat, row.about, row.knows, row.works,
                 level, level, 3 if level == 3 else 0) for row in plain]  # fmt: skip
        one, two = (analysis.analyse(given(14, said)).report.to_json() for said in (plain, other))
        for report in (one, two):
            report["figures"] = [figure for figure in report["figures"] if figure["key"] not in KEYS]
        assert one == two


@pytest.mark.parametrize("name", WORLDS)
def test_no_four_together_learn_anybodys_level(name):
    story = WORLDS[name]
    some = list(combinations(range(1, story.n + 1), COALITION))[:: max(1, story.n // 2)][:3]
    for coalition in [(), *some]:
        for part in PARTS:
            for key in hidden(story, coalition, part)[:: 3 + story.n]:
                assert undetermined_level(story, key, part, coalition, kutomo), (coalition, key, part)


@pytest.mark.parametrize("name", WORLDS)
def test_nobody_alone_learns_whether_it_was_yes_or_no(name):
    story = WORLDS[name]
    for reader in ((), (1,), (story.n - 1,)):
        for part in PARTS:
            for key in hidden(story, reader, part)[:: 2 + story.n]:
                assert escapes(story, key, part, reader, kutomo), (reader, key, part)


def test_five_raters_of_whom_four_collude():
    """The seat 6 is rated by five; four of them, and the seat itself, put together all they see."""
    pairs = frozenset((a, 6) for a in range(1, 6))
    for level in (1, 2, 3, 9):
        answers = {(0, x, y): (2, 1, 2) for pair in pairs for x, y in (pair, pair[::-1])}
        story = Story(6, (pairs,), {**answers, (0, 5, 6): (level, 1, 2)})
        assert kutomo(story).own[6][0].word
        found = possible(story, (0, 5, 6), (1, 2, 3, 4, 6), kutomo)
        assert len(found) >= 2, (level, found)


def test_in_a_small_world_every_assignment_is_gone_through():
    """Six members, all with all, of whom five collude: the last one's every level stays open."""
    for seed in range(3):
        story = told(6, everybody(6), seed)
        story = story.but({key: with_part(answer, 0, answer[0] or 9) for key, answer in story.answers.items()})
        for about in range(1, 4):
            assert len(possible(story, (0, 6, about), (1, 2, 3, 4, 5), kutomo)) >= 2


def test_few_who_are_new_or_gone_do_not_show_even_if_nobody_else_changed():
    """The attacker knows that all others repeated their answers: the difference of two waves tells nothing of one."""
    for seed in range(4):
        first = told(16, near(16, seed, 0.6), seed).answers
        both = {**first, **{(1, a, b): answer for (_, a, b), answer in first.items()}}
        works = (near(16, seed, 0.6),) * 2
        for changing in (
            (frozenset({16}), frozenset()),
            (frozenset(), frozenset({16})),
            (frozenset({3}), frozenset({5})),
        ):
            story = Story(16, works, both, changing)
            other = {
                key: turned(turned(answer, 0), 1)
                for key, answer in both.items()
                if key[1] in changing[0] | changing[1] and key[0] == (0 if key[1] in changing[1] else 1)
            }
            told_of = kutomo(story).public
            if changing[1]:  # somebody is missing: nothing is told in the second wave
                assert {figure["why"] for figure in told_of[1][0]["figures"] if figure["key"] in KEYS} == {
                    "few_changed"
                }
            else:  # the newcomers' answers do not count yet, whatever they are
                assert kutomo(story.but(other)).public == told_of


def test_a_withdrawal_takes_the_confidential_figures_down_whatever_they_were():
    story = WORLDS["one withdraws"]
    before, after = kutomo(story).public[0]
    assert any(not figure["why"] for figure in before["figures"] if figure["key"] in KEYS)
    assert reasons(after) == {WITHDRAWN}


def test_two_members_swap_organisations_between_waves():
    """The persons of seats 2 and 3 change places: each seat's answers are its own in each wave, and nothing follows."""
    first = told(9, everybody(9), 5).answers
    swap = {2: 3, 3: 2}
    second = {(1, a, b): first[0, swap.get(a, a), swap.get(b, b)] for (_, a, b) in first}
    story = Story(9, (everybody(9),) * 2, {**first, **second})
    for key, part in product([(0, 2, 5), (1, 3, 5), (0, 2, 3), (1, 2, 3)], PARTS[:2]):
        assert escapes(story, key, part, (5,), kutomo)
        assert undetermined_level(story, key, part, (1, 5, 6, 7), kutomo)


def test_one_respondent_and_everybody_silent_tell_nothing():
    for silent in (frozenset(range(2, 9)), frozenset(range(1, 9))):
        story = Story(8, (everybody(8),), told(8, everybody(8), 1).answers, (silent,))
        seen = kutomo(story)
        assert not seen.own
        assert reasons(seen.public[0][0]) == {"low_response"}


def test_silence_does_not_depend_on_what_it_hides():
    """Whether a figure is told looks only at who works with whom: a suppressed figure is no hint."""
    for seed in range(6):
        works = near(7 + seed, seed, 0.6)
        patterns = set()
        for answers in range(12):
            same = (3, 3, 3) if answers == 0 else (1, 0, 1) if answers == 1 else None
            report = kutomo(told(7 + seed, works, answers, same=same)).public[0][0]
            patterns.add(
                tuple(
                    (figure["key"], figure["why"], figure["n"], figure["of"], bool(figure["word"]))
                    for figure in report["figures"]
                    if figure["key"] in KEYS and not figure["key"].startswith(("facet", "three", "step_4"))
                )
            )
        assert len(patterns) == 1


# The attacker itself: it must find what leaks.


def counted_out(story: Story) -> Seen:
    """A publisher that says how many rely on each seat, exactly, to that seat, from five raters on."""
    own: dict[int, list[int]] = {}
    for seat in range(1, story.n + 1):
        said = [row for row in rows(story, 0) if row.about == seat and row.works]
        own[seat] = [sum(relies(row.trusts) for row in said)] if len(said) >= 5 else []
    return Seen([], own)


def averaged(story: Story) -> Seen:
    """A publisher that tells each seat the mean trust it receives, with one decimal, from five raters on."""
    own: dict[int, list[float]] = {}
    for seat in range(1, story.n + 1):
        levels = [row.trusts for row in rows(story, 0) if row.about == seat and row.trusts in (1, 2, 3)]
        own[seat] = [round(sum(levels) / len(levels), 1)] if len(levels) >= 5 else []  # type: ignore[arg-type]
    return Seen([], own)


def live(story: Story) -> Seen:
    """A publisher that counts trust again after each withdrawal."""
    gone: set[int] = set()
    counts = []
    for seat in (0, *(seat for _, seat in story.withdrawn)):
        gone.add(seat)
        counts.append(sum(relies(row.trusts) for row in rows(story, 0) if row.seat not in gone))
    return Seen(counts)


def test_the_attacker_finds_the_fifth_answer_in_an_average():
    pairs = frozenset((a, 6) for a in range(1, 6))
    answers = {(0, x, y): (2, 1, 2) for pair in pairs for x, y in (pair, pair[::-1])}
    story = Story(6, (pairs,), {**answers, (0, 5, 6): (3, 1, 2)})
    assert possible(story, (0, 5, 6), (1, 2, 3, 4, 6), averaged) == {3}
    assert not undetermined_level(story, (0, 5, 6), 0, (1, 2, 3, 4, 6), averaged)


def test_the_attacker_finds_yes_or_no_in_an_exact_count():
    story = told(6, everybody(6), 1, same=(3, 3, 3))
    assert escapes(story, (0, 5, 6), 0, (6,), counted_out) is None
    assert escapes(story, (0, 5, 6), 0, (6,), kutomo) is not None


def test_the_attacker_finds_the_one_who_withdrew_in_a_live_count():
    story = Story(8, (star(8),), told(8, star(8), 1).answers, withdrawn=((0, 8),))
    assert escapes(story, (0, 8, 1), 0, (), live) is None
    assert escapes(story, (0, 8, 1), 0, (), kutomo) is not None


def test_the_attacker_wins_when_the_floor_is_lowered(monkeypatch):
    """Bands as narrow as one answer, no floor: in most of the worlds somebody's yes or no comes out."""

    def lowered(of: int, **facts: int) -> floors.Scale | None:
        cuts = tuple((count + 0.5) / of for count in range(of)) if of else ()
        return floors.Scale(cuts, ("",) * (of + 1)) if of else TENTHS

    monkeypatch.setattr("kutomo.work.relations.rules.confidential.scale", lowered)
    beaten = []
    for name in ("five, all with all", "everybody the same, yes", "everybody the same, no", "a star of yes"):
        story = WORLDS[name]
        keys = hidden(story, (1,))[:4]
        if any(escapes(story, key, 0, (1,), kutomo, tries=60) is None for key in keys):
            beaten.append(name)
    assert len(beaten) >= 3, beaten


def test_the_attacker_wins_when_the_margin_is_left_out(monkeypatch):
    """Without the margin a star tells its middle everything: the leader would see how each member answers."""
    real = floors.scale
    monkeypatch.setattr(
        "kutomo.work.relations.rules.confidential.scale", lambda of, **facts: real(of, **{**facts, "margin": 0})
    )
    found = []
    for seed in range(12):
        story = told(9, star(9), seed)
        found += [key for key in hidden(story, (1,)) if escapes(story, key, 0, (1,), kutomo, tries=30) is None]
    assert found


def test_the_attacker_wins_when_few_who_go_are_forgotten(monkeypatch):
    """Without the rule on differences, what the second wave says depends on the one who is missing."""
    monkeypatch.setattr(analysis, "countable", lambda now, shown, floor: floors.Counting(now))
    told_apart = 0
    for seed in range(8):
        first = told(10, everybody(10), seed).answers
        both = {**first, **{(1, a, b): answer for (_, a, b), answer in first.items()}}
        seen = set()
        for level in (1, 3):
            changed = {key: with_part(answer, 0, level) for key, answer in both.items() if key[1] == 10}
            story = Story(10, (everybody(10),) * 2, {**both, **changed}, (frozenset(), frozenset({10})))
            figures = [{figure["key"]: figure for figure in wave[0]["figures"]} for wave in kutomo(story).public]
            assert not figures[1]["trust_given"]["why"]
            seen.add(tuple(wave["trust_given"]["word"] for wave in figures))
        told_apart += len(seen) == 2
    assert told_apart
