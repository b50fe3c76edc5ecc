"""Reading .xlsx: values as the program saved them, formulas without one marked, merged cells explained."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import repeat, zip_longest
from typing import Any

from .parcels import look_through, open_parcel
from .refusals import Note, Refused, Why
from .table import MAX_COLUMNS, NO_VALUE, Table, cell_text, gather

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MAX_MERGES = 5_000

Range = tuple[int, int, int, int]  # first column, first row, last column, last row


def read_xlsx(data: bytes) -> Table:
    """The first sheet with anything in it. Raises Refused with a reason that a person understands."""
    # Half a second and 33 MiB: only for those who read a workbook.
    from openpyxl import load_workbook

    archive = open_parcel(data)
    with_formulas = look_through(archive)
    try:
        # The library warns of fonts, filters and the like, which a table of names does not need.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            # A second reading tells which cells are formulas; it is spared when there are none.
            formulas = load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if with_formulas else None
            try:
                return _first_sheet(values, formulas, archive)
            finally:
                values.close()
                if formulas:
                    formulas.close()
    except Refused:
        raise
    except Exception as error:  # the library raises many kinds on damaged files; all of them mean this
        raise Refused(Why.BROKEN) from error


def _first_sheet(values: Any, formulas: Any, archive: zipfile.ZipFile) -> Table:
    visible = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"] or values.worksheets
    for sheet in visible:
        # Some programs write a wrong extent ("A1"); without it the library reads what is there.
        sheet.reset_dimensions()
        other = formulas[sheet.title] if formulas else None
        if other:
            other.reset_dimensions()
        try:
            table = gather(_lines(sheet, other))
        except Refused as refused:
            if refused.why == Why.EMPTY and sheet is not visible[-1]:
                continue
            raise
        if merges := _merges(archive, sheet):
            _fill(table, merges)
        if len(visible) > 1:
            table.notes.append((Note.OTHER_SHEETS, {"sheet": sheet.title, "count": len(visible) - 1}))
        return table
    raise Refused(Why.EMPTY)


def _lines(sheet: Any, other: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows of values, with a mark where the sheet has a formula but no saved value."""
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
    shadows = other.iter_rows(max_col=MAX_COLUMNS + 1) if other else repeat(())
    pairs = zip(rows, shadows, strict=False)
    for count, (row, shadow) in enumerate(pairs, start=1):
        number = next((cell.row for cell in row if getattr(cell, "row", None)), count)
        cells = []
        for cell, twin in zip_longest(row, shadow):
            if cell is None:
                break
            is_formula = getattr(twin, "data_type", "") == "f"
            if is_formula and (cell.value is None or cell.value == ""):
                cells.append(NO_VALUE)
            else:
                cells.append(cell_text(cell.value))
        yield number, cells


def _merges(archive: zipfile.ZipFile, sheet: Any) -> list[Range]:
    """Merged ranges of the sheet; the library leaves them out when it reads in a stream."""
    path = getattr(sheet, "_worksheet_path", "").lstrip("/")
    if path not in archive.namelist():
        return []
    from openpyxl.utils.cell import range_boundaries

    found: list[Range] = []
    tail = b""
    with archive.open(path) as stream:
        while chunk := stream.read(1 << 20):
            window = tail + chunk
            cut = max(window.rfind(b">") + 1, 0)
            for ref in _MERGE.findall(window[:cut]):
                found.append(range_boundaries(ref.decode()))
                if len(found) >= _MAX_MERGES:
                    return found
            tail = window[cut:][-200:]
    return found


def _fill(table: Table, merges: list[Range]) -> None:
    """Give each row of a merged range the value of its first cell; to the right the cells stay empty.

    Somebody who merges an organisation's name over three persons means it for all three; a title merged
    over the whole width stays one cell.
    """
    row_of = {number: index for index, number in enumerate(table.numbers)}
    touched: list[Range] = []
    for left, top, right, bottom in merges:
        first = row_of.get(top)
        if first is None or left > table.width:
            continue
        value = table.rows[first][left - 1]
        if not value:
            continue
        # A title over the whole width is no news; anything else merged is.
        if bottom > top or sum(map(bool, table.rows[first])) > 1:
            touched.append((left, top, right, bottom))
        for number in range(top + 1, min(bottom, table.numbers[-1]) + 1):
            index = row_of.get(number)
            if index is not None and not table.rows[index][left - 1]:
                table.rows[index][left - 1] = value
    if touched:
        table.notes.append((Note.MERGED, {"count": len(touched), "example": _name(touched[0])}))


def _name(cells: Range) -> str:
    def letters(column: int) -> str:
        text = ""
        while column:
            column, rest = divmod(column - 1, 26)
            text = chr(65 + rest) + text
        return text

    left, top, right, bottom = cells
    return f"{letters(left)}{top}:{letters(right)}{bottom}"
