"""What can be said of a graph in figures; each function's docstring names its definition and its source.

What is not defined is None (NaN in an array of nodes), never zero or infinity. ``_sym`` means the union: tied where
at least one side says so.
"""

from .cohesion import (
    articulation,
    bridges,
    component_sizes,
    components,
    coreness,
    eigenvector,
    isolates,
    krackhardt,
)
from .communities import Communities, beyond_chance, communities
from .core import Core, core_against_periphery, core_periphery
from .groups import brokerage, external_internal
from .holes import constraint, effective_size
from .introductions import Gain, gains, introductions
from .multiplex import Agreement, Likeness, agreement, likeness, multiplexity
from .paths import (
    betweenness,
    betweenness_centralization,
    closeness,
    closeness_centralization,
    distances,
    efficiency,
    fragmentation,
    path,
    reach_within,
    steps,
)
from .removal import Dependence, Phase, Removal, dependence, phase, removal
from .report import full, more_runs
from .silence import silence
from .ties import (
    centralization,
    degree,
    degree_centralization,
    density,
    dyad_census,
    indegree,
    local_clustering,
    mean_clustering,
    outdegree,
    reciprocity,
    transitivity,
    transitivity_weak,
    triad_census,
)

__all__ = [
    "Agreement",
    "Communities",
    "Core",
    "Dependence",
    "Gain",
    "Likeness",
    "Phase",
    "Removal",
    "agreement",
    "articulation",
    "betweenness",
    "betweenness_centralization",
    "beyond_chance",
    "bridges",
    "brokerage",
    "centralization",
    "closeness",
    "closeness_centralization",
    "communities",
    "component_sizes",
    "components",
    "constraint",
    "core_against_periphery",
    "core_periphery",
    "coreness",
    "degree",
    "degree_centralization",
    "density",
    "dependence",
    "distances",
    "dyad_census",
    "effective_size",
    "efficiency",
    "eigenvector",
    "external_internal",
    "fragmentation",
    "full",
    "gains",
    "indegree",
    "introductions",
    "isolates",
    "krackhardt",
    "likeness",
    "local_clustering",
    "mean_clustering",
    "more_runs",
    "multiplexity",
    "outdegree",
    "path",
    "phase",
    "reach_within",
    "reciprocity",
    "removal",
    "silence",
    "steps",
    "transitivity",
    "transitivity_weak",
    "triad_census",
]  # fmt: skip
