"""Reading the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from kutomo.core.access.rules import Role

from .kinds import Audience, Loudness, kinds
from .models import Event

LEADERS = {Role.LEADER, Role.CO_LEADER}


def lines(network: Any, person: Any) -> QuerySet[Event]:
    """The network's log as ``person`` may read it, newest first."""
    roles = network.roles_of(person)
    audience = Q(audience=Audience.PUBLIC) | Q(audience=Audience.OWN, actor=person)
    if roles:
        audience |= Q(audience=Audience.MEMBERS)
    if roles & LEADERS:
        audience |= Q(audience=Audience.LEADERS)
    return Event.objects.filter(audience, network=network).select_related("actor").order_by("-at", "-pk")


def digest(network: Any, since: datetime) -> list[Event]:
    """The newest lines of the network from ``since`` on that belong in a weekly letter, newest first, at most 100.

    For every audience: the caller asks ``may_read`` for each reader. One query.
    """
    names = [kind.name for kind in kinds() if kind.loudness == Loudness.DIGEST]
    rows = Event.objects.filter(network=network, at__gte=since, kind__in=names).select_related("actor")
    return list(rows.order_by("-at", "-pk")[:100])


def may_read(event: Event, person: Any, roles: Collection[Role]) -> bool:
    """Whether ``person``, who holds ``roles`` in the line's network, may read it."""
    match event.audience:
        case Audience.PUBLIC:
            return True
        case Audience.MEMBERS:
            return bool(roles)
        case Audience.LEADERS:
            return bool(LEADERS & set(roles))
    return bool(event.actor_id == person.pk)


def powers(network: Any) -> QuerySet[Event]:
    """Every use of a leader's power, newest first: the transparency page. Members see all of it."""
    return Event.objects.filter(network=network, is_power=True).select_related("actor").order_by("-at", "-pk")


def own_rows(person: Any) -> list[dict[str, Any]]:
    """The lines of ``person``'s own deeds, for the person's own export: when, where, and the sentence."""
    rows = Event.objects.filter(actor=person).select_related("actor", "network").order_by("at", "pk")
    return [
        {
            "at": row.at.isoformat(),
            "network": row.network.name if row.network else "",
            "sentence": row.sentence(),
            "reason": row.reason,
        }
        for row in rows
    ]
