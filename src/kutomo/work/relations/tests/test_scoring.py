"""Rungs, several respondents, states of pairs: one cell at a time, and all at once."""

from __future__ import annotations

from itertools import product

import pytest

from kutomo.work.relations.rules.answers import gather
from kutomo.work.relations.rules.asking import TOO_EARLY
from kutomo.work.relations.rules.scoring import Cell, State, any_side, confirmed, gap, merged, state

from .invented import Said


@pytest.mark.parametrize(
    ("cell", "rung"),
    [
        (Cell(), None),
        (Cell(knows=0), 0),
        (Cell(knows=1, works=0), 0),
        (Cell(knows=2, works=0), 1),
        (Cell(knows=3), None),
        (Cell(knows=1), None),
        (Cell(knows=1, works=1), 2),
        (Cell(knows=2, works=3, trusts=1), 2),
        (Cell(knows=2, works=3, trusts=TOO_EARLY, commits=3), 2),
        (Cell(knows=2, works=1, trusts=2), 3),
        (Cell(knows=2, works=1, trusts=3, commits=1), 3),
        (Cell(knows=2, works=1, trusts=2, commits=2), 4),
        (Cell(knows=2, works=1, trusts=1.5, commits=2), 2),
        (Cell(knows=2, works=0, trusts=3, commits=3), 1),
    ],
)
def test_rung_of_an_answer(cell, rung):
    assert cell.rung == rung


def test_commitment_ahead_of_trust_is_kept_apart():
    assert Cell(2, 1, TOO_EARLY, 2).is_ahead
    assert Cell(2, 1, 1, 3).is_ahead
    assert Cell(2, 1, None, 2).is_ahead
    assert not Cell(2, 1, 2, 3).is_ahead
    assert not Cell(2, 1, 1, 1).is_ahead


def test_several_respondents_of_one_organisation():
    """K, E and C: some door is open; T: the median; too early only where nobody gave a level."""
    one = Cell(1, 0, None, None, {"aim": 3.0})
    two = Cell(3, 2, 3.0, 1, {"openness": 1.0})
    three = Cell(2, None, 1.0, 3, {"openness": 2.0})
    together = merged([one, two, three])
    assert (together.knows, together.works, together.trusts, together.commits) == (3, 2, 2.0, 3)
    assert together.facets == {"aim": 3.0, "openness": 1.5}
    assert merged([Cell(2, 1, TOO_EARLY), Cell(2, 1, 3.0)]).trusts == 3.0
    assert merged([Cell(2, 1, TOO_EARLY), Cell(2, 1)]).trusts == TOO_EARLY
    assert merged([Cell(2, 1), Cell(2, 1)]).trusts is None


def test_states_of_a_pair():
    told = {pair: state(*pair) for pair in product((True, False, None), repeat=2)}
    assert told[True, True] is State.BOTH
    assert told[False, False] is State.NEITHER
    assert told[True, False] is told[False, True] is State.CONTRADICTION
    assert told[True, None] is told[None, True] is State.ONE_YES
    assert told[False, None] is told[None, False] is State.ONE_NO
    assert told[None, None] is State.UNKNOWN


def test_a_silent_side_is_unknown_and_no_gap():
    assert (confirmed(3, 1), any_side(3, 1), gap(3, 1)) == (1, 3, 2)
    assert (confirmed(3, None), any_side(3, None), gap(3, None)) == (None, 3, None)
    assert (confirmed(None, None), any_side(None, None)) == (None, None)


def test_all_cells_at_once_are_scored_as_each_by_itself():
    levels = list(product((None, 0, 1, 2, 3), (None, 0, 1, 2, 3), (None, 1, 2, 3, TOO_EARLY), (None, 0, 1, 2, 3)))
    cells = [found for found in levels if found[1] is None or (found[0] or 0) >= 1]
    seats = list(range(1, len(cells) + 2))
    rows = [Said(1, 1, about, *cell[:3], None, cell[3]) for about, cell in zip(seats[1:], cells, strict=True)]
    table = gather(rows, seats, {}).rungs[0]
    for column, (k, e, t, c) in enumerate(cells, start=1):
        alone = Cell(k, e, t, c).rung
        assert table[column] == (-1 if alone is None else alone), (k, e, t, c)


def test_rows_about_oneself_strangers_and_twice_change_nothing():
    rows = [Said(1, 1, 2, 2, 1), Said(1, 1, 1, 3, 3, 3, None, 3), Said(1, 1, 99, 3, 3), Said(9, 99, 1, 3, 3)]
    once = gather(rows, [1, 2], {})
    twice = gather([*rows, *rows], [1, 2], {})
    assert once.rungs.tolist() == twice.rungs.tolist() == [[-1, 2], [-1, -1]]
    assert list(once.cells) == [(1, 2)]
