"""Readings, forms and tensions in three languages, read once from content/forms.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent.parent / "content"
LANGUAGES = ("fi", "sv", "en")

Text = dict[str, str]


@dataclass(frozen=True)
class Reading:
    code: str
    name: str
    ask: str
    steps: tuple[str, ...]

    @property
    def choices(self) -> list[tuple[int, str]]:
        return list(enumerate(self.steps))


@dataclass(frozen=True)
class Form:
    code: str
    name: str
    means: str
    needs: str
    breaks: str
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Tension:
    code: str
    one: str
    other: str
    ask: str


@dataclass(frozen=True)
class Governing:
    code: str
    name: str
    why: str


@cache
def _load(name: str) -> dict[str, Any]:
    with (CONTENT / name).open("rb") as file:
        return tomllib.load(file)


def _in(text: Text, language: str) -> str:
    return text[language if language in LANGUAGES else "en"]


@cache
def readings(language: str) -> tuple[Reading, ...]:
    """The seven readings in ``language``, in the order in which they are asked."""
    return tuple(
        Reading(
            code,
            _in(row["name"], language),
            _in(row["ask"], language),
            tuple(_in(s, language) for s in row["steps"]),
        )
        for code, row in _load("forms.toml")["reading"].items()
    )


@cache
def form(code: str, language: str) -> Form:
    row = _load("forms.toml")["form"][code]
    name, means, needs, breaks = (_in(row[key], language) for key in ("name", "is", "needs", "breaks"))
    return Form(code, name, means, needs, breaks, tuple(_in(move, language) for move in row["moves"]))


@cache
def tensions(language: str) -> tuple[Tension, ...]:
    rows = _load("forms.toml")["tension"]
    return tuple(Tension(row["code"], *(_in(row[key], language) for key in ("one", "other", "ask"))) for row in rows)


@cache
def governing(code: str, language: str) -> Governing:
    row = _load("forms.toml")["governance"][code]
    return Governing(code, _in(row["name"], language), _in(row["why"], language))
