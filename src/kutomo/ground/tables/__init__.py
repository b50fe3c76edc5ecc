"""Tables that people hand in: .xlsx, .ods, .csv as Excel writes it, and text pasted out of a mail or a sheet.

Knows no meaning of any column. Refuses bombs, passwords, macros, entities and what is no table before it reads
them, with a code that the caller turns into a sentence; it never opens a link and never runs a formula.
"""

from __future__ import annotations

from .documents import read_ods
from .parcels import kind_of
from .refusals import Note, Refused, Why
from .table import ERROR_MARKS, MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, NO_VALUE, Table
from .texts import read_csv, read_text
from .workbooks import read_xlsx

__all__ = [
    "ERROR_MARKS",
    "MAX_BYTES",
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "NO_VALUE",
    "Note",
    "Refused",
    "Table",
    "Why",
    "read_file",
    "read_pasted",
]

_ENDINGS = {"xlsx": ("xlsx", "xltx"), "ods": ("ods", "ots"), "text": ("csv", "txt", "tsv", "tab", "")}
_NAMES = {"xlsx": "Excel", "ods": "OpenDocument", "text": "CSV"}


def read_file(data: bytes, name: str) -> Table:
    """The table in a file; ``name`` only tells what the person believes it is. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(Why.TOO_BIG, limit=MAX_BYTES // (1024 * 1024))
    kind = kind_of(data)
    table = {"xlsx": read_xlsx, "ods": read_ods, "text": read_csv}[kind](data)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in _ENDINGS[kind]:
        table.notes.append((Note.WRONG_EXTENSION, {"found": _NAMES[kind], "name": name[:120]}))
    return table


def read_pasted(text: str) -> Table:
    """The table in pasted text. Raises Refused."""
    if len(text) > MAX_BYTES // 4:
        raise Refused(Why.TOO_BIG, limit=MAX_BYTES // (4 * 1024 * 1024))
    return read_text(text)
