from datetime import date

import pytest

from kutomo.work.results import rules
from kutomo.work.results.rules import Choice, Grade, State


@pytest.mark.parametrize("claimed", list(Grade))
def test_one_key_is_a_claim_whatever_was_attached(claimed):
    assert rules.grade(claimed, confirmed=False) is Grade.CLAIM
    assert rules.grade(claimed, confirmed=True) == max(claimed, Grade.BOTH)


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("Numero vastaa arkisin", False),
        ("Soittoja tuli 240", True),
        ("Keväällä 2026 aloitettiin", False),
        ("Avattiin 3.4.2026 ja 5.4.", False),
        ("Vuonna 2026 tuli 12 soittoa", True),
        ("30 %", True),
    ],
)
def test_a_figure_needs_its_source(text, needs):
    assert rules.needs_source(text, "") is needs
    assert rules.needs_source(text, " ") is needs
    assert not rules.needs_source(text, "keskuksen loki")


def test_evaluability_counts_four_things():
    whole = {"benefit": "yksin asuvat", "enough": "kun", "due_on": date(2027, 1, 1), "rule": "soittokoe"}
    assert rules.evaluability(**whole) == 4
    assert rules.evaluability(**{**whole, "due_on": None, "rule": " "}) == 2


def test_sufficiency_is_of_goals_past_their_day():
    assert rules.sufficiency([State.STOPPED, State.HELD, State.OPEN, State.WOUND_DOWN, State.RAISED]) == (3, 5)
    assert rules.sufficiency([]) == (0, 0)


def test_what_may_follow():
    assert Choice.RAISE in rules.choices(State.ENOUGH)
    assert rules.choices(State.OPEN) == [Choice.WIND_DOWN]
    assert rules.choices(State.ASKING) == rules.choices(State.DRAFT) == []
    assert rules.half_time(date(2026, 1, 1), date(2026, 3, 2)) == date(2026, 1, 31)
