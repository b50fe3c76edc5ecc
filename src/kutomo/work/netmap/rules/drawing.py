"""Where everything stands on the paper: places, curves and labels of a scene in a box of a given size.

The places are the report's, so that a wave looks like the one before it. They are only stretched to the box; a small
neighbourhood is also loosened a little, on the members of all waves together, so that it stands still through time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kutomo.ground.graph import layouts
from kutomo.ground.graph.arrays import Floats, np

from . import looks
from .asked import Asked
from .scene import Scene, graph, scene as seen

if TYPE_CHECKING:
    from kutomo.work.relations.rules.shape import Member, Report, ShownTie

SVG_MOST = 150  # members that are drawn as single elements; above it the browser draws
FILE_MOST = 3000  # members that a picture file may hold
SMALL, CROWD, DENSE = 30, 40, 120  # members loosened, labelled in full; ties drawn with a halo
Point = tuple[float, float]
LEGAL = (" ry", " r.y.", " rf", " r.f.", " sr", " oy", " oyj", " ab", " rekisteröity yhdistys")


@dataclass(frozen=True)
class Box:
    """The paper in drawing units: ``letters`` is the height of the labels, ``radius`` that of a member."""

    width: int
    height: int
    letters: float = 13
    radius: float = 11


WIDE, WIDE_LARGE = Box(820, 540), Box(820, 560, 20, 15)
WIDE_NEAR, NARROW_NEAR = Box(820, 450), Box(350, 380, 13, 13)
NARROW, NARROW_LARGE = Box(350, 460, 12, 10), Box(350, 460, 17, 15)


@dataclass(frozen=True)
class Dot:
    """One member on the paper. ``lines`` are the label's, empty when there is no room; ``hidden`` those of such a
    label, which show when the member is pointed at."""

    member: Member
    x: float
    y: float
    r: float
    look: looks.Look
    outline: str
    lines: tuple[tuple[str, float, float], ...]
    anchor: str
    has_room: bool
    is_centre: bool
    is_picked: bool
    is_marked: bool
    is_faint: bool


@dataclass(frozen=True)
class Line:
    """One tie on the paper."""

    tie: ShownTie
    d: str
    on_path: bool
    is_faint: bool


@dataclass(frozen=True)
class Drawing:
    """A scene on paper. ``row_y``: where the heading of those without ties stands, None when there are none;
    ``height``: of the paper with their rows."""

    box: Box
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    suggested: tuple[str, ...]
    rings: tuple[float, ...]
    row_y: float | None
    legend: list[looks.Look]

    ring_y: float
    height: float

    @property
    def is_dense(self) -> bool:
        """So many ties that they are drawn thin."""
        return len(self.lines) > DENSE

    @property
    def middle(self) -> Point:
        return self.box.width / 2, self.box.height / 2


def places(reports: Sequence[Report], asked: Asked, shown: Scene, box: Box) -> dict[int, Point]:
    """A place on the paper for every shown member that has ties; the row of the others stands under it."""
    if asked.layout == "rings":
        return _rings(reports, shown, box)
    waves = [shown]
    if len(shown.members) <= SVG_MOST:
        waves = [one for report in reports if (one := seen(reports, asked.but(wave=report.number), shown.mine))]
    # All waves that the filter can show share one sheet, so nobody moves from wave to wave.
    seats = sorted({seat for one in waves for seat in one.near} | ({shown.centre} - {0}) | set(shown.near))
    if not seats:
        return {}
    at = np.array([_position(reports, seat) for seat in seats])
    at = _fit(at, box)
    if len(seats) <= SMALL:
        at = _loosened(at, box)
    return {seat: (float(x), float(y)) for seat, (x, y) in zip(seats, at, strict=True)}


def _position(reports: Sequence[Report], seat: int) -> Point:
    for report in reversed(reports):
        if seat in report.positions:
            x, y = report.positions[seat]
            return float(x), float(y)
    return 0.5, 0.5


def _fit(at: Floats, box: Box) -> Floats:
    """Stretched over the box, with a margin for members and labels."""
    low, spread = at.min(axis=0), np.ptp(at, axis=0)
    side, top = box.radius * 2 + box.letters * 2.2, box.radius * 1.6
    room = np.array([box.width - 2 * side, box.height - top - box.radius - box.letters * 2.6])
    share = np.where(spread > 1e-9, (at - low) / np.where(spread > 1e-9, spread, 1), 0.5)
    if 2 < len(at) <= SVG_MOST:
        # Partly by rank, so that a few who stand far away do not press the others together.
        rank = at.argsort(axis=0, kind="stable").argsort(axis=0) / (len(at) - 1)
        share = np.where(spread > 1e-9, 0.5 * share + 0.5 * rank, share)
    return np.array([side, top]) + share * room


def _loosened(at: Floats, box: Box) -> Floats:
    """Pushed apart where two stand closer than a label needs; the same input gives the same picture."""
    least = min(7.5 * box.letters, 0.62 * math.sqrt(box.width * box.height / max(len(at), 1)))
    low = np.array([box.radius * 3, box.radius * 1.6])
    most = np.array([box.width - box.radius * 3, box.height - box.radius - box.letters * 2.4])
    at = at + np.column_stack([np.sin(np.arange(len(at)) * 2.4), np.cos(np.arange(len(at)) * 2.4)]) * 0.01
    for _ in range(80):
        apart = at[:, None, :] - at[None, :, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 1e-6)
        push = np.where((far < least) & ~np.eye(len(at), dtype=bool), (least - far) / far * 0.25, 0)
        at = np.clip(at + (apart * push[:, :, None]).sum(axis=1), low, most)
    return at


def _rings(reports: Sequence[Report], shown: Scene, box: Box) -> dict[int, Point]:
    seats = sorted(shown.near)
    if not seats:
        return {}
    strength = {str(seat): float(shown.confirmed(seat)) for seat in seats}
    start = {str(seat): _position(reports, seat) for seat in seats}
    at = layouts.rings(graph(seats, shown.ties), strength, start=start)
    side = _ring_side(box)
    middle = box.width / 2, (box.height - box.letters) / 2
    return {
        seat: (middle[0] + (x - 0.5) * side, middle[1] + (y - 0.5) * side)
        for seat, (x, y) in zip(seats, at, strict=True)
    }


def ring_radii(shown: Scene, box: Box) -> tuple[float, ...]:
    """The circles of the second layout: one for each number of confirmed ties that occurs, at most eight."""
    values = sorted({shown.confirmed(seat) for seat in shown.near}, reverse=True)
    side = _ring_side(box)
    spread = values[0] - values[-1] if values else 0
    found = [side * (0.06 + 0.4 * ((values[0] - value) / spread) if spread else 0.4) for value in values]
    return tuple(round(radius, 1) for radius in found[:8])


def _ring_side(box: Box) -> float:
    return min(box.width - 4 * box.radius, box.height - box.radius * 2 - box.letters * 2)


ROW_MOST = 60  # single members drawn in the row; the list names all


def _row_shape(shown: Scene, box: Box) -> tuple[int, int]:
    count = min(len(shown.alone), ROW_MOST)
    per_row = max(1, int(box.width / (box.letters * (8.5 if count <= 16 else 4.2))))
    return per_row, math.ceil(count / per_row)


def _row(shown: Scene, box: Box, at: dict[int, Point]) -> tuple[float | None, float]:
    """Puts members without ties in rows under the others; gives the line of their heading and the paper's height."""
    top = float(box.height) if at else 0.0
    lonely = [member.seat for member in shown.alone if member.seat not in at][:ROW_MOST]
    if not lonely:
        return None, float(box.height)
    per_row, rows = _row_shape(shown, box)
    step = 2 * box.radius + box.letters * 2.6
    for place, seat in enumerate(lonely):
        row, column = divmod(place, per_row)
        wide = min(per_row, len(lonely) - row * per_row)
        x = box.width * (column + 0.5) / (wide if wide > 3 else per_row)
        at[seat] = x, top + box.letters * 2.1 + box.radius + row * step
    return top + box.letters * 1.2, math.ceil(top + box.letters * 2.1 + rows * step)


