"""Figures of trust, commitment and the pulse, only as they may be told (rules.floors). Pure.

Everything is counted over pairs that both sides say work together, so that the figures of one wave cannot be set
against each other: for each pair whether both rely on each other, and whether both are ready for more as well; for
each of the two directions whether one relies, and whether one is ready without relying. The first two and the third
use the same scale. "Too early" is not told apart, because what remained would be "with reservations" alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kutomo.ground.graph.arrays import np

from .answers import Answers
from .asking import CANNOT_SAY, PULSE_ITEMS, TOO_EARLY, Facet
from .floors import NOT_ASKED, ORGANISATIONS, between, moved, scale, scaled, step, told
from .ladder import Bools
from .shape import Figure
from .structure import mutual

AGREES_FROM = 4
LADDER = ("trust_both", "commit_both", "ladder_3", "step_3", "ladder_4", "step_4")
TRUST = ("trust_given", "ahead", "change_trust", "change_commitment")
FACETS = {Facet.OPENNESS.value: "facet_openness", Facet.SHARED_AIM.value: "facet_aim"}
PULSE = tuple(f"pulse_{item}" for item in PULSE_ITEMS)
KEYS = (*LADDER, *TRUST, *FACETS.values(), "three_facets", *PULSE)


@dataclass(frozen=True)
class Allowed:
    """Whose confidential answers are counted (seats), or ``why`` nothing is told. ``floor``: 5, or what the network
    has raised it to; ``asks_trust``: whether the wave asked it."""

    seats: Collection[int]
    why: str = ""
    asks_trust: bool = True
    floor: int = 5


def silent(why: str) -> Iterator[Figure]:
    """Every confidential figure, untold."""
    return (Figure(key, why=why) for key in KEYS)


def confidential(
    answers: Answers,
    pulse: Iterable[tuple[int, int, int]],
    parts: Mapping[int, int],
    allowed: Allowed,
    before: Mapping[str, Figure],
) -> Iterator[Figure]:
    """The confidential figures. ``pulse``: part, item, value. ``parts``: the seat of each part. ``before``: the
    figures of the wave before, as they were told."""
    if allowed.why:
        yield from silent(allowed.why)
        return
    counted = np.array([seat in allowed.seats for seat in answers.seats], bool)
    pairs = mutual(answers.worked) & counted[:, None] & counted[None, :]
    if allowed.asks_trust:
        told_of_pairs = list(_pairs(answers, pairs, allowed.floor))
        yield from told_of_pairs
        named = {figure.key: figure for figure in told_of_pairs}
        yield moved("change_trust", before.get("trust_both"), named["trust_both"])
        yield moved("change_commitment", before.get("commit_both"), named["commit_both"])
    else:
        yield from (Figure(key, why=NOT_ASKED) for key in KEYS if key not in PULSE)
    yield from _pulse(pulse, parts, allowed)


def _pairs(answers: Answers, pairs: Bools, floor: int) -> Iterator[Figure]:
    """The ladder above working together, trust in its directions and facets."""
    degrees = pairs.sum(axis=1)
    n, raters, margin = int(pairs.sum()) // 2, int((degrees > 0).sum()), int(degrees.max(initial=0))
    found = scale(n, raters=raters, margin=margin, floor=floor) if raters >= ORGANISATIONS else None
    relies, ready = answers.relies & pairs, answers.ready & pairs
    both = told("trust_both", _halved(relies & relies.T), n, found)
    committed = relies & ready
    more = told("commit_both", _halved(committed & committed.T), n, found)
    yield from (both, more)
    answered = int(np.triu(_answered(answers), 1).sum())
    every = len(answers.seats) * (len(answers.seats) - 1) // 2
    share = n / answered if answered else 0.0
    yield scaled("ladder_3", both, share, n=answered, of=every)
    yield replace(both, key="step_3")
    yield scaled("ladder_4", more, share, n=answered, of=every)
    yield step("step_4", both, more, n=n)
    given = told("trust_given", int(relies.sum()), 2 * n, found)
    yield given
    yield told("ahead", int((ready & ~relies).sum()), 2 * n, found)
    facets = [_facet(answers, pairs, code, key, floor) for code, key in FACETS.items()]
    yield from facets
    yield _three(given, *facets)


def _answered(answers: Answers) -> Bools:
    said = answers.rungs >= 0
    both = said & said.T
    np.fill_diagonal(both, False)
    return both


def _halved(symmetric: Bools) -> int:
    return int(symmetric.sum()) // 2


def _facet(answers: Answers, pairs: Bools, code: str, key: str, floor: int) -> Figure:
    """How much of what was said on one facet is "mostly" or "fully". Whom it was asked of is known to nobody else."""
    asked, high = np.zeros_like(pairs), np.zeros_like(pairs)
    for (a, b), cell in answers.cells.items():
        value = cell.facets.get(code)
        if value is not None:
            i, j = answers.place[a], answers.place[b]
            asked[i, j] = pairs[i, j]
            high[i, j] = pairs[i, j] and value != TOO_EARLY and value >= 2
    touching = asked.sum(axis=0) + asked.sum(axis=1)
    raters, of = int(asked.any(axis=1).sum()), int(asked.sum())
    found = scale(of, raters=raters, margin=int(touching.max(initial=0)), floor=floor)
    return told(key, int(high.sum()), of, found if raters >= ORGANISATIONS else None)


def _three(*figures: Figure) -> Figure:
    """The mean of trust and its two facets, from their bands."""
    lows = [figure.low for figure in figures if figure.told and figure.low is not None]
    highs = [figure.high for figure in figures if figure.told and figure.high is not None]
    n = sum(figure.n for figure in figures)
    if len(lows) < len(figures) or len(highs) < len(figures):
        return Figure("three_facets", n=n, of=n, why=next((f.why for f in figures if f.why), "in_words"))
    return between("three_facets", sum(lows) / len(lows), sum(highs) / len(highs), n=n, of=n)


def _pulse(pulse: Iterable[tuple[int, int, int]], parts: Mapping[int, int], allowed: Allowed) -> Iterator[Figure]:
    """The share that agrees with each item, over persons; "cannot say" is left out."""
    rows = [(part, item, value) for part, item, value in pulse if parts.get(part) in allowed.seats]
    for item in PULSE_ITEMS:
        said = [(part, value) for part, i, value in rows if i == item and value != CANNOT_SAY]
        seats = {parts[part] for part, _ in said}
        found = scale(len(said), raters=len(said), margin=1, floor=allowed.floor)
        agrees = sum(value >= AGREES_FROM for _, value in said)
        yield told(f"pulse_{item}", agrees, len(said), found if len(seats) >= ORGANISATIONS else None)


def received(answers: Answers, counted: Collection[int], floor: int = 5) -> dict[int, Figure]:
    """For each seat, and for that seat alone: how many of its raters rely on it, told from five raters on."""
    rows = np.array([seat in counted for seat in answers.seats], bool)
    asked = (answers.worked == 1) & rows[:, None]
    found = {}
    for j, seat in enumerate(answers.seats):
        of = int(asked[:, j].sum())
        by = scale(of, raters=of, margin=1, floor=floor)
        found[seat] = told("received", int((answers.relies[:, j] & asked[:, j]).sum()), of, by)
    return found
