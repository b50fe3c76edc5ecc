"""Golden figures of the form profile."""

import random

import pytest

from kutomo.work.profiles.rules import form

M1 = dict(zip(form.READINGS, (1, 1.5, 1.5, 1.5, 2.5, 1.5, 3), strict=True))
M12 = dict(zip(form.READINGS, (2.4, 3.1, 2.4, 2, 3, 3.5, 3), strict=True))


def answer(*values: int) -> dict[str, float]:
    return dict(zip(form.READINGS, map(float, values), strict=True))


def test_golden_similarities():
    assert round(form.similarity(form.vector("network"), form.vector("partnership")), 2) == 0.62
    assert round(form.similarity(form.vector("tribe"), form.vector("community")), 2) == 0.72


@pytest.mark.parametrize(("readings", "best", "near"), [(M1, "stakeholder", 0.79), (M12, "network", 0.93)])
def test_golden_months_of_the_demo(readings, best, near):
    found = form.match(readings)
    assert found.best == best
    assert round(found.ranking[0][1], 2) == near


def test_every_form_is_nearest_to_itself_and_similarity_has_its_ends():
    for code in form.FORMS:
        assert form.match(form.vector(code)).nearest == (code,)
    assert form.similarity(answer(0, 0, 0, 0, 0, 0, 0), answer(4, 4, 4, 4, 4, 4, 4)) == 0


def test_between_is_said_when_two_are_nearer_than_six_hundredths():
    halfway = {k: (form.vector("tribe")[k] + form.vector("community")[k]) / 2 for k in form.READINGS}
    found = form.match(halfway)
    assert found.is_between
    assert set(found.nearest) == {"tribe", "community"}


def test_noise_finds_the_right_form_nearly_always():
    """The method's own trial: noise of 0.8 on nine answers' median keeps the right form first."""
    rng = random.Random(7)
    right = tried = 0
    for code in form.FORMS:
        for _ in range(60):
            noisy = {k: min(4, max(0, v + rng.gauss(0, 0.8))) for k, v in form.vector(code).items()}
            right += form.match(noisy).best == code
            tried += 1
    assert right / tried > 0.9


def test_nothing_is_said_without_answers():
    assert form.middle([]) is None
    assert form.match(None) is None
    assert form.disagreements([answer(0, 0, 0, 0, 0, 0, 0), answer(4, 4, 4, 4, 4, 4, 4)]) == ()


def test_middle_and_disagreement():
    answers = [answer(0, 2, 2, 2, 2, 2, 2)] * 3 + [answer(4, 2, 2, 2, 2, 2, 3)] * 3
    assert form.middle(answers)["C"] == 2
    assert form.disagreements(answers) == ("C",)


def test_drift_at_fifteen_hundredths():
    start = form.vector("network")
    assert not form.has_drifted(start, {**start, "C": 3})
    assert form.has_drifted(start, {**start, "C": 4})


def test_gap_names_the_longest_way_first():
    now, wanted = answer(0, 2, 1, 2, 2, 2, 3), answer(1, 2, 4, 2, 2, 2, 3)
    assert form.gap(now, wanted) == ("L", "C")


@pytest.mark.parametrize(
    ("people", "organisations", "fewest", "expected"),
    [
        (4, 4, 5, "nothing"),
        (5, 3, 5, "words"),
        (9, 5, 5, "words"),
        (14, 9, 5, "words"),
        (15, 9, 5, "shares"),
        (20, 2, 5, "nothing"),
        (6, 4, 7, "nothing"),
        (4, 4, 3, "nothing"),
    ],
)
def test_small_groups_are_silent(people, organisations, fewest, expected):
    assert form.shown(people, organisations, fewest=fewest) == expected


def test_small_groups_get_whole_steps_and_larger_ones_half_steps():
    readings = dict.fromkeys(form.READINGS, 2.3)
    assert form.coarse(readings, form.Shown.NOTHING) is None
    assert form.coarse(readings, form.Shown.WORDS)["C"] == 2
    assert form.coarse(readings, form.Shown.SHARES)["C"] == 2.5


@pytest.mark.parametrize(
    ("known", "model"),
    [
        ({"organisations": 6, "trust": "wide", "goal_spread": 0.5, "joint_work": 1}, "shared"),
        ({"organisations": 15, "trust": "thin", "goal_spread": 1.5, "joint_work": 1}, "lead"),
        ({"organisations": 40, "trust": "wide", "goal_spread": 1, "joint_work": 4}, "separate"),
    ],
)
def test_governance_hint(known, model):
    known["trust"] = form.Trust(known["trust"])
    assert form.governing(**known).model == model


def test_governance_says_what_is_unknown_and_stays_silent():
    hint = form.governing(organisations=6, trust=None, goal_spread=None, joint_work=1)
    assert hint.model is None
    assert hint.unknown == ("trust", "agreement")
    # few organisations, wide trust, but no agreement on the goal: none of the three fits
    assert form.governing(organisations=6, trust=form.Trust.WIDE, goal_spread=2.5, joint_work=1).model is None


@pytest.mark.parametrize("broken", [{}, {"C": 1}, dict.fromkeys(form.READINGS, 5), dict.fromkeys(form.READINGS, "2")])
def test_broken_readings_are_refused(broken):
    assert not form.is_whole(broken)
    assert form.is_whole(dict.fromkeys(form.READINGS, 0))
