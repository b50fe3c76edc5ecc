"""Whom to introduce to whom: from the ties that everybody may see, never from an answer on trust. Pure.

Source: network-analysis § 2.2. Candidates are pairs of members on the map without a shown tie of working together, of
whom at least one may have answered; the gain is that of global efficiency on the shown ties (ground.graph). A pair
whose answers contradict each other has no shown tie, so it looks here like any pair without one: nothing is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kutomo.ground.graph import Graph
from kutomo.ground.graph.measures import introductions as gains, paths
from kutomo.work.relations.rules.shape import WORKS, Report

Pair = tuple[int, int]
MOST_A_MEMBER = 2
MOST_AN_INTRODUCER = 2
MOST = 10  # suggestions in all
LOOKED_AT = 400  # of each kind, best gain first
NEAR = 2  # steps


@dataclass(frozen=True)
class Need:
    """``seeker`` looks for something that ``giver`` brings, in their own words."""

    seeker: int
    giver: int
    seeks: str
    brings: str


@dataclass(frozen=True)
class Suggestion:
    """A pair (``a`` < ``b``) that might meet.

    ``contacts``: seats that have confirmed working closely (level 2 or more) with both, the natural introducers;
    ``shared``: how many work with both at all; ``near_a``: members who would come within two steps of ``a``; ``gain``
    orders the list and is not shown.
    """

    a: int
    b: int
    gain: float = 0.0
    shared: int = 0
    contacts: tuple[int, ...] = ()
    near_a: int = 0
    near_b: int = 0
    needs: tuple[Need, ...] = field(default=())

    @property
    def pair(self) -> Pair:
        return (self.a, self.b)

    @property
    def is_triangle(self) -> bool:
        return bool(self.contacts)


def suggest(
    report: Report,
    *,
    without: Collection[Pair] = (),
    only: Collection[int] | None = None,
    needs: Mapping[Pair, Iterable[Need]] | None = None,
    full: Collection[int] = (),
    most: int = MOST,
) -> list[Suggestion]:
    """At most ``most`` suggestions, triangles to close and bridges in turn; at most two a member and an introducer.

    ``without``: pairs (lower first) that are not to be suggested; ``only``: the seats that still are in the network;
    ``needs``: who looks for what another brings; ``full``: seats that have enough introductions under way.
    """
    g = report.graph(WORKS)
    ranked = _ranked(report, g, set(without), only, full, needs or {})
    triangles = [one for one in ranked if one.is_triangle]
    bridges = [one for one in ranked if not one.is_triangle]
    chosen: list[Suggestion] = []
    times: dict[int, int] = {}
    weavers: dict[int, int] = {}
    while len(chosen) < most and (triangles or bridges):
        for rows in (triangles, bridges):
            taken = _next(rows, times, weavers)
            if taken is not None and len(chosen) < most:
                chosen.append(taken)
                for seat in taken.pair:
                    times[seat] = times.get(seat, 0) + 1
                if taken.contacts:
                    weavers[taken.contacts[0]] = weavers.get(taken.contacts[0], 0) + 1
    return chosen


def _next(rows: list[Suggestion], times: Mapping[int, int], weavers: Mapping[int, int]) -> Suggestion | None:
    """Take the best row whose members and introducer are free; rows that can never be taken go away."""
    while rows:
        one = rows.pop(0)
        if any(times.get(seat, 0) >= MOST_A_MEMBER for seat in one.pair):
            continue
        free = tuple(seat for seat in one.contacts if weavers.get(seat, 0) < MOST_AN_INTRODUCER)
        if one.contacts and not free:
            continue
        rest = tuple(seat for seat in one.contacts if seat not in free)
        return Suggestion(**{**one.__dict__, "contacts": free + rest})
    return None


def _ranked(
    report: Report,
    g: Graph,
    without: set[Pair],
    only: Collection[int] | None,
    full: Collection[int],
    needs: Mapping[Pair, Iterable[Need]],
) -> list[Suggestion]:
    """All candidates that come into question, the best first."""
    silent = {member.seat for member in report.members if member.answered is False}
    seats = {m.seat for m in report.members if (only is None or m.seat in only) and m.seat not in full}
    pairs = {
        pair
        for pair in combinations(sorted(seats), 2)
        if pair not in without and not (pair[0] in silent and pair[1] in silent)
    }
    if len(pairs) == 0 or g.n < 3:
        return []
    candidates = [(str(a), str(b)) for a, b in pairs]
    close = _close(report)
    found = []
    for shared in (True, False):
        for gain in gains(g, LOOKED_AT, candidates, shared=shared) or []:
            pair = (min(int(gain.i), int(gain.j)), max(int(gain.i), int(gain.j)))
            contacts = tuple(sorted(close.get(pair[0], set()) & close.get(pair[1], set())))
            found.append(Suggestion(*pair, gain.gain, gain.shared, contacts, needs=tuple(needs.get(pair, ()))))
    found.sort(key=lambda one: (-round(one.gain, 4), -one.shared, -len(one.needs), one.pair))
    return found


def _close(report: Report) -> dict[int, set[int]]:
    """For each seat those with whom both say that work is fitted together, or more."""
    near: dict[int, set[int]] = {}
    for tie in report.ties:
        if tie.relation == WORKS and tie.level >= 2 and tie.evidence == "both":
            near.setdefault(tie.a, set()).add(tie.b)
            near.setdefault(tie.b, set()).add(tie.a)
    return near


def may_connect(report: Report, seat: int, pair: Pair) -> bool:
    """Whether ``seat`` works with both of ``pair``, as all three of them say: a natural introducer."""
    near = _close(report)
    return seat not in pair and all(end in near.get(seat, set()) for end in pair)


def with_reach(report: Report, chosen: Iterable[Suggestion]) -> list[Suggestion]:
    """The same suggestions with how many members would come within two steps of each side."""
    g = report.graph(WORKS)
    rows = list(chosen)
    if not rows or g.n < 3:
        return rows
    far = paths.table(g)
    reached = []
    for one in rows:
        i, j = g.place[str(one.a)], g.place[str(one.b)]
        near = [((far[k] >= 0) & (far[k] <= NEAR)) for k in (i, j)]
        step = [((far[k] >= 0) & (far[k] <= NEAR - 1)) for k in (i, j)]
        gained = [int((step[1] & ~near[0]).sum()), int((step[0] & ~near[1]).sum())]
        reached.append(Suggestion(**{**one.__dict__, "near_a": gained[0], "near_b": gained[1]}))
    return reached
