"""Reports by hand, kept as the analysis keeps them: for tests of what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from kutomo.core.networks import queries as networks
from kutomo.ground.clock import now
from kutomo.ground.graph import Graph, layouts
from kutomo.work.relations.models import Frozen, Wave
from kutomo.work.relations.rules.shape import Member, Report, ShownTie

DAY = date(2026, 3, 17)


def report(
    members: Sequence[Member], ties: Sequence[tuple[int, int, str, int, str]], number: int = 1, **facts: Any
) -> Report:
    """A closed wave of ``members`` with ``ties`` (a, b, relation, level, evidence), placed by their ties."""
    rows = tuple(ShownTie(min(a, b), max(a, b), *rest) for a, b, *rest in ties)
    edges = [(str(tie.a), str(tie.b), 1.0) for tie in rows]
    drawn = Graph.from_edges([str(member.seat) for member in members], edges, directed=False)
    places = {int(node): place for node, place in zip(drawn.ids, layouts.force(drawn), strict=True)}
    usual: dict[str, Any] = {"n": len(members), "answered": len(members), "gate": "all", "positions": places}
    usual["closed_on"] = DAY + timedelta(days=120 * number)
    return Report(
        wave=number,
        number=number,
        members=tuple(members),
        ties=rows,
        **(usual | facts),
    )


def keep(network: Any, made: Report) -> Report:
    """``made`` as the closed wave of its number in ``network``."""
    wave = Wave.objects.create(
        network=network,
        number=made.number,
        status=Wave.Status.CLOSED,
        purpose="Miten verkosto kantaa",
        language="fi",
        opens_on=made.closed_on - timedelta(days=14),
        closes_on=made.closed_on,
        created_at=now(),
        opened_at=now(),
        closed_at=now(),
    )
    made = replace(made, wave=wave.pk)
    Frozen.objects.create(wave=wave, state=Frozen.State.READY, content=made.to_json(), made_at=now())
    return made


def seated(network: Any) -> list[Member]:
    """The seats of ``network`` as members of a report."""
    return [
        Member(
            seat.pk,
            seat.name,
            seat.organisation.kind if seat.organisation else "",
            seat.organisation.county if seat.organisation else "",
        )
        for seat in networks.seats(network)
    ]


def chain(members: Sequence[Member]) -> list[tuple[int, int, str, int, str]]:
    """Everybody works with the next, as both say, and with the one after as one says; all of these know each other."""
    found: list[tuple[int, int, str, int, str]] = []
    seats = [member.seat for member in members]
    for a, b in pairwise(seats):
        found += [(a, b, "knows", 3, "both"), (a, b, "works", 2, "both")]
    for a, b in zip(seats, seats[2:], strict=False):
        found.append((a, b, "knows", 2, "one"))
    return found
