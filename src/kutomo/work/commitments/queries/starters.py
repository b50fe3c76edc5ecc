"""The starter cards of the house, read from content/rules.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

_CONTENT = Path(__file__).resolve().parent.parent / "content" / "rules.toml"


@dataclass(frozen=True)
class Starter:
    """One card of the content file, in three languages."""

    key: str
    texts: dict[str, str]
    in_practice: dict[str, str]
    when_broken: dict[str, str]


@cache
def starters() -> dict[str, Starter]:
    """The starter cards by key, in the order of the file."""
    rows = tomllib.loads(_CONTENT.read_text(encoding="utf-8"))["card"]
    return {
        row["key"]: Starter(
            row["key"], {code: row[code] for code in ("fi", "sv", "en")}, row["in_practice"], row["when_broken"]
        )
        for row in rows
    }


def reading_language() -> str:
    """The reader's language, as one of those that the content has."""
    code = (get_language() or "fi")[:2]
    return code if code in ("fi", "sv", "en") else "en"
