"""Structural holes (Burt 1992): constraint and effective size."""

from __future__ import annotations

from .. import engine
from ..arrays import np
from ..shape import Floats, Graph
from .ties import closed, degree, kept, triangles


def constraint(g: Graph, weights: bool = False) -> Floats:
    """How much of each node's effort goes to neighbours who are tied to each other; NaN for isolates."""
    return engine.constraint(g, weights)


def effective_size(g: Graph) -> Floats:
    """Neighbours less their redundancy: the sum over neighbours j of 1 - sum over q of p_iq m_jq; NaN for isolates.

    s = a + a' (2 where both name each other), p_iq = s_iq / sum of i's s, m_jq = s_jq / largest of j's s. Only a q
    tied to both i and j counts, so the sums run over triangles.
    """
    near = degree(g).astype(float)
    redundant = np.zeros(g.n)
    total, largest = np.zeros(g.n), np.zeros(g.n)
    strengths = _strengths(g)
    sym = g.sym()
    for ends in (sym.tails, sym.heads):
        total += np.bincount(ends, strengths, g.n)
        np.maximum.at(largest, ends, strengths)
    corners = triangles(g)
    between = _between(g)
    for i, j, q in ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)):
        share = between[:, i, q] / total[corners[:, i]]
        weight = between[:, j, q] / largest[corners[:, j]]
        redundant += np.bincount(corners[:, i], share * weight, g.n)
    return np.where(near > 0, near - redundant, np.nan)


def _strengths(g: Graph) -> Floats:
    """s of each tie of the union: 2 where both name each other, else 1."""
    sym = g.sym()
    if not g.directed:
        return np.ones(sym.m)
    return g.has(sym.tails, sym.heads).astype(float) + g.has(sym.heads, sym.tails)


def _between(g: Graph) -> Floats:
    """s between the corners of each triangle."""

    def make() -> Floats:
        table = closed(g).astype(float)
        return table + table.transpose(0, 2, 1) if g.directed else table

    return kept(g, "between", make)
