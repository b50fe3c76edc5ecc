"""The areas of help: those of the house, with what the operator has added or changed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from ..models import Area

_FILE = Path(__file__).resolve().parent.parent / "content" / "areas.toml"


@dataclass(frozen=True)
class Named:
    """One area; ``rests``: nothing new is listed under it, what is there stays."""

    code: str
    fi: str
    sv: str
    en: str
    rests: bool = False

    @property
    def name(self) -> str:
        return str(getattr(self, (get_language() or "fi")[:2], self.fi))


@cache
def _starter() -> tuple[Named, ...]:
    return tuple(Named(**row) for row in tomllib.loads(_FILE.read_text("utf-8"))["area"])


def areas() -> list[Named]:
    """All areas, the house's first, resting ones too; one query."""
    own = {row.code: Named(row.code, row.fi, row.sv, row.en, row.rests) for row in Area.objects.all()}
    return [own.pop(area.code, area) for area in _starter()] + list(own.values())


def names() -> dict[str, str]:
    """Names by code, in the reader's language."""
    return {area.code: area.name for area in areas()}
