"""`kutomo analyse` as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import igraph
import networkx as nx
import openpyxl
import pytest

from kutomo.ground.graph import Graph, formats
from kutomo.ground.graph.tests.sets import OTHERS, SHIPPED, differences, load
from kutomo.ground.graph.tests.test_data_sets import NOT_UNIQUE

ROOT = Path(__file__).resolve().parents[4]
SETS = ROOT / "tests" / "fixtures" / "networks"
BESIDE = ROOT.parent / "shared" / "data" / "networks"


def analyse(*words: object, language: str = "C.UTF-8") -> subprocess.CompletedProcess[str]:
    around = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "DJANGO_"))}
    command = [sys.executable, "-m", "kutomo.config.cli", "analyse", *map(str, words)]
    around |= {"LANG": language, "OMP_NUM_THREADS": "1"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=around, timeout=120)


WORDS = {
    "karate": ["--undirected", "--weight", "weight", "--group", "club"],
    "kite": ["--undirected"],
    "florentine_marriage": ["--undirected"],
    "knoke_bureaucracies": ["--relation", "relation"],
    "emon_texas": ["--weight", "frequency", "--group", "sponsorship", "--group", "location"],
    "emon_mtsthelens": ["--weight", "frequency", "--group", "sponsorship", "--group", "location"],
    "krackhardt_hightech": ["--relation", "relation", "--group", "dept", "--group", "level"],
    "sampson_liking": ["--relation", "wave", "--weight", "rank"],
    "tobacco_indiana": [
        "--undirected",
        "--relation",
        "relation",
        "--weight",
        "value",
        "--group",
        "agency_cat",
        "--group",
        "agency_lvl",
    ],
    "lhds": ["--undirected", "--group", "state"],
}


@pytest.mark.parametrize("name", [*SHIPPED, *OTHERS])
def test_json_has_every_value(name):
    expected = load(name)  # skips a set that is not here
    folder = SETS / name if name in SHIPPED else BESIDE / name
    more = WORDS.get(name, ["--undirected"])
    done = analyse(folder / "edges.csv", "--nodes", folder / "nodes.csv", *more, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)["relations"]
    assert list(found) == list(expected)
    for relation, one in expected.items():
        wrong = differences(found[relation], one.expected, relation)
        wrong = [line for line in wrong if not any(name == set_ and key in line for set_, key in NOT_UNIQUE)]
        assert not wrong, "\n".join(wrong[:20])
        wanted = one.expected.get("community", {}).get("share_of_500_igraph_leiden_runs_at_best")
        if wanted is not None:
            part = found[relation]["community"]
            assert part["share_of_500_igraph_leiden_runs_at_best"] == pytest.approx(wanted, abs=0.15)
            assert part["R_louvain_best_of_200"] <= part["best_modularity_sym"] + 1e-9


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi_FI.UTF-8", ["Solmuja 34, siteitä 78, tiheys 0,139.", "Muoto: useita keskuksia.", "100\u00a0%"]),
        ("sv_FI.UTF-8", ["Noder 34, band 78, täthet 0,139.", "Form: flera nav.", "100\u00a0%"]),
        ("C.UTF-8", ["Nodes 34, ties 78, density 0.139.", "Shape: several hubs.", "100%"]),
    ],
)
def test_summary_in_the_readers_language(language, words):
    folder = SETS / "karate"
    done = analyse(folder / "edges.csv", "--nodes", folder / "nodes.csv", *WORDS["karate"], language=language)
    assert done.returncode == 0
    for sentence in words:
        assert sentence in done.stdout


def test_isolates_come_from_the_node_file():
    folder = SETS / "florentine_marriage"
    alone = json.loads(analyse(folder / "edges.csv", "--undirected", "--json").stdout)["relations"]["all"]["graph"]
    assert (alone["n"], alone["isolates"]) == (15, 0)


@pytest.mark.parametrize("kind", ["graphml", "gexf", "pajek", "dl", "kumu-json", "kumu-xlsx", "xlsx"])
def test_other_files_give_the_same(kind, tmp_path):
    one = load("karate")["all"]
    path = tmp_path / f"karate{formats.KINDS[kind]}"
    path.write_bytes(formats.write(kind, one.graph, {"club": one.groups["club"]}))
    more = ["--weight", {"kumu-xlsx": "Strength", "xlsx": "weight"}[kind]] if kind.endswith("xlsx") else []
    more += ["--group", "club"] if kind not in ("pajek", "dl") else []
    done = analyse(path, "--undirected", "--json", *more)
    found = json.loads(done.stdout)["relations"]["all"]
    assert found["graph"]["m"] == 78
    expected = dict(one.expected)
    if kind in ("pajek", "dl"):  # these have no place for the club
        expected = {"graph": {key: value for key, value in expected["graph"].items() if key != "ei"}}
        expected["node"] = one.expected["node"]
    assert not differences(found, expected)


@pytest.mark.parametrize(
    ("edges", "nodes", "words", "sentence"),
    [
        ("", None, [], "The file is empty."),
        ("a,b\n1,2\n", None, [], 'The first row must name the columns "source" and "target". It has: a, b.'),
        ("source,target\n1,2\n", "id\n1\n", [], 'Row 2 names "2", which is not among the nodes.'),
        ("source,target,w\n1,2,x\n", None, ["--weight", "w"], 'Row 2: "x" is not a number.'),
        ("source,target\n1,2\n", None, ["--relation", "r"], 'There is no column "r". There are: -.'),
        ("source,target\n1,2\n", "id,k\n1,a\n2,b\n", ["--group", "g"], 'There is no column "g". There are: k.'),
    ],
)
def test_one_sentence_and_status_2(edges, nodes, words, sentence, tmp_path):
    (tmp_path / "e.csv").write_text(edges)
    if nodes is not None:
        (tmp_path / "n.csv").write_text(nodes)
        words = [*words, "--nodes", tmp_path / "n.csv"]
    done = analyse(tmp_path / "e.csv", *words, "--json")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", sentence + "\n")


def test_files_that_are_not_there_or_are_folders(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        done = analyse(path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"The file {path} cannot be opened.\n"
    finnish = analyse(tmp_path / "none.csv", language="fi_FI.UTF-8")
    assert finnish.stderr.startswith("Tiedostoa ")


def test_self_ties_and_repeated_rows_are_counted(tmp_path):
    (tmp_path / "e.csv").write_text("source,target\na,a\na,b\na,b\nb,a\n")
    graph = json.loads(analyse(tmp_path / "e.csv", "--json").stdout)["relations"]["all"]["graph"]
    assert (graph["m"], graph["self_ties_left_out"], graph["repeated_ties_left_out"]) == (2, 1, 1)
    assert "Left out: 1 ties to oneself, 1 repeated ties." in analyse(tmp_path / "e.csv").stdout


def test_a_relation_with_empty_cells_and_a_graph_of_one(tmp_path):
    (tmp_path / "e.csv").write_text("source,target,kind\na,b,x\nb,a,\n")
    found = json.loads(analyse(tmp_path / "e.csv", "--relation", "KIND", "--json").stdout)["relations"]
    assert {name: part["graph"]["m"] for name, part in found.items()} == {"x": 1, "": 1}
    (tmp_path / "o.csv").write_text("source,target\n")
    (tmp_path / "n.csv").write_text("id\nonly\n")
    done = analyse(tmp_path / "o.csv", "--nodes", tmp_path / "n.csv")
    assert done.returncode == 0
    assert "Nodes 1, ties 0, density –." in done.stdout


@pytest.mark.parametrize("ending", formats.ENDINGS_WRITTEN)
def test_written_files_are_read_back_by_networkx(ending, tmp_path):
    """Karate by `--write`: the same ties, by a library that is not ours (workbooks by openpyxl into one)."""
    folder = SETS / "karate"
    path = tmp_path / f"out{ending}"
    done = analyse(folder / "edges.csv", "--nodes", folder / "nodes.csv", "--undirected", "--weight", "weight",
                   "--write", path)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    found = READ_BACK[ending](path)
    rows = [line.split(",") for line in (folder / "edges.csv").read_text().splitlines()]
    tail, head, weight = (rows[0].index(name) for name in ("source", "target", "weight"))
    wanted = {(*sorted((row[tail], row[head])), float(row[weight])) for row in rows[1:]}
    told = {(*sorted(map(str, (a, b))), float(strength)) for a, b, strength in found}
    assert told == wanted
    again = json.loads(analyse(path, "--undirected", "--json", *AGAIN.get(ending, [])).stdout)["relations"]["all"]
    assert again["graph"]["m"] == 78


AGAIN = {
    ".csv": ["--weight", "weight"], ".xlsx": ["--weight", "weight"], ".kumu.xlsx": ["--weight", "Strength"],
}  # fmt: skip


def _graph(read, **facts):
    return lambda path: read(path, **facts).edges(data="weight")


def _csv(path):
    lines = path.read_text("utf-8-sig").splitlines()[1:]
    return nx.parse_edgelist(lines, delimiter=",", data=[("weight", float)]).edges(data="weight")


def _kumu(path):
    """Kumu's JSON is a list of nodes and one of links, under names that networkx may be told."""
    said = json.loads(path.read_text("utf-8"))
    graph = nx.node_link_graph(
        {"directed": False, "multigraph": False, "graph": {}, **said},
        source="from", target="to", name="label", edges="connections", nodes="elements",
    )  # fmt: skip
    return graph.edges(data="strength")


