"""The one who answers: a person with an account, or a guest with a meeting code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Respondent:
    """``key`` names the respondent in tables of participation; it never stands beside an answer."""

    key: str
    person: Any = None
    name: str = ""

    @classmethod
    def of(cls, person: Any) -> Respondent:
        """The respondent behind an account."""
        return cls(key=f"person:{person.pk}", person=person, name=person.name)

    @classmethod
    def guest(cls, uid: str, name: str) -> Respondent:
        """Somebody in the room without an account; ``uid`` is random and made by the meeting."""
        return cls(key=f"guest:{uid}", name=name)
