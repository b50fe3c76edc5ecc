"""The whole analysis on small and bad input: gates, the map, silence, one respondent, everybody the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kutomo.work.relations.rules import trust
from kutomo.work.relations.rules.analysis import analyse
from kutomo.work.relations.rules.answers import gather
from kutomo.work.relations.rules.asking import TOO_EARLY
from kutomo.work.relations.rules.confidential import KEYS
from kutomo.work.relations.rules.gates import gate
from kutomo.work.relations.rules.shape import Figure, Report

from .invented import Said, full, given, invented, places


def report(n: int, rows: list[Said], **facts: object) -> Report:
    return analyse(given(n, rows, **facts)).report


def value(found: Report, key: str) -> float | None:
    return found.figures[key].value


@pytest.mark.parametrize(
    ("answered", "asked", "name"),
    [(8, 10, "all"), (79, 100, "no_brokers"), (60, 100, "no_brokers"), (59, 100, "too_few"), (0, 5, "too_few"),
     (0, 0, "too_few"), (4, 5, "all"), (3, 5, "no_brokers")],
)  # fmt: skip
def test_gates(answered, asked, name):
    assert gate(answered, asked) == name


def test_what_each_gate_lets_through():
    rows = invented(20, seed=2)
    told = {silent: report(20, [row for row in rows if row.seat > silent], tells_answered=True) for silent in (0, 6, 9)}
    assert [told[silent].gate for silent in told] == ["all", "no_brokers", "too_few"]
    assert "phase" in told[0].figures
    assert not {"phase", "phase_centralization"} & told[6].figures.keys()
    assert told[6].figures["density_works"].low is not None
    assert set(told[9].figures) == {"response", "named_by", *KEYS}
    assert told[9].ties == ()


def test_density_counts_what_was_answered_and_gives_its_bounds():
    """Three of four answer about all: available case over r (n - 1), bounds with the unknown row no and yes."""
    rows = [Said(a, a, b, 2, 1) if b <= 2 else Said(a, a, b, 0) for a in (1, 2, 3) for b in (1, 2, 3, 4) if a != b]
    found = report(4, rows).figures["density_works"]
    assert (found.value, found.n, found.of) == (pytest.approx(4 / 9), 9, 12)
    assert (found.low, found.high) == (pytest.approx(4 / 12), pytest.approx(7 / 12))
    assert report(3, [row for row in rows if row.about <= 3]).figures["density_works"].low is None


def test_a_contradiction_is_counted_and_never_drawn():
    rows = [Said(1, 1, 2, 2, 2), Said(2, 2, 1, 0), Said(1, 1, 3, 2, 1), Said(3, 3, 1, 2, 3)]
    rows += [Said(2, 2, 3, 0), Said(3, 3, 2, 0)]
    found = report(3, rows, tells_answered=True)
    assert {(tie.a, tie.b) for tie in found.ties} == {(1, 3)}
    assert {tie.level for tie in found.ties if tie.relation == "works"} == {1}
    assert found.figures["contradictions"].word == "under_five"
    assert found.figures["reciprocity"].value == pytest.approx(2 / 3)


def test_a_silent_side_is_dashed_only_where_all_may_hear_of_its_silence():
    rows = [Said(a, a, b, 2, 2) for a in (1, 2, 3, 4) for b in (1, 2, 3, 4, 5) if a != b]
    quiet = report(5, rows)
    assert {tie.evidence for tie in quiet.ties} == {"both"}
    assert {member.answered for member in quiet.members} == {None}
    told = report(5, rows, tells_answered=True)
    assert {(tie.a, tie.b) for tie in told.ties if tie.evidence == "one"} == {(1, 5), (2, 5), (3, 5), (4, 5)}
    assert [member.answered for member in told.members] == [True] * 4 + [False]
    private = report(5, rows, tells_answered=True, roster=places(5, persons=[5]))
    assert {tie.evidence for tie in private.ties} == {"both"}
    assert private.members[4].answered is None


def test_a_seat_that_is_not_on_the_map_is_removed():
    rows = invented(12, seed=3)
    found = report(12, rows, roster=places(12, off_map=[4]))
    assert (found.n, found.answered, len(found.members)) == (12, 12, 11)
    assert 4 not in found.positions
    assert not any(4 in (tie.a, tie.b) for tie in found.ties)
    without = report(12, [row for row in rows if 4 not in (row.seat, row.about)], roster=places(12, off_map=[4]))
    assert [figure for figure in without.figures.values() if figure.key != "response"] == [
        figure for figure in found.figures.values() if figure.key != "response"
    ]


def test_a_star_around_the_leader():
    rows = [
        Said(a, a, b, 2, 2) if 1 in (a, b) else Said(a, a, b, 0) for a in range(1, 11) for b in range(1, 11) if a != b
    ]
    found = report(10, rows)
    assert value(found, "mk") == pytest.approx(9 / 45)
    assert value(found, "rwl") == 0
    assert (value(found, "tie_share"), value(found, "loss")) == (1, 1)
    assert (value(found, "largest_before"), value(found, "largest_after")) == (1, pytest.approx(1 / 9))
    assert (value(found, "only_leader"), value(found, "pairs_cut")) == (9, 36)
    assert found.figures["phase"].word == "hub-and-spoke"


def test_private_persons_are_not_counted_in_mutual_knowledge():
    rows = [Said(a, a, b, 2, 0) for a in range(1, 6) for b in range(1, 6) if a != b and {a, b} != {4, 5}]
    assert report(5, rows, roster=places(5, persons=[4, 5])).figures["mk"] == Figure("mk", 1, 3, 3)
    assert report(5, rows, roster=places(5, persons=range(1, 6))).figures["mk"].of == 10


def test_ticks_after_talking_in_pairs_count_as_knowing():
    rows = [Said(a, a, b, 0) for a in range(1, 5) for b in range(1, 5) if a != b]
    assert value(report(4, rows), "mk") == 0
    assert value(report(4, rows, ticks=[(2, 3), (3, 2), (7, 8)]), "mk") == pytest.approx(1 / 6)


def test_everybody_silent_nobody_asked_one_respondent_one_seat():
    for found in (report(6, []), report(0, []), report(1, []), report(6, [Said(1, 1, 2, 3, 3, 3, 3, 3)])):
        assert found.gate == "too_few"
        assert found.ties == ()
        assert all(found.figures[key].why == "low_response" for key in KEYS)
        assert found.figures["response"].value in (None, 0, pytest.approx(1 / 6))
    assert report(0, []).figures["response"].why == "nobody"


def test_nobody_on_the_map_is_undefined_and_no_failure():
    found = report(6, invented(6), roster=places(6, off_map=range(1, 7)))
    assert found.gate == "all"
    assert found.members == ()
    for figure in found.figures.values():
        if figure.key not in ("response", "one_sided", "phase"):
            assert figure.value is None or figure.why, figure
            assert figure.why, figure


def test_everybody_answers_the_same():
    for levels in ((0, None, None, None), (3, 3, 3, 3), (1, 0, None, None), (2, 1, TOO_EARLY, 0)):
        rows = [
            Said(a, a, b, levels[0], levels[1], levels[2], levels[2], levels[3])
            for a in range(1, 10) for b in range(1, 10) if a != b
        ]  # fmt: skip
        found = report(9, rows)
        assert found.gate == "all"
        for figure in found.figures.values():
            assert figure.value is None or abs(figure.value) < 1e9
    nobody = report(9, [Said(a, a, b, 0) for a in range(1, 10) for b in range(1, 10) if a != b])
    assert value(nobody, "density_works") == 0
    assert value(nobody, "ladder_1") == 0
    assert nobody.figures["step_2"].why == "no_ties"
    assert nobody.figures["mean_distance"].why == "no_ties"
    assert nobody.figures["largest"].why == "no_ties"
    assert value(nobody, "alone") == 9


def test_rows_given_twice_about_oneself_or_a_stranger_change_nothing():
    rows = invented(10, seed=5)
    strange = [replace(rows[0], about=rows[0].seat), replace(rows[0], about=999), replace(rows[0], seat=999)]
    assert report(10, [*rows, *rows, *strange]).to_json() == report(10, rows).to_json()


def test_several_respondents_of_a_seat_are_one_answer():
    """Two of seat 1: what one of them knows, the seat knows; the other one alone would have said no."""
    rows = [Said(a, a, b, 2, 1) for a in range(1, 6) for b in range(1, 6) if a != b and (a, b) != (1, 2)]
    more = [Said(1, 1, 2, 0), Said(91, 1, 2, 3, 2)]
    parts = {a: a for a in range(1, 6)} | {91: 1}
    assert value(report(5, [*rows, *more], parts=parts), "ladder_2") == 1
    assert value(report(5, [*rows, more[0]], parts=parts), "ladder_2") == pytest.approx(0.9)


def test_trust_that_was_not_asked_says_so():
    found = report(12, invented(12, seed=7, density=0.9), asks_trust=False)
    assert found.figures["trust_given"].why == found.figures["ladder_4"].why == "not_asked"


def test_a_raised_floor_silences_what_a_lower_one_tells():
    rows = full({(a, b): (3, 3) for a in range(1, 8) for b in range(1, 8)}, 7)
    assert report(7, rows).figures["trust_given"].word == "half_or_more"
    assert report(7, rows, floor=8).figures["trust_given"].why == "too_few_raters"


def test_the_exact_figures_of_trust_stay_inside_the_analysis():
    """rules.trust gives them to the analysis; the report holds none of their values."""
    cells = {(1, 5): (3, 3), (2, 5): (2, 0), (3, 5): (1, 0), (4, 5): (TOO_EARLY, 0), (5, 1): (3, 1)}
    rows = [Said(a, a, b, 2, 2, t, t, c) for (a, b), (t, c) in cells.items()]
    answers = gather(rows, range(1, 6), {a: "openness" for a in range(1, 6)})
    found = trust.received(answers.cells, 5)
    assert (found.n, found.early, found.relied, found.mean) == (3, 1, 2, pytest.approx(50))
    assert trust.received(answers.cells, 3).mean is None
    assert trust.three_facets(answers.cells) == pytest.approx(62.5)
    back = trust.returned(answers.cells, [1, 2, 3, 4, 5])
    assert (back.pairs, back.equal, back.both_high, back.gap) == (1, 1, 1, 0)
    assert back.edge == pytest.approx(2 / 3)
    assert trust.returned({}, [1, 2]).equal is None
    assert trust.facet_score([None, TOO_EARLY]) is None