def _book(*names):
    def read(path):
        for sheet in openpyxl.load_workbook(path, read_only=True):
            first, *rows = sheet.iter_rows(values_only=True)
            if set(names) <= set(first):
                places = [first.index(name) for name in names]
                graph = nx.Graph()
                graph.add_weighted_edges_from([row[place] for place in places] for row in rows)
                return graph.edges(data="weight")
        raise AssertionError("no sheet of ties")

    return read


def _dl(path):
    graph = igraph.Graph.Read_DL(str(path), directed=False).simplify(combine_edges="max")
    names = [name.strip('"') for name in graph.vs["name"]]  # igraph keeps the quotes of UCINET's labels
    return [(names[edge.source], names[edge.target], edge["weight"]) for edge in graph.es]


READ_BACK = {
    ".csv": _csv, ".graphml": _graph(nx.read_graphml), ".gexf": _graph(nx.read_gexf),
    ".net": lambda path: nx.Graph(nx.read_pajek(path)).edges(data="weight"), ".dl": _dl, ".json": _kumu,
    ".xlsx": _book("source", "target", "weight"), ".kumu.xlsx": _book("From", "To", "Strength"),
}  # fmt: skip


def test_one_file_a_relation_and_nothing_written_over(tmp_path):
    (tmp_path / "e.csv").write_text("source,target,kind\na,b,a/b\nb,a,a b\n")
    words = (tmp_path / "e.csv", "--relation", "kind", "--write", tmp_path / "o.gexf", "--json")
    assert analyse(*words).returncode == 0
    assert {path.name for path in tmp_path.glob("o*")} == {"o-a_b.gexf", "o-a_b_.gexf"}
    done = analyse(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("o-a_b.gexf is there already; nothing was written.\n")
    done = analyse(tmp_path / "e.csv", "--write", tmp_path / "o.docx")
    assert done.returncode == 2
    assert done.stderr.startswith("The kind of the file o.docx is not known.")


def test_django_is_not_loaded():
    code = (
        "import sys; from kutomo.config.cli import main; "
        f"main(['analyse', {str(SETS / 'kite' / 'edges.csv')!r}]); print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT / "src")
    assert done.stdout.splitlines()[-1] == "False"


def test_a_closed_pipe_is_no_mistake(tmp_path):
    g = Graph.from_edges([f"n{i}" for i in range(400)], [(f"n{i}", f"n{i + 1}", 1.0) for i in range(399)], False)
    path = tmp_path / "path.csv"
    path.write_bytes(formats.write("csv", g))
    command = f"{sys.executable} -m kutomo.config.cli analyse {path} --undirected --json | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60, cwd=ROOT / "src")
    assert (done.stdout, done.stderr) == ('{"conventi', "")
