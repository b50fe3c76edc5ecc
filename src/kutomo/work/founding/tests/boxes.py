"""What lies sealed in the database, opened with the installation's key, as a test may look at it."""

from __future__ import annotations

from kutomo.work.founding.models import Answer, Sealed


def inside() -> list[Answer]:
    """The answers that wait for their reveal, by their words."""
    return sorted((row.opened() for row in Sealed.objects.all()), key=lambda answer: answer.text)


def texts() -> list[str]:
    return [answer.text for answer in inside()]
