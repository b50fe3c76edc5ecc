"""Positions for a picture of a graph. The same seed gives the same picture; an earlier picture can be gone on from.

All positions lie in the square from 0 to 1, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from . import engine
from .arrays import np
from .shape import Floats, Graph

Point = tuple[float, float]
ROW = 0.1  # the share of the height that the row of isolates takes


def force(g: Graph, seed: int = 1, start: Mapping[str, Point] | None = None) -> list[Point]:
    """Tied nodes near each other; components side by side, each in room for its size; isolates in a row below.

    ``start``: earlier positions by id. Nodes that have one keep it exactly, so that pictures of two times can be
    compared; a new node is put beside the neighbours that have one, or where there is room.
    """
    sym = g.sym()
    if start and any(node in start for node in g.ids):
        return _grown(sym, start, seed)
    places = np.zeros((sym.n, 2))
    near = np.diff(sym.out.starts)
    lonely = np.flatnonzero(near == 0)
    tied = np.flatnonzero(near > 0)
    if len(tied):
        number = engine.components(sym)
        sizes = np.bincount(number)
        groups = sorted({int(number[node]) for node in tied}, key=lambda code: (-sizes[code], code))
        boxes = _boxes([int(sizes[code]) for code in groups], 1.0, 1.0 - ROW if len(lonely) else 1.0)
        for code, box in zip(groups, boxes, strict=True):
            members = number == code
            places[members] = _fitted(_drawn(sym.among(members), seed), box)
    _row(places, lonely, alone=not len(tied))
    return _points(places)


def _drawn(part: Graph, seed: int) -> Floats:
    """One component by itself; turned so that its longer side lies flat."""
    drawn = engine.spring(part, seed, None, 500 if part.n <= 1000 else 100)
    drawn = drawn - drawn.mean(axis=0)
    _, _, turn = np.linalg.svd(drawn, full_matrices=False)
    return drawn @ turn.T if turn.shape == (2, 2) else drawn


def _boxes(sizes: Sequence[int], width: float, height: float) -> list[tuple[float, float, float, float]]:
    """A rectangle for each size, largest first: the room is halved by size again and again."""
    found: list[tuple[float, float, float, float]] = []

    def share(some: Sequence[int], x: float, y: float, w: float, h: float) -> None:
        if len(some) == 1:
            found.append((x, y, w, h))
            return
        total, at, taken = sum(some), 1, some[0]
        while at < len(some) - 1 and taken * 2 < total:
            taken += some[at]
            at += 1
        part = min(max(taken / total, 0.2), 0.8)
        if w >= h:
            share(some[:at], x, y, w * part, h)
            share(some[at:], x + w * part, y, w * (1 - part), h)
        else:
            share(some[:at], x, y, w, h * part)
            share(some[at:], x, y + h * part, w, h * (1 - part))

    share(sizes, 0.0, 0.0, width, height)
    return found


def _fitted(drawn: Floats, box: tuple[float, float, float, float]) -> Floats:
    """The drawing, scaled without distortion into the middle of the box, with a margin."""
    x, y, w, h = box
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    spread = np.maximum(high - low, 1e-9)
    scale = min(w * 0.84 / spread[0], h * 0.84 / spread[1])
    scale = min(scale, 0.84 * max(w, h) / max(float(spread.max()), 1e-9))
    return (drawn - (low + high) / 2) * scale + np.array([x + w / 2, y + h / 2])


def _row(places: Floats, lonely: np.ndarray, *, alone: bool) -> None:
    """Isolates in rows of at most forty, under the rest (or in the middle when there is nothing else)."""
    for count, node in enumerate(lonely):
        row, column = divmod(count, 40)
        rows = math.ceil(len(lonely) / 40)
        wide = min(len(lonely) - row * 40, 40)
        middle = 0.5 if alone else 1 - ROW / 2
        places[node] = ((column + 0.5) / max(wide, 1), middle + (row - (rows - 1) / 2) * min(0.03, 0.08 / rows))


def _grown(sym: Graph, start: Mapping[str, Point], seed: int) -> list[Point]:
    generator = np.random.default_rng(seed)
    placed = {place: start[node] for place, node in enumerate(sym.ids) if node in start}
    waiting = [place for place in range(sym.n) if place not in placed]
    while waiting:
        beside = [(place, _placed_beside(sym, place, placed)) for place in waiting]
        place, friends = max(beside, key=lambda pair: len(pair[1]))
        if friends:
            x, y = np.mean([placed[friend] for friend in friends], axis=0)
            middle = (float(x), float(y))
        else:
            middle = (0.5, 0.5)
        placed[place] = _free(middle, list(placed.values()), generator)
        waiting.remove(place)
    return [placed[place] for place in range(sym.n)]


def _placed_beside(sym: Graph, place: int, placed: Mapping[int, Point]) -> list[int]:
    near = sym.out.ends[sym.out.starts[place] : sym.out.starts[place + 1]].tolist()
    return [friend for friend in near if friend in placed]


def _free(middle: Point, taken: list[Point], generator: np.random.Generator) -> Point:
    """Of some places around ``middle`` the one farthest from what stands there."""
    others = np.array(taken)
    tries = np.clip(np.array(middle) + generator.normal(0, 0.06, (24, 2)), 0.02, 0.98)
    room = np.linalg.norm(tries[:, None, :] - others[None, :, :], axis=2).min(axis=1)
    x, y = tries[int(room.argmax())]
    return float(x), float(y)


def rings(
    g: Graph,
    strength: Sequence[float] | Mapping[str, float],
    seed: int = 1,
    start: Mapping[str, Point] | None = None,
) -> list[Point]:
    """The stronger, the nearer to the middle: distance from it says strength and nothing else (Brandes, Kenis &
    Wagner 2003). Equal strength, equal ring. Around the middle tied nodes stand near each other, or in the order that
    they have in the picture ``start``."""
    sym = g.sym()
    values = [strength[node] for node in sym.ids] if isinstance(strength, Mapping) else list(strength)
    if not values:
        return []
    most, least = max(values), min(values)
    spread = most - least
    drawn = np.array(force(sym, seed, start)) - 0.5
    angles = np.arctan2(drawn[:, 1], drawn[:, 0])
    order = np.lexsort((np.arange(sym.n), angles))
    even = np.empty(sym.n)
    even[order] = np.arange(sym.n) * 2 * math.pi / sym.n
    radius = np.array([0.06 + 0.4 * ((most - value) / spread) if spread else 0.4 for value in values])
    return _points(np.column_stack((0.5 + radius * np.cos(even), 0.5 + radius * np.sin(even))))


def _points(places: Floats) -> list[Point]:
    return [(round(float(x), 5), round(float(y), 5)) for x, y in places]
