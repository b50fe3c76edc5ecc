"""What fits: pairs with their reasons, rings, and the figures of how help is doing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Min, Q

from kutomo.core.networks.models import Network, Representation, Seat
from kutomo.ground.clock import local, now, today

from ..models import Listing, Owner, Task
from ..rules import fit, health
from ..rules.course import Open, Side, State

MOST_PAIRS = 5


@dataclass(frozen=True)
class Match:
    """A listing that fits another, and the codes of the reasons."""

    need: Listing
    offer: Listing
    score: int
    reasons: tuple[str, ...]

    def other(self, listing: Listing) -> Listing:
        return self.offer if listing.pk == self.need.pk else self.need


def _open(network: Network) -> list[Listing]:
    rows = Listing.objects.filter(network=network, state=Open.OPEN, target=None)
    found = list(rows.select_related("seat__organisation", "author"))
    for row in found:
        row.network = network
    return found


def _want(row: Listing, receivers: frozenset[str]) -> fit.Want:
    return fit.Want(
        pk=row.pk,
        owner=row.owner,
        area=row.area,
        words=fit.words_of(f"{row.title} {row.text}"),
        where=row.where,
        town=row.seat.organisation.municipality if row.seat is not None and row.seat.organisation else "",
        begins=row.begins_on,
        ends=row.ends_on,
        language=row.language,
        made_on=local(row.made_at).date(),
        gives_back=row.owner in receivers,
    )


def _receivers(network: Network) -> frozenset[str]:
    """Owners that have received more than given: their offers get five points, which nobody sees as a count."""
    balance: dict[str, int] = defaultdict(int)
    for one in _helps(network):
        balance[one.giver] -= 1
        balance[one.receiver] += 1
    return frozenset(owner for owner, more in balance.items() if more > 0)


def _pairs(network: Network) -> tuple[dict[int, Listing], list[fit.Pair]]:
    rows = {row.pk: row for row in _open(network)}
    receivers = _receivers(network)
    wants = [(row.side, _want(row, receivers)) for row in rows.values()]
    needs = [want for side, want in wants if side == Side.NEED]
    offers = [want for side, want in wants if side == Side.OFFER]
    return rows, fit.pairs(needs, offers, today())


def _match(rows: dict[int, Listing], pair: fit.Pair) -> Match:
    return Match(rows[pair.need.pk], rows[pair.offer.pk], pair.score, pair.reasons)


def fits(listing: Listing) -> list[Match]:
    """The best matches of one open listing."""
    if not listing.is_open or listing.target_id:
        return []
    rows, found = _pairs(listing.network)
    mine = [pair for pair in found if listing.pk in (pair.need.pk, pair.offer.pk)]
    return [_match(rows, pair) for pair in mine[:MOST_PAIRS]]


@dataclass(frozen=True)
class Chances:
    """What the reader could begin now: the best pairs of own listings, and rings with an own one in them."""

    pairs: list[Match]
    rings: list[list[Match]]


def chances(person: Any, network: Network) -> Chances:
    """Pairs and rings that ``person`` is in; five queries at any number of listings."""
    rows, found = _pairs(network)
    seats = Representation.objects.current().filter(person=person, seat__network=network)
    own = {Owner.key(pk, None) for pk in seats.values_list("seat", flat=True)} | {Owner.key(None, person.pk)}
    mine = [pair for pair in found if {pair.need.owner, pair.offer.owner} & own]
    best: dict[tuple[str, str], fit.Pair] = {}
    gives: dict[str, list[str]] = defaultdict(list)
    for pair in found:
        way = pair.offer.owner, pair.need.owner
        if way not in best:
            best[way] = pair
            gives[way[0]].append(way[1])
    rings = [ring for owner in sorted(own) for ring in fit.rings(gives, owner)][: fit.MOST_RINGS]
    return Chances(
        [_match(rows, pair) for pair in mine[:MOST_PAIRS]],
        [[_match(rows, best[way]) for way in zip(ring, (*ring[1:], ring[0]), strict=True)] for ring in rings],
    )


def _helps(network: Network) -> list[health.Help]:
    since = now() - health.WINDOW
    rows = Task.objects.filter(listing__network=network, state=State.COMPLETED, completed_at__gte=since)
    return [
        health.Help(Owner.key(giver_seat, giver), Owner.key(receiver_seat, receiver))
        for giver_seat, giver, receiver_seat, receiver in rows.values_list(
            "giver_seat", "giver", "receiver_seat", "receiver"
        )
    ]


def figures(network: Network) -> health.Figures:
    """How mutual help is doing in ``network``, over 24 months; three queries."""
    since, moment = now() - health.WINDOW, now()
    needs = Listing.objects.filter(network=network, side=Side.NEED, made_at__gte=since)
    needs = needs.exclude(state=Open.MODERATED).annotate(answered_at=Min("tasks__made_at"))
    asks, askers = [], set()
    for row in needs.values("state", "made_at", "ended_at", "answered_at", "seat", "author"):
        askers.add(Owner.key(row["seat"], row["author"]))
        ended = row["state"] if row["state"] in (Open.FULFILLED, Open.EXPIRED, Open.WITHDRAWN) else ""
        hours = (row["answered_at"] - row["made_at"]).total_seconds() / 3600 if row["answered_at"] else None
        days = ((row["ended_at"] or moment) - row["made_at"]).total_seconds() / 86400
        asks.append(health.Ask(ended, hours, days))
    active = Seat.objects.current().filter(network=network).count()
    return health.figures(_helps(network), asks, len(askers), active)


@dataclass(frozen=True)
class Own:
    """Given and received by one owner, beside the middle of all; the middle only when five or more are behind it."""

    name: str
    given: int
    received: int
    middle_given: float | None
    middle_received: float | None


def own_counts(person: Any, network: Network) -> list[Own]:
    """One's own counts: each organisation's that one speaks for, and one's own. Nobody else sees them."""
    helps = _helps(network)
    owners = {key for one in helps for key in (one.giver, one.receiver)}
    given = {owner: sum(one.giver == owner for one in helps) for owner in owners}
    received = {owner: sum(one.receiver == owner for one in helps) for owner in owners}
    enough = len(owners) >= health.FEWEST
    rows = Representation.objects.current().filter(person=person, seat__network=network)
    sides = [(Owner.key(row.seat_id, None), row.seat.name) for row in _with_house(rows)]
    sides.append((Owner.key(None, person.pk), person.name))
    return [
        Own(
            name,
            given.get(key, 0),
            received.get(key, 0),
            median(given.values()) if enough else None,
            median(received.values()) if enough else None,
        )
        for key, name in sides
        if key[0] == "s" or key in owners
    ]


def _with_house(rows: Any) -> Iterable[Representation]:
    return rows.filter(~Q(seat__organisation=None)).select_related("seat__organisation")
