"""CSV and its kin: the delimiter and the encoding are found out, not asked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from ..shape import Graph
from .refusals import refuse
from .tables import Table, from_rows, nodes_from_rows

DELIMITERS = ",;\t|"
_RISKY = ("=", "+", "@", "-", "\t")


def decoded(data: bytes) -> str:
    """The text, by its mark, as UTF-8, or as what it most likely is. Raises FormatError for what is no text."""
    if not data.strip():
        refuse("empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            refuse("not-text")
    if b"\x00" in data[:100_000]:
        refuse("not-text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    from charset_normalizer import from_bytes

    # Of the old encodings Western Europe's is by far the likeliest here; the guesser needs much text to do better.
    guess = from_bytes(data[:200_000]).best() if len(data) > 2_000 else None
    for encoding in (guess.encoding if guess else "cp1252", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    delimiter = max(DELIMITERS, key=outside.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in reader:
            yield reader.line_num, [_unguarded(cell) for cell in row]
    except csv.Error:
        refuse("broken-line", row=reader.line_num, value="...")


def _headed(data: bytes) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    rows = _rows(decoded(data))
    for _, row in rows:
        if any(cell.strip() for cell in row):
            return row, rows
    refuse("empty")


def read_csv(data: bytes, weight: str = "") -> Table:
    """Ties from columns source and target."""
    header, rows = _headed(data)
    return from_rows(header, rows, weight).check()


def read_nodes(data: bytes) -> Table:
    """Nodes from a column id, the rest as attributes."""
    header, rows = _headed(data)
    return nodes_from_rows(header, rows)


def _guarded(cell: str) -> str:
    """A spreadsheet program must not take a name for a formula; reading takes the mark away again."""
    risky = cell.startswith(_RISKY) or (cell.startswith("'") and cell[1:2] in _RISKY)
    return f"'{cell}" if risky else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(("'", *_RISKY)) else cell


def write_csv(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """source,target,weight; isolates and attributes are in ``write_nodes``."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(["source", "target", "weight"])
    for tail, head, weight in zip(g.tails.tolist(), g.heads.tolist(), g.weights.tolist(), strict=True):
        writer.writerow([_guarded(g.ids[tail]), _guarded(g.ids[head]), f"{weight:g}"])
    return lines.getvalue().encode("utf-8-sig")


def write_nodes(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """id and a column for each attribute."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(["id", *attributes])
    for place, node in enumerate(g.ids):
        writer.writerow([_guarded(node), *(_guarded(_text(values[place])) for values in attributes.values())])
    return lines.getvalue().encode("utf-8-sig")


def _text(value: object) -> str:
    return "" if value is None else str(value)
