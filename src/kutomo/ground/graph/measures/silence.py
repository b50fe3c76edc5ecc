"""Silent nodes: what may be said when some did not answer (their rows of ties are unknown, not zero)."""

from __future__ import annotations

from collections.abc import Sequence

from ..arrays import np
from ..shape import Graph
from .ties import density, outdegree, ratio, reciprocity


def busiest(g: Graph, share: float = 0.2) -> list[str]:
    """The ``share`` of nodes that name most, of equals the first by position: the worst that could be silent."""
    order = np.argsort(-outdegree(g), kind="stable")
    return [g.ids[node] for node in order[: int(g.n * share + 1e-9)]]


def silence(g: Graph, silent: Sequence[str]) -> dict[str, object]:
    """Estimates when the rows of ``silent`` are missing: naive, available-case, complete-case, reconstructed, bounds.

    Whatever ``g`` says in those rows is ignored. Reconstruction (Stork & Richards 1992) takes x_ji for x_ij; it needs
    a relation that both sides see, so never trust or plans. Bounds: all unknown 0, all unknown 1.
    """
    n = g.n
    quiet = np.zeros(n, bool)
    quiet[[g.place[node] for node in silent]] = True
    s, r = int(quiet.sum()), n - int(quiet.sum())
    tails, heads, _ = g.arcs
    told = ~quiet[tails]
    known = int(told.sum())
    answered = g.among(~quiet)
    unknown = s * (n - 1)
    cells = n * (n - 1) - s * (s - 1)
    rebuilt = known + int((told & quiet[heads]).sum())
    return {
        "masked_ids": list(silent),
        "nonrespondents": s,
        "response_rate": ratio(r, n),
        "dyads_two_reports": r * (r - 1) // 2,
        "dyads_one_report": r * s,
        "dyads_no_report": s * (s - 1) // 2,
        "density_available_case": ratio(known, r * (n - 1)),
        "density_naive": ratio(known, n * (n - 1)),
        "density_bounds": [ratio(known, n * (n - 1)), ratio(known + unknown, n * (n - 1))],
        "density_complete_case": density(answered),
        "recip_edge_respondents": reciprocity(answered)["recip_edge"],
        "recon_arcs": rebuilt,
        "recon_known_cells": cells,
        "recon_density": ratio(rebuilt, cells),
        "indegree_from_respondents": np.bincount(heads[told], minlength=n).tolist(),
    }
