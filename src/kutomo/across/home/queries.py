"""What the home pages show, asked of the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kutomo.core.access import ROLES, Can, Role
from kutomo.core.activity import queries as activity
from kutomo.core.activity.models import Event
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import CAN_LABELS, ROLE_LABELS, Network

LAST_LINES = 8


@dataclass(frozen=True)
class Card:
    """One of my networks, with what waits for me there."""

    network: Network
    waiting: list[Any]


def my_networks(person: Any) -> list[Card]:
    """The person's networks by name."""
    return [Card(network, []) for network in networks.visible_to(person)]


def today_in(network: Network, person: Any) -> dict[str, Any]:
    """The network's day: what waits for the person, the next meeting, the last deeds."""
    lines: list[Event] = list(activity.lines(network, person)[:LAST_LINES])
    return {"lines": lines}


def role_labels(table: dict[Role, frozenset[Can]]) -> list[tuple[Role, Any]]:
    """The roles of the table with their names."""
    return [(role, ROLE_LABELS[role]) for role in table]


def who_may() -> list[tuple[Any, list[tuple[Any, bool]]]]:
    """One row a capability: its words, and for each role its name and whether it has the capability."""
    return [
        (CAN_LABELS[can], [(ROLE_LABELS[role], can in allowed) for role, allowed in ROLES.items()]) for can in Can
    ]