def draw(reports: Sequence[Report], asked: Asked, shown: Scene, box: Box) -> Drawing:
    """``shown`` on a paper of the size ``box``."""
    at = places(reports, asked, shown, box)
    lonely = {member.seat for member in shown.alone if member.seat not in at}
    row_y, height = _row(shown, box, at)
    known = looks.looks(reports, asked.colour)
    members = [member for member in shown.members if member.seat in at]
    path = shown.path or ()
    faint = bool(shown.marked or path)
    on_path = {(min(a, b), max(a, b)) for a, b in pairwise(path)}
    lines = tuple(
        Line(
            tie,
            curve(at[tie.a], at[tie.b]),
            (tie.a, tie.b) in on_path,
            faint
            and (tie.a, tie.b) not in on_path
            and (bool(path) or not ({tie.a, tie.b} & (shown.marked | {shown.centre}))),
        )
        for tie in sorted(shown.ties, key=lambda tie: (tie.relation == "works", tie.level, tie.a, tie.b))
    )
    labels = _Labels(box, height, asked.nameless, dict(at), len(members) <= CROWD)
    dots = []
    for member in sorted(members, key=lambda member: _weight(shown, asked, member)):
        x, y = at[member.seat]
        strong = member.seat in (shown.centre, asked.pick) or member.seat in path
        r = box.radius * (1.25 if strong else 1) * (0.8 if len(members) > CROWD else 1)
        if len(members) > SVG_MOST:
            r = max(2.5, r * math.sqrt(SVG_MOST / len(members)))
        look = looks.look_of(member, known, asked.colour)
        must = strong or (member.seat in shown.marked and len(shown.marked) <= CROWD)
        lines_, anchor, has_room = labels.put(member, x, y, r, must, only_below=member.seat in lonely)
        dots.append(
            Dot(
                member, round(x, 1), round(y, 1), round(r, 1), look, looks.outline(look.shape, x, y, r),
                lines_, anchor, has_room, member.seat == shown.centre, member.seat == asked.pick,
                member.seat in shown.marked or member.seat in path,
                faint and not strong and member.seat not in shown.marked,
            )
        )  # fmt: skip
    dots.sort(key=lambda dot: shown.members.index(dot.member) if len(members) <= SVG_MOST else 0)
    suggested = tuple(curve(at[pair.a], at[pair.b]) for pair in shown.pairs if pair.a in at and pair.b in at)
    rings = ring_radii(shown, box) if asked.layout == "rings" else ()
    legend = looks.used(members, known, asked.colour)
    return Drawing(box, tuple(dots), lines, suggested, rings, row_y, legend, (box.height - box.letters) / 2, height)


