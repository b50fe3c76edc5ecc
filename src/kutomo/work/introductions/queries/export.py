"""What the house keeps here about a person, for the own export."""

from __future__ import annotations

from typing import Any

from ..models import Introduction, Rest, Side


def own_rows(person: Any) -> list[dict[str, Any]]:
    """Introductions that ``person`` wrote, wished for or was asked about, with the own answers only."""
    written = Introduction.objects.filter(by=person).select_related("network", "a__organisation", "b__organisation")
    wished = Introduction.objects.filter(wished_by=person).select_related(
        "network", "a__organisation", "b__organisation"
    )
    asked = Side.objects.filter(person=person).select_related("introduction__network", "seat__organisation")
    recorded = Side.objects.filter(recorded_by=person).select_related("introduction__network", "seat__organisation")
    aside = Rest.objects.filter(by=person).select_related("network", "a__organisation", "b__organisation")
    return [
        *(_pair("wrote", row) | {"words": row.words, "state": row.state} for row in written),
        *(_pair("wished", row) | {"words": row.wish, "state": row.state} for row in wished),
        *(_side("was asked", side) for side in asked),
        *(_side("wrote down for", side) for side in recorded),
        *(_pair("laid aside", row) | {"until": row.until.isoformat() if row.until else ""} for row in aside),
    ]


def _pair(what: str, row: Introduction | Rest) -> dict[str, Any]:
    return {"what": what, "network": row.network.name, "at": row.at.isoformat(), "one": row.a.name, "other": row.b.name}


def _side(what: str, side: Side) -> dict[str, Any]:
    return {
        "what": what,
        "network": side.introduction.network.name,
        "seat": side.seat.name,
        "answer": side.reply,
        "talked": side.talked,
        "know whom to call": side.knows,
        "did something": side.did,
    }
