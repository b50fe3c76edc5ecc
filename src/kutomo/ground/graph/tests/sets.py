"""The data sets with known values: those in tests/fixtures, and those that lie beside the checkout."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from .. import Graph

ROOT = Path(__file__).resolve().parents[5]
OURS = ROOT / "tests" / "fixtures" / "networks"
BESIDE = ROOT.parent / "shared" / "data" / "networks"
DIRECTED = {"knoke_bureaucracies", "emon_texas", "emon_mtsthelens", "krackhardt_hightech", "sampson_liking"}
RELATION, WEIGHT = ("relation", "wave"), ("weight", "frequency", "value", "rank")
SHIPPED = sorted(folder.name for folder in OURS.iterdir() if (folder / "expected.json").exists())
OTHERS = ["krackhardt_hightech", "lhds", "sampson_liking", "tobacco_indiana"]


@dataclass
class Relation:
    """One relation of a set: the graph, what is known of its nodes, and the values to reach."""

    graph: Graph
    weighted: bool
    expected: dict
    groups: dict[str, list[str]]
    marked: dict[str, str] = field(default_factory=dict)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def load(name: str) -> dict[str, Relation]:
    folder = OURS / name if name in SHIPPED else BESIDE / name
    if not (folder / "edges.csv").exists():
        pytest.skip(f"the data set {name} may not be shipped, and {BESIDE} is not here")
    nodes, edges = rows(folder / "nodes.csv"), rows(folder / "edges.csv")
    column = next((one for one in RELATION if one in edges[0]), "")
    weight = next((one for one in WEIGHT if one in edges[0]), "")
    lead = [node["id"] for node in nodes if node.get("lead_agency") == "1"]
    found = {}
    for relation, expected in json.loads((folder / "expected.json").read_text())["relations"].items():
        ties = [
            (row["source"], row["target"], float(row[weight]) if weight else 1.0)
            for row in edges
            if not column or row[column] == relation
        ]
        graph = Graph.from_edges([node["id"] for node in nodes], ties, name in DIRECTED)
        groups = {one: [node[one] for node in nodes] for one in expected["graph"].get("ei", {})}
        marked = {"lead_agency": lead[0]} if lead else {}
        found[relation] = Relation(graph, bool(weight), expected, groups, marked)
    return found


AT_LEAST = ("rho", "best_modularity_sym")
# The note is prose; divisions and cores of the same quality differ; Louvain is another method, run by the command only;
# the share of runs is a matter of the dice.
FREE = (
    "note",
    "membership",
    "core",
    "n_communities",
    "R_louvain_best_of_200",
    "share_of_500_igraph_leiden_runs_at_best",
)


def differences(got: object, wanted: object, path: str = "") -> list[str]:
    """Every place where ``got`` is not what ``wanted`` says."""
    last = path.rpartition(".")[2]
    if last in FREE:
        return []
    if last.startswith("introductions"):
        return _gains(got, wanted, path)
    if isinstance(wanted, dict):
        if not isinstance(got, dict):
            return [f"{path}: {got!r} is no object"]
        found = []
        for key, value in wanted.items():
            found += differences(got[key], value, f"{path}.{key}") if key in got else [f"{path}.{key} is missing"]
        return found
    if isinstance(wanted, list):
        if not isinstance(got, list) or len(got) != len(wanted):
            return [f"{path}: {got!r} instead of {wanted!r}"]
        return [
            line
            for at, (one, other) in enumerate(zip(got, wanted, strict=True))
            for line in differences(one, other, f"{path}[{at}]")
        ]
    if isinstance(wanted, int | float):
        close = isinstance(got, int | float) and abs(got - wanted) <= 1e-6
        higher = last in AT_LEAST and isinstance(got, int | float) and got >= wanted - 1e-6
        return [] if close or higher else [f"{path}: {got!r} instead of {wanted!r}"]
    return [] if got == wanted else [f"{path}: {got!r} instead of {wanted!r}"]


def _gains(got: object, wanted: object, path: str) -> list[str]:
    assert isinstance(got, list)
    assert isinstance(wanted, list)
    ours, theirs = [one["gain"] for one in got], [one["gain"] for one in wanted]
    same = len(ours) == len(theirs) and all(abs(a - b) <= 1e-6 for a, b in zip(ours, theirs, strict=True))
    return [] if same else [f"{path}: {ours} instead of {theirs}"]
