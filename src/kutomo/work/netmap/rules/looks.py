"""What shape and yarn stand for which sector or region: never colour alone, the same in all views and waves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kutomo.work.relations.rules.shape import Member, Report

# Shape and yarn together, so that each is told apart without the other.
LOOKS = (
    ("circle", "sini"), ("square", "kuusi"), ("diamond", "sauramo"), ("triangle", "matara"), ("hexagon", "ink"),
    ("star", "sini"), ("drop", "kuusi"), ("cross", "matara"),
)  # fmt: skip
REST = ("ring", "plain")  # all further groups together, and members whose group is not known
SECTORS = ("association", "public", "parish", "foundation", "company", "school", "group")


@dataclass(frozen=True)
class Look:
    """How members of the group ``code`` are drawn; the code "" stands for all the rest."""

    code: str
    shape: str
    tone: str


def looks(reports: Sequence[Report], colour: str) -> dict[str, Look]:
    """A look for each sector (in a fixed order) or region (the largest first) of all waves together."""
    everyone = {member.seat: member for report in reports for member in report.members}
    counts = Counter(code_of(member, colour) for member in everyone.values())
    counts.pop("", None)
    if colour == "sector":
        known = [code for code in SECTORS if code in counts]
        ordered = known + sorted(set(counts) - set(known))
    else:
        ordered = sorted(counts, key=lambda code: (-counts[code], code))
    return {code: Look(code, *look) for code, look in zip(ordered, LOOKS, strict=False)}


def code_of(member: Member, colour: str) -> str:
    """The group by which a member is drawn."""
    return member.sector if colour == "sector" else member.region


def look_of(member: Member, known: dict[str, Look], colour: str) -> Look:
    """How one member is drawn."""
    return known.get(code_of(member, colour), Look("", *REST))


def used(members: Iterable[Member], known: dict[str, Look], colour: str) -> list[Look]:
    """The looks that a picture of ``members`` needs, for its legend."""
    found = {look_of(member, known, colour) for member in members}
    return sorted(found, key=lambda look: (look.code == "", list(known).index(look.code) if look.code in known else 0))


def outline(shape: str, x: float, y: float, r: float) -> str:
    """The path of a shape of about the area of a circle of radius ``r``."""
    if shape in ("circle", "ring"):
        return f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0z"
    points = [(x + r * dx, y + r * dy) for dx, dy in POINTS[shape]]
    return "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in points) + "z"


POINTS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.27), (1.27, 0), (0, 1.27), (-1.27, 0)),
    "triangle": ((0, -1.25), (1.2, 0.85), (-1.2, 0.85)),
    "hexagon": ((-1.1, 0), (-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95)),
    "star": (
        (0, -1.35), (0.38, -0.45), (1.3, -0.4), (0.6, 0.2), (0.82, 1.1), (0, 0.62), (-0.82, 1.1), (-0.6, 0.2),
        (-1.3, -0.4), (-0.38, -0.45),
    ),
    "drop": ((-1.2, -0.85), (1.2, -0.85), (0, 1.25)),
    "cross": (
        (-0.42, -1.15), (0.42, -1.15), (0.42, -0.42), (1.15, -0.42), (1.15, 0.42), (0.42, 0.42), (0.42, 1.15),
        (-0.42, 1.15), (-0.42, 0.42), (-1.15, 0.42), (-1.15, -0.42), (-0.42, -0.42),
    ),
}  # fmt: skip
