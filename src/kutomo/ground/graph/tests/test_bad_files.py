"""Files that are broken, hostile or odd: a plain sentence or a correct result, never another exception."""

from __future__ import annotations

import io
import json
import random
import zipfile

import openpyxl
import pytest

from .. import formats
from ..formats import FormatError
from ..formats.refusals import SENTENCES


def why(data: bytes | str, name: str, **more) -> FormatError:
    with pytest.raises(FormatError) as error:
        formats.read(data if isinstance(data, bytes) else data.encode(), name, **more)
    sentence = str(error.value)
    assert sentence.rstrip().endswith((".", *"0123456789abcdefghijklmnopqrstuvwxyz"))
    assert "%(" not in sentence
    return error.value


@pytest.mark.parametrize("ending", formats.ENDINGS)
def test_empty(ending):
    assert why(b"", f"x{ending}").code == "empty"
    assert why(b" \n\n ", f"x{ending}").code in ("empty", "broken-workbook")


def test_csv():
    assert why("person,event\na,b\n", "x.csv").params["found"] == "person, event"
    assert why("source,target\na,\n", "x.csv").params == {"row": 2}
    assert why("source,target,Source\na,b,c\n", "x.csv").code == "column-twice"
    error = why("source,target,w\na,b,1\n\nb,c,often\n", "x.csv", weight="w")
    assert (error.code, error.params) == ("not-a-number", {"row": 4, "value": "often"})
    for value in ("nan", "inf", "", "1e999"):
        assert why(f"source,target,w\na,b,{value}\n", "x.csv", weight="w").code == "not-a-number"
    for value in ("0", "-2", "\u22122"):
        assert why(f"source,target,w\na,b,{value}\n", "x.csv", weight="w").code == "not-positive"
    assert why("source,target\na,b\n", "x.csv", weight="w").code == "no-column"
    assert why(b"\x00\x01\x02source,target", "x.csv").code == "not-text"
    assert why("source,target\na,b", "x.docx").code == "unknown-kind"
    assert why('source,target\na,"' + "b" * 200_000 + '"\n', "x.csv").code == "broken-line"


def test_csv_with_a_header_only_is_a_graph_without_ties():
    table = formats.read(b"source,target\n", "x.csv")
    assert table.graph().n == 0


def test_nodes():
    table = formats.read(b"source,target\na,b\nb,x\n", "x.csv")
    for data, code in (
        (b"id\na\nb\n", "unknown-node"),
        (b"id\na\nb\na\n", "id-twice"),
        (b"id,k\na,1\n,2\n", "no-id"),
        (b"node\na\n", "no-id-column"),
    ):
        with pytest.raises(FormatError) as error:
            table.with_nodes(formats.read_nodes(data, "n.csv"))
        assert error.value.code == code
    with pytest.raises(FormatError) as error:
        table.with_nodes(formats.read_nodes(b"id\na\nb\n", "n.csv"))
    assert error.value.params == {"row": 3, "id": "x"}


BOMB = """<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>"""
GRAPHML = '<graphml><graph edgedefault="directed"><node id="a"/><node id="b"/>%s</graph></graphml>'


def test_xml():
    assert why(BOMB + "<graphml>&b;</graphml>", "x.graphml").code == "xml-entities"
    outside = '<!DOCTYPE g SYSTEM "file:///etc/passwd"><graphml/>'
    assert why(outside, "x.graphml").code == "xml-entities"
    external = '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><gexf>&x;</gexf>'
    assert why(external, "x.gexf").code == "xml-entities"
    assert why("<graphml><graph>", "x.graphml").code == "xml-broken"
    assert why("hello", "x.graphml").code == "xml-broken"
    assert why("<svg/>", "x.xml").code == "no-graph"
    assert why("<graphml/>", "x.graphml").code == "no-graph"
    assert why(GRAPHML % '<edge source="a" target="c"/>', "x.graphml").code == "unknown-node"
    assert why(GRAPHML % '<node id="a"/>', "x.graphml").code == "id-twice"
    assert why(GRAPHML % '<hyperedge/><edge source="a" target="b"/>', "x.graphml").code == "hyperedges"
    weight = '<edge source="a" target="b"><data key="weight">much</data></edge>'
    assert why(GRAPHML % weight, "x.graphml").code == "not-a-number"


def test_an_undirected_tie_in_a_directed_graph_goes_both_ways():
    one = '<edge source="a" target="b" directed="false"/>'
    table = formats.read((GRAPHML % f'{one}<edge source="b" target="a"/>').encode(), "x.graphml")
    assert table.edges == [("a", "b", 1), ("b", "a", 1), ("b", "a", 1)]
    assert formats.read((GRAPHML % one).encode(), "x.graphml").directed is False


