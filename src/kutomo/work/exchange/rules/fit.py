"""How well an offer fits a need, line by line, and rings in which everybody gets and gives.

Weights: the same area 40, shared words 20 (Jaccard), place 15, time 10, language 5, giving back 5, freshness 5.
No learning, no hidden weight: what is scored is what is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

AREA, WORDS, PLACE, TIME, LANGUAGE, BACK, FRESH = 40, 20, 15, 10, 5, 5, 5
GOOD = 45  # from here on a pair is shown: the area alone is not enough
FRESH_DAYS = 30
LONGEST_RING = 5
_WORD = re.compile(r"[^\W\d_]{4,}")
STEM = 6  # Finnish and Swedish endings fall away: "taitto" and "taittoa", "översättning" and "översättare"


@dataclass(frozen=True)
class Want:
    """A need or an offer as it is compared. ``owner``: whose it is; ``town``: code, "" unknown; ``where``: "remote",
    "onsite" or "either"; ``begins`` and ``ends``: when it is good, None for open ends."""

    pk: int
    owner: str
    area: str
    words: frozenset[str] = frozenset()
    where: str = "either"
    town: str = ""
    begins: date | None = None
    ends: date | None = None
    language: str = ""
    made_on: date | None = None
    gives_back: bool = False  # the offering side has received more than given: offering is its way to give on


@dataclass(frozen=True)
class Pair:
    """One need and one offer, how well they fit (0–100) and why: codes of the lines that scored, best first."""

    need: Want
    offer: Want
    score: int
    reasons: tuple[str, ...] = field(default=())


def words_of(text: str) -> frozenset[str]:
    """The beginnings of the words of ``text`` that say something, small letters."""
    return frozenset(word[:STEM] for word in _WORD.findall(text.casefold()))


def fit(need: Want, offer: Want, today: date) -> Pair | None:
    """How well ``offer`` fits ``need``; None when it cannot: the same owner, another place or another time."""
    if need.owner == offer.owner:
        return None
    lines = {
        "area": AREA if need.area == offer.area else 0,
        "words": round(WORDS * _jaccard(need.words, offer.words)),
        "place": _place(need, offer),
        "time": _time(need, offer),
        "language": LANGUAGE if need.language and need.language == offer.language else 0,
        "back": BACK if offer.gives_back else 0,
        "fresh": FRESH if _is_fresh(need, today) and _is_fresh(offer, today) else 0,
    }
    if lines["place"] < 0 or lines["time"] < 0:
        return None
    reasons = sorted((name for name, points in lines.items() if points), key=lambda name: (-lines[name], name))
    return Pair(need, offer, sum(lines.values()), tuple(reasons))


def _jaccard(one: frozenset[str], two: frozenset[str]) -> float:
    return len(one & two) / len(one | two) if one or two else 0.0


def _place(need: Want, offer: Want) -> int:
    """15 from afar or in the same town, 0 unknown, -1 when one must be there and the other cannot."""
    if "either" not in (need.where, offer.where) and need.where != offer.where:
        return -1
    if "remote" in (need.where, offer.where) and "onsite" not in (need.where, offer.where):
        return PLACE
    return PLACE if need.town and need.town == offer.town else 0


def _time(need: Want, offer: Want) -> int:
    """10 when the times meet and at least one is told, 0 unknown, -1 when they do not meet."""
    told = [day for day in (need.begins, need.ends, offer.begins, offer.ends) if day]
    begins = max((day for day in (need.begins, offer.begins) if day), default=date.min)
    ends = min((day for day in (need.ends, offer.ends) if day), default=date.max)
    if begins > ends:
        return -1
    return TIME if told else 0


def _is_fresh(want: Want, today: date) -> bool:
    return want.made_on is not None and (today - want.made_on).days <= FRESH_DAYS


def pairs(needs: Iterable[Want], offers: Iterable[Want], today: date, *, least: int = GOOD) -> list[Pair]:
    """All pairs of at least ``least`` points, best first. Offers are looked up by area: without it nothing is good."""
    shelves: dict[str, list[Want]] = defaultdict(list)
    for offer in offers:
        shelves[offer.area].append(offer)
    found = [
        pair
        for need in needs
        for offer in shelves[need.area]
        if (pair := fit(need, offer, today)) is not None and pair.score >= least
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.need.pk, pair.offer.pk))


def rings(gives: Mapping[str, Iterable[str]], longest: int = LONGEST_RING) -> list[tuple[str, ...]]:
    """Rings of 2 to ``longest`` owners in which each has what the next one needs; each ring once, shortest first.

    ``gives``: owner -> owners whose need one of its offers meets. A ring begins with its first name in order.
    """
    ways = {owner: sorted(set(whom) - {owner}) for owner, whom in gives.items()}
    found: list[tuple[str, ...]] = []
    for first in sorted(ways):
        _walk(first, (first,), ways, longest, found)
    return sorted(found, key=lambda ring: (len(ring), ring))


def _walk(
    first: str, path: tuple[str, ...], ways: Mapping[str, Sequence[str]], longest: int, found: list[tuple[str, ...]]
) -> None:
    for further in ways.get(path[-1], ()):
        if further == first and len(path) > 1:
            found.append(path)
        elif further > first and further not in path and len(path) < longest:
            _walk(first, (*path, further), ways, longest, found)
