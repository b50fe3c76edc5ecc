from datetime import date

import pytest

from kutomo.work.ideas import rules
from kutomo.work.ideas.rules import Maturity, Reply, Told


def test_nobody_judges_unasked():
    assert rules.replies([]) == [Reply.ASK, Reply.ADD, Reply.CONNECT]
    assert rules.replies(["questions", "contacts"]) == [Reply.ASK, Reply.ADD, Reply.CONNECT]
    assert Reply.JUDGE in rules.replies(["evaluation"])


@pytest.mark.parametrize(("days", "silent", "rests"), [(13, False, False), (14, True, False), (60, True, True)])
def test_silence(days, silent, rests):
    moved, today = date(2026, 3, 1), date.fromordinal(date(2026, 3, 1).toordinal() + days)
    assert rules.is_silent(Maturity.SPARK, moved, today) is silent
    assert rules.rests(Maturity.READY, moved, today) is rests
    assert not rules.rests(Maturity.RESTING, moved, today)


def test_figures():
    spark = Told(Maturity.SPARK, "s1", True, (("s2", 3),))
    own = Told(Maturity.SKETCH, "s2", True, (("s2", 1),))
    late = Told(Maturity.READY, "s3", False, (("s1", 15),))
    hidden = Told(Maturity.SPARK, "", False)
    found = rules.figures([spark, own, late, hidden, Told(Maturity.SPARK, "s4", True, (("s1", 14),))])
    assert (found.ideas, found.openness, found.built) == (5, 0.8, 0.4)
    assert found.first_voice is None  # four known authors
    assert rules.figures([spark] * 4).openness is None
    five = [Told(Maturity.SPARK, f"s{number}", number < 3) for number in range(5)]
    assert rules.figures(five).first_voice == 0.6
