"""What can be asked of trails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from .models import Trail
from .register import Reference, ThingKind, kind_of


@dataclass(frozen=True)
class Step:
    """The other end of a trail, as this person may see it."""

    relation: str
    outward: bool
    kind: ThingKind
    title: str
    url: str


def trails(thing: Reference, person: Any) -> list[Step]:
    """The trails to and from ``thing`` whose other end ``person`` may open; two queries a kind at most."""
    rows = Trail.objects.filter(Q(from_kind=thing[0], from_id=thing[1]) | Q(to_kind=thing[0], to_id=thing[1])).order_by(
        "pk"
    )
    ends: list[tuple[Trail, bool, str, int]] = []
    for row in rows:
        outward = (row.from_kind, row.from_id) == thing
        ends.append((row, outward, *((row.to_kind, row.to_id) if outward else (row.from_kind, row.from_id))))
    found: dict[tuple[str, int], Any] = {}
    for name in {end[2] for end in ends}:
        if kind := kind_of(name):
            ids = [end[3] for end in ends if end[2] == name]
            found |= {(name, thing.pk): thing for thing in kind.visible(person).filter(pk__in=ids)}
    steps = []
    for row, outward, name, pk in ends:
        other, kind = found.get((name, pk)), kind_of(name)
        if other is not None and kind is not None:
            steps.append(Step(row.get_relation_display(), outward, kind, kind.title(other), kind.url(other)))
    return steps


def place(thing: Reference, person: Any) -> tuple[str, str] | None:
    """The title and address of ``thing``, or None when ``person`` may not open it."""
    kind = kind_of(thing[0])
    row = kind.visible(person).filter(pk=thing[1]).first() if kind else None
    return (kind.title(row), kind.url(row)) if kind and row is not None else None


def own_rows(person: Any) -> list[dict[str, Any]]:
    """The trails that ``person`` laid, for the person's own export."""
    rows = Trail.objects.filter(by=person).order_by("pk").select_related("network")
    return [
        {
            "at": row.at.isoformat(),
            "network": row.network.name,
            "from": f"{row.from_kind} {row.from_id}",
            "relation": row.relation,
            "to": f"{row.to_kind} {row.to_id}",
        }
        for row in rows
    ]
