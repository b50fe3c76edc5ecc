"""Reading .ods with a guarded reader of our own: a stream, not a tree, and repeats are bounded."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from .parcels import look_through, open_parcel
from .refusals import Note, Refused, Why
from .table import MAX_COLUMNS, NO_VALUE, Table, cell_text, gather

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_P = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_LINK = "{http://www.w3.org/1999/xlink}href"


def read_ods(data: bytes) -> Table:
    """The first table with anything in it. Raises Refused."""
    archive = open_parcel(data)
    look_through(archive)
    try:
        manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
        if b"encryption-data" in manifest:
            raise Refused(Why.PASSWORD)
        if "content.xml" not in archive.namelist():
            raise Refused(Why.BROKEN)
        with archive.open("content.xml") as stream:
            return _first_table(stream)
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, EOFError, RuntimeError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(Why.BROKEN) from error


def _first_table(stream: IO[bytes]) -> Table:
    merges: list[tuple[int, int, int]] = []
    events = iter(iterparse(stream, events=("start", "end")))
    table, name, others = None, "", 0
    for event, element in events:
        if event != "start" or element.tag != f"{_T}table":
            continue
        if table is not None:
            others += 1
            continue
        name = element.get(f"{_T}name", "")
        merges.clear()
        try:
            table = gather(_lines(events, merges))
        except Refused as refused:
            if refused.why != Why.EMPTY:
                raise
    if table is None:
        raise Refused(Why.EMPTY)
    if merges:
        _fill(table, merges)
    if others:
        table.notes.append((Note.OTHER_SHEETS, {"sheet": name, "count": others}))
    return table


def _lines(events: Iterator[Any], merges: list[tuple[int, int, int]]) -> Iterator[tuple[int, list[str]]]:
    """Rows until the table ends; a repeated row counts as often as it stands (``gather`` bounds it)."""
    number = 0
    for event, element in events:
        if event == "end" and element.tag == f"{_T}table":
            return
        if event == "start" and element.tag == f"{_T}table-source":
            raise Refused(Why.EXTERNAL_LINKS)
        if event != "end" or element.tag != f"{_T}table-row":
            continue
        repeat = _times(element, "number-rows-repeated")
        cells = _cells(element, number + 1, merges)
        element.clear()
        if not any(cells):
            repeat = min(repeat, 2)  # thousands of empty rows close a sheet; their number tells nothing
        for _again in range(repeat):
            number += 1
            yield number, list(cells)


def _cells(row: Element, number: int, merges: list[tuple[int, int, int]]) -> list[str]:
    cells: list[str] = []
    for element in row:
        if element.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
            continue
        text = _text(element)
        span = _times(element, "number-rows-spanned")
        if text and (span > 1 or _times(element, "number-columns-spanned") > 1):
            merges.append((len(cells), number, span))
        repeat = _times(element, "number-columns-repeated")
        if not text:
            repeat = min(repeat, MAX_COLUMNS + 1)
        cells.extend([text] * min(repeat, MAX_COLUMNS + 1))
        if len(cells) > MAX_COLUMNS and not any(cells[MAX_COLUMNS:]):
            del cells[MAX_COLUMNS:]
    return cells


def _times(element: Element, name: str) -> int:
    value = element.get(f"{_T}{name}", "1")
    return max(int(value), 1) if value.isascii() and value.isdigit() and len(value) < 9 else 1


def _text(element: Element) -> str:
    """What the cell shows; a formula without a shown value is marked."""
    if element.get(f"{_O}value-type") == "date":
        return cell_text(element.get(f"{_O}date-value", "")[:10])
    shown = " ".join("".join(part.itertext()) for part in element if part.tag == _P)
    if element.get(f"{_O}value-type") == "float":
        value = element.get(f"{_O}value", "")
        shown = value.removesuffix(".0") if value.replace(".", "").isdigit() and len(value) < 16 else shown
    if not shown.strip() and element.get(f"{_T}formula"):
        return NO_VALUE
    return cell_text(shown)


def _fill(table: Table, merges: list[tuple[int, int, int]]) -> None:
    """Give each row of a merged range its first cell's value (see workbooks)."""
    row_of = {number: index for index, number in enumerate(table.numbers)}
    for column, top, span in merges:
        value = table.rows[row_of[top]][column] if top in row_of else ""
        for number in range(top + 1, min(top + span, table.numbers[-1] + 1)):
            index = row_of.get(number)
            if value and index is not None and not table.rows[index][column]:
                table.rows[index][column] = value
    column, top, _span = merges[0]
    table.notes.append((Note.MERGED, {"count": len(merges), "example": f"{chr(65 + min(column, 25))}{top}"}))
