"""The figures of a report in words, in three languages, from content/figures.toml. Pure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent.parent / "content" / "figures.toml"
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Phrase:
    """What a figure is called, how it is counted (and what it does not tell), and what it is counted over."""

    key: str
    kind: str
    label: str
    rule: str
    over: str


@dataclass(frozen=True)
class Chapter:
    """A section of the report with the figures that stand in it; ``shown`` of them open, the rest on demand."""

    key: str
    shown: int
    title: str
    lead: str
    phrases: tuple[Phrase, ...]


@cache
def _load() -> dict[str, Any]:
    with CONTENT.open("rb") as file:
        return tomllib.load(file)


@cache
def chapters(language: str) -> tuple[Chapter, ...]:
    """The sections in order."""
    tongue = language if language in LANGUAGES else "en"
    return tuple(
        Chapter(
            row["key"],
            row["shown"],
            row["title"][tongue],
            row["lead"][tongue],
            tuple(
                Phrase(f["key"], f["kind"], f["label"][tongue], f["rule"][tongue], f["over"])
                for f in row.get("figure", ())
            ),
        )
        for row in _load()["section"]
    )


def text(kind: str, key: str, language: str) -> str:
    """The words for a code: ``kind`` is "over", "why", "word", "gate" or "sentence"."""
    return str(_load()[kind][key][language if language in LANGUAGES else "en"])
