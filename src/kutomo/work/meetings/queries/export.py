"""What one person has said in meetings under the own name, for the person's own export."""

from __future__ import annotations

from typing import Any

from ..models import Answer, Knows, Meeting, Participant


def own_rows(person: Any) -> list[dict[str, Any]]:
    """Meetings one was in, named answers, whom one came to know, meetings one called."""
    meeting = ("meeting__network__name", "meeting__title")
    chairs = Participant.objects.filter(person=person).values(*meeting, "meeting__starts_at", "name", "organisation")
    answers = Answer.objects.filter(participant__person=person).values("step__meeting__title", "slot", "text", "number")
    known = Knows.objects.filter(participant__person=person).values("participant__meeting__title", "known__name")
    called = Meeting.objects.filter(convened_by=person).values("network__name", "title", "starts_at")
    found = {"was in": chairs, "answer": answers, "came to know": known, "called": called}
    return [{what: row} for what, rows in found.items() for row in rows]
