"""The map in plain sentences: the first of its equals, and the one that everybody can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from kutomo.ground.graph import measures
from kutomo.work.relations.rules.shape import Report, ShownTie

from ..rules.asked import Asked
from ..rules.scene import TELLS_HOLDERS, Scene, before, graph, strongest
from . import words

LEAST = 5  # fewer ties say nothing about groups


@dataclass(frozen=True)
class Said:
    """One sentence, and where the rows behind its number stand: a view's name and the filter that shows them."""

    text: str
    view: str = ""
    asked: Asked | None = None


def sentences(reports: Sequence[Report], scene: Scene) -> list[Said]:
    """What the scene shows, in words: size, answer, ties, groups, bridges, sectors, change, what is not known."""
    names = words.names_of(scene)
    return [
        said
        for part in (
            _size(scene, names),
            answer(reports, scene),
            _ties(scene),
            _groups(scene, names),
            _bridges(scene, names),
            _sectors(scene),
            _change(reports, scene),
            _unknown(scene),
        )
        for said in part
    ]


def _size(scene: Scene, names: dict[int, str]) -> list[Said]:
    count = len(scene.members)
    shown = ngettext("%(count)s member is shown.", "%(count)s members are shown.", count) % {"count": count}
    return [
        Said(words.wave_words(scene)),
        Said(gettext("Shown: %(filter)s.") % {"filter": ", ".join(words.filter_words(scene, names))}),
        Said(shown, "members", scene.asked),
    ]


def _ties(scene: Scene) -> list[Said]:
    count = len(scene.ties)
    if not count:
        return [Said(gettext("No ties are drawn under this filter."))]
    both = sum(tie.evidence == "both" for tie in scene.ties)
    work = sum(tie.relation == "works" for tie in scene.ties)
    found = [
        Said(
            ngettext("%(count)s pair is tied.", "%(count)s pairs are tied.", count) % {"count": count},
            "matrix",
            scene.asked,
        )
    ]
    if not scene.asked.evidence:
        found.append(
            Said(
                ngettext(
                    "In %(count)s pair both sides say so.", "In %(count)s pairs both sides say so.", both
                ) % {"count": both},
                "members",
                scene.asked.but(evidence="both"),
            )
        )  # fmt: skip
        if count > both:
            found.append(
                Said(
                    ngettext(
                        "In %(count)s pair one side says so and the other has not answered.",
                        "In %(count)s pairs one side says so and the other has not answered.",
                        count - both,
                    )
                    % {"count": count - both},
                    "members",
                    scene.asked.but(evidence="one"),
                )
            )
    if not scene.asked.relation:
        found.append(
            Said(
                ngettext("%(count)s pair works together.", "%(count)s pairs work together.", work) % {"count": work},
                "members",
                scene.asked.but(relation="works"),
            )
        )
    return found


def _groups(scene: Scene, names: dict[int, str]) -> list[Said]:
    groups, alone = scene.groups, [names[member.seat] for member in scene.alone]
    found = []
    if len(groups) == 1 and not alone:
        found.append(Said(gettext("Everybody shown reaches everybody else along the ties.")))
    elif len(groups) == 1:
        found.append(
            Said(
                gettext("%(count)s members hang together.") % {"count": len(groups[0])},
            )
        )
    elif groups:
        found.append(
            Said(
                gettext("The ties form %(count)s groups with no tie between them; the largest has %(largest)s members.")
                % {"count": len(groups), "largest": len(groups[0])}
            )
        )
    if alone:
        found.append(
            Said(
                gettext("No tie is drawn for: %(names)s.") % {"names": words.listed(alone)},
                "members",
                scene.asked.but(question="new"),
            )
        )
    return found


def _bridges(scene: Scene, names: dict[int, str]) -> list[Said]:
    """Ties whose loss would part groups of at least two; told of ties, not of members, when enough have answered."""
    if scene.report.gate not in TELLS_HOLDERS or scene.centre or not scene.ties:
        return []
    drawn = graph((member.seat for member in scene.members), scene.ties)
    apart = []
    for a, b in measures.bridges(drawn):
        one, other = int(a), int(b)
        if len(scene.near[one]) > 1 and len(scene.near[other]) > 1:
            apart.append(gettext("%(a)s and %(b)s") % {"a": names[one], "b": names[other]})
    if not apart:
        return []
    return [
        Said(
            ngettext(
                "One tie alone holds two parts together: %(ties)s.",
                "%(count)s ties each hold two parts together alone: %(ties)s.",
                len(apart),
            )
            % {"count": len(apart), "ties": "; ".join(apart[:8])}
        )
    ]


