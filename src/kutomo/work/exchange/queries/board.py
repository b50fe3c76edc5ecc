"""The board: needs and offers as others find them, and what is one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Representation, Seat
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotFound

from ..models import Feedback, Listing, Task
from ..rules import course
from ..rules.course import Move, Open, Side, State

THING = "exchange.listing"
A_PAGE, ON_BOARD, THANKS = 25, 8, 3


def _rows() -> QuerySet[Listing]:
    return Listing.objects.select_related("seat__organisation", "author", "target__organisation")


def visible_to(person: Any) -> QuerySet[Listing]:
    """Listings of the networks that ``person`` may see, and that stand on a board."""
    found = _rows().select_related("network").filter(network__in=networks.visible_to(person))
    return found.filter(Q(state__in=course.SHOWN) | Q(author=person)).exclude(state=Open.MODERATED)


def get(person: Any, network: Network, pk: int) -> Listing:
    """One listing; NotFound for one that ``person`` may not see: what is off the board only its owner and leaders."""
    found = _rows().filter(network=network, pk=pk).first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such need or offer here."))
    found.network = network
    hidden = found.state in (Open.PAUSED, Open.WITHDRAWN, Open.MODERATED)
    if hidden and not (owns(person, found) or gate.may(person, Can.SETTLE, network)):
        raise NotFound(_("There is no such need or offer here."))
    return found


def own_seats(person: Any, network: Network) -> list[Seat]:
    """The organisations' seats on which ``person`` sits in ``network`` today."""
    rows = Representation.objects.current().filter(person=person, seat__network=network)
    return [row.seat for row in rows.exclude(seat__organisation=None).select_related("seat__organisation")]


def acts_for(person: Any, seat_id: int | None, individual_id: int | None) -> bool:
    """Does ``person`` speak for this owner today: sits on its seat, or is the one who acts as oneself?"""
    if person is None or person.pk is None:
        return False
    if seat_id is None:
        return bool(individual_id == person.pk)
    return Representation.objects.current().filter(person=person, seat_id=seat_id).exists()


def owns(person: Any, listing: Listing) -> bool:
    return acts_for(person, listing.seat_id, listing.author_id)


def _found(network: Network, area: str, words: str, states: Iterable[Open] = course.SHOWN) -> QuerySet[Listing]:
    found = _rows().filter(network=network, state__in=states)
    if area:
        found = found.filter(area=area[:30])
    for word in words.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return found


def listing_page(
    network: Network, side: str, *, area: str = "", words: str = "", show: str = "", page: str = "1"
) -> Page[Listing]:
    """Needs or offers of ``network``, newest first, 25 a page. ``show``: "over" for what has ended well."""
    states = (Open.FULFILLED, Open.EXPIRED) if show == "over" else course.SHOWN
    found = _found(network, area, words, states).filter(side=side)
    rows = Paginator(found.order_by("-made_at", "-pk"), A_PAGE).get_page(page)
    for row in rows:
        row.network = network
    return rows


@dataclass(frozen=True)
class Shelf:
    """One column of the board: its first rows, and how many there are."""

    side: str
    rows: list[Listing]
    count: int


def board(network: Network, *, area: str = "", words: str = "") -> list[Shelf]:
    """Both columns, the first eight of each; three queries."""
    rows = _found(network, area, words)
    counts = {row["side"]: row["n"] for row in rows.order_by().values("side").annotate(n=Count("pk"))}
    shelves = []
    for side in Side:
        first = list(rows.filter(side=side).order_by("-made_at", "-pk")[:ON_BOARD]) if counts.get(side) else []
        for row in first:
            row.network = network
        shelves.append(Shelf(side.value, first, counts.get(side, 0)))
    return shelves


@dataclass(frozen=True)
class Thanks:
    """Words that were given for all to read."""

    words: str
    name: str


def needs_since(network: Network, at: datetime) -> list[Listing]:
    """Open needs asked of everybody from ``at`` on, newest first; one query."""
    rows = _rows().filter(network=network, side=Side.NEED, state=Open.OPEN, target=None, made_at__gte=at)
    return list(rows.order_by("-made_at", "-pk"))


def thanks(network: Network) -> list[Thanks]:
    """The latest words about help that came, which their writers gave for the board."""
    rows = (
        Feedback.objects.filter(task__listing__network=network, may_show=True, task__state=State.COMPLETED)
        .exclude(words="")
        .annotate(told=Count("task__feedback"))
        .select_related("by", "task__giver_seat__organisation", "task__receiver_seat__organisation")
        .order_by("-pk")[: THANKS * 3]
    )
    shown = [row for row in rows if is_open(row.task, row.told)][:THANKS]
    return [Thanks(row.words, _name_of(row)) for row in shown]


def _name_of(row: Feedback) -> str:
    seat = row.task.giver_seat if row.part == "giver" else row.task.receiver_seat
    house = seat.name if seat is not None and seat.organisation_id else ""
    return ", ".join(name for name in (row.by.name if row.by else "", house) if name)


def is_open(task: Task, told: int) -> bool:
    """Is the feedback of ``task`` no longer blind? Both have ``told``, or seven days have passed."""
    opens = task.opens_at()
    return opens is not None and (told == 2 or now() >= opens)


def of_person(person: Any, network: Network) -> list[Listing]:
    """All listings that ``person`` speaks for, those over too; newest first, at most 50."""
    seats = Representation.objects.current().filter(person=person, seat__network=network).values("seat")
    mine = Q(seat__in=seats) | Q(seat=None, author=person)
    rows = list(_rows().filter(mine, network=network).order_by("-moved_at", "-pk")[:50])
    for row in rows:
        row.network = network
    return rows


def moves(person: Any, listing: Listing) -> list[Move]:
    """What ``person`` may do to ``listing`` now."""
    state, own = Open(listing.state), owns(person, listing)
    may: list[Move] = [move for move in Move if move is not Move.MODERATE and own and state in course.MOVES[move][0]]
    if gate.may(person, Can.SETTLE, listing.network) and not own and state in course.MOVES[Move.MODERATE][0]:
        may.append(Move.MODERATE)
    return may


def lapsed() -> list[Listing]:
    """Open listings whose last day has passed."""
    return list(_rows().select_related("network").filter(state=Open.OPEN, ends_on__lt=today()))


def ending() -> list[Listing]:
    """Open listings that end within a week and whose owner has not been told."""
    soon = today() + course.WARN_LISTING
    rows = _rows().select_related("network").filter(state=Open.OPEN, ends_on__lte=soon, ends_on__gte=today())
    return list(rows.filter(warned_on=None))
