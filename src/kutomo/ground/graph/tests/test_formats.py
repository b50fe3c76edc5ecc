"""What we write is read by us, by igraph and by networkx; what others write is read by us."""

from __future__ import annotations

import io
import json

import igraph
import networkx as nx
import openpyxl
import pytest

from .. import Graph, formats

NODES = ["a", "=b+1", "ä & <ö>", "-", "alone", "two words"]
TIES = [("a", "=b+1", 2.5), ("=b+1", "a", 1.0), ("ä & <ö>", "a", 3.0), ("-", "two words", 0.25)]
KINDS = {"sector": ["x", None, "=1+1", "ö, å; ä", "", "'q"], "size": [1, 2, 3.5, 0, None, 6]}
TEXT = {name: ["" if value is None else str(value) for value in values] for name, values in KINDS.items()}


def made(directed: bool) -> Graph:
    return Graph.from_edges(NODES, TIES, directed)


def ties(g: Graph) -> set[tuple[str, str, float]]:
    found = zip(g.tails.tolist(), g.heads.tolist(), g.weights.tolist(), strict=True)
    return {
        (*(sorted if not g.directed else tuple)((g.ids[tail], g.ids[head])), weight) for tail, head, weight in found
    }


WEIGHT = {"csv": "weight", "xlsx": "weight", "kumu-xlsx": "Strength"}


@pytest.mark.parametrize("directed", [True, False])
@pytest.mark.parametrize("kind", [kind for kind in formats.KINDS if kind != "nodes"])
def test_round_trip(kind, directed):
    g = made(directed)
    data = formats.write(kind, g, KINDS)
    table = formats.read(data, "file" + formats.KINDS[kind], weight=WEIGHT.get(kind, ""))
    if kind == "csv":
        table = table.with_nodes(formats.read_nodes(formats.write("nodes", g, KINDS), "nodes.csv"))
    assert ties(table.graph(directed)) == ties(g)
    assert set(table.nodes) == set(NODES)
    if kind not in ("csv", "xlsx", "dl"):  # these do not say; asked above
        assert table.directed is directed
    if kind not in ("pajek", "dl"):  # these have no place for attributes
        assert {name: table.attributes[name] for name in KINDS} == TEXT


@pytest.mark.parametrize("directed", [True, False])
def test_read_by_igraph(directed, tmp_path):
    g = made(directed)
    for kind, form in (("graphml", "graphml"), ("pajek", "pajek"), ("dl", "dl")):
        path = tmp_path / f"file{formats.KINDS[kind]}"
        path.write_bytes(formats.write(kind, g, KINDS))
        other = igraph.Graph.Read_DL(str(path)) if form == "dl" else igraph.Graph.Read(str(path), format=form)
        arcs = g.m if directed or kind != "dl" else 2 * g.m  # DL knows arcs only
        assert (other.vcount(), other.ecount()) == (g.n, arcs), kind
        assert sorted(set(other.es["weight"])) == sorted(set(g.weights)), kind


@pytest.mark.parametrize("directed", [True, False])
def test_read_by_networkx(directed, tmp_path):
    g = made(directed)
    way = tuple if directed else sorted
    wanted = {(*way((a, b)), weight) for a, b, weight in ties(g)}
    path = tmp_path / "file"
    for kind, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf), ("pajek", nx.read_pajek)):
        path.write_bytes(formats.write(kind, g, KINDS))
        other = read(path)
        assert other.is_directed() is directed, kind
        assert {(*way((a, b)), weight) for a, b, weight in other.edges(data="weight")} == wanted, kind
        assert set(other) == set(NODES), kind
        if kind != "pajek":
            assert other.nodes["ä & <ö>"]["sector"] == "=1+1"