def test_pajek_and_dl():
    assert why("nothing here", "x.net").code == "no-graph"
    assert why("*Vertices 2 1\n*Edges\n1 2\n", "x.net").code == "two-mode"
    assert why("*Vertices 2\n*Edges\n1 3\n", "x.net").code == "unknown-node"
    assert why("*Vertices 2\n*Edges\n1 b\n", "x.net").code == "broken-line"
    assert why("*Vertices 2\n*Edges\n1\n", "x.net").code == "broken-line"
    assert why("*Vertices 999999999\n", "x.net").code == "too-many-nodes"
    assert why("*Vertices 2\n*Matrix\n0 1 1\n", "x.net").code == "broken-line"
    assert why("source,target\n", "x.dl").code == "no-graph"
    assert why("dl nr=2 nc=3\ndata:\n0 1 0 0 0 0", "x.dl").code == "two-mode"
    assert why("dl n=2 format=lowerhalf\ndata:\n0 1", "x.dl").code == "dl-format"
    assert why("dl n=3\ndata:\n0 1 0", "x.dl").code == "broken-line"
    assert why("dl n=2 format=edgelist1\ndata:\n1 5\n", "x.dl").code == "unknown-node"
    assert why("dl n=2 format=edgelist1\nlabels embedded\ndata:\na b\nc d\n", "x.dl").code == "unknown-node"
    assert why("dl n=1000000000\ndata:\n1\n", "x.dl").code == "too-many-nodes"


def test_json():
    assert why('{"elements": [', "x.json").code == "json-broken"
    assert why("[1, 2]", "x.json").code == "no-graph"
    assert why('{"connections": [{"from": "a"}]}', "x.json").code == "half-row"
    assert why("[" * 100_000, "x.json").code in ("no-graph", "json-broken")
    twice = {"elements": [{"label": "a"}, {"label": "a"}], "connections": []}
    assert why(json.dumps(twice), "x.json").code == "id-twice"


def _book(*rows: list) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _changed(data: bytes, part: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return held.getvalue()


def test_workbooks():
    assert why(b"not a workbook", "x.xlsx").code == "broken-workbook"
    assert why(_book(), "x.xlsx").code == "empty"
    assert why(_book(["a", "b"]), "x.xlsx").code == "no-columns"
    assert why(_book(["source", "target", "w"], ["a", "b", "x"]), "x.xlsx", weight="w").code == "not-a-number"
    good = _book(["source", "target"], ["a", "b"])
    assert why(good[: len(good) // 2], "x.xlsx").code == "broken-workbook"
    sheet = "xl/worksheets/sheet1.xml"
    assert why(_changed(good, sheet, BOMB.encode() + b"<worksheet>&b;</worksheet>"), "x.xlsx").code == "xml-entities"
    late = b"<?xml version='1.0'?>" + b" " * 5000 + b"<!DOCTYPE g [<!ENTITY a 'x'>]><worksheet>&a;</worksheet>"
    assert why(_changed(good, sheet, late), "x.xlsx").code in ("xml-entities", "broken-workbook")
    assert why(_changed(good, sheet, b"\x00" * (410 << 20)), "x.xlsx").code == "bomb"


@pytest.mark.slow
def test_a_million_rows_and_one_more():
    rows = b"".join(b"%d,%d\n" % (i % 1000, i * 7 % 999) for i in range(1_000_001))
    assert why(b"source,target\n" + rows, "x.csv").code == "too-many-ties"
    table = formats.read(b"source,target\n" + rows[: rows[:-1].rindex(b"\n")], "x.csv")
    assert (len(table.edges), len(table.nodes)) == (1_000_000, 1000)
    assert table.graph().m + table.graph().repeated + table.graph().self_ties == 1_000_000


def test_too_large():
    assert why(b"a" * (formats.__dict__["MAX_BYTES"] + 1), "x.csv").code == "too-large"


@pytest.mark.parametrize("kind", [kind for kind in formats.KINDS if kind != "nodes"])
def test_damaged_anywhere(kind):
    """Hundreds of random wounds: each file is read or refused."""
    from .test_formats import KINDS, made

    whole = formats.write(kind, made(True), KINDS)
    dice = random.Random(3)
    refused = 0
    for _ in range(100 if kind.endswith("xlsx") else 300):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(data))
            if dice.random() < 0.5:
                data[at] = dice.randrange(256)
            else:
                del data[at : at + dice.randint(1, 30)]
        try:
            formats.read(bytes(data), "x" + formats.KINDS[kind])
        except FormatError:
            refused += 1
    assert refused


def test_every_sentence_is_used_and_ends():
    for code, sentence in SENTENCES.items():
        assert sentence.endswith((".", "s")), code
