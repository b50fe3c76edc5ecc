"""Kumu's JSON (elements and connections), and what its spreadsheet shares with it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..shape import Graph
from .plain_text import decoded
from .refusals import refuse
from .tables import Table, node_list, weight

_OWN = {"from", "to", "direction", "_id", "id", "label", "attributes", "strength", "weight"}


def read_kumu(data: bytes) -> Table:
    """{"elements": [{"label": ...}], "connections": [{"from": ..., "to": ..., "direction": ...}]}; an element is called
    by its label or its id. A weight is what "weight" or "strength" says as a number."""
    try:
        held = json.loads(decoded(data))
    except json.JSONDecodeError as error:
        refuse("json-broken", line=error.lineno)
    except RecursionError:
        refuse("no-graph")
    if not isinstance(held, dict) or not isinstance(held.get("connections"), list):
        refuse("no-graph")
    elements = [_flat(one) for one in held.get("elements") or [] if isinstance(one, dict)]
    table = Table()
    names = _elements(table, elements)
    columns: list[dict[str, str]] = []
    for number, raw in enumerate(held["connections"], start=1):
        one = _flat(raw) if isinstance(raw, dict) else {}
        tail, head = _text(one.get("from")), _text(one.get("to"))
        if not tail or not head:
            refuse("half-row", row=number)
        strength = _text(one.get("weight") or one.get("strength"))
        table.weighted |= bool(strength)
        table.edges.append(
            (names.get(tail, tail), names.get(head, head), weight(strength, number) if strength else 1.0)
        )
        table.rows.append(number)
        more = {key: _text(value) for key, value in one.items() if key not in _OWN}
        columns.append({**more, "direction": _text(one.get("direction"))})
    keys = dict.fromkeys(key for row in columns for key in row)
    table.edge_attributes = {key: [row.get(key, "") for row in columns] for key in keys}
    if not table.nodes:
        table.nodes_given = False
    return ways(table).check()


def _elements(table: Table, elements: list[dict[str, Any]]) -> dict[str, str]:
    """Fills in the nodes; gives for every id and label the name used."""
    labels = [_text(one.get("label")) or _text(one.get("_id") or one.get("id")) for one in elements]
    table.nodes = node_list(enumerate(labels, start=1))
    table.nodes_given = True
    keys = dict.fromkeys(key for one in elements for key in one if key not in _OWN)
    table.attributes = {key: [_text(one.get(key)) for one in elements] for key in keys}
    names = {label: label for label in labels}
    for one, label in zip(elements, labels, strict=True):
        for key in ("_id", "id"):
            if one.get(key) is not None:
                names.setdefault(_text(one[key]), label)
    return names


def _flat(one: dict[str, Any]) -> dict[str, Any]:
    """A blueprint keeps attributes a level down."""
    more = one.get("attributes")
    flat = {str(key).lower(): value for key, value in one.items() if key != "attributes"}
    if isinstance(more, dict):
        flat |= {str(key).lower(): value for key, value in more.items()}
    return flat


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def ways(table: Table) -> Table:
    """Directions by the column "direction": directed, mutual (both ways) or undirected, which is the default."""
    column = next((name for name in table.edge_attributes if name.casefold() == "direction"), "")
    told = [way.casefold() for way in table.edge_attributes.pop(column, [""] * len(table.edges))]
    table.directed = "directed" in told
    if not table.directed:
        return table
    order = [number for number, way in enumerate(told) for _ in range(1 if way == "directed" else 2)]
    second = [at > 0 and order[at] == order[at - 1] for at in range(len(order))]
    edges = []
    for number, back in zip(order, second, strict=True):
        tail, head, value = table.edges[number]
        edges.append((head, tail, value) if back else (tail, head, value))
    table.edges = edges
    table.rows = [table.rows[number] for number in order]
    table.edge_attributes = {
        name: [values[number] for number in order] for name, values in table.edge_attributes.items()
    }
    return table


def described(attributes: Mapping[str, Sequence[object]]) -> dict[str, Sequence[object]]:
    """Attributes under names that do not stand for something else in Kumu."""
    return {f"{name} " if name.casefold() in _OWN else name: values for name, values in attributes.items()}


def write_kumu(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """Elements by label; every connection with its direction and its strength."""
    shown = described(attributes)
    elements = [
        {"label": node} | {name: _text(values[place]) for name, values in shown.items()}
        for place, node in enumerate(g.ids)
    ]
    way = "directed" if g.directed else "undirected"
    connections = [
        {"from": g.ids[tail], "to": g.ids[head], "direction": way, "strength": value}
        for tail, head, value in zip(g.tails.tolist(), g.heads.tolist(), g.weights.tolist(), strict=True)
    ]
    return json.dumps({"elements": elements, "connections": connections}, ensure_ascii=False, indent=1).encode()
