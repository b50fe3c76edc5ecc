"""Which column is which: guessed from headers in three languages, then from what stands below."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path

from kutomo.core.organisations.rules import LEGAL_FORMS, business_id, guess_kind, municipality, plain

from .addresses import phone


class Column(StrEnum):
    """What a column holds."""

    ORGANISATION = "organisation"
    BUSINESS_ID = "business_id"
    PERSON = "person"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    EMAIL = "email"
    PHONE = "phone"
    LANGUAGE = "language"
    MUNICIPALITY = "municipality"
    NOTE = "note"
    INVITER = "inviter"
    SKIP = ""


_HEADERS: dict[Column, tuple[str, ...]] = {
    Column(name): tuple(words)
    for name, words in tomllib.loads(
        (Path(__file__).parent.parent / "content" / "headers.toml").read_text(encoding="utf-8")
    ).items()
}
_NAME = ("nimi", "namn", "name")  # a person's or an organisation's: what stands below decides

LANGUAGES = {
    "fi": "fi", "suomi": "fi", "finska": "fi", "finnish": "fi", "fin": "fi", "suomeksi": "fi",
    "sv": "sv", "ruotsi": "sv", "svenska": "sv", "swedish": "sv", "swe": "sv", "ruotsiksi": "sv", "se": "sv",
    "en": "en", "englanti": "en", "engelska": "en", "english": "en", "eng": "en", "englanniksi": "en",
}  # fmt: skip
HEADER_WITHIN = 8  # a header stands among the first rows, below a title perhaps


def by_header(text: str) -> Column | None:
    """What a header says; None when it says nothing known."""
    word = plain(text)
    if not word or len(word) > 60 or "@" in text:
        return None
    for column, words in _HEADERS.items():
        if word in words:
            return column
    for column, words in _HEADERS.items():
        if any(len(known) > 3 and re.match(rf"{known}\b", word) for known in words):
            return column
    return None


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """The index of the header row, or -1 when the table begins at once."""
    best, most = -1, 0
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        filled = [cell for cell in row if cell]
        known = sum(1 for cell in filled if by_header(cell) or plain(cell) in _NAME)
        if known > most and known * 2 >= len(filled) and not any("@" in cell for cell in filled):
            best, most = index, known
    return best


def guess(rows: Sequence[Sequence[str]], header: int) -> list[Column]:
    """A column's meaning for each column of the table; no meaning is given twice."""
    width = max((len(row) for row in rows), default=0)
    heads = list(rows[header]) if header >= 0 else [""] * width
    below = [[row[i] for row in rows[header + 1 : header + 201] if i < len(row) and row[i]] for i in range(width)]
    found: list[Column] = [Column.SKIP] * width
    for index in range(width):
        column = by_header(heads[index])
        if column and column not in found:
            found[index] = column
    unclear = [i for i in range(width) if not found[i] and (header < 0 or not heads[i] or plain(heads[i]) in _NAME)]
    # A heading that nobody knows is no reason to lose addresses and names: what stands below may be plain.
    strange = [i for i in range(width) if not found[i] and i not in unclear]
    for column, share in _CONTENTS[:2] + _CONTENTS[5:6]:
        sure = [i for i in strange if below[i] and share(below[i]) >= 0.8]
        if column not in found and sure:
            found[sure[0]] = column
    for column, share in _CONTENTS:
        if column in found:
            continue
        scores = [(share(below[i]), -i) for i in unclear if not found[i] and below[i]]
        score, place = max(scores, default=(0.0, 0))
        if score >= 0.5:
            found[-place] = column
    for index in unclear:
        if found[index] or plain(heads[index]) not in _NAME:
            continue
        for column in (Column.ORGANISATION, Column.PERSON):
            if column not in found and not found[index]:
                found[index] = column
    return _single_column(found, below)


def _single_column(found: list[Column], below: list[list[str]]) -> list[Column]:
    """A list of one column with nothing recognised is a list of organisations."""
    filled = [index for index, cells in enumerate(below) if cells]
    if len(filled) == 1 and not found[filled[0]]:
        found[filled[0]] = Column.ORGANISATION
    return found


def _share(test: Callable[[str], bool]) -> Callable[[list[str]], float]:
    return lambda cells: sum(map(test, cells)) / len(cells)


def _is_organisation(text: str) -> bool:
    return guess_kind(text) != "group" or bool(set(plain(text).split()) & LEGAL_FORMS)


def _is_person(text: str) -> bool:
    words = text.replace(",", " ").split()
    named = 2 <= len(words) <= 4 and all(w[0].isalpha() and w[0].isupper() for w in words)
    return named and not _is_organisation(text)


_CONTENTS: tuple[tuple[Column, Callable[[list[str]], float]], ...] = (
    (Column.EMAIL, _share(lambda text: "@" in text)),
    (Column.BUSINESS_ID, _share(lambda text: business_id(text) is not None)),
    (Column.PHONE, _share(lambda text: phone(text) is not None)),
    (Column.LANGUAGE, _share(lambda text: plain(text) in LANGUAGES)),
    (Column.MUNICIPALITY, _share(lambda text: municipality(text) is not None)),
    (Column.ORGANISATION, _share(_is_organisation)),
    (Column.PERSON, _share(_is_person)),
)
