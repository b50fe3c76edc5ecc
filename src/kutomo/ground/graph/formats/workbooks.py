"""Workbooks: an edge list, or Kumu's sheets Elements and Connections."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..shape import Graph
from .kumu import described, ways
from .refusals import FormatError, refuse
from .tables import MAX_TIES, Table, from_rows, nodes_from_rows

MAX_UNPACKED = 400 * 1024 * 1024
Cells = list[list[Any]]
Rows = Iterator[tuple[int, list[str]]]


def read_workbook(data: bytes, weight: str = "") -> Table:
    """Kumu's when there is a sheet Connections; else an edge list on the first sheet with anything in it, nodes on a
    sheet Nodes if there is one."""
    sheets = _sheets(data)
    if "connections" in sheets:
        return _kumu(sheets, weight)
    filled = [(name, rows) for name, rows in sheets.items() if name not in ("nodes", "elements") and rows]
    if not filled:
        refuse("empty")
    header, rows = _headed(filled[0][1])
    table = from_rows(header, rows, weight)
    if sheets.get("nodes"):
        return table.with_nodes(nodes_from_rows(*_headed(sheets["nodes"])))
    return table.check()


def read_workbook_nodes(data: bytes) -> Table:
    """Nodes from the sheet Nodes or Elements, else from the first sheet with anything in it."""
    sheets = _sheets(data)
    chosen = sheets.get("nodes") or sheets.get("elements") or next((rows for rows in sheets.values() if rows), None)
    if not chosen:
        refuse("empty")
    return nodes_from_rows(*_headed(chosen))


def _headed(rows: list[tuple[int, list[str]]]) -> tuple[list[str], Rows]:
    return rows[0][1], iter(rows[1:])


def _sheets(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """The visible sheets by name in small letters, without empty rows."""
    from openpyxl import load_workbook

    _checked(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return {
                    sheet.title.strip().lower(): _cells(sheet)
                    for sheet in book.worksheets
                    if sheet.sheet_state == "visible"
                }
            finally:
                book.close()
    except FormatError:
        raise
    except Exception as error:  # the library raises many kinds on damaged files; all of them mean this
        raise FormatError("broken-workbook") from error


def _checked(data: bytes) -> None:
    """The parcel is whole, of a decent size and without entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            if sum(part.file_size for part in parcel.infolist()) > MAX_UNPACKED:
                refuse("bomb")
            for part in parcel.infolist():
                with parcel.open(part) as stream:
                    start = stream.read(4096)
                if part.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in start or b"<!ENTITY" in start):
                    refuse("xml-entities")
    except FormatError:
        raise
    except Exception as error:  # a damaged parcel fails in many ways
        raise FormatError("broken-workbook") from error


def _cells(sheet: Any) -> list[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # some programs write a wrong extent
    found = []
    for number, row in enumerate(sheet.iter_rows(max_col=200, values_only=True), start=1):
        cells = [_text(value) for value in row]
        if any(cells):
            found.append((number, cells))
        if len(found) > MAX_TIES + 1:
            refuse("too-many-ties", most=MAX_TIES)
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _kumu(sheets: Mapping[str, list[tuple[int, list[str]]]], weight: str) -> Table:
    if not sheets["connections"]:
        refuse("empty")
    header, rows = _headed(sheets["connections"])
    table = ways(from_rows(header, rows, weight))
    if sheets.get("elements"):
        nodes = nodes_from_rows(*_headed(sheets["elements"]))
        # Kumu makes an element of every name that a connection uses.
        extra = dict.fromkeys(end for tie in table.edges for end in tie[:2] if end not in set(nodes.nodes))
        nodes.nodes += extra
        for values in nodes.attributes.values():
            values += [""] * len(extra)
        return table.with_nodes(nodes)
    return table.check()


def write_workbook(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """Sheets Ties (source, target, weight) and Nodes (id and attributes)."""
    ties: Cells = [["source", "target", "weight"], *([a, b, value] for a, b, value in _ties(g))]
    nodes: Cells = [["id", *attributes], *_nodes(g, attributes)]
    return _book({"Ties": ties, "Nodes": nodes})


def write_kumu_workbook(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """Sheets Elements (Label and attributes) and Connections (From, To, Direction, Strength)."""
    shown = described(attributes)
    elements: Cells = [["Label", *shown], *_nodes(g, shown)]
    way = "directed" if g.directed else "undirected"
    connections: Cells = [["From", "To", "Direction", "Strength"], *([a, b, way, value] for a, b, value in _ties(g))]
    return _book({"Elements": elements, "Connections": connections})


def _ties(g: Graph) -> Iterator[tuple[str, str, float]]:
    for tail, head, value in zip(g.tails.tolist(), g.heads.tolist(), g.weights.tolist(), strict=True):
        yield g.ids[tail], g.ids[head], value


def _nodes(g: Graph, attributes: Mapping[str, Sequence[object]]) -> Iterator[list[object]]:
    for place, node in enumerate(g.ids):
        yield [node, *(values[place] for values in attributes.values())]


def _book(sheets: Mapping[str, Cells]) -> bytes:
    """Text stays text: a name that begins with "=" is no formula."""
    from xlsxwriter import Workbook

    held = io.BytesIO()
    with Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for at, value in enumerate(row):
                    if isinstance(value, int | float):
                        sheet.write_number(number, at, value)
                    elif value is not None and str(value):
                        sheet.write_string(number, at, str(value))
            sheet.freeze_panes(1, 0)
    return held.getvalue()
