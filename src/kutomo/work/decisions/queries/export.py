"""What one person has proposed and said, for the person's own export."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from ..models import Advice, Decision, Interest, Stance, Turn
from .asking import words_of


def own_rows(person: Any) -> list[dict[str, Any]]:
    """What ``person`` proposed, said, advised and declared, for the own export; anonymous answers cannot be told."""
    made = Decision.objects.filter(author=person).values("network__name", "title", "proposal", "reasons", "state")
    said = Stance.objects.filter(Q(person=person) | Q(taken_by=person)).select_related("ballot__decision__network")
    advice = Advice.objects.filter(person=person).values("decision__title", "words", "given_at")
    interests = _interests(person)
    found = [{"proposed": dict(row)} for row in made]
    found += [
        {
            "stance": {
                "network": row.ballot.decision.network.name,
                "decision": row.ballot.decision.title,
                "said": words_of(row.ballot.decision, row.said),
                "reason": row.reason,
                "at": row.at.isoformat(),
                "earlier": row.earlier,
            }
        }
        for row in said
    ]
    turns = Turn.objects.filter(person=person).values("ballot__decision__title")
    return [
        *found,
        *({"advice": dict(row)} for row in advice),
        *({"interest": row} for row in interests),
        *({"answered anonymously": dict(row)} for row in turns),
    ]


def _interests(person: Any) -> list[dict[str, Any]]:
    """The interests that ``person`` has declared."""
    return [
        dict(row) for row in Interest.objects.filter(person=person).values("decision__title", "words", "steps_aside")
    ]
