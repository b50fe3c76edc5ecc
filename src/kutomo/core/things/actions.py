"""Laying a trail. The caller has passed its own gate: a trail is part of another deed."""

from typing import Any

from kutomo.ground.clock import now

from .models import Trail
from .register import Reference


def lay_trail(*, by: Any, network: Any, start: Reference, relation: Trail.Relation, end: Reference) -> Trail:
    """Say that thing ``start`` came from, answers or carries out thing ``end``; a second time changes nothing."""
    trail, _created = Trail.objects.get_or_create(
        from_kind=start[0],
        from_id=start[1],
        relation=relation,
        to_kind=end[0],
        to_id=end[1],
        defaults={"network": network, "by": by, "at": now()},
    )
    return trail


def forget(*, by: Any) -> None:
    """``by`` leaves the house: the trails stay, without who laid them."""
    Trail.objects.filter(by=by).update(by=None)
