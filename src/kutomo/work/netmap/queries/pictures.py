"""What a template needs to draw a scene: the drawing with its words and addresses, for one width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from kutomo.work.relations.rules.shape import Report

from ..rules import drawing, looks
from ..rules.scene import Scene
from . import words
from .doors import Door

# The yarns as plain colours for files, which know no style sheet: the light side of the cloth.
INK = {
    "sini": "#1f5480", "kuusi": "#2a6852", "sauramo": "#e0a32a", "matara": "#b5402b", "ink": "#48555d",
    "plain": "#ffffff",
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """A member in the picture: its dot, what a screen reader says, where it leads, whom the arrow keys reach."""

    dot: drawing.Dot
    words: str
    url: str
    near: str


@dataclass(frozen=True)
class Picture:
    """One drawing with its words. ``title`` says what it is, ``desc`` the finding."""

    drawn: drawing.Drawing
    nodes: list[Node]
    title: str
    desc: str
    row_words: str
    kind: str


def picture(reports: Sequence[Report], scene: Scene, box: drawing.Box, door: Door | None, kind: str) -> Picture:
    """``scene`` on paper; without a ``door`` (in a file) nothing is a link."""
    names = words.names_of(scene)
    drawn = drawing.draw(reports, scene.asked, scene, box)
    nodes = [
        Node(
            dot,
            words.dot_words(scene, dot.member, names[dot.member.seat]),
            door.url("map", scene.asked.but(pick=dot.member.seat)) if door else "",
            " ".join(str(seat) for _tie, seat, _name in words.partners(scene, dot.member.seat, names)),
        )
        for dot in drawn.dots
    ]
    return Picture(drawn, nodes, gettext("Network map"), finding(scene), row_words(scene), kind)


def finding(scene: Scene) -> str:
    """One sentence with what the picture shows."""
    members = len(scene.members)
    ties = ngettext("%(count)s tie", "%(count)s ties", len(scene.ties)) % {"count": len(scene.ties)}
    return ngettext(
        "%(count)s member and %(ties)s. The same stands in the list, the matrix and the sentences.",
        "%(count)s members and %(ties)s. The same stands in the list, the matrix and the sentences.",
        members,
    ) % {"count": members, "ties": ties}


def row_words(scene: Scene) -> str:
    """The heading of the row of members without ties."""
    more = len(scene.alone) - drawing.ROW_MOST
    if more > 0:
        return gettext("No ties drawn (%(count)s more in the list)") % {"count": more}
    return gettext("No ties drawn")


def legend(reports: Sequence[Report], scene: Scene, drawn: drawing.Drawing | None = None) -> dict[str, Any]:
    """What stands in the picture, and only that: lines, shapes, marks."""
    colour = scene.asked.colour
    known = looks.looks(reports, colour)
    used = drawn.legend if drawn else looks.used(scene.members, known, colour)
    kinds = {(tie.relation, tie.evidence) for tie in scene.ties}
    return {
        "lines": [
            (relation, evidence, words.RELATIONS[relation], words.EVIDENCE[evidence])
            for relation in ("works", "knows")
            for evidence in ("both", "one")
            if (relation, evidence) in kinds
        ],
        "shapes": [(look, words.group_words(look.code, colour), looks.outline(look.shape, 10, 10, 7)) for look in used],
        "levels": len({tie.level for tie in scene.ties}) > 1,
        "pairs": bool(scene.pairs),
        "path": bool(scene.path),
        "marked": bool(scene.marked),
        "centre": scene.centre if any(member.seat == scene.centre for member in scene.members) else 0,
        "rings": scene.asked.layout == "rings",
        "row": bool(scene.alone),
    }


def boxes(scene: Scene) -> tuple[drawing.Box, drawing.Box]:
    """The wide and the narrow paper; a smaller one for a neighbourhood of one step, in every wave the same."""
    if scene.asked.large:
        return drawing.WIDE_LARGE, drawing.NARROW_LARGE
    if scene.centre and scene.asked.step == 1:
        return drawing.WIDE_NEAR, drawing.NARROW_NEAR
    return drawing.WIDE, drawing.NARROW


def big(reports: Sequence[Report], scene: Scene) -> dict[str, Any]:
    """A scene for the browser's own drawing, in short columns: seats, names, places, groups; ends, relation, evidence.

    ``n``: seat, name, x, y, look number; ``e``: positions of the two ends in ``n``, relation (1 works), level,
    evidence (1 both), all in one row of numbers.
    """
    names = words.names_of(scene)
    colour = scene.asked.colour
    known = looks.looks(reports, colour)
    used = looks.used(scene.members, known, colour)
    number = {look: place for place, look in enumerate(used)}
    paper = drawing.Box(1600, 1000, 10, 4)
    at = drawing.places(reports, scene.asked, scene, paper)
    at |= _rows(scene, at)
    place = {member.seat: spot for spot, member in enumerate(scene.members)}
    on_path = set(scene.path or ())
    edges: list[int] = []
    for tie in sorted(scene.ties, key=lambda tie: (tie.relation == "works", tie.evidence == "both", tie.level)):
        edges += [place[tie.a], place[tie.b], int(tie.relation == "works"), tie.level, int(tie.evidence == "both")]
    return {
        "seats": [member.seat for member in scene.members],
        "names": [names[member.seat] for member in scene.members],
        "x": [round(at[member.seat][0], 1) for member in scene.members],
        "y": [round(1000 - at[member.seat][1], 1) for member in scene.members],
        "look": [number[looks.look_of(member, known, colour)] for member in scene.members],
        "shapes": [look.shape for look in used],
        "tones": [look.tone for look in used],
        "groups": [words.group_words(look.code, colour) for look in used],
        "counted": gettext("confirmed ties: %(count)s") % {"count": "{n}"},
        "marked": [place[seat] for seat in (scene.marked | on_path) if seat in place],
        "path": [place[seat] for seat in scene.path or ()],
        "centre": place.get(scene.centre, -1),
        "pick": place.get(scene.asked.pick, -1),
        "edges": edges,
    }


def _rows(scene: Scene, at: dict[int, drawing.Point]) -> dict[int, drawing.Point]:
    """Members without ties in rows of a hundred under the rest."""
    lonely = [member.seat for member in scene.members if member.seat not in at]
    return {seat: (16.0 * (place % 100) + 8, 1030.0 + 24 * (place // 100)) for place, seat in enumerate(lonely)}
