"""Pajek's .net: vertices, arcs, edges, their lists and matrices; several relations in one file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..shape import Graph
from .plain_text import decoded
from .refusals import refuse
from .tables import MAX_NODES, MAX_TIES, Table, weight

_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_SECTION = re.compile(r"\*(\w+)\s*(?::?\s*(\d+))?\s*(?:\"([^\"]*)\")?", re.ASCII)


class _Reading:
    """What has been read so far; vertices count from 1."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.ties: list[tuple[int, int, float, bool, str]] = []
        self.lines: list[int] = []
        self.kind = self.relation = ""
        self.row_of_matrix = 0
        self.weighted = False


def read_pajek(data: bytes) -> Table:
    """A .net file. A node's id is its label, or its number where labels are missing or repeated."""
    reading = _Reading()
    for number, line in enumerate(decoded(data).splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("%"):
            continue
        if line.startswith("*"):
            _section(reading, line, number)
        elif reading.kind:
            _line(reading, line, number)
        if len(reading.ties) > MAX_TIES:
            refuse("too-many-ties", most=MAX_TIES)
    if not reading.labels:
        refuse("no-graph")
    return _table(reading)


def _section(reading: _Reading, line: str, number: int) -> None:
    found = _SECTION.match(line)
    if not found:
        refuse("broken-line", row=number, value=line[:60])
    kind = found[1].lower()
    if kind == "vertices":
        counts = line.split()[1:]
        if not counts or not counts[0].isdecimal():
            refuse("broken-line", row=number, value=line[:60])
        if len(counts) > 1:
            refuse("two-mode")
        count = int(counts[0])
        if count > MAX_NODES:
            refuse("too-many-nodes", most=MAX_NODES)
        reading.labels = [str(place + 1) for place in range(count)]
    elif kind in ("arcs", "edges", "arcslist", "edgeslist", "matrix"):
        reading.relation = found[3] or found[2] or ""
        reading.row_of_matrix = 0
    elif kind != "network":
        kind = ""  # partitions, vectors and the like of a project file
    reading.kind = kind


def _line(reading: _Reading, line: str, number: int) -> None:
    words = [quoted or plain for quoted, plain in _WORDS.findall(line)]
    if reading.kind == "vertices":
        place = _vertex(reading, words[0], number)
        if len(words) > 1:
            reading.labels[place] = words[1]
        return
    if reading.kind == "matrix":
        _matrix_row(reading, words, number)
        return
    directed = reading.kind.startswith("arcs")
    ends = [_vertex(reading, word, number) for word in (words if reading.kind.endswith("list") else words[:2])]
    if len(ends) < 2:
        refuse("broken-line", row=number, value=line[:60])
    value = 1.0
    if not reading.kind.endswith("list") and len(words) > 2 and words[2].lower() not in ("c", "p", "w", "l"):
        value = weight(words[2], number)
        reading.weighted = True
    for head in ends[1:]:
        reading.ties.append((ends[0], head, value, directed, reading.relation))
        reading.lines.append(number)


def _matrix_row(reading: _Reading, words: list[str], number: int) -> None:
    tail = reading.row_of_matrix
    if tail >= len(reading.labels) or len(words) != len(reading.labels):
        refuse("broken-line", row=number, value=" ".join(words)[:60])
    for head, word in enumerate(words):
        if word not in ("0", "0.0", "."):
            reading.ties.append((tail, head, weight(word, number), True, reading.relation))
            reading.lines.append(number)
            reading.weighted |= word != "1"
    reading.row_of_matrix += 1


def _vertex(reading: _Reading, word: str, number: int) -> int:
    plain = word.lstrip("-")
    if not plain.isdecimal():
        refuse("broken-line", row=number, value=word[:60])
    if not 1 <= int(plain) <= len(reading.labels):
        refuse("unknown-node", row=number, id=word)
    return int(plain) - 1


def _table(reading: _Reading) -> Table:
    labels = reading.labels
    if len(set(labels)) < len(labels) or not all(labels):
        table = Table(nodes=[str(place + 1) for place in range(len(labels))], attributes={"label": labels})
    else:
        table = Table(nodes=labels)
    table.nodes_given, table.weighted = True, reading.weighted
    table.directed = any(directed for *_, directed, _ in reading.ties)
    relations = []
    for (tail, head, value, directed, relation), line in zip(reading.ties, reading.lines, strict=True):
        ways = [(tail, head)] if directed or not table.directed else [(tail, head), (head, tail)]
        for a, b in ways:
            table.edges.append((table.nodes[a], table.nodes[b], value))
            table.rows.append(line)
            relations.append(relation)
    if any(relations):
        table.edge_attributes["relation"] = relations
    return table.check()


def write_pajek(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """Vertices with their ids as labels, then arcs (or edges) with weights; attributes have no place here."""
    lines = [f"*Vertices {g.n}"]
    lines += [f'{place} "{_label(node)}"' for place, node in enumerate(g.ids, start=1)]
    lines.append("*Arcs" if g.directed else "*Edges")
    for tail, head, value in zip(g.tails.tolist(), g.heads.tolist(), g.weights.tolist(), strict=True):
        lines.append(f"{tail + 1} {head + 1} {value:g}")
    return ("\n".join(lines) + "\n").encode()


def _label(text: str) -> str:
    """Pajek knows no way to write a quotation mark inside a label."""
    return re.sub(r"\s+", " ", text.replace('"', "'"))