def _sectors(scene: Scene) -> list[Said]:
    """How many ties cross from sector to sector, beside what sizes alone would give (Krackhardt & Stern 1988)."""
    sizes = Counter(member.sector for member in scene.members if member.sector)
    sector = {member.seat: member.sector for member in scene.members}
    ties = [tie for tie in scene.ties if sector[tie.a] and sector[tie.b]]
    if len(sizes) < 2 or len(ties) < LEAST or scene.asked.sector:
        return []
    across = sum(sector[tie.a] != sector[tie.b] for tie in ties)
    n = sum(sizes.values())
    inside = sum(size * (size - 1) // 2 for size in sizes.values())
    expected = round(len(ties) * (1 - inside / (n * (n - 1) / 2)))
    return [
        Said(
            gettext(
                "%(across)s of %(count)s ties cross from one sector to another. By the sizes of the sectors alone "
                "it would be about %(expected)s."
            )
            % {"across": across, "count": len(ties), "expected": expected}
        )
    ]


def _pairs(report: Report, scene: Scene) -> set[tuple[int, int]]:
    asked = scene.asked
    return {(tie.a, tie.b) for tie in strongest(report.ties, asked.relation, asked.evidence)}


def _change(reports: Sequence[Report], scene: Scene) -> list[Said]:
    """Ties between members of both waves that have come, gone and stayed on the map."""
    earlier = before(reports, scene.report)
    if earlier is None:
        return []
    both = {member.seat for member in earlier.members} & {member.seat for member in scene.members}
    now = {pair for pair in ((tie.a, tie.b) for tie in scene.ties) if set(pair) <= both}
    then = {pair for pair in _pairs(earlier, scene) if set(pair) <= both}
    if scene.centre or scene.asked.question or scene.path is not None:
        return []
    return [
        Said(
            gettext(
                "Since wave %(number)s, among the %(members)s members of both: %(new)s ties have come onto the map, "
                "%(gone)s are no longer on it, %(stayed)s have stayed."
            )
            % {
                "number": earlier.number,
                "members": len(both),
                "new": len(now - then),
                "gone": len(then - now),
                "stayed": len(now & then),
            },
            "map",
            scene.asked.but(wave=earlier.number),
        )
    ]


def _unknown(scene: Scene) -> list[Said]:
    report = scene.report
    silent = report.n - report.answered
    found = []
    if silent > 0:
        found.append(
            Said(
                ngettext(
                    "%(count)s has not answered, so ties of that member may be missing.",
                    "%(count)s have not answered, so ties of those members may be missing.",
                    silent,
                )
                % {"count": silent}
            )
        )
    off = report.n - len(report.members)
    if off > 0:
        found.append(
            Said(
                ngettext(
                    "%(count)s of those asked is not on the map.", "%(count)s of those asked are not on the map.", off
                )
                % {"count": off}
            )
        )
    found.append(Said(gettext("Where two answers contradict each other, no tie is drawn.")))
    return found


def answer(reports: Sequence[Report], scene: Scene) -> list[Said]:
    """What the question comes to, in a sentence or two; empty without a question."""
    names = words.names_of(scene)
    match scene.asked.question:
        case "new":
            return _answer_new(reports, scene, names)
        case "name":
            return _answer_name(scene, names)
        case "works":
            count = len(scene.ties)
            return [
                Said(
                    ngettext(
                        "%(count)s pair works together, and both sides say so.",
                        "%(count)s pairs work together, and both sides say so.",
                        count,
                    )
                    % {"count": count}
                )
            ]
        case "without":
            return _answer_without(scene, names)
        case "introduce":
            return _answer_introduce(scene, names)
    return []


def _answer_new(reports: Sequence[Report], scene: Scene, names: dict[int, str]) -> list[Said]:
    new = [names[member.seat] for member in scene.members if member.seat in scene.newcomers]
    alone = [names[member.seat] for member in scene.alone]
    found = []
    if before(reports, scene.report) is None:
        found.append(Said(gettext("This is the first wave, so nobody is newer than the others.")))
    elif new:
        found.append(Said(gettext("New since the wave before: %(names)s.") % {"names": words.listed(new)}))
    else:
        found.append(Said(gettext("Nobody is new since the wave before.")))
    if alone:
        found.append(Said(gettext("No tie is drawn for: %(names)s.") % {"names": words.listed(alone)}))
        found.append(
            Said(gettext("That may be because somebody has not answered. It says nothing about what they do."))
        )
    else:
        found.append(Said(gettext("Everybody shown has at least one tie.")))
    return found


def _answer_name(scene: Scene, names: dict[int, str]) -> list[Said]:
    if not scene.centre:
        count = len(scene.ties)
        return [
            Said(
                ngettext(
                    "%(count)s pair knows each other but has not worked together.",
                    "%(count)s pairs know each other but have not worked together.",
                    count,
                )
                % {"count": count}
            )
        ]
    known = sorted(names[seat] for seat in scene.marked)
    if not known:
        return [
            Said(
                gettext("%(name)s has worked with everybody with whom a tie is drawn.") % {"name": names[scene.centre]}
            )
        ]
    return [
        Said(
            gettext("%(name)s knows these, and no work together is told of: %(names)s.")
            % {"name": names[scene.centre], "names": words.listed(known)}
        )
    ]


def _answer_without(scene: Scene, names: dict[int, str]) -> list[Said]:
    found = scene.without
    if found is None:
        return [Said(_why(scene))]
    said = [
        Said(
            gettext(
                "Without you %(after)s of %(others)s members still reach each other along confirmed work; "
                "with you it is %(before)s."
            )
            % {"after": found.largest_after, "others": found.others, "before": found.largest_before}
        )
    ]
    if found.pairs_cut:
        said.append(
            Said(
                ngettext(
                    "%(count)s pair of others loses its only path.",
                    "%(count)s pairs of others lose their only path.",
                    found.pairs_cut,
                )
                % {"count": found.pairs_cut}
            )
        )
    if found.only:
        only = sorted(names[seat] for seat in found.only)
        said.append(Said(gettext("Work only with you: %(names)s.") % {"names": words.listed(only)}))
    if not found.pairs_cut and not found.only:
        said.append(Said(gettext("Nothing comes apart: the others hold together without you.")))
    return said


def _answer_introduce(scene: Scene, names: dict[int, str]) -> list[Said]:
    if scene.why:
        return [Said(_why(scene))]
    if not scene.pairs:
        return [Said(gettext("Everybody who is tied to you is tied to each other, or has not answered."))]
    found = [
        Said(gettext("You know both, and no tie between them is drawn. A natural introduction would be:")),
    ]
    found += [
        Said(gettext("%(a)s and %(b)s") % {"a": names[pair.a], "b": names[pair.b]}, "path",
             scene.asked.but(question="", around="all", start=pair.a, end=pair.b))
        for pair in scene.pairs
    ]  # fmt: skip
    return found


def _why(scene: Scene) -> str:
    if scene.why == "gate":
        return gettext("Fewer than four of five have answered. What hangs on one member cannot be told from that.")
    return gettext("This question is about your own place, and you have no seat on this map.")


def tie_sentences(scene: Scene, most: int = 0) -> list[str]:
    """Every shown tie as a sentence, the strongest joint work first; ``most`` 0 means all."""
    names = words.names_of(scene)

    def order(tie: ShownTie) -> tuple[bool, bool, int, str, str]:
        return tie.relation != "works", tie.evidence != "both", -tie.level, names[tie.a], names[tie.b]

    ties = sorted(scene.ties, key=order)
    return [words.tie_words(tie, names) for tie in (ties[:most] if most else ties)]


def path_sentences(scene: Scene) -> list[str]:
    """The steps between two members, one sentence each; empty when there is no path."""
    names = words.names_of(scene)
    return [words.tie_words(tie, names) for tie in scene.path_ties()]
