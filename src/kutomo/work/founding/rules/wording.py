"""The room's own texts in three languages, read once from content/*.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).resolve().parent.parent / "content"
LANGUAGES = ("fi", "sv", "en")

Text = dict[str, str]


@dataclass(frozen=True)
class Prompted:
    """A question of the canvas in one language."""

    number: int
    short: str
    text: str
    prompts: tuple[str, ...]


@cache
def _load(name: str) -> dict[str, Any]:
    with (CONTENT / name).open("rb") as file:
        return tomllib.load(file)


def _in(text: Text, language: str) -> str:
    return text[language if language in LANGUAGES else "en"]


@cache
def questions(language: str) -> tuple[Prompted, ...]:
    """The five questions in ``language``."""
    return tuple(
        Prompted(
            row["number"],
            _in(row["short"], language),
            _in(row["text"], language),
            tuple(_in(prompt, language) for prompt in row["prompt"]),
        )
        for row in _load("canvas.toml")["question"]
    )


def question(number: int, language: str) -> Prompted:
    return questions(language)[number - 1]
