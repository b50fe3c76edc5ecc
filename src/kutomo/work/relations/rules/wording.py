"""The questions and the pulse in three languages, read once from content/survey.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .asking import Form, Question

CONTENT = Path(__file__).resolve().parent.parent / "content" / "survey.toml"
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Level:
    value: int
    text: str
    code: str = ""  # the value as text, for pages


@dataclass(frozen=True)
class Asked:
    """A question as it is put: the words and the levels, all labelled."""

    code: str
    text: str
    levels: tuple[Level, ...]

    def text_of(self, value: int | None) -> str:
        """The label of a level; "" for None."""
        return next((level.text for level in self.levels if level.value == value), "")


@cache
def _load() -> dict[str, Any]:
    with CONTENT.open("rb") as file:
        return tomllib.load(file)


def _levels(rows: list[dict[str, Any]], language: str) -> tuple[Level, ...]:
    return tuple(Level(row["value"], row[language], str(row["value"])) for row in rows)


@cache
def question(code: str, form: str, facet: str, language: str) -> Asked:
    """The question ``code`` (K, E, T, F, C) for a form; ``facet`` says which wording F has."""
    language = language if language in LANGUAGES else "en"
    key = facet if code == Question.FACET else code
    row = _load()["question"][key]["i" if form == Form.PERSON else "we"]
    return Asked(code, row["ask"][language], _levels(row["levels"], language))


@cache
def pulse(language: str) -> tuple[Asked, ...]:
    """The six items of the pulse, each with its levels."""
    language = language if language in LANGUAGES else "en"
    rows = _load()["pulse"]
    levels = _levels(rows["levels"], language)
    return tuple(Asked(str(number), row[language], levels) for number, row in enumerate(rows["items"], start=1))
