"""A table as it came: rows of text, with the limits that every way of reading keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from .refusals import Note, Refused, Why

MAX_ROWS = 5_000  # more than a Finnish network ever had; a register is refused at once
MAX_COLUMNS = 60
MAX_CELL = 2_000  # characters
MAX_BYTES = 10 * 1024 * 1024
EMPTY_RUN = 500  # so many empty rows in a row: the table has ended (a sheet may be formatted to its last row)

# Marks for cells without a usable value; they cannot be typed in a sheet.
NO_VALUE = "\x00formula"
ERROR_MARKS = frozenset(
    {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"}
    | {"#PUUTTUU!", "#VIITTAUS!", "#ARVO!", "#NIMI?", "#JAKO/0!"}  # as a Finnish Excel shows them
)


@dataclass
class Table:
    """``rows`` of text, all of one width; ``numbers`` the row numbers as the sheet shows them."""

    rows: list[list[str]]
    numbers: list[int]
    notes: list[tuple[Note, dict[str, Any]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def cell_text(value: Any) -> str:
    """One cell as text: 45.0 as "45", a day as 2026-02-03, line breaks as blanks."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, datetime):
        value = value.date() if value.time() == time() else value.replace(microsecond=0)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if text != NO_VALUE:
        text = "".join(c if c >= " " or c in "\t\n\r" else "" for c in text)
    return " ".join(text.split())[: MAX_CELL + 1] if text != NO_VALUE else text


def gather(lines: Iterable[tuple[int, list[str]]]) -> Table:
    """Collect numbered rows into a table; stops early, so that a huge sheet costs little.

    Raises Refused when there are more rows or columns than the limits, or nothing at all.
    """
    rows: list[list[str]] = []
    numbers: list[int] = []
    empty = 0
    for number, cells in lines:
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > EMPTY_RUN:
                break
            continue
        empty = 0
        if len(cells) > MAX_COLUMNS:
            raise Refused(Why.TOO_MANY_COLUMNS, limit=MAX_COLUMNS)
        # One row more is allowed for the header.
        if len(rows) > MAX_ROWS:
            raise Refused(Why.TOO_MANY_ROWS, limit=MAX_ROWS)
        rows.append(cells)
        numbers.append(number)
    if not rows:
        raise Refused(Why.EMPTY)
    width = max(len(row) for row in rows)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Table(rows, numbers)


def numbered(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with their numbers from 1."""
    return enumerate(rows, start=1)
