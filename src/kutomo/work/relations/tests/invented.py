"""Answers of an invented network, in plain rows: for tests of the rules and for the measuring of their speed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kutomo.work.relations.rules.analysis import Given, Place
from kutomo.work.relations.rules.asking import TOO_EARLY, Facet

CLOSED = date(2026, 5, 4)


@dataclass(frozen=True)
class Said:
    """One respondent about one seat; as queries.raw.Row."""

    part: int
    seat: int
    about: int
    knows: int | None = None
    works: int | None = None
    trusts: int | None = None
    facet: int | None = None
    commits: int | None = None


def places(n: int, off_map: Iterable[int] = (), persons: Iterable[int] = ()) -> list[Place]:
    """Seats 1..n."""
    away, private = set(off_map), set(persons)
    return [Place(s, f"Seat {s}", "association", "01", s not in away, s in private) for s in range(1, n + 1)]


def given(n: int, rows: Iterable[Said], **facts: object) -> Given:
    """What the analysis stands on, for seats 1..n with one respondent each (part = seat) unless ``facts`` say so."""
    kept = list(rows)
    parts = {row.part: row.seat for row in kept}
    facets = {part: (Facet.OPENNESS, Facet.SHARED_AIM)[part % 2].value for part in parts}
    start = Given(1, 1, CLOSED, places(n), kept, parts, facets, leaders=(1,))
    return replace(start, **facts)  # type: ignore[arg-type]


def invented(n: int, seed: int = 1, density: float = 0.3, silent: Iterable[int] = ()) -> list[Said]:
    """A whole wave: whoever works together mostly says so on both sides; some skip, some find it too early."""
    dice = random.Random(seed)
    quiet = set(silent)
    near: Mapping[tuple[int, int], bool] = {
        (a, b): dice.random() < density for a in range(1, n + 1) for b in range(a + 1, n + 1)
    }
    rows = []
    for a in range(1, n + 1):
        for b in range(1, n + 1):
            if a == b or a in quiet:
                continue
            works = near[min(a, b), max(a, b)] != (dice.random() < 0.1)
            if not works:
                rows.append(Said(a, a, b, knows=dice.choice((0, 0, 1, 2)), works=None))
                rows[-1] = replace(rows[-1], works=0 if rows[-1].knows else None)
                continue
            trust = dice.choice((1, 2, 2, 3, 3, TOO_EARLY, None))
            rows.append(
                Said(a, a, b, dice.choice((1, 2, 3)), dice.choice((1, 2, 3)), trust, trust, dice.choice((0, 1, 2, 3)))
            )
    return rows


def full(cells: Mapping[tuple[int, int], tuple[int | None, int | None]], n: int) -> list[Said]:
    """A wave in which everybody works with everybody, and T and C are those of ``cells``."""
    return [
        Said(a, a, b, 2, 2, *(cells[a, b][0], cells[a, b][0], cells[a, b][1]))
        for a in range(1, n + 1)
        for b in range(1, n + 1)
        if a != b
    ]
