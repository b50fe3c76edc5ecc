"""Tables that are handed out: CSV as a Finnish Excel reads it, and .xlsx. Text stays text, whatever it begins with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

Cells = Sequence[Sequence[object]]
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNS = "=+-@\t\r"


def write_csv(rows: Cells) -> bytes:
    """Semicolons and a byte order mark; text that a spreadsheet would take for a formula is quoted by an apostrophe.

    None is an empty cell. The same rows give the same bytes.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([[_plain(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] and cell[0] in _SIGNS else cell


def write_xlsx(sheets: Mapping[str, Cells], widths: Sequence[int] = ()) -> bytes:
    """One workbook; the first row of each sheet is its head. ``widths``: of the columns, in characters.

    The same sheets give the same bytes (no time of making is written).
    """
    from datetime import UTC, datetime

    from xlsxwriter import Workbook

    held = io.BytesIO()
    with Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
        head, body = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name[:31])
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            for number, row in enumerate(rows):
                style = body if number else head
                for at, value in enumerate(row):
                    if isinstance(value, int | float):
                        sheet.write_number(number, at, value, style)
                    elif value is not None and str(value):
                        sheet.write_string(number, at, str(value), style)
            sheet.freeze_panes(1, 0)
    return held.getvalue()