def _weight(shown: Scene, asked: Asked, member: Member) -> tuple[int, str]:
    """Whose label finds room first: those whom the page is about, then by name."""
    if member.seat in (shown.centre, asked.pick) or member.seat in (shown.path or ()):
        return 0, member.name
    return (1 if member.seat in shown.marked else 2), member.name


def curve(a: Point, b: Point) -> str:
    """A slightly bent line, as a thread lies."""
    (x1, y1), (x2, y2) = a, b
    dx, dy = x2 - x1, y2 - y1
    bend = 0.09 if x1 <= x2 else -0.09
    mx, my = (x1 + x2) / 2 - dy * bend, (y1 + y2) / 2 + dx * bend
    return f"M{x1:.1f} {y1:.1f}Q{mx:.1f} {my:.1f} {x2:.1f} {y2:.1f}"


def short(name: str) -> str:
    """A name for the picture: without the legal form. The list and the card have it whole."""
    for ending in LEGAL:
        if name.lower().endswith(ending) and len(name) > len(ending) + 2:
            name = name[: -len(ending)]
    return name


def wrapped(name: str, most: int = 17) -> tuple[str, ...]:
    """At most two lines of about ``most`` letters; what is longer ends in an ellipsis."""
    words, lines = name.split(), [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 2:
        lines = [lines[0], lines[1] + "…"]
    return tuple(line if len(line) <= most + 8 else line[: most + 6] + "…" for line in lines)


class _Labels:
    """Finds room for labels one after the other: under the member, over it, beside it."""

    def __init__(self, box: Box, height: float, nameless: bool, at: dict[int, Point], crowd_is_small: bool):
        self.box, self.height, self.nameless, self.crowd_is_small = box, height, nameless, crowd_is_small
        self.members = np.array(list(at.values())) if at else np.zeros((0, 2))
        self.taken: list[tuple[float, float, float, float]] = []

    def put(
        self, member: Member, x: float, y: float, r: float, must: bool, only_below: bool
    ) -> tuple[tuple[tuple[str, float, float], ...], str, bool]:
        """The label's lines with their places, the anchor, and whether it may stand there all the time."""
        if self.nameless:
            return (), "middle", False
        size = self.box.letters
        lines = wrapped(short(member.name))
        wide, high = max(len(line) for line in lines) * size * 0.53, len(lines) * size * 1.15
        tries = []
        for anchor, left, top in (
            ("middle", x - wide / 2, y + r + 3),
            ("middle", x - wide / 2, y - r - 3 - high),
            ("start", x + r + 4, y - high / 2),
            ("end", x - r - 4 - wide, y - high / 2),
        ):
            shift = 0.0
            if anchor == "middle":
                shift = max(0.0, 2 - left) - max(0.0, left + wide - self.box.width + 2)
            spot = (left + shift, top, left + shift + wide, top + high)
            tries.append((self._cost(spot, x, y), anchor, spot))
        cost, anchor, spot = tries[0] if only_below else min(tries, key=lambda found: found[0])
        has_room = must or cost < (30 if self.crowd_is_small else 0.5)
        if has_room:
            self.taken.append(spot)
        at_x = {"middle": (spot[0] + spot[2]) / 2, "start": spot[0], "end": spot[2]}[anchor]
        placed = tuple(
            (line, round(at_x, 1), round(spot[1] + size * (0.88 + 1.15 * number), 1))
            for number, line in enumerate(lines)
        )
        return placed, anchor, has_room

    def _cost(self, spot: tuple[float, float, float, float], x: float, y: float) -> float:
        left, top, right, bottom = spot
        cost = 40.0 * (left < 0 or right > self.box.width or top < 0 or bottom > self.height)
        for other in self.taken:
            wide, high = min(right, other[2]) - max(left, other[0]), min(bottom, other[3]) - max(top, other[1])
            if wide > 0 and high > 0:
                cost += 3 + wide * high / 20
        if len(self.members):
            r = self.box.radius
            inside = (
                (self.members[:, 0] > left - r) & (self.members[:, 0] < right + r)
                & (self.members[:, 1] > top - r) & (self.members[:, 1] < bottom + r)
            )  # fmt: skip
            own = (self.members[:, 0] == x) & (self.members[:, 1] == y)
            cost += 8.0 * float((inside & ~own).sum())
        return cost
