"""The content of a file of ties, whatever its form."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ..shape import Graph
from .refusals import refuse

MAX_BYTES = 64 * 1024 * 1024
MAX_TIES = 1_000_000
MAX_NODES = 100_000


@dataclass
class Table:
    """Nodes in order, ties as (from, to, weight), and what else the file says of them.

    ``attributes[name]`` has a value ("" when none) for each node, ``edge_attributes[name]`` for each tie.
    ``directed``: None when the file does not say. ``rows``: the row or line of each tie, for messages.
    ``nodes_given``: the nodes were listed, not only met in ties.
    """

    nodes: list[str] = field(default_factory=list)
    edges: list[tuple[str, str, float]] = field(default_factory=list)
    attributes: dict[str, list[str]] = field(default_factory=dict)
    edge_attributes: dict[str, list[str]] = field(default_factory=dict)
    directed: bool | None = None
    weighted: bool = False
    nodes_given: bool = False
    rows: list[int] = field(default_factory=list)

    def graph(self, directed: bool | None = None, only: Sequence[bool] | None = None) -> Graph:
        """The graph of all ties (or of those for which ``only`` is true); directed unless the file or you say no."""
        way = directed if directed is not None else self.directed if self.directed is not None else True
        chosen = self.edges if only is None else [tie for tie, yes in zip(self.edges, only, strict=True) if yes]
        return Graph.from_edges(self.nodes, chosen, way)

    def check(self) -> Table:
        """Itself, when every tie's ends are among the nodes and nothing is too large; else raises FormatError."""
        if not self.nodes_given:
            self.nodes = list(dict.fromkeys(end for tie in self.edges for end in tie[:2]))
        known = set(self.nodes)
        if len(self.nodes) > MAX_NODES:
            refuse("too-many-nodes", most=MAX_NODES)
        if len(self.edges) > MAX_TIES:
            refuse("too-many-ties", most=MAX_TIES)
        for number, (tail, head, _) in enumerate(self.edges):
            if tail not in known or head not in known:
                missing = head if tail in known else tail
                refuse("unknown-node", row=self.rows[number] if self.rows else number + 1, id=missing)
        return self

    def with_nodes(self, nodes: Table) -> Table:
        """The same ties among the nodes, and with the attributes, of another table. Raises FormatError."""
        self.nodes, self.attributes, self.nodes_given = nodes.nodes, nodes.attributes, True
        return self.check()


def weight(text: str, row: int) -> float:
    """A weight above zero; a decimal comma is understood. Raises FormatError."""
    plain = text.strip().replace("\u2212", "-")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        refuse("not-a-number", row=row, value=text[:60])
    if not math.isfinite(value):
        refuse("not-a-number", row=row, value=text[:60])
    if value <= 0:
        refuse("not-positive", row=row, value=text[:60])
    return value


def node_list(ids: Iterable[tuple[int, str]]) -> list[str]:
    """The ids in order; raises FormatError for an empty or a repeated one."""
    found: dict[str, int] = {}
    for row, node in ids:
        if not node:
            refuse("no-id", row=row)
        if node in found:
            refuse("id-twice", id=node[:60], row=row)
        found[node] = row
        if len(found) > MAX_NODES:
            refuse("too-many-nodes", most=MAX_NODES)
    return list(found)


SOURCES = ("source", "from", "ego", "sender")
TARGETS = ("target", "to", "alter", "receiver")


def from_rows(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], weight_column: str = "") -> Table:
    """Ties from rows under a header with "source" and "target" (or "from" and "to"). Empty rows are passed over."""
    names = [name.strip() for name in header]
    lower = [name.casefold() for name in names]
    for name in lower:
        if name and lower.count(name) > 1:
            refuse("column-twice", column=name)
    tail = next((lower.index(name) for name in SOURCES if name in lower), -1)
    head = next((lower.index(name) for name in TARGETS if name in lower), -1)
    if tail < 0 or head < 0:
        refuse("no-columns", found=", ".join(name for name in names if name)[:200] or "-")
    strength = column(names, weight_column) if weight_column else -1
    table = Table(weighted=strength >= 0)
    others = [at for at, name in enumerate(names) if name and at not in (tail, head)]
    kept: dict[int, list[str]] = {at: [] for at in others}
    for number, row in rows:
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        cells += [""] * (len(names) - len(cells))
        if not cells[tail] or not cells[head]:
            refuse("half-row", row=number)
        value = weight(cells[strength], number) if strength >= 0 else 1.0
        table.edges.append((cells[tail], cells[head], value))
        table.rows.append(number)
        for at in others:
            kept[at].append(cells[at])
        if len(table.edges) > MAX_TIES:
            refuse("too-many-ties", most=MAX_TIES)
    table.edge_attributes = {names[at]: values for at, values in kept.items()}
    return table


def column(names: Sequence[str], wanted: str) -> int:
    """The place of a column by its name (case does not matter). Raises FormatError."""
    lower = [name.casefold() for name in names]
    if wanted.strip().casefold() not in lower:
        refuse("no-column", column=wanted[:60], found=", ".join(name for name in names if name)[:200] or "-")
    return lower.index(wanted.strip().casefold())


def nodes_from_rows(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Table:
    """Nodes from rows under a header with "id" (or "label"); the other columns are attributes."""
    names = [name.strip() for name in header]
    lower = [name.casefold() for name in names]
    own = next((lower.index(name) for name in ("id", "label", "name") if name in lower), -1)
    if own < 0:
        refuse("no-id-column", found=", ".join(name for name in names if name)[:200] or "-")
    taken: list[tuple[int, list[str]]] = []
    for number, row in rows:
        cells = [cell.strip() for cell in row] + [""] * (len(names) - len(row))
        if any(cells):
            taken.append((number, cells))
        if len(taken) > MAX_NODES:
            refuse("too-many-nodes", most=MAX_NODES)
    ids = node_list((number, cells[own]) for number, cells in taken)
    attributes = {
        name: [cells[at] for _, cells in taken] for at, name in enumerate(names) if name and at != own
    }  # fmt: skip
    return Table(nodes=ids, attributes=attributes, nodes_given=True)
