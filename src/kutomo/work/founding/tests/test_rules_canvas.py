"""Indicators, states, adoption, likeness and the picture of the launch canvas."""

import math
from datetime import date

import pytest

from kutomo.work.founding.rules import canvas, hints, weave
from kutomo.work.founding.rules.canvas import Indicators, State, Theme


def theme(in_draft, *voices):
    return Theme(in_draft, frozenset(voices))


def test_indicators_of_a_question():
    themes = [theme(True, "a", "b"), theme(False, "c"), theme(False, "d")]
    signs = canvas.indicators(themes, voices={"a", "b", "c", "d", "loose"})
    assert signs.alignment == pytest.approx(2 / 5)
    assert signs.novelty == pytest.approx(2 / 3)
    assert signs.spread == pytest.approx((0.5 * math.log(2) + 0.5 * math.log(4)) / math.log(3))
    assert signs.is_talk_first


def test_what_cannot_be_told_is_none_never_zero():
    nothing = canvas.indicators([], voices=set())
    assert (nothing.alignment, nothing.novelty, nothing.spread, nothing.is_talk_first) == (
        None,
        None,
        None,
        None,
    )
    one = canvas.indicators([theme(True, "a")], voices={"a"})
    assert one.spread is None
    assert one.alignment == 1
    assert one.is_talk_first is False
    undrafted = canvas.indicators([theme(False, "a"), theme(False, "b")], voices={"a", "b"}, has_draft=False)
    assert (undrafted.alignment, undrafted.novelty) == (None, None)
    assert undrafted.is_talk_first  # spread alone says so
    empty = canvas.indicators([theme(True)], voices={"a"})
    assert empty.alignment is None


@pytest.mark.parametrize(
    ("alignment", "novelty", "spread", "flag"),
    [
        (0.5, 0.4, 0.85, False),
        (0.49, 0, 0, True),
        (1, 0.41, 0, True),
        (1, 0, 0.86, True),
        (None, None, 0.2, False),
    ],
)
def test_talk_first_limits(alignment, novelty, spread, flag):
    assert Indicators(9, alignment, novelty, spread).is_talk_first is flag


def test_divergence_order():
    signs = {
        1: Indicators(9, 0.9, 0.1, 0.2),
        2: Indicators(9, None, None, None),
        3: Indicators(9, 0.45, 0.5, 0.6),
        4: Indicators(9, 0.2, 0.5, 0.6),
        5: Indicators(9, 0.7, 0.1, 0.2),
    }
    assert canvas.divergence(signs) == [4, 3, 5, 1, 2]


def test_draft_change_and_politeness():
    assert canvas.draft_change("Me tiedotamme", "me TIEDOTAMME!") == 0
    assert canvas.is_polite(0.0)
    assert canvas.draft_change("a b c", "c d e") == pytest.approx(0.8)
    assert canvas.draft_change("", "jotain") is None
    assert not canvas.is_polite(None)


@pytest.mark.parametrize(
    ("facts", "may", "reason"),
    [
        ({"invited": 0, "answered": 0, "objections": 0, "days": 9}, None, "nobody_invited"),
        ({"invited": 5, "answered": 2, "objections": 0, "days": 9}, False, "too_few"),
        ({"invited": 5, "answered": 3, "objections": 1, "days": 9}, False, "objection"),
        ({"invited": 5, "answered": 3, "objections": 0, "days": 6}, None, "too_early"),
        ({"invited": 5, "answered": 3, "objections": 0, "days": 7}, True, "ready"),
    ],
)
def test_adoption(facts, may, reason):
    found = canvas.adoption(**facts)
    assert (found.may, found.reason) == (may, reason)


def test_states_move_only_along_their_path():
    assert canvas.may_move(State.PROPOSED, State.COMPARING)
    assert not canvas.may_move(State.DRAFT, State.PROPOSED)
    assert not canvas.may_move(State.OPEN, State.DRAFT)
    assert canvas.MOVES[State.SUPERSEDED] == ()
    assert set(canvas.MOVES) == set(State)


def test_path_without_a_meeting():
    steps = {step.code: step for step in canvas.path(date(2026, 3, 2))}
    assert steps["half_time"].starts == date(2026, 3, 7)
    assert (steps["clustering"].starts, steps["clustering"].ends) == (date(2026, 3, 10), date(2026, 3, 13))
    assert steps["agreed"].starts == date(2026, 3, 22)


ANSWERS = {
    "a": "Tavataan kuuden viikon välein",
    "b": "Kuusi viikkoa on hyvä väli tavata",
    "c": "Vetäjäpari jaksaa paremmin kuin yksi",
    "d": "Vetäjäparin vaihto puolen vuoden välein",
    "e": "Kahvit tarjoaa isäntä",
    "f": "Mötena hålls var sjätte vecka",
    "g": "Ett möte var sjätte vecka räcker",
}


def test_hints_bring_alike_answers_together():
    groups = [set(hint.keys) for hint in hints.hints(ANSWERS)]
    assert {"f", "g"} in groups
    assert not any("e" in group for group in groups)
    assert len([key for group in groups for key in group]) == len({key for group in groups for key in group})


def test_hints_fold_cases_of_finnish_and_swedish_words():
    assert hints.fold("verkostossa") == hints.fold("verkostolle") == hints.fold("verkostosta")
    assert hints.fold("mötena")[:3] == "mot"
    assert hints.likeness("", "jotain") == 0
    assert hints.likeness("ja on se", "ja on se") == 0  # no word that carries meaning


def test_hint_names_the_shared_word():
    found = hints.hints({"a": "Yksinäisyys vähenee", "b": "Yksinäisyyden vähentäminen", "c": "Kahvit"})
    assert found[0].word.startswith("yksinäisyy")


def test_weave_draws_every_answer_once():
    strands = [
        weave.Strand("yksi", 0),
        weave.Strand("kaksi", 1, True),
        weave.Strand("kolme", None),
        weave.Strand("neljä", 0),
    ]
    drawn = weave.weave(strands, ["Rytmi", "Vetovastuu"])
    assert [b.count for b in drawn.bundles] == [2, 1]
    assert drawn.bundles[0].path.count("M") == 2
    assert [label.is_loose for label in drawn.labels] == [False, False, True, False]
    assert drawn.unseen == 0
    assert drawn.bundles[1].y >= drawn.bundles[0].y + drawn.bundles[0].height


def test_weave_of_many_answers_stays_legible_and_counts_the_rest():
    strands = [weave.Strand(f"vastaus {n} " + "pitkä " * 20, n % 3 if n % 7 else None) for n in range(120)]
    drawn = weave.weave(strands, ["A", "B", "C" * 60])
    assert len(drawn.labels) == 16
    assert drawn.unseen == 104
    assert sum(b.count for b in drawn.bundles) == sum(1 for s in strands if s.theme is not None)
    assert all(len(label.text) <= 30 for label in drawn.labels)
    assert weave.weave([], []).height == 36
