"""What the room keeps of a person, for the own export: everything, T and C too, because it is their own."""

from __future__ import annotations

from typing import Any

from ..models import Answer, MapWish, Part, PrivateAnswer, PulseAnswer


def own_rows(person: Any) -> list[dict[str, Any]]:
    """All answers of ``person`` in all waves that are still kept, one row a wave and partner, and the pulse."""
    found: list[dict[str, Any]] = []
    for part in Part.objects.filter(person=person).select_related("wave__network", "seat"):
        head = {"network": part.wave.network.name, "survey": part.wave.number, "answers for": part.seat.name}
        found.append({**head, "began": part.consented_at.isoformat(), "facet": part.facet})
        private = {row.about_id: row for row in PrivateAnswer.objects.filter(part=part)}
        for row in Answer.objects.filter(part=part).select_related("about").order_by("about"):
            own = private.get(row.about_id)
            found.append(
                {
                    **head,
                    "about": row.about.name,
                    "knows": row.knows,
                    "works": row.works,
                    "trusts": own.trusts if own else None,
                    "facet": own.facet if own else None,
                    "commits": own.commits if own else None,
                }
            )
        pulse = PulseAnswer.objects.filter(part=part).values_list("item", "value")
        found += [{**head, "pulse": item, "value": value} for item, value in pulse]
    for wish in MapWish.objects.filter(by=person).select_related("seat__network"):
        found.append({"network": wish.seat.network.name, "on the map": wish.on_map, "at": wish.at.isoformat()})
    return found
