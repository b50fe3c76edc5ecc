"""One row of a table as a candidate, with what is wrong in plain codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kutomo.core.organisations.rules import business_id, municipality, plain
from kutomo.ground.tables import ERROR_MARKS, NO_VALUE

from .addresses import BadAddress, email, phone
from .columns import LANGUAGES, Column
from .flaws import WARNINGS, Flaw

LENGTHS = {
    Column.ORGANISATION: 200,
    Column.PERSON: 120,
    Column.FIRST_NAME: 60,
    Column.LAST_NAME: 60,
    Column.NOTE: 500,
    Column.INVITER: 120,
}


@dataclass
class Problem:
    """What is wrong: ``column`` is the index of the cell in the row, -1 for the whole row."""

    flaw: Flaw
    column: int = -1
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def stops(self) -> bool:
        """Whether the row cannot be taken in as it is."""
        return self.flaw not in WARNINGS


@dataclass
class Entry:
    """A candidate as read. ``number`` is the row's number as the sheet shows it."""

    number: int
    organisation: str = ""
    business_id: str = ""
    person: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    municipality: str = ""
    note: str = ""
    inviter: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not any(problem.stops for problem in self.problems)

    def values(self) -> dict[str, str]:
        """The facts alone, without number and problems."""
        return {name: value for name, value in asdict(self).items() if name not in ("number", "problems")}


SWEDISH = ("förening", "församling", "svensk", "svenska", "stiftelse")


def likely_language(organisation: str) -> str:
    """ "sv" when the name says so ("rf", "förening"), else "": nobody likes a letter in the wrong language."""
    words = organisation.casefold().replace(".", "").split()
    says = bool(words) and (words[-1] == "rf" or any(part in word for word in words for part in SWEDISH))
    return "sv" if says else ""


def read_row(cells: Sequence[str], mapping: Sequence[Column], number: int) -> Entry:
    """The candidate in one row. Never raises: what is wrong is told in ``problems``."""
    entry = Entry(number)
    names = {Column.FIRST_NAME: "", Column.LAST_NAME: ""}
    for index, column in enumerate(mapping):
        text = cells[index] if index < len(cells) else ""
        if column == Column.SKIP or not text:
            continue
        value, problem = read_cell(column, text)
        if problem:
            problem.column = index
            entry.problems.append(problem)
            if problem.flaw in (Flaw.LANGUAGE, Flaw.MUNICIPALITY):
                entry.note = f"{entry.note} {text}".strip()
        elif column in names:
            names[column] = value
        elif column == Column.NOTE:
            entry.note = f"{entry.note} {value}".strip()
        else:
            setattr(entry, column.value, value)
    if any(names.values()) and not entry.person:
        entry.person = f"{names[Column.FIRST_NAME]} {names[Column.LAST_NAME]}".strip()
    if not any((entry.organisation, entry.person, entry.email, entry.phone)) and entry.is_good:
        entry.problems.append(Problem(Flaw.NOTHING))
    return entry


def read_cell(column: Column, text: str) -> tuple[str, Problem | None]:
    """The value of one cell under its meaning, or what is wrong with it."""
    if text == NO_VALUE:
        return "", Problem(Flaw.FORMULA)
    if text.startswith("#") and text.upper() in ERROR_MARKS:
        return "", Problem(Flaw.SHEET_ERROR, params={"text": text})
    limit = LENGTHS.get(column, 254)
    if len(text) > limit:
        return "", Problem(Flaw.TOO_LONG, params={"limit": limit, "length": len(text)})
    if column == Column.EMAIL:
        try:
            return email(text), None
        except BadAddress as bad:
            params = {"suggestion": bad.suggestion, "letter": bad.letter, "text": text[:80]}
            return "", Problem(bad.flaw, params=params)
    if column == Column.BUSINESS_ID:
        found = business_id(text)
        return (found, None) if found else ("", Problem(Flaw.BUSINESS_ID, params={"text": text[:40]}))
    if column == Column.PHONE:
        number = phone(text)
        return (number, None) if number else ("", Problem(Flaw.PHONE, params={"text": text[:40]}))
    if column == Column.LANGUAGE:
        code = LANGUAGES.get(plain(text), "")
        return (code, None) if code else ("", Problem(Flaw.LANGUAGE, params={"text": text[:40]}))
    if column == Column.MUNICIPALITY:
        town = municipality(text)
        return (town.code, None) if town else ("", Problem(Flaw.MUNICIPALITY, params={"text": text[:40]}))
    return text, None


def read_rows(
    rows: Sequence[Sequence[str]], numbers: Sequence[int], header: int, mapping: Sequence[Column]
) -> list[Entry]:
    """All rows under the header as candidates."""
    return [
        read_row(cells, mapping, number)
        for cells, number in zip(rows[header + 1 :], numbers[header + 1 :], strict=True)
    ]
