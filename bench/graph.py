"""The figures of ground/graph: full reports by size, and against networkx on the same graph in the same run.

    python -m bench.graph            reports of 40, 300 and 10,000 nodes; networkx at 10,000 nodes and 100,000 arcs
    python -m bench.graph --reports  the reports only (seconds); networkx takes a minute or two

One thread (set before numpy loads). Times are of the processor as well as of the wall, since other work may share the
machine. Graphs: heavy-tailed activity, groups of 25 to 50, 65 % of the arcs inside groups, 30 % answered.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import numpy as np

from kutomo.ground.graph import Graph, measures

GOALS = {40: 0.1, 300: 0.5, 10_000: 5.0}
MEMORY, TIMES = 500, 50
SOME, FROM = 250, " *"  # networkx walks from so many sources; its time is scaled to all


def drawn(n: int, arcs: int, seed: int = 1) -> tuple[Graph, list[str]]:
    """A graph of about ``arcs`` arcs (exactly, when there is room for them), and its groups."""
    dice = np.random.default_rng(seed)
    activity = dice.pareto(2, n) + 0.2
    share = activity / activity.sum()
    group = np.repeat(np.arange(n), dice.integers(25, 51, n))[:n]
    first, size = np.searchsorted(group, group), np.bincount(group, minlength=n)[group]
    many = int(arcs * 2)
    tails = dice.choice(n, many, p=share)
    inside = dice.random(many) < 0.65
    heads = np.where(inside, first[tails] + dice.integers(0, size[tails]), dice.choice(n, many, p=share))
    keys = np.unique(tails * n + heads)
    keys = keys[keys // n != keys % n]
    keys = dice.permutation(keys)[: int(arcs / 1.18)]
    answered = dice.random(len(keys)) < 0.3
    keys = np.unique(np.concatenate((keys, keys[answered] % n * n + keys[answered] // n)))
    keys = np.sort(dice.permutation(keys)[:arcs])
    graph = Graph.from_arrays([str(node) for node in range(n)], keys // n, keys % n, None, True)
    return graph, [f"sector {code % 7}" for code in group]


def fresh(g: Graph) -> Graph:
    """The same graph without anything worked out."""
    return Graph(g.ids, g.directed, g.tails, g.heads, g.weights)


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the wall and of the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def reports() -> bool:
    """Full reports of three sizes; the median of some runs."""
    print(f"{'nodes':>7} {'arcs':>8} {'wall s':>8} {'cpu s':>8} {'goal s':>7} {'memory MB':>10}")
    good = True
    for n, arcs, runs in ((40, 400, 9), (300, 3_000, 9), (10_000, 100_000, 3)):
        g, groups = drawn(n, arcs)
        exact = n <= 3000
        measures.full(fresh(g), groups={"sector": groups}, exact_betweenness=exact) if n <= 300 else None
        times = [
            timed(lambda g=g, gr=groups, ex=exact: measures.full(fresh(g), groups={"sector": gr}, exact_betweenness=ex))
            for _ in range(runs)
        ]
        wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        good &= cpu < GOALS[n] and memory < MEMORY
        print(f"{n:>7} {g.m:>8} {wall:>8.3f} {cpu:>8.3f} {GOALS[n]:>7} {memory:>10}", flush=True)
    return good


def against_networkx(n: int = 10_000, arcs: int = 100_000) -> bool:
    """The metrics that both have, each on a graph that has nothing worked out yet (so ours makes its arrays anew).

    Left out: constraint and effective size, for which networkx wants scipy, which this project does not need.
    """
    import networkx as nx

    from kutomo.ground.graph import engine

    g, _ = drawn(n, arcs)
    other = nx.DiGraph()
    other.add_nodes_from(range(n))
    other.add_edges_from(zip(g.tails.tolist(), g.heads.tolist(), strict=True))
    union = other.to_undirected()

    some = np.random.default_rng(1).choice(n, SOME, replace=False).tolist()

    def far(graph: nx.Graph) -> float:
        lengths = (d for source in some for d in nx.single_source_shortest_path_length(graph, source).values() if d)
        return sum(1 / d for d in lengths)

    pairs: list[tuple[str, Callable[[Graph], object], Callable[[], object]]] = [
        ("density, reciprocity", lambda g: (measures.density(g), measures.reciprocity(g)),
         lambda: (nx.density(other), nx.overall_reciprocity(other))),
        ("degrees", lambda g: (measures.indegree(g), measures.outdegree(g), measures.degree(g)),
         lambda: (dict(other.in_degree), dict(other.out_degree), dict(union.degree))),
        ("components, weak and strong", lambda g: (measures.components(g), measures.components(g, strong=True)),
         lambda: (list(nx.weakly_connected_components(other)), list(nx.strongly_connected_components(other)))),
        ("clustering, local and whole", lambda g: (measures.mean_clustering(g), measures.transitivity(g)),
         lambda: (nx.clustering(union), nx.transitivity(union))),
        ("k-cores", measures.coreness, lambda: nx.core_number(union)),
        ("cut nodes and ties", lambda g: (measures.articulation(g), measures.bridges(g)),
         lambda: (list(nx.articulation_points(union)), list(nx.bridges(union)))),
        ("triad census", measures.triad_census, lambda: nx.triadic_census(other)),
        ("eigenvector", measures.eigenvector, lambda: nx.eigenvector_centrality(union, max_iter=1000)),
        (f"distances along the arcs, exact{FROM}", measures.steps, lambda: far(other)),
        (f"distances and closeness, union, exact{FROM}", lambda g: measures.closeness(g), lambda: far(union)),
        ("betweenness, 256 sources", lambda g: measures.betweenness(g, exact=False),
         lambda: nx.betweenness_centrality(other, k=256, seed=1)),
        ("communities (Leiden; Louvain)", lambda g: engine.communities(g.sym(), 1, 1),
         lambda: nx.community.louvain_communities(union, seed=1)),
    ]  # fmt: skip
    print(f"\n{n} nodes, {g.m} arcs; processor seconds\n{'':<46}{'ours':>9}{'networkx':>10}{'times':>8}")
    ours_sum = theirs_sum = 0.0
    for name, ours, theirs in pairs:
        mine = min(timed(lambda ours=ours: ours(fresh(g)))[1] for _ in range(3))
        other_time = timed(theirs)[1] * (n / SOME if name.endswith(FROM) else 1)
        ours_sum, theirs_sum = ours_sum + mine, theirs_sum + other_time
        print(f"{name:<46}{mine:>9.3f}{other_time:>10.3f}{other_time / max(mine, 1e-6):>8.0f}", flush=True)
    print(f"{'all together':<46}{ours_sum:>9.3f}{theirs_sum:>10.3f}{theirs_sum / ours_sum:>8.0f}  (goal {TIMES})")
    print(f"* networkx walked from {SOME} sources; its time is scaled to all {n}. Ours walked from all.")
    return theirs_sum / ours_sum >= TIMES


def main() -> None:
    good = reports()
    if "--reports" not in sys.argv:
        good &= against_networkx()
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
