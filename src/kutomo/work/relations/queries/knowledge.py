"""Mutual knowledge ticked after paired rounds: seen by the two only when both have ticked, and as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q

from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat

from ..models import KnowledgeTick, MapWish, Met

MET_A_PAGE = 30


@dataclass(frozen=True)
class Partner:
    """A seat that one's own seat has met: when, and what has been ticked. ``is_mutual`` only when both have."""

    seat: Seat
    met_on: date | None
    knows: bool
    is_mutual: bool


@dataclass(frozen=True)
class Acquaintance:
    """What the page of those one has met shows; ``others``: seats that one may add oneself."""

    mine: Seat | None
    partners: Page[Partner]
    waiting: int
    others: list[Seat]


def knowledge(network: Network) -> set[tuple[int, int]]:
    """Pairs of seats (a < b) that both say "we know what they do and whom to call"; one query."""
    said = set(KnowledgeTick.objects.filter(network=network).values_list("seat_id", "about_id"))
    return {(a, b) for a, b in said if a < b and (b, a) in said}


def off_map(network: Network) -> set[int]:
    """The seats (by key) that have said that they do not want to be on the map; one query."""
    return set(MapWish.objects.filter(seat__network=network, on_map=False).values_list("seat_id", flat=True))


def acquaintance(person: Any, network: Network, page: str = "1") -> Acquaintance:
    """Whom the seat of ``person`` has met or ticked, those that wait for an answer first; four queries."""
    mine = networks.seat_of(person, network)
    if mine is None:
        return Acquaintance(None, Paginator[Partner]([], MET_A_PAGE).get_page(1), 0, [])
    met = {
        (b if a == mine.pk else a): on
        for a, b, on in Met.objects.filter(Q(a=mine) | Q(b=mine)).values_list("a_id", "b_id", "on")
    }
    ticks = KnowledgeTick.objects.filter(Q(seat=mine) | Q(about=mine)).values_list("seat_id", "about_id")
    said = {about for seat, about in ticks if seat == mine.pk}
    heard = {seat for seat, about in ticks if about == mine.pk}
    seats = [seat for seat in networks.seats(network) if seat.pk != mine.pk]
    rows = [
        Partner(seat, met.get(seat.pk), seat.pk in said, seat.pk in said and seat.pk in heard)
        for seat in seats
        if seat.pk in met or seat.pk in said
    ]
    rows.sort(key=lambda row: (row.knows, -(row.met_on or date.min).toordinal(), row.seat.name.casefold()))
    shown = {row.seat.pk for row in rows}
    others = sorted((seat for seat in seats if seat.pk not in shown), key=lambda seat: seat.name.casefold())
    waiting = sum(1 for row in rows if not row.knows)
    return Acquaintance(mine, Paginator(rows, MET_A_PAGE).get_page(page), waiting, others)


def own_ticks(person: Any) -> list[dict[str, Any]]:
    """What ``person`` has ticked, for the own export."""
    rows = KnowledgeTick.objects.filter(by=person).select_related("network", "about__organisation").order_by("pk")
    return [
        {"on": row.on.isoformat(), "network": row.network.name, "we know and whom to call": row.about.name}
        for row in rows.prefetch_related("about__representations__person")
    ]
