"""The analysis in words, for the one who sits at the terminal."""

from __future__ import annotations

from typing import Any

from .plain import gettext as _, language

PHASES = {
    "scattered": _("scattered"),
    "hub-and-spoke": _("hub and spokes"),
    "multi-hub": _("several hubs"),
    "core/periphery": _("core and periphery"),
}


def _figure(value: Any, digits: int = 2) -> str:
    """A figure in the terminal's language; a dash for what is not defined."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return str(value)
    text = f"{value:.{digits}f}"
    return text if language() == "en" else text.replace(".", ",")


def _percent(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{100 * value:.0f}%" if language() == "en" else f"{100 * value:.0f}\u00a0%"


def summary(name: str, part: dict[str, Any]) -> str:
    """A heading and a line for each thing that can be said; what is not defined is said to be."""
    graph = part["graph"]
    title = _("All ties") if name == "all" else name
    lines = [title, "=" * len(title), *_size(graph), *_whole(graph), *_hubs(part), *_divided(part)]
    lines += _groups(graph) + _removed(part) + _introductions(part)
    return "\n".join(lines)


def _size(graph: dict[str, Any]) -> list[str]:
    lines = [
        _("Nodes %(n)s, ties %(m)s, density %(density)s.")
        % {"n": graph["n"], "m": graph["m"], "density": _figure(graph["density"], 3)}
    ]
    left = graph["self_ties_left_out"], graph["repeated_ties_left_out"]
    if any(left):
        lines.append(
            _("Left out: %(selves)s ties to oneself, %(repeated)s repeated ties.")
            % {"selves": left[0], "repeated": left[1]}
        )
    if "recip_edge" in graph:
        lines.append(
            _("Answered ties: %(share)s of all.") % {"share": _percent(graph["recip_edge"])}
            if graph["recip_edge"] is not None
            else _("Whether ties are answered cannot be said: there are none.")
        )
    return lines


def _whole(graph: dict[str, Any]) -> list[str]:
    sizes = graph["comp_sizes_weak"]
    lines = [
        _("Components: %(count)s; the largest has %(largest)s nodes. Without any tie: %(isolates)s.")
        % {"count": graph["components_weak"], "largest": sizes[0] if sizes else 0, "isolates": graph["isolates"]},
        _("Pairs with a path between them: %(share)s; mean distance %(mean)s, efficiency %(efficiency)s.")
        % {
            "share": _percent(graph["reachable_share_sym"]),
            "mean": _figure(graph["apl_reachable_sym"]),
            "efficiency": _figure(graph["global_efficiency_sym"]),
        },
        _("Centralization: ties %(degree)s, paths %(between)s. Clustering %(clustering)s.")
        % {
            "degree": _figure(graph["centr_deg_sym"]),
            "between": _figure(graph["centr_betw_sym"]),
            "clustering": _figure(graph["transitivity_sym"]),
        },
    ]
    if graph.get("sampled_betweenness"):
        lines.append(
            _("Paths through nodes are estimated from %(count)s nodes, not counted from all.")
            % {"count": graph["sampled_betweenness"]}
        )
    shape = PHASES.get(graph["phase"])
    lines.append(_("Shape: %(shape)s.") % {"shape": shape} if shape else _("Shape: none that is clear."))
    return lines


def _hubs(part: dict[str, Any]) -> list[str]:
    node, order = part["node"], part["node_order"]

    def most(key: str) -> str:
        ranked = sorted(range(len(order)), key=lambda place: (-(node[key][place] or 0), place))[:5]
        return ", ".join(f"{order[place]} ({_figure(node[key][place], 1)})" for place in ranked if node[key][place])

    lines = []
    if ties := most("degree_sym"):
        lines.append(_("Most ties: %(nodes)s.") % {"nodes": ties})
    if paths := most("betw_sym"):
        lines.append(_("Most paths through them: %(nodes)s.") % {"nodes": paths})
    cut = [order[place - 1] for place in part["graph"]["articulation"]]
    if cut:
        more = " …" if len(cut) > 10 else ""
        lines.append(
            _("Each of these holds its part together alone: %(nodes)s.") % {"nodes": ", ".join(cut[:10]) + more}
        )
    return lines


def _divided(part: dict[str, Any]) -> list[str]:
    lines = []
    if part["community"]:
        lines.append(
            _("Communities: %(count)s, modularity %(quality)s.")
            % {
                "count": part["community"]["n_communities"],
                "quality": _figure(part["community"]["best_modularity_sym"]),
            }
        )
    core = part["core_periphery_discrete"]["or_pattern"]
    if core:
        lines.append(
            _("Core and periphery: correlation %(rho)s, %(count)s nodes in the core.")
            % {"rho": _figure(core["rho"]), "count": len(core["core"])}
        )
    return lines


def _groups(graph: dict[str, Any]) -> list[str]:
    return [
        _("%(group)s: E-I index %(index)s; from the groups' sizes alone it would be %(expected)s.")
        % {
            "group": name,
            "index": _figure(values["EI_sym"]),
            "expected": _figure(values["EI_expected_by_size"]),
        }
        for name, values in graph.get("ei", {}).items()
    ]


def _removed(part: dict[str, Any]) -> list[str]:
    found = part.get("removal", {})
    gone = found.get("lead_agency") or found.get("top_betweenness")
    if not gone or gone["largest_share"] is None:
        return []
    return [
        _(
            "Without %(node)s: the largest component has %(largest)s of the others, %(cut)s pairs lose their only "
            "path, %(longer)s get a longer one."
        )
        % {
            "node": gone["node"],
            "largest": _percent(gone["largest_share"]),
            "cut": gone["pairs_disconnected"],
            "longer": gone["pairs_lengthened"],
        }
    ]


def _introductions(part: dict[str, Any]) -> list[str]:
    best = part["introductions_best"]
    if best is None:
        return [_("Whom to introduce: the graph is too large for that.")]
    if not best:
        return []
    pairs = "; ".join(f"{one['a']} – {one['b']} (+{_figure(one['gain'], 4)})" for one in best[:5])
    return [_("Introductions that would bring all nearest to each other: %(pairs)s.") % {"pairs": pairs}]
