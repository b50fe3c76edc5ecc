"""The one list of what waits, and the inbox made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.clock import now
from kutomo.ground.errors import NotFound

from ..models import Aside
from .asks import Waiting, ask_all


@dataclass(frozen=True)
class Part:
    """What waits in one network, what closes first before the rest."""

    network: Network
    waiting: list[Waiting]


@dataclass(frozen=True)
class Put:
    """Something put aside that still waits."""

    network: Network
    item: Waiting
    aside: Aside


@dataclass(frozen=True)
class Inbox:
    """What waits for a person over all networks, and what the person has put aside."""

    parts: list[Part]
    aside: list[Put]

    @property
    def count(self) -> int:
        return sum(len(part.waiting) for part in self.parts)

    @property
    def minutes(self) -> int:
        return sum(item.minutes for part in self.parts for item in part.waiting)


def waiting(person: Any, among: Iterable[Network]) -> dict[int, list[Waiting]]:
    """What waits for ``person`` in the networks ``among``, by the network's key, without what is put aside.

    One query a room and one for what is put aside, however many networks there are.
    """
    nets = networks.with_roles(person, among)
    hidden = _asides(person)
    found: dict[int, list[Waiting]] = {}
    for key, item in ask_all(person, nets):
        if item.key not in hidden:
            found.setdefault(key, []).append(item)
    return found


def inbox(person: Any) -> Inbox:
    """All that waits for ``person`` in the person's networks by name; what closes first stands first."""
    nets = networks.with_roles(person, networks.visible_to(person))
    hidden = _asides(person)
    open_: dict[int, list[Waiting]] = {}
    aside: list[Put] = []
    for key, item in ask_all(person, nets):
        if item.key in hidden:
            aside.append(Put(nets[key], item, hidden[item.key]))
        else:
            open_.setdefault(key, []).append(item)
    return Inbox([Part(net, soonest_first(open_[key])) for key, net in nets.items() if key in open_], aside)


def waiting_one(person: Any, key: str) -> Waiting:
    """The thing ``key`` that waits for ``person``, put aside or not. Raises NotFound when it does not wait."""
    nets = networks.with_roles(person, networks.visible_to(person))
    for _network, item in ask_all(person, nets):
        if item.key == key:
            return item
    raise NotFound(_("This does not wait for you any more."))


def put_just_now(found: Inbox, key: str) -> Put | None:
    """What was put aside under ``key``, so that the page can offer to take it back."""
    return next((put for put in found.aside if put.item.key == key), None)


def aside_rows(person: Any) -> list[dict[str, Any]]:
    """What the person has put aside, for the person's own export."""
    rows = Aside.objects.filter(person=person).order_by("put_at", "pk")
    return [dict(row) for row in rows.values("key", "put_at", "until")]


def _asides(person: Any) -> dict[str, Aside]:
    """What ``person`` does not want to see now, by key."""
    rows = Aside.objects.filter(Q(until=None) | Q(until__gt=now()), person=person)
    return {row.key: row for row in rows}


def soonest_first(items: list[Waiting]) -> list[Waiting]:
    return sorted(items, key=lambda item: (item.closes_at is None, item.closes_at or now()))
