"""What is seen under a filter: the members and ties of a report that all four views show, and nothing else.

The map, the list, the matrix, the sentences and every file are made from one ``Scene``, so that they cannot differ.
A scene only ever leaves out: its ties are ties of the report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from kutomo.ground.graph import Graph, measures

from .asked import WHOLE, Asked

if TYPE_CHECKING:
    from kutomo.work.relations.rules.shape import Member, Report, ShownTie

NO_MAP = ("too_few",)  # gates under which nothing is drawn: the report holds its response, and no ties
TELLS_HOLDERS = ("all",)  # gates under which it may be said what hangs on whom
PAIRS = 6  # pairs to introduce at once; at most two a member


@dataclass(frozen=True)
class Pair:
    """Two whom one might introduce: no tie is drawn between them; ``shared`` members know both."""

    a: int
    b: int
    shared: int


@dataclass(frozen=True)
class Without:
    """The others when one member is away: pieces before and after, those whose every tie is with that member."""

    others: int
    largest_before: int
    largest_after: int
    pairs_cut: int
    pairs_lengthened: int
    only: tuple[int, ...]


@dataclass(frozen=True)
class Scene:
    """``members`` in the report's order and ``ties`` (one a pair) are what is shown; ``all_ties`` are the ties under
    the filter before anything is left out for being too far from the middle.

    ``centre``: the seat in the middle, 0 for the whole; ``mine``: the reader's own seat, 0 when there is none on the
    map; ``marked``: whom the question points at; ``why``: why a question has no answer, a code for the words.
    """

    report: Report
    asked: Asked
    members: tuple[Member, ...]
    ties: tuple[ShownTie, ...]
    all_ties: tuple[ShownTie, ...]
    centre: int = 0
    mine: int = 0
    marked: frozenset[int] = frozenset()
    newcomers: frozenset[int] = frozenset()
    pairs: tuple[Pair, ...] = ()
    path: tuple[int, ...] | None = None
    without: Without | None = None
    why: str = ""
    by_seat: dict[int, Member] = field(default_factory=dict)

    @cached_property
    def near(self) -> dict[int, list[ShownTie]]:
        """The shown ties of each seat."""
        found: dict[int, list[ShownTie]] = defaultdict(list)
        for tie in self.ties:
            found[tie.a].append(tie)
            found[tie.b].append(tie)
        return found

    @cached_property
    def alone(self) -> tuple[Member, ...]:
        """Shown members with no shown tie."""
        return tuple(member for member in self.members if member.seat not in self.near)

    @cached_property
    def tells_answers(self) -> bool:
        """Whether the invitation said that it would be told who has answered."""
        return any(member.answered is not None for member in self.report.members)

    @cached_property
    def groups(self) -> list[list[int]]:
        """Seats that hang together by shown ties, largest group first; single members are left out."""
        left, found = {seat for seat in self.near}, []
        while left:
            group, edge = set(), {min(left)}
            while edge:
                group |= edge
                edge = {other(tie, seat) for seat in edge for tie in self.near[seat]} - group
            left -= group
            found.append(sorted(group))
        return sorted(found, key=lambda group: (-len(group), group))

    def confirmed(self, seat: int) -> int:
        """How many shown ties of ``seat`` both sides confirm."""
        return sum(tie.evidence == "both" for tie in self.near.get(seat, ()))

    def path_ties(self) -> list[ShownTie]:
        """The ties along the path, in its order."""
        by_pair = {(tie.a, tie.b): tie for tie in self.all_ties}
        return [by_pair[min(a, b), max(a, b)] for a, b in pairwise(self.path or ())]


def other(tie: ShownTie, seat: int) -> int:
    """The far end of a tie."""
    return tie.b if tie.a == seat else tie.a


def may_draw(report: Report) -> bool:
    """Whether enough have answered for anything to be drawn."""
    return report.gate not in NO_MAP


def chosen(reports: Sequence[Report], asked: Asked) -> Report | None:
    """The report of the wave that is asked for, the newest when there is no such; None when there is none."""
    return next((report for report in reports if report.number == asked.wave), reports[-1] if reports else None)


def strongest(ties: Iterable[ShownTie], relation: str, evidence: str) -> tuple[ShownTie, ...]:
    """One tie a pair: of those that pass the filter working together before knowing."""
    found: dict[tuple[int, int], ShownTie] = {}
    for tie in ties:
        if (relation and tie.relation != relation) or (evidence and tie.evidence != evidence):
            continue
        if (tie.a, tie.b) not in found or tie.relation == "works":
            found[tie.a, tie.b] = tie
    return tuple(found[pair] for pair in sorted(found))


def scene(reports: Sequence[Report], asked: Asked, mine: int = 0) -> Scene | None:
    """What ``asked`` shows of the wave it names; None when there is no wave or too few have answered.

    ``mine``: the reader's own seat, 0 when there is none; without one the opening view is the whole network.
    """
    report = chosen(reports, asked)
    if report is None or not may_draw(report):
        return None
    seats = {member.seat: member for member in report.members}
    mine = mine if mine in seats else 0
    centre = _centre(asked, seats, mine)
    kept = {
        seat
        for seat, member in seats.items()
        if seat == centre
        or ((not asked.sector or member.sector == asked.sector) and (not asked.region or member.region == asked.region))
    }
    ties = strongest(report.ties, asked.relation, asked.evidence)
    ties = tuple(tie for tie in ties if tie.a in kept and tie.b in kept)
    made = Scene(report, asked, (), (), ties, centre, mine, by_seat=seats)
    if asked.question in _QUESTIONS:
        made, kept = _QUESTIONS[asked.question](made, kept, reports)
    if asked.start in kept and asked.end in kept and asked.start != asked.end:
        made = replace(made, path=_path(made.all_ties, kept, asked.start, asked.end), centre=0)
    elif made.centre and asked.question not in ("new", "without"):
        kept = _within(made.all_ties, made.centre, asked.step) | {
            seat for pair in made.pairs for seat in (pair.a, pair.b)
        }
    return replace(
        made,
        members=tuple(member for member in report.members if member.seat in kept),
        ties=tuple(tie for tie in made.all_ties if tie.a in kept and tie.b in kept),
        marked=made.marked & kept,
    )


def _centre(asked: Asked, seats: dict[int, Member], mine: int) -> int:
    if asked.around == WHOLE:
        return 0
    return asked.around_seat if asked.around_seat in seats else mine


def _within(ties: Iterable[ShownTie], centre: int, steps: int) -> set[int]:
    near: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        near[tie.a].add(tie.b)
        near[tie.b].add(tie.a)
    reached = edge = {centre}
    for _ in range(steps):
        edge = {seat for at in edge for seat in near[at]} - reached
        reached = reached | edge
    return reached


def graph(seats: Iterable[int], ties: Iterable[ShownTie]) -> Graph:
    """The shown ties as a graph; ids are the seats as text, ascending."""
    nodes = [str(seat) for seat in sorted(seats)]
    return Graph.from_edges(nodes, [(str(tie.a), str(tie.b), float(tie.level)) for tie in ties], directed=False)


def _path(ties: Iterable[ShownTie], kept: set[int], start: int, end: int) -> tuple[int, ...]:
    found = measures.path(graph(kept, ties), str(start), str(end))
    return tuple(int(seat) for seat in found or ())


Step = tuple[Scene, set[int]]


def _new(made: Scene, kept: set[int], reports: Sequence[Report]) -> Step:
    """Who is new or unconnected: not in the wave before, or without a tie."""
    tied = {seat for tie in made.all_ties for seat in (tie.a, tie.b)}
    earlier = before(reports, made.report)
    known = {member.seat for member in earlier.members} if earlier else kept
    newcomers = frozenset(kept - known)
    return replace(made, newcomers=newcomers, marked=newcomers | frozenset(kept - tied), centre=0), kept


def _name(made: Scene, kept: set[int], reports: Sequence[Report]) -> Step:
    """Whom one knows and has not worked with: ties of knowing whose pair has no tie of working together."""
    working = {(tie.a, tie.b) for tie in made.report.ties if tie.relation == "works"}
    ties = [tie for tie in made.all_ties if tie.relation == "knows" and (tie.a, tie.b) not in working]
    if made.centre:
        ties = [tie for tie in ties if made.centre in (tie.a, tie.b)]
        made = replace(made, marked=frozenset(other(tie, made.centre) for tie in ties))
    return replace(made, all_ties=tuple(ties)), kept


def _without(made: Scene, kept: set[int], reports: Sequence[Report]) -> Step:
    """What breaks without me. Asked of oneself only: nobody looks up what hangs on another."""
    if not made.mine or made.report.gate not in TELLS_HOLDERS:
        return replace(made, why="no_seat" if not made.mine else "gate", centre=0), kept
    found = measures.dependence(graph(kept | {made.mine}, made.all_ties), str(made.mine))
    only = tuple(int(seat) for seat in found.only)
    gone = made.mine
    answer = Without(
        found.others, found.largest_before, found.largest_after, found.pairs_cut, found.pairs_lengthened, only
    )
    ties = tuple(tie for tie in made.all_ties if gone not in (tie.a, tie.b))
    return replace(made, without=answer, all_ties=ties, marked=frozenset(only), centre=0), kept - {gone}


def _introduce(made: Scene, kept: set[int], reports: Sequence[Report]) -> Step:
    """Whom I should introduce: two of my confirmed contacts between whom no tie of any kind is drawn."""
    if not made.mine:
        return replace(made, why="no_seat", centre=0), kept
    drawn = {(tie.a, tie.b) for tie in made.report.ties}
    mine = sorted(other(tie, made.mine) for tie in made.all_ties if made.mine in (tie.a, tie.b))
    mine = [seat for seat in mine if made.by_seat[seat].answered is not False]
    free = [(a, b) for place, a in enumerate(mine) for b in mine[place + 1 :] if (a, b) not in drawn]
    pairs = best_pairs(made.report, free)
    marked = frozenset(seat for pair in pairs for seat in (pair.a, pair.b))
    return replace(made, pairs=pairs, marked=marked, centre=made.mine), kept


def best_pairs(report: Report, free: Sequence[tuple[int, int]]) -> tuple[Pair, ...]:
    """Of the pairs ``free`` those that would shorten most paths; every member at most twice."""
    if not free:
        return ()
    whole = graph((member.seat for member in report.members), strongest(report.ties, "", ""))
    named = [(str(a), str(b)) for a, b in free]
    gains = measures.introductions(whole, limit=len(named), candidates=named) if len(whole.ids) <= 600 else None
    if gains is not None:
        ordered = [Pair(int(gain.i), int(gain.j), gain.shared) for gain in gains]
    else:
        ordered = [Pair(a, b, 0) for a, b in free]
    times: dict[int, int] = defaultdict(int)
    found: list[Pair] = []
    for pair in ordered:
        a, b = sorted((pair.a, pair.b))
        if len(found) < PAIRS and times[a] < 2 and times[b] < 2:
            found.append(Pair(a, b, pair.shared))
            times[a] += 1
            times[b] += 1
    return tuple(found)


def could_meet(report: Report, seat: int) -> tuple[Pair, ...]:
    """At most two whom ``seat`` might be introduced to: no tie is drawn, and a confirmed contact is shared."""
    drawn: dict[int, set[int]] = defaultdict(set)
    confirmed: dict[int, set[int]] = defaultdict(set)
    for tie in report.ties:
        for one, far in ((tie.a, tie.b), (tie.b, tie.a)):
            drawn[one].add(far)
            if tie.evidence == "both":
                confirmed[one].add(far)
    silent = {member.seat for member in report.members if member.answered is False}
    second = {far for near in confirmed[seat] for far in confirmed[near]} - drawn[seat] - {seat} - silent
    if seat in silent:
        return ()
    return best_pairs(report, [(min(seat, far), max(seat, far)) for far in sorted(second)])


def before(reports: Sequence[Report], report: Report) -> Report | None:
    """The drawn wave before this one, or None."""
    earlier = [one for one in reports if one.number < report.number and may_draw(one)]
    return earlier[-1] if earlier else None


_QUESTIONS = {"new": _new, "name": _name, "without": _without, "introduce": _introduce}
