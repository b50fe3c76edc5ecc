"""The files in which people keep lists of ties: reading and writing.

    table = formats.read(Path("ties.graphml"))       # or formats.read(data, "ties.graphml")
    table.graph()                                    # the Graph; table.attributes, table.edge_attributes
    formats.write("gexf", graph, {"sector": [...]})  # bytes

Every file comes from somebody else: what cannot be read raises FormatError with a plain sentence, never anything else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..shape import Graph
from .refusals import FormatError, refuse
from .tables import MAX_BYTES, MAX_NODES, MAX_TIES, Table

__all__ = [
    "ENDINGS", "ENDINGS_WRITTEN", "KINDS", "MAX_NODES", "MAX_TIES", "FormatError", "Table", "kind_of", "read",
    "read_nodes", "write",
]  # fmt: skip

ENDINGS = (".csv", ".tsv", ".txt", ".graphml", ".xml", ".gexf", ".net", ".paj", ".dl", ".json", ".xlsx")
KINDS = {  # what ``write`` can make, and the ending of such a file
    "csv": ".csv", "nodes": ".csv", "graphml": ".graphml", "gexf": ".gexf", "pajek": ".net", "dl": ".dl",
    "kumu-json": ".json", "kumu-xlsx": ".xlsx", "xlsx": ".xlsx",
}  # fmt: skip

ENDINGS_WRITTEN = (".csv", ".graphml", ".gexf", ".net", ".dl", ".json", ".xlsx", ".kumu.xlsx")


def kind_of(name: str) -> str:
    """Which of KINDS a file of that name is to be, by its ending; "" when none is."""
    name = name.casefold()
    if name.endswith(".kumu.xlsx"):
        return "kumu-xlsx"
    return next((kind for kind in reversed(KINDS) if name.endswith(KINDS[kind]) and kind != "nodes"), "")


def _loaded(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        if len(source) > MAX_BYTES:
            refuse("too-large", most=MAX_BYTES >> 20)
        return source, name
    with source.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    return _loaded(data, name or source.name)


def read(source: Path | bytes, name: str = "", *, weight: str = "") -> Table:
    """The ties in a file, by the ending of its name. ``weight``: the column with weights, in CSV and workbooks.

    Raises FormatError with a sentence for the reader; OSError when a path cannot be opened.
    """
    data, name = _loaded(source, name)
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        refuse("unknown-kind", name=Path(name).name[:80] or "?", known=", ".join(ENDINGS))
    if not data.strip():
        refuse("empty")
    if ending == ".xlsx":
        from .workbooks import read_workbook

        return read_workbook(data, weight)
    table = _text_file(data, ending, weight)
    return _weighed(table, weight) if weight and not table.weighted else table


def _text_file(data: bytes, ending: str, weight: str) -> Table:
    start = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if ending in (".graphml", ".xml", ".gexf"):
        from .markup import read_xml

        return read_xml(data)
    if ending in (".net", ".paj") or (ending == ".txt" and start.startswith((b"*vertices", b"*network"))):
        from .pajek import read_pajek

        return read_pajek(data)
    if ending == ".dl" or (ending == ".txt" and start.startswith((b"dl ", b"dl\n", b"dl\r"))):
        from .ucinet import read_dl

        return read_dl(data)
    if ending == ".json":
        from .kumu import read_kumu

        return read_kumu(data)
    from .plain_text import read_csv

    return read_csv(data, weight)


def _weighed(table: Table, column: str) -> Table:
    """Weights from one of the further values that a file has for its ties."""
    from .tables import column as place, weight

    names = list(table.edge_attributes)
    values = table.edge_attributes[names[place(names, column)]]
    table.edges = [
        (tail, head, weight(value, row))
        for (tail, head, _), value, row in zip(table.edges, values, table.rows, strict=True)
    ]
    table.weighted = True
    return table


def read_nodes(source: Path | bytes, name: str = "") -> Table:
    """The nodes in a CSV or workbook with a column ``id``; of any other file its nodes."""
    data, name = _loaded(source, name)
    ending = Path(name).suffix.lower()
    if not data.strip():
        refuse("empty")
    if ending in (".csv", ".tsv", ".txt"):
        from .plain_text import read_nodes as read_rows

        return read_rows(data)
    if ending == ".xlsx":
        from .workbooks import read_workbook_nodes

        return read_workbook_nodes(data)
    return read(data, name)


def write(kind: str, g: Graph, attributes: Mapping[str, Sequence[object]] | None = None) -> bytes:
    """``g`` as a file of one of KINDS; ``attributes`` have a value for each node. Raises KeyError for another kind.

    CSV has two files: "csv" the ties, "nodes" the nodes and their attributes.
    """
    from . import kumu, markup, pajek, plain_text, ucinet, workbooks

    writers = {
        "csv": plain_text.write_csv,
        "nodes": plain_text.write_nodes,
        "graphml": markup.write_graphml,
        "gexf": markup.write_gexf,
        "pajek": pajek.write_pajek,
        "dl": ucinet.write_dl,
        "kumu-json": kumu.write_kumu,
        "kumu-xlsx": workbooks.write_kumu_workbook,
        "xlsx": workbooks.write_workbook,
    }
    return writers[kind](g, attributes or {})
