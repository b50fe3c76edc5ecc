"""GraphML and GEXF. Foreign XML is read without entities, document types or anything from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as Plain

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ..shape import Graph
from .refusals import refuse
from .tables import Table, node_list, weight

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _root(data: bytes) -> Any:
    if not data.strip():
        refuse("empty")
    try:
        return fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        refuse("xml-entities")
    except Plain.ParseError as error:
        refuse("xml-broken", line=error.position[0])
    except (ValueError, LookupError):
        refuse("xml-broken", line=1)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(element: Any, name: str) -> Iterator[Any]:
    return (one for one in element.iter() if _name(one) == name)


def read_xml(data: bytes) -> Table:
    """GraphML or GEXF, by the first element."""
    root = _root(data)
    kind = _name(root)
    if kind == "graphml":
        return _graphml(root).check()
    if kind == "gexf":
        return _gexf(root).check()
    refuse("no-graph")


class _Columns:
    """Values by name for a growing list of things; "" where one is missing."""

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}
        self.count = 0

    def add(self, found: Mapping[str, str]) -> None:
        for name in found:
            self.values.setdefault(name, [""] * self.count)
        for name, column in self.values.items():
            column.append(found.get(name, ""))
        self.count += 1


def _ties(table: Table, ties: list[tuple[str, str, float, bool, dict[str, str]]]) -> Table:
    """Undirected when all are; else directed, an undirected tie in both directions."""
    table.directed = any(directed for *_, directed, _ in ties) or (not ties and bool(table.directed))
    columns = _Columns()
    for number, (tail, head, value, directed, more) in enumerate(ties, start=1):
        ways = [(tail, head)] if directed or not table.directed else [(tail, head), (head, tail)]
        for a, b in ways:
            table.edges.append((a, b, value))
            table.rows.append(number)
            columns.add(more)
    table.edge_attributes = columns.values
    return table


def _graphml(root: Any) -> Table:
    graph = next(_all(root, "graph"), None)
    if graph is None:
        refuse("no-graph")
    if next(_all(graph, "hyperedge"), None) is not None:
        refuse("hyperedges")
    names, defaults = {}, {}
    for key in _all(root, "key"):
        identity = key.get("id", "")
        names[identity] = key.get("attr.name") or identity
        for default in _all(key, "default"):
            defaults[identity] = (key.get("for", "all"), default.text or "")

    def data(element: Any, kind: str) -> dict[str, str]:
        found = {names[key]: text for key, (where, text) in defaults.items() if where in (kind, "all")}
        for child in element:
            if _name(child) == "data":
                key = child.get("key", "")
                found[names.get(key, key)] = (child.text or "").strip()
        return found

    table, columns = Table(nodes_given=True), _Columns()
    nodes = list(_all(graph, "node"))
    table.nodes = node_list((number, node.get("id", "")) for number, node in enumerate(nodes, start=1))
    for node in nodes:
        columns.add(data(node, "node"))
    table.attributes = columns.values
    usual = table.directed = graph.get("edgedefault", "directed") != "undirected"
    ties = []
    for number, edge in enumerate(_all(graph, "edge"), start=1):
        more = data(edge, "edge")
        strength = more.pop("weight", "")
        table.weighted |= bool(strength)
        directed = {"true": True, "false": False}.get(edge.get("directed", ""), usual)
        value = weight(strength, number) if strength else 1.0
        ties.append((edge.get("source", ""), edge.get("target", ""), value, directed, more))
    return _ties(table, ties)


def _gexf(root: Any) -> Table:
    graph = next(_all(root, "graph"), None)
    if graph is None:
        refuse("no-graph")
    names: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for group in _all(graph, "attributes"):
        for one in _all(group, "attribute"):
            names.setdefault(group.get("class", "node"), {})[one.get("id", "")] = one.get("title") or one.get("id", "")

    def data(element: Any, kind: str) -> dict[str, str]:
        found = {"label": element.get("label")} if element.get("label") else {}
        for child in element:
            if _name(child) == "attvalues":
                for value in child:
                    key = value.get("for", value.get("id", ""))
                    found[names[kind].get(key, key)] = value.get("value", "")
        return found

    table, columns = Table(nodes_given=True), _Columns()
    nodes = list(_all(graph, "node"))
    table.nodes = node_list((number, node.get("id", "")) for number, node in enumerate(nodes, start=1))
    for node in nodes:
        columns.add(data(node, "node"))
    table.attributes = columns.values
    usual = graph.get("defaultedgetype", "undirected")
    table.directed = usual == "directed"
    ties: list[tuple[str, str, float, bool, dict[str, str]]] = []
    for number, edge in enumerate(_all(graph, "edge"), start=1):
        strength, way = edge.get("weight", ""), edge.get("type", usual)
        table.weighted |= bool(strength)
        value = weight(strength, number) if strength else 1.0
        ends = edge.get("source", ""), edge.get("target", "")
        if way == "mutual":
            ties.append((*ends[::-1], value, True, {}))
        ties.append((*ends, value, way in ("directed", "mutual"), data(edge, "edge")))
    return _ties(table, ties)


def _text(value: object) -> str:
    """Text that XML can hold: control characters have no place in it."""
    return "" if value is None else _FORBIDDEN.sub("", str(value))


def _written(root: Any) -> bytes:
    Plain.indent(root)
    return bytes(Plain.tostring(root, encoding="utf-8", xml_declaration=True))


def write_graphml(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """All attributes as text, the weight as a number."""
    root = Plain.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for number, name in enumerate(attributes):
        key = {"id": f"n{number}", "for": "node", "attr.name": _text(name), "attr.type": "string"}
        Plain.SubElement(root, "key", key)
    Plain.SubElement(root, "key", {"id": "w", "for": "edge", "attr.name": "weight", "attr.type": "double"})
    graph = Plain.SubElement(root, "graph", edgedefault="directed" if g.directed else "undirected")
    for place, identity in enumerate(g.ids):
        node = Plain.SubElement(graph, "node", id=_text(identity))
        for number, values in enumerate(attributes.values()):
            Plain.SubElement(node, "data", key=f"n{number}").text = _text(values[place])
    for tail, head, value in zip(g.tails.tolist(), g.heads.tolist(), g.weights.tolist(), strict=True):
        edge = Plain.SubElement(graph, "edge", source=_text(g.ids[tail]), target=_text(g.ids[head]))
        Plain.SubElement(edge, "data", key="w").text = repr(value)
    return _written(root)


def write_gexf(g: Graph, attributes: Mapping[str, Sequence[object]]) -> bytes:
    """GEXF 1.2; a node's label is the attribute ``label`` or ``name``, else its id."""
    root = Plain.Element("gexf", xmlns="http://www.gexf.net/1.2draft", version="1.2")
    graph = Plain.SubElement(root, "graph", defaultedgetype="directed" if g.directed else "undirected", mode="static")
    columns = {name: values for name, values in attributes.items() if name != "label"}
    if columns:
        group = Plain.SubElement(graph, "attributes", {"class": "node"})
        for number, name in enumerate(columns):
            Plain.SubElement(group, "attribute", id=str(number), title=_text(name), type="string")
    labels = attributes.get("label") or attributes.get("name") or g.ids
    nodes, edges = Plain.SubElement(graph, "nodes"), Plain.SubElement(graph, "edges")
    for place, identity in enumerate(g.ids):
        node = Plain.SubElement(nodes, "node", id=_text(identity), label=_text(labels[place]))
        if columns:
            held = Plain.SubElement(node, "attvalues")
            for number, values in enumerate(columns.values()):
                Plain.SubElement(held, "attvalue", {"for": str(number), "value": _text(values[place])})
    for number, (tail, head, value) in enumerate(
        zip(g.tails.tolist(), g.heads.tolist(), g.weights.tolist(), strict=True)
    ):
        ends = {"source": _text(g.ids[tail]), "target": _text(g.ids[head])}
        Plain.SubElement(edges, "edge", {"id": str(number), **ends, "weight": repr(value)})
    return _written(root)
