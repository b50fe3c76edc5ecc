"""What one person has asked, offered and said, for the person's own export."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..models import Feedback, Listing, Step


def own_rows(person: Any) -> list[dict[str, Any]]:
    """Listings, words in tasks and feedback that ``person`` has written."""
    made = Listing.objects.filter(author=person).values(
        "network__name", "side", "title", "text", "asked_for", "state", "made_at"
    )
    said = Step.objects.filter(by=person).values("task__listing__title", "kind", "words", "at")
    told = Feedback.objects.filter(by=person).values(
        "task__listing__title", "result", "timing", "process", "words", "may_show", "at"
    )
    kinds = (("listed", made), ("wrote", said), ("feedback", told))
    return [{name: _plain(row)} for name, rows in kinds for row in rows]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