def test_csv_is_read_by_networkx(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_bytes(formats.write("csv", Graph.from_edges(["a", "b", "c"], [("a", "b", 2.0), ("c", "a", 1.0)], True)))
    lines = path.read_text("utf-8-sig").splitlines()[1:]
    other = nx.parse_edgelist(lines, delimiter=",", data=[("weight", float)], create_using=nx.DiGraph)
    assert set(other.edges(data="weight")) == {("a", "b", 2.0), ("c", "a", 1.0)}


def test_a_spreadsheet_takes_no_name_for_a_formula():
    for kind in ("xlsx", "kumu-xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(formats.write(kind, made(True), KINDS)))
        assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    lines = formats.write("csv", made(True)).decode("utf-8-sig").splitlines()
    assert not [cell for line in lines[1:] for cell in line.split(",") if cell.startswith(("=", "+", "@", "-"))]


@pytest.mark.parametrize("directed", [True, False])
def test_what_igraph_and_networkx_write(directed, tmp_path):
    other = nx.DiGraph() if directed else nx.Graph()
    other.add_nodes_from(["x", "y", "z", "å"], sector="s")
    other.add_weighted_edges_from([("x", "y", 2.0), ("y", "z", 0.5)])
    for ending, write in ((".graphml", nx.write_graphml), (".gexf", nx.write_gexf), (".net", nx.write_pajek)):
        path = tmp_path / f"file{ending}"
        write(other, path)
        table = formats.read(path)
        assert table.directed is directed, ending
        assert ties(table.graph()) == {("x", "y", 2.0), ("y", "z", 0.5)}, ending
        assert set(table.nodes) == {"x", "y", "z", "å"}, ending
    third = igraph.Graph(n=4, edges=[(0, 1), (1, 2)], directed=directed)
    third.vs["name"], third.es["weight"] = ["x", "y", "z", "å"], [2.0, 0.5]
    third.write_graphml(str(tmp_path / "third.graphml"))
    table = formats.read(tmp_path / "third.graphml")
    assert table.attributes["name"] == ["x", "y", "z", "å"]
    assert (len(table.edges), table.directed) == (2, directed)


def test_dl_forms():
    full = b'dl n = 3, format = fullmatrix\nlabels:\nann,bob\n"c d"\ndata:\n0 1 0\n1 0 2\n0 0 0\n'
    table = formats.read(full, "x.dl")
    assert table.nodes == ["ann", "bob", "c d"]
    assert table.edges == [("ann", "bob", 1), ("bob", "ann", 1), ("bob", "c d", 2)]
    assert table.directed is True
    same = b"DL N=3\nDATA:\n0 1 0 1 0 1 0 1 0"
    assert formats.read(same, "x.dl").directed is False
    assert formats.read(same, "x.txt").graph().m == 2
    embedded = b"dl n=3 format=fullmatrix labels embedded\ndata:\n a b c\na 0 1 1\nb 0 0 0\nc 0 0 0\n"
    assert formats.read(embedded, "x.dl").edges == [("a", "b", 1), ("a", "c", 1)]
    edges = b"dl n=4 format=edgelist1\nlabels embedded:\ndata:\na b 2\nb c\n"
    table = formats.read(edges, "x.dl")
    assert table.edges == [("a", "b", 2), ("b", "c", 1)]
    assert len(table.nodes) == 4  # one isolate has no name
    nodes = b"dl n=4 format=nodelist1 labels: a,b,c,d\ndata:\n1 2 3\n2 4\n"
    assert formats.read(nodes, "x.dl").edges == [("a", "b", 1), ("a", "c", 1), ("b", "d", 1)]
    many = b"dl n=2 nm=2 format=fullmatrix\nlabels:\na b\nmatrix labels:\nhelp trust\ndata:\n0 1\n0 0\n\n0 0\n1 0\n"
    table = formats.read(many, "x.dl")
    assert table.edge_attributes["relation"] == ["help", "trust"]
    assert table.edges == [("a", "b", 1), ("b", "a", 1)]
    absent = b"dl n=3 diagonal=absent\ndata:\n1 0\n0 1\n0 0\n"
    assert formats.read(absent, "x.dl").edges == [("1", "2", 1), ("2", "3", 1)]


def test_pajek_forms():
    text = b"""*Network some
*Vertices 4
1 "ann" 0.1 0.2 ic Red
2 "bob b"
3 c
*Arcs :1 "help"
1 2 3 c Blue
*Edges :2 "trust"
2 3
*Arcslist
3 1 2
*Matrix
0 0 0 1
0 0 0 0
0 0 0 0
0 0 0 0
"""
    table = formats.read(text, "x.net")
    assert table.nodes == ["ann", "bob b", "c", "4"]
    assert table.edges == [
        ("ann", "bob b", 3),
        ("bob b", "c", 1),
        ("c", "bob b", 1),
        ("c", "ann", 1),
        ("c", "bob b", 1),
        ("ann", "4", 1),
    ]
    assert table.edge_attributes["relation"][:3] == ["help", "trust", "trust"]
    twice = formats.read(b'*Vertices 2\n1 "x"\n2 "x"\n*Edges\n1 2\n', "x.net")
    assert twice.nodes == ["1", "2"]
    assert twice.attributes["label"] == ["x", "x"]


def test_kumu():
    held = {
        "elements": [{"label": "Ann", "type": "Person", "tags": ["a", "b"]}, {"_id": "e2", "label": "Bob"}],
        "connections": [
            {"from": "Ann", "to": "e2", "direction": "directed", "strength": 2},
            {"from": "Bob", "to": "Ann", "direction": "mutual"},
        ],
    }
    table = formats.read(json.dumps(held).encode(), "map.json")
    assert table.attributes["tags"] == ["a, b", ""]
    assert table.edges == [("Ann", "Bob", 2), ("Bob", "Ann", 1), ("Ann", "Bob", 1)]
    assert table.directed is True
    blueprint = {"connections": [{"from": "x", "to": "y", "attributes": {"kind": "help"}}]}
    table = formats.read(json.dumps(blueprint).encode(), "map.json")
    assert (table.nodes, table.directed, table.edge_attributes["kind"]) == (["x", "y"], False, ["help"])


def test_kumu_workbook_makes_elements_of_names_in_connections():
    book = openpyxl.Workbook()
    book.active.title = "Elements"
    for row in (["Label", "Type"], ["a", "org"]):
        book.active.append(row)
    sheet = book.create_sheet("Connections")
    for row in (["From", "To", "Direction"], ["a", "b", "directed"], ["b", 3, "mutual"]):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    table = formats.read(held.getvalue(), "map.xlsx")
    assert table.nodes == ["a", "b", "3"]
    assert table.attributes == {"Type": ["org", "", ""]}
    assert table.edges == [("a", "b", 1), ("b", "3", 1), ("3", "b", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_of_any_kind(encoding, mark):
    lines = [mark.join(row) for row in (["Source", "TARGET", "strength"], ["Äänekoski", '"b, ""c"" | ; d"', '"1,5"'])]
    table = formats.read("\r\n".join([*lines, "", mark * 2]).encode(encoding), "x.csv", weight="Strength")
    assert table.edges == [("Äänekoski", 'b, "c" | ; d', 1.5)]
    assert table.weighted
    assert table.edge_attributes == {"strength": ["1,5"]}
