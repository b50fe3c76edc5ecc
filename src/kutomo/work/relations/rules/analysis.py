"""The whole analysis of a wave: from raw rows to the frozen report, and to nothing else. Pure.

Made once, at closing. ``made_anew`` makes it again when somebody has withdrawn or left the map: knowing and working
together are counted again without them, trust and commitment are not, because the difference would tell of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kutomo.ground.graph import Graph, layouts

from .answers import Answers, Row, gather
from .confidential import KEYS, Allowed, confidential, received, silent
from .floors import FLOOR, WITHDRAWN, countable
from .gates import TOO_FEW, gate
from .scoring import Pair
from .shape import Figure, Member, Report, ShownTie
from .structure import RESPONSE, Earlier, changes, shown_ties, structure

STEPS = ("read", "ties", "structure", "confidential", "keep")
SEED = 1


@dataclass(frozen=True)
class Place:
    """A seat on the roster as it stood at closing; on the map only when it has agreed."""

    seat: int
    name: str
    sector: str
    region: str
    on_map: bool
    is_person: bool = False  # a private person's own seat: whether it has answered is told to nobody


@dataclass(frozen=True)
class Before:
    """The wave before: its report, its seats with their rungs (None when nothing is left of them), and the seats whose
    confidential answers were last counted in what was shown (empty: never)."""

    report: Report
    earlier: Earlier | None = None
    counted: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Given:
    """All that the analysis of one wave stands on. ``parts``: the seat of each respondent; ``facets``: which facet
    each was asked. ``tells_answered``: whether the invitation said that all may see which seats have answered."""

    wave: int
    number: int
    closed_on: date
    roster: Sequence[Place]
    rows: Iterable[Row]
    parts: Mapping[int, int]
    facets: Mapping[int, str]
    pulse: Sequence[tuple[int, int, int]] = ()
    tells_answered: bool = False
    asks_trust: bool = True
    floor: int = FLOOR
    leaders: Sequence[int] = ()
    ticks: Iterable[Pair] = ()
    before: Before | None = None


@dataclass(frozen=True)
class Outcome:
    """The report, for all; for each seat what it alone may see; and whose confidential answers were counted, which
    nobody sees: it is kept for the next wave (rules.floors.countable)."""

    report: Report
    received: Mapping[int, Figure] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()
    answers: Answers | None = None


def analyse(given: Given, on_step: Callable[[str], None] = lambda name: None) -> Outcome:
    """The report of a wave that has closed. ``on_step`` hears the name of each step of STEPS as it begins."""
    on_step("read")
    every = gather(given.rows, [place.seat for place in given.roster], given.facets)
    said = {seat for seat, told in zip(every.seats, every.answered.tolist(), strict=True) if told}
    answers = _shown(every, given.roster)
    report = _open(given, answers, said, on_step)
    if report.gate == TOO_FEW:
        return Outcome(_with(report, silent(RESPONSE)), answers=answers)
    on_step("confidential")
    before = given.before
    now = frozenset(seat for seat in answers.seats if seat in said)
    counting = countable(now, [before.counted] if before and before.counted else [], given.floor)
    allowed = Allowed(counting.seats, counting.why, given.asks_trust, given.floor)
    figures = confidential(answers, given.pulse, given.parts, allowed, before.report.figures if before else {})
    own = received(answers, counting.seats, given.floor) if given.asks_trust and not counting.why else {}
    return Outcome(_with(report, figures), own, counting.seats, answers)


def made_anew(given: Given, kept: Report, *, withdrawn: bool, on: date) -> Outcome:
    """The report after somebody has withdrawn answers (``withdrawn``) or left the map: positions stay.

    The confidential figures stay as they were told when only the map has changed. When answers were withdrawn they are
    taken down for good, and so is what each seat was told of itself.
    """
    every = gather(given.rows, [place.seat for place in given.roster], given.facets)
    said = {seat for seat, told in zip(every.seats, every.answered.tolist(), strict=True) if told}
    answers = _shown(every, given.roster)
    report = _open(given, answers, said, lambda name: None, kept.positions)
    figures = silent(WITHDRAWN) if withdrawn else (kept.figures[key] for key in KEYS if key in kept.figures)
    return Outcome(_with(report, figures, refreshed_on=on), answers=answers)


def _shown(every: Answers, roster: Sequence[Place]) -> Answers:
    """The part of the tables between seats on the map: a seat that is not there is removed, not hidden."""
    seats = tuple(place.seat for place in roster if place.on_map)
    at = [every.place[seat] for seat in seats]
    present = set(seats)
    cells = {pair: cell for pair, cell in every.cells.items() if pair[0] in present and pair[1] in present}
    return Answers(seats, every.knows[at][:, at], every.works[at][:, at], cells)


def _open(
    given: Given,
    answers: Answers,
    said: set[int],
    on_step: Callable[[str], None],
    positions: Mapping[int, tuple[float, float]] | None = None,
) -> Report:
    """The report with all that is not confidential."""
    on_step("ties")
    found = gate(len(said), len(given.roster))
    members = tuple(
        Member(p.seat, p.name, p.sector, p.region, p.seat in said if _may_tell(given, p) else None)
        for p in given.roster
        if p.on_map
    )
    told = frozenset(p.seat for p in given.roster if _may_tell(given, p))
    ties = () if found == TOO_FEW else shown_ties(answers, told)
    start = positions or (given.before.report.positions if given.before else {})
    on_step("structure")
    asked = len(given.roster)
    figures = [Figure("response", len(said) / asked if asked else None, asked, asked, "" if asked else "nobody")]
    persons = [p.seat for p in given.roster if p.is_person]
    figures += structure(answers, members, gate=found, leaders=given.leaders, ticks=given.ticks, persons=persons)
    if found != TOO_FEW:
        figures += changes(given.before.earlier if given.before else None, answers)
    return Report(
        wave=given.wave,
        number=given.number,
        closed_on=given.closed_on,
        n=asked,
        answered=len(said),
        gate=found,
        members=members,
        ties=ties,
        figures={figure.key: figure for figure in figures},
        positions=_positions(members, ties, start),
    )


def _may_tell(given: Given, place: Place) -> bool:
    return given.tells_answered and not place.is_person


def _positions(
    members: Sequence[Member], ties: Iterable[ShownTie], start: Mapping[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """Where each member stands: as before, or beside those it is tied to."""
    names = [str(member.seat) for member in members]
    graph = Graph.from_edges(names, ((str(tie.a), str(tie.b), 1.0) for tie in ties), directed=False)
    begun = {str(seat): place for seat, place in start.items()}
    places = layouts.force(graph, SEED, begun)
    return {member.seat: (round(x, 5), round(y, 5)) for member, (x, y) in zip(members, places, strict=True)}


def _with(report: Report, figures: Iterable[Figure], refreshed_on: date | None = None) -> Report:
    everything = {**report.figures, **{figure.key: figure for figure in figures}}
    return replace(report, figures=everything, refreshed_on=refreshed_on)
