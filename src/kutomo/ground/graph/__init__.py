"""Graphs: who is tied to whom, what follows from it, and the files in which people keep such lists.

``Graph`` holds ties in numpy arrays; ``measures`` counts, ``layouts`` places, ``formats`` reads and writes.
It knows no word of our field, loads no Django, keeps nothing and asks nobody. Only ``engine`` imports igraph
(docs/adr/0015-graph-engine.md), so that it can be exchanged.
"""

from .shape import Graph, UnknownNode

__all__ = ["Graph", "UnknownNode"]
