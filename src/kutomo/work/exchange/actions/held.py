"""Rows as they stand now, held until the transaction ends, and the one line in the log."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.activity.kinds import Kind
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Person
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import queries
from ..models import Listing, Task
from ..rules.course import Part

THING = queries.THING


def held_listing(listing: Listing) -> Listing:
    """The locked row as it stands now."""
    fresh = Listing.objects.select_for_update(of=("self",), no_key=True).get(pk=listing.pk)
    fresh.network = listing.network
    return fresh


def held_task(task: Task) -> Task:
    """The locked row as it stands now, with its listing."""
    fresh = Task.objects.select_for_update(of=("self",), no_key=True).get(pk=task.pk)
    fresh.listing = task.listing
    return fresh


def part_of(by: Person, task: Task) -> Part:
    """The side of ``by``; NotAllowed for somebody on neither."""
    gate.require(by, Can.ANSWER, task.listing.network)
    part = queries.part_of(by, task)
    if part is None:
        raise NotAllowed(_("Only the two sides of this help can do this."), network=task.listing.network)
    return part


def check_seat(by: Person, network: Network, seat: Seat | None) -> None:
    """``by`` speaks for ``seat`` (None: for oneself); NotAllowed otherwise."""
    if seat is not None and (seat.network_id != network.pk or not queries.acts_for(by, seat.pk, None)):
        raise NotAllowed(_("Only somebody who sits for the organisation can speak for it."), network=network)


def worded(text: str, field: str, most: int) -> str:
    """``text`` trimmed; RuleBroken when there is none of it or too much."""
    text = text.strip()
    if not text:
        raise RuleBroken(_("Write something first."), field=field)
    if len(text) > most:
        raise RuleBroken(_("Say it in at most %(most)s characters."), field=field, params={"most": most})
    return text


def tell(*, by: Any, kind: Kind, listing: Listing, reason: str = "", **data: Any) -> None:
    """One line in the log."""
    thing = (THING, listing.pk)
    record(kind, by=by, network=listing.network, thing=thing, title=listing.title, data=data, reason=reason)
