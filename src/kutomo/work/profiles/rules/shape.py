"""The shape of a form profile, as plain figures for an SVG template: seven rays from the middle."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from .form import HIGHEST, READINGS

SIDE, MIDDLE, REACH = 520, 260, 168


@dataclass(frozen=True)
class Ray:
    """One reading: its end, and where its name stands."""

    code: str
    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str


def _at(place: int, share: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / len(READINGS) - math.pi / 2
    return round(MIDDLE + REACH * share * math.cos(angle), 1), round(MIDDLE + REACH * share * math.sin(angle), 1)


def rays() -> list[Ray]:
    """The seven rays with the places of their names."""
    found = []
    for place, code in enumerate(READINGS):
        x, y = _at(place, 1)
        label_x, label_y = _at(place, 1.14)
        anchor = "middle" if abs(label_x - MIDDLE) < 30 else "start" if label_x > MIDDLE else "end"
        # As text: a template would write 23.5 with a comma in Finnish.
        found.append(Ray(code, f"{x}", f"{y}", f"{label_x}", f"{label_y + 6:.1f}", anchor))
    return found


def rings() -> list[str]:
    """The four steps as closed shapes."""
    return [_closed([_at(place, step / HIGHEST) for place in range(len(READINGS))]) for step in range(1, HIGHEST + 1)]


def outline(readings: Mapping[str, float]) -> str:
    """The closed shape of a vector; a reading of nought still lies a little off the middle, to be seen."""
    return _closed([_at(n, max(readings[code], 0.12) / HIGHEST) for n, code in enumerate(READINGS)])


def _closed(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"
