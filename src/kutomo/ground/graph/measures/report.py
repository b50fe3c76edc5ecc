"""The full report of one relation, in the shape of the project's verification data (docs/reference/analyse.md)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from .. import engine
from ..arrays import np
from ..shape import Graph
from . import cohesion, holes, paths, ties
from .communities import communities
from .core import Core, core_against_periphery, core_periphery
from .groups import Values, brokerage, external_internal
from .introductions import introductions
from .removal import removal, top
from .silence import busiest, silence

Part = dict[str, object]
Progress = Callable[[str, float], None]


def full(
    g: Graph,
    *,
    weights: bool = False,
    groups: Mapping[str, Values] | None = None,
    exact_betweenness: bool = True,
    seed: int = 1,
    progress: Progress | None = None,
    runs: int | None = None,
    marked: Mapping[str, str] | None = None,
    silent: Sequence[str] | None = None,
) -> Part:
    """Everything about one relation: ``graph``, ``node_order``, ``node`` and further parts, ready for JSON.

    ``weights``: the weights mean something (only Burt's weighted constraint uses them, as given). ``groups``: for
    each attribute a value a node, None or "" where unknown. ``exact_betweenness`` False: sampled, and
    ``graph.sampled_betweenness`` says from how many sources. ``runs``: of the search for communities. ``marked``:
    further nodes to take away, by a name. ``silent``: nodes that did not answer; without it the report shows what
    would happen if the busiest fifth had not. ``progress(part, share)`` is called before each part.
    What is not defined is None; a part that has no meaning for the graph is left out.
    """
    known = groups or {}
    stages: list[tuple[str, Callable[[], Part]]] = [
        ("ties", lambda: _graph(g, known, exact_betweenness, seed)),
        ("nodes", lambda: _nodes(g, weights, exact_betweenness, seed)),
        ("brokerage", lambda: {"brokerage": {name: brokerage(g, values) for name, values in known.items()}}),
        ("community", lambda: _community(g, runs, seed)),
        ("core", lambda: _core(g, seed)),
        ("removal", lambda: _removal(g, exact_betweenness, seed, marked or {})),
        ("introductions", lambda: _introductions(g)),
        ("silence", lambda: _silence(g, silent)),
    ]
    found: Part = {}
    for number, (name, work) in enumerate(stages):
        if progress:
            progress(name, number / len(stages))
        found |= work()
    if progress:
        progress("done", 1.0)
    return {name: part for name, part in found.items() if part != {}}


def _graph(g: Graph, groups: Mapping[str, Values], exact: bool, seed: int) -> Part:
    sym = g.sym()
    found: Part = {"n": g.n, "m": g.m, "density": ties.density(g), "density_sym": ties.density(sym)}
    found["dyad_census"] = ties.dyad_census(g)
    if g.directed:
        found |= ties.reciprocity(g)
    found |= ties.degree_centralization(g)
    if g.directed:
        found["centr_betw_dir"] = paths.betweenness_centralization(g, exact=exact, seed=seed)
    found["centr_betw_sym"] = paths.betweenness_centralization(sym, exact=exact, seed=seed)
    found["centr_close_sym"] = paths.closeness_centralization(g)
    if not exact and g.n > paths.SAMPLED:
        found["sampled_betweenness"] = paths.SAMPLED
    if g.directed:
        found["transitivity_weak_dir"] = ties.transitivity_weak(g)
    found["transitivity_sym"] = ties.transitivity(g)
    found["components_weak"] = len(cohesion.component_sizes(g))
    found["components_strong"] = len(cohesion.component_sizes(g, strong=True))
    found["comp_sizes_weak"] = cohesion.component_sizes(g)
    found["isolates"] = len(cohesion.isolates(g))
    found["articulation"] = cohesion.articulation(g)
    found["krackhardt"] = cohesion.krackhardt(g)
    found |= paths.distances(g)
    found["triad_census"] = ties.triad_census(g)
    if groups:
        found["ei"] = {name: external_internal(g, values) for name, values in groups.items()}
    found |= ties.mean_clustering(g)
    found["ig_bridges"] = len(cohesion.bridges(g))
    return {"graph": found}


def _nodes(g: Graph, weights: bool, exact: bool, seed: int) -> Part:
    sym = g.sym()
    found: Part = {
        "indegree": ties.indegree(g).tolist(),
        "outdegree": ties.outdegree(g).tolist(),
        "degree_sym": ties.degree(g).tolist(),
    }
    if g.directed:
        found["betw_dir"] = ties.shown(paths.betweenness(g, exact=exact, seed=seed))
    found["betw_sym"] = ties.shown(paths.betweenness(sym, exact=exact, seed=seed))
    near = paths.closeness(g)
    found["close_sym"] = [None] * g.n if near is None else ties.shown(near)
    found["kcores_sym"] = cohesion.coreness(g).tolist()
    binary = holes.constraint(g)
    found["constraint_bin"] = ties.shown(binary)
    found["constraint_sym"] = ties.shown(holes.constraint(sym)) if g.directed else found["constraint_bin"]
    found["constraint_weighted"] = ties.shown(holes.constraint(g, weights=True) if weights else binary)
    found["eigenvector_sym"] = ties.shown(cohesion.eigenvector(g))
    found["effective_size_sym"] = ties.shown(holes.effective_size(sym))
    if g.directed:
        found["effective_size_dir"] = ties.shown(holes.effective_size(g))
    found["local_clustering_sym"] = ties.shown(ties.local_clustering(g))
    if weights:
        tails, heads, values = g.arcs
        found["instrength"] = np.bincount(heads, values, g.n).tolist()
        found["outstrength"] = np.bincount(tails, values, g.n).tolist()
    return {"node_order": list(g.ids), "node": found}


def _community(g: Graph, runs: int | None, seed: int) -> Part:
    best = communities(g, runs=runs, seed=seed)
    if best is None:
        return {"community": None}
    return {
        "community": {
            "best_modularity_sym": best.modularity,
            "n_communities": best.count,
            "membership": best.membership,
            "runs": best.runs,
            "share_of_runs_at_best": best.share_at_best,
        }
    }


def more_runs(g: Graph, found: Part, seed: int = 1) -> None:
    """Add to a report made with 500 runs the two figures that need hundreds of runs of Leiden and Louvain."""
    part = found["community"]
    if isinstance(part, dict):
        part["share_of_500_igraph_leiden_runs_at_best"] = part["share_of_runs_at_best"] if part["runs"] == 500 else None
        part["R_louvain_best_of_200"] = engine.louvain(g.sym(), 200, seed)


def _core(g: Graph, seed: int) -> Part:
    def told(core: Core | None) -> Part | None:
        if core is None:
            return None
        return {
            "rho": core.rho,
            "core": core.members,
            "density_cc": core.density_core,
            "density_cp": core.density_between,
            "density_pp": core.density_periphery,
        }

    return {
        "core_periphery_discrete": {
            "or_pattern": told(core_periphery(g, seed=seed)),
            "core_core_and_periphery_only": told(core_against_periphery(g, seed=seed)),
            "note": "best found by moving and exchanging nodes from many starts; not proven optimal",
        }
    }


def _removal(g: Graph, exact: bool, seed: int, marked: Mapping[str, str]) -> Part:
    between = top(g, paths.betweenness(g.sym(), exact=exact, seed=seed))
    busy = top(g, ties.degree(g))
    if between is None or busy is None:
        return {}
    named = {"top_betweenness": between, "top_degree": busy, **marked}
    found = {}
    for name, node in named.items():
        values = asdict(removal(g, node, seed=seed))
        if values["sampled_sources"] is None:
            del values["sampled_sources"]
        found[name] = values
    return {"removal": found}


def _introductions(g: Graph) -> Part:
    found: Part = {}
    for name, shared in (("introductions_best", None), ("introductions_best_shared_contact", True)):
        best = introductions(g, shared=shared)
        found[name] = None if best is None else [
            {"gain": one.gain, "a": one.i, "b": one.j, "distance": one.distance, "common": one.shared} for one in best
        ]  # fmt: skip
    return found


def _silence(g: Graph, silent: Sequence[str] | None) -> Part:
    if not g.directed:
        return {}
    found: Part = {"nonresponse_if_rows_masked": silence(g, busiest(g))}
    if silent:
        found["nonresponse"] = silence(g, silent)
    return found
