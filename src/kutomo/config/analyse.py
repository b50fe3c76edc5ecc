"""``kutomo analyse``: everything that can be computed of a list of ties, without an installation and without Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import plain
from .plain import gettext as _, stop

if TYPE_CHECKING:
    from kutomo.ground.graph import Graph
    from kutomo.ground.graph.formats import Table

MOST_NODES = 30_000  # more would take an hour
EXACT = 3_000  # nodes up to which betweenness is exact
PATIENT = 2_000  # nodes and ties up to which communities are searched for 500 times
CONVENTIONS = (
    "directed=as given; _sym = union-symmetrised; binary unless named weighted; betweenness raw (not normalised); "
    "centralization = Freeman, normalised by its theoretical maximum; undefined = null"
)


def add(commands: Any) -> None:
    """The command's words, for the parser of ``kutomo``."""
    about = _("Analyse a list of ties: density, brokers, communities, whom to introduce.")
    command = commands.add_parser("analyse", help=about, description=about)
    command.set_defaults(run=run)
    command.add_argument("edges", type=Path, metavar="EDGES", help=_("file of ties; CSV needs columns source,target"))
    command.add_argument("--nodes", type=Path, metavar="NODES", help=_("file of nodes with a column id"))
    command.add_argument("--undirected", action="store_true", help=_("a tie counts for both of its ends"))
    command.add_argument("--relation", default="", metavar="COLUMN", help=_("one analysis for each value there"))
    command.add_argument("--weight", default="", metavar="COLUMN", help=_("how strong a tie is, above zero"))
    command.add_argument("--group", action="append", default=[], metavar="COLUMN", help=_("a grouping of the nodes"))
    command.add_argument("--json", action="store_true", help=_("everything, as one JSON object"))
    command.add_argument("--write", type=Path, metavar="FILE", help=_("the same ties as a file of another kind"))


def run(given: argparse.Namespace) -> None:
    """Read, compute, print; what is wrong with the input ends the command with one sentence and status 2."""
    from kutomo.ground.graph.formats import FormatError

    try:
        relations = _analysed(given)
    except FormatError as error:
        stop(plain.gettext(error.sentence) % error.params, status=2)
    except OSError as error:
        missing = _("The file %(name)s cannot be opened.") % {"name": error.filename or given.edges}
        stop(missing, status=2)
    if given.json:
        text = json.dumps({"conventions": CONVENTIONS, "relations": relations}, ensure_ascii=False, allow_nan=False)
        _print(text)
    else:
        from .analysis_words import summary

        _print("\n\n".join(summary(name, part) for name, part in relations.items()))


def _print(text: str) -> None:
    """In UTF-8 whatever the terminal says, so that no name breaks the output; a closed pipe is no mistake."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()


def _analysed(given: argparse.Namespace) -> dict[str, dict[str, object]]:
    from kutomo.ground.graph import formats
    from kutomo.ground.graph.formats.refusals import refuse

    table = formats.read(given.edges, weight=given.weight)
    if given.nodes:
        table = table.with_nodes(formats.read_nodes(given.nodes))
    if len(table.nodes) > MOST_NODES:
        refuse("too-many-nodes", most=MOST_NODES)
    groups = {name: _column(table.attributes, name) for name in given.group}
    directed = False if given.undirected else None
    lead = _lead(table)
    graphs = _relations(table, given.relation, directed)
    if given.write:
        _write(given.write, graphs, table.attributes)
    return {name: _one(graph, table.weighted, groups, lead, _teller(name)) for name, graph in graphs.items()}


def _write(path: Path, graphs: dict[str, Graph], attributes: dict[str, list[str]]) -> None:
    """Each graph as a file of the kind that the ending says; with relations the relation's name is added to its own.
    CSV has the nodes in a file beside it. A file that is there already is never written over.
    """
    from kutomo.ground.graph import formats
    from kutomo.ground.graph.formats.refusals import refuse

    kind = formats.kind_of(path.name)
    if not kind:
        refuse("unknown-kind", name=path.name[:80], known=", ".join(formats.ENDINGS_WRITTEN))
    files: dict[Path, bytes] = {}
    for name, graph in graphs.items():
        stem = path.stem
        if list(graphs) != ["all"]:
            stem += "-" + ("".join(sign if sign.isalnum() else "_" for sign in name)[:60] or "_")
        while path.with_name(stem + path.suffix) in files:
            stem += "_"
        files[path.with_name(stem + path.suffix)] = formats.write(kind, graph, attributes)
        if kind == "csv":
            files[path.with_name(f"{stem}-nodes{path.suffix}")] = formats.write("nodes", graph, attributes)
    for file in files:
        if file.exists():
            stop(_("The file %(name)s is there already; nothing was written.") % {"name": file}, status=2)
    for file, data in files.items():
        file.write_bytes(data)


def _column(columns: dict[str, list[str]], name: str) -> list[str]:
    """A column by its name, whatever its case."""
    from kutomo.ground.graph.formats.tables import column

    names = list(columns)
    return columns[names[column(names, name)]]


def _relations(table: Table, column: str, directed: bool | None) -> dict[str, Graph]:
    """A graph for each value of the column, in order of appearance; "all" without one."""
    if not column:
        return {"all": table.graph(directed)}
    values = _column(table.edge_attributes, column)
    return {name: table.graph(directed, [value == name for value in values]) for name in dict.fromkeys(values)}


def _lead(table: Table) -> str | None:
    """The one node that the node file marks in a column lead_agency."""
    marks = table.attributes.get("lead_agency", [])
    marked = [node for node, mark in zip(table.nodes, marks, strict=False) if mark.casefold() in ("1", "true", "yes")]
    return marked[0] if len(marked) == 1 else None


def _one(
    graph: Graph, weighted: bool, groups: dict[str, list[str]], lead: str | None, tell: Callable[[str, float], None]
) -> dict[str, object]:
    from kutomo.ground.graph import measures

    # Small graphs hide their best division longest, and cost little to search.
    patient = graph.n + graph.m <= PATIENT
    found = measures.full(
        graph,
        weights=weighted,
        groups=groups,
        exact_betweenness=graph.n <= EXACT,
        progress=tell,
        runs=500 if patient else None,
        marked={"lead_agency": lead} if lead else {},
    )
    if patient:
        measures.more_runs(graph, found)
    graph_part = found["graph"]
    if isinstance(graph_part, dict):
        graph_part["self_ties_left_out"], graph_part["repeated_ties_left_out"] = graph.self_ties, graph.repeated
        shape = measures.phase(graph)
        graph_part["phase"] = shape.name or None
    return found


def _teller(relation: str) -> Callable[[str, float], None]:
    """Progress for the one who waits at a terminal; nothing when the output goes elsewhere."""

    def tell(part: str, share: float) -> None:
        if sys.stderr.isatty():
            end = "\n" if share >= 1 else ""
            print(f"\r{relation} {share:4.0%}", end=end, file=sys.stderr, flush=True)

    return tell
