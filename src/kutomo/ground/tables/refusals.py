"""Why a table is refused, and what was done to one that was read: codes, for the caller's own sentences."""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Why(StrEnum):
    """Why a whole file or pasted text cannot be read."""

    EMPTY = "empty"  # nothing in it
    TOO_MANY_ROWS = "too_many_rows"  # limit
    TOO_MANY_COLUMNS = "too_many_columns"  # limit
    TOO_BIG = "too_big"  # limit, in megabytes
    PASSWORD = "password"
    OLD_EXCEL = "old_excel"  # .xls of the years before 2007
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"  # formulas that fetch from another workbook
    BOMB = "bomb"  # unpacks to far more than a table of names needs
    BROKEN = "broken"  # damaged, or made by something that does not follow the format
    ENTITIES = "entities"  # XML tricks that no spreadsheet program writes
    OTHER_KIND = "other_kind"  # found: what it is instead ("PDF")
    ENCODING = "encoding"  # the text of a .csv cannot be made out


class Refused(ValueError):
    """A table that cannot be read; ``why`` and ``params`` become a sentence for the reader."""

    def __init__(self, why: Why, **params: Any):
        self.why, self.params = why, params
        super().__init__(f"{why}: {params}" if params else str(why))


class Note(StrEnum):
    """What was done to a table that could be read; told in the preview."""

    MERGED = "merged"  # count, example
    OTHER_SHEETS = "other_sheets"  # sheet, count
    WRONG_EXTENSION = "wrong_extension"  # found, name
    ABOVE_HEADER = "above_header"  # count
    ENCODING = "encoding"  # found
    HIDDEN_ROWS = "hidden_rows"  # count
    PROSE = "prose"  # count
