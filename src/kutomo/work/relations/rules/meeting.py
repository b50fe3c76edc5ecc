"""Whom one seat might meet: from what everybody may see, and the seat's own answers. Never from trust. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kutomo.ground.graph.measures import introductions

from .shape import KNOWS, Report

MOST = 3


@dataclass(frozen=True)
class Meet:
    """Somebody worth meeting: through whom (names), or what there is in common."""

    seat: int
    name: str
    through: tuple[str, ...] = ()
    same_region: bool = False
    same_sector: bool = False


@dataclass(frozen=True)
class Place:
    """A seat on the present roster that agreed to be on the map."""

    seat: int
    name: str
    sector: str
    region: str


def by_map(report: Report | None, mine: int, unknown: Collection[int]) -> list[Meet]:
    """The unknown members whose tie to ``mine`` would bring the network closest together, by gain (spec 2.2).

    ``unknown``: seats that ``mine`` says it does not know. Empty when one of the two is not on the map.
    """
    if report is None or mine not in report.by_seat:
        return []
    graph = report.graph(KNOWS)
    near = {seat: set[int]() for seat in report.by_seat}
    for tie in report.ties:
        near[tie.a].add(tie.b)
        near[tie.b].add(tie.a)
    pairs = [(str(mine), str(seat)) for seat in unknown if seat in report.by_seat and seat not in near[mine]]
    found = []
    for gain in introductions(graph, MOST, pairs) or ():
        other = int(gain.j) if int(gain.i) == mine else int(gain.i)
        shared = sorted(report.by_seat[seat].name for seat in near[mine] & near[other])
        found.append(Meet(other, report.by_seat[other].name, tuple(shared[:2])))
    return found


def by_likeness(mine: Place, others: Sequence[Place], unknown: Collection[int]) -> list[Meet]:
    """Before there is a map: unknown members of one's own region or kind, those who share both first."""
    found = []
    for place in others:
        region = bool(mine.region) and place.region == mine.region
        sector = bool(mine.sector) and place.sector == mine.sector
        if place.seat in unknown and (region or sector):
            found.append(Meet(place.seat, place.name, (), region, sector))
    found.sort(key=lambda meet: (-(meet.same_region + meet.same_sector), not meet.same_region, meet.name))
    return found[:MOST]
