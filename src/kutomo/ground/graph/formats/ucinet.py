"""UCINET's DL: a few words about the form, labels, then the data as an edge list, a node list or matrices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ..shape import Graph
from .plain_text import decoded
from .refusals import refuse
from .tables import MAX_NODES, MAX_TIES, Table, weight

_SETTING = re.compile(r"\b(n|nr|nc|nm|format|diagonal)\s*=\s*([\w.]+)", re.I)
_PART = re.compile(r"^\s*((?:row |column |col |matrix |level )?labels(?: embedded)?|data)\s*:?\s*(.*)$", re.I)
_WORDS = re.compile(r'"([^"]*)"|([^\s,]+)')
ZERO = ("0", "0.0", "0.", ".", "-")


class _Header:
    """What stands before the data."""

    def __init__(self) -> None:
        self.settings: dict[str, str] = {}
        self.labels: list[str] = []
        self.matrices: list[str] = []
        self.embedded = False
        self.data: list[tuple[int, list[str]]] = []


def read_dl(data: bytes) -> Table:
    """A DL file. Nodes without labels are called by their numbers. DL does not say whether ties are directed: a
    full matrix that equals its own mirror image is taken as undirected, anything else as directed."""
    head = _header(decoded(data))
    form = head.settings.get("format", "fullmatrix").lower()
    if "nr" in head.settings or "nc" in head.settings:
        refuse("two-mode")
    if form not in ("edgelist1", "nodelist1", "fullmatrix"):
        refuse("dl-format", form=form)
    if "n" not in head.settings or not head.settings["n"].isdecimal():
        refuse("no-graph")
    count = int(head.settings["n"])
    if count > MAX_NODES:
        refuse("too-many-nodes", most=MAX_NODES)
    if form == "fullmatrix":
        return _matrices(head, count)
    return _lists(head, count, form)


def _words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in _WORDS.findall(line)]


def _header(text: str) -> _Header:
    lines = text.splitlines()
    if not lines[0].lstrip().lower().startswith("dl"):
        refuse("no-graph")
    lines[0] = lines[0].lstrip()[2:]
    head, part = _Header(), "settings"
    for number, line in enumerate(lines, start=1):
        if part != "data" and (found := _PART.match(re.sub(_SETTING, " ", line).strip(" ,"))):
            head.settings |= {name.lower(): value for name, value in _SETTING.findall(line)}
            part, line = found[1].lower(), found[2]
            if "embedded" in part:
                head.embedded, part = True, "settings"
        if part == "settings":
            head.settings |= {name.lower(): value for name, value in _SETTING.findall(line)}
            head.embedded |= "labels embedded" in line.lower()
        elif part == "data":
            if words := _words(line):
                head.data.append((number, words))
        elif part.startswith("matrix") or part.startswith("level"):
            head.matrices += _words(line)
        elif not part.startswith("col"):
            head.labels += _words(line)
    return head


def _lists(head: _Header, count: int, form: str) -> Table:
    table = Table(directed=True)
    met: dict[str, None] = dict.fromkeys(head.labels)
    for number, words in head.data:
        if form == "edgelist1":
            if len(words) not in (2, 3):
                refuse("broken-line", row=number, value=" ".join(words)[:60])
            value = weight(words[2], number) if len(words) == 3 else 1.0
            table.weighted |= len(words) == 3
            ends, heads = words[0], words[1:2]
        else:
            ends, heads, value = words[0], words[1:], 1.0
        for word in heads:
            tail, other = (_named(head, name, count, number) for name in (ends, word))
            met |= {tail: None, other: None}
            table.edges.append((tail, other, value))
            table.rows.append(number)
        if not heads:
            met |= {_named(head, ends, count, number): None}
        if len(table.edges) > MAX_TIES:
            refuse("too-many-ties", most=MAX_TIES)
    if not head.embedded and not head.labels:
        met = dict.fromkeys(str(place + 1) for place in range(count))
    if len(met) > count:
        refuse("unknown-node", row=head.data[-1][0] if head.data else 1, id=list(met)[count])
    # Labels embedded in the data do not name isolates; only their number is known.
    spare = (f"#{place}" for place in range(1, count + 1))
    while len(met) < count:
        met |= {next(spare): None}
    table.nodes, table.nodes_given = list(met), True
    return table.check()


def _named(head: _Header, word: str, count: int, number: int) -> str:
    if head.embedded:
        return word
    if word.isdecimal() and 1 <= int(word) <= count:
        return head.labels[int(word) - 1] if len(head.labels) >= int(word) else word
    if word in head.labels:
        return word
    refuse("unknown-node", row=number, id=word[:60])


def _matrices(head: _Header, count: int) -> Table:
    many = int(head.settings["nm"]) if head.settings.get("nm", "").isdecimal() else 1
    flow = ((number, word) for number, words in head.data for word in words)
    labels = list(head.labels)
    table = Table(directed=True, nodes_given=True)
    relations: list[str] = []
    per: list[set[tuple[int, int]]] = []
    last = head.data[-1][0] if head.data else 1
    try:
        for matrix in range(many):
            name = head.matrices[matrix] if matrix < len(head.matrices) else str(matrix + 1)
            ties = _matrix(head, flow, count, labels if matrix == 0 else [])
            if matrix == 0 and not labels:
                labels = [str(place + 1) for place in range(count)]
            for a, b, value, number in ties:
                table.edges.append((labels[a], labels[b], value))
                table.rows.append(number)
                relations.append(name)
                table.weighted |= value != 1
            per.append({(a, b) for a, b, *_ in ties})
    except (StopIteration, RuntimeError):
        refuse("broken-line", row=last, value=f"{count} x {count}")
    if len(labels) < count:
        refuse("broken-line", row=last, value=f"{len(labels)} < {count}")
    table.nodes = labels[:count]
    table.directed = any((b, a) not in ties for ties in per for a, b in ties)
    if many > 1:
        table.edge_attributes["relation"] = relations
    return table.check()


def _matrix(
    head: _Header, flow: Iterator[tuple[int, str]], count: int, labels: list[str]
) -> list[tuple[int, int, float, int]]:
    """One matrix off the flow of words; embedded labels stand in its first row and column."""
    found = []
    absent = head.settings.get("diagonal", "").lower() == "absent"
    if head.embedded:
        names = [next(flow)[1] for _ in range(count)]
        labels[:] = labels or names
    for a in range(count):
        if head.embedded:
            next(flow)
        for b in range(count):
            if absent and a == b:
                continue
            number, word = next(flow)
            if word not in ZERO:
                found.append((a, b, weight(word, number), number))
            if len(found) > MAX_TIES:
                refuse("too-many-ties", most=MAX_TIES)
    return found


def write_dl(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """edgelist1 with labels; an undirected tie in both directions, as UCINET expects."""
    lines = [f"dl n={g.n}", "format = edgelist1", "labels:"]
    lines += [f'"{_label(node)}"' for node in g.ids]
    lines.append("data:")
    tails, heads, weights = g.arcs
    for tail, head, value in zip(tails.tolist(), heads.tolist(), weights.tolist(), strict=True):
        lines.append(f"{tail + 1} {head + 1} {value:g}")
    return ("\n".join(lines) + "\n").encode()


def _label(text: str) -> str:
    """DL knows no way to write a quotation mark inside a label."""
    return re.sub(r"\s+", " ", text.replace('"', "'"))
