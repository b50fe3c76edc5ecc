"""What one person has said here, for the person's own export."""

from __future__ import annotations

from typing import Any

from kutomo.core.access.respondents import Respondent

from ..models import Acceptance, Choice, CommitmentCard, OwnCard


def keys_of(person: Any) -> list[str]:
    """The keys under which ``person`` chooses cards."""
    return [Respondent.of(person).key]


def own_rows(person: Any) -> list[dict[str, Any]]:
    """Cards with what they said before, accepted and chosen ground rules, own wordings in the deck."""
    words = ("behalf", "follows", "brings", "seeks", "hours", "until", "written_at")
    facts = ("state", *words, "expires_on", "ended_on", "ending", "confirmer_name")
    found: list[dict[str, Any]] = []
    for card in CommitmentCard.objects.filter(person=person).prefetch_related("earlier").select_related("network"):
        row: dict[str, Any] = {name: getattr(card, name) for name in facts}
        earlier = [{name: getattr(old, name) for name in words} for old in card.earlier.all()]
        found.append({"commitment card": {"network": card.network.name, **row, "earlier": earlier}})
    accepted = Acceptance.objects.filter(person=person).values("rule_set__network__name", "rule_set__number", "at")
    chosen = Choice.objects.filter(respondent__in=keys_of(person)).values("rule_set__network__name", "card", "at")
    written = OwnCard.objects.filter(by=person).values("network__name", "text", "at")
    return [
        *found,
        *({"accepted ground rules": row} for row in accepted),
        *({"chose a ground rule": row} for row in chosen),
        *({"wrote a ground rule": row} for row in written),
    ]
