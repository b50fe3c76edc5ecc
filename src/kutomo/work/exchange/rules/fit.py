"""How well an offer fits a need, line by line, and rings in which everybody gets and gives.

Weights: the same area 40, shared words 20 (Jaccard), place 15, time 10, language 5, giving back 5, freshness 5.
No learning, no hidden weight: what is scored is what is told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

AREA, WORDS, PLACE, TIME, LANGUAGE, BACK, FRESH = 40, 20, 15, 10, 5, 5, 5
GOOD = 45  # from here on a pair is shown: the area alone is not enough
FRESH_DAYS = 30
LINES = ("area", "words", "place", "time", "language", "back", "fresh")
LONGEST_RING, MOST_RINGS, WAYS = 5, 5, 8
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
    """One need and one offer, how well they fit (0–100), and the points of each line in the order of LINES."""

    need: Want
    offer: Want
    score: int
    points: tuple[int, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """Codes of the lines that scored, best first."""
        scored = [(-points, line) for points, line in zip(self.points, LINES, strict=True) if points]
        return tuple(line for _points, line in sorted(scored))


def words_of(text: str) -> frozenset[str]:
    """The beginnings of the words of ``text`` that say something, small letters."""
    return frozenset(word[:STEM] for word in _WORD.findall(text.casefold()))


def fit(need: Want, offer: Want, today: date) -> Pair | None:
    """How well ``offer`` fits ``need``; None when it cannot: the same owner, another place or another time."""
    place, time = _place(need, offer), _time(need, offer)
    if place < 0 or time < 0 or need.owner == offer.owner:
        return None
    points = (
        AREA if need.area == offer.area else 0,
        _shared(need.words, offer.words),
        place,
        time,
        LANGUAGE if need.language and need.language == offer.language else 0,
        BACK if offer.gives_back else 0,
        FRESH if _is_fresh(need, today) and _is_fresh(offer, today) else 0,
    )
    return Pair(need, offer, sum(points), points)


def _shared(one: frozenset[str], two: frozenset[str]) -> int:
    """Up to 20 by the share of words that both have (Jaccard)."""
    both = len(one & two)
    return round(WORDS * both / (len(one) + len(two) - both)) if both else 0


def _place(need: Want, offer: Want) -> int:
    """15 from afar or in the same town, 0 unknown, -1 when one must be there and the other cannot."""
    if need.where != offer.where and need.where != "either" and offer.where != "either":
        return -1
    if need.where == "remote" or offer.where == "remote":
        return PLACE
    return PLACE if need.town and need.town == offer.town else 0


def _time(need: Want, offer: Want) -> int:
    """10 when the times meet and at least one is told, 0 unknown, -1 when they do not meet."""
    if (need.begins and offer.ends and need.begins > offer.ends) or (
        offer.begins and need.ends and offer.begins > need.ends
    ):
        return -1
    return TIME if need.begins or need.ends or offer.begins or offer.ends else 0


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


def rings(
    gives: Mapping[str, Iterable[str]], through: str, *, longest: int = LONGEST_RING, most: int = MOST_RINGS
) -> list[tuple[str, ...]]:
    """At most ``most`` rings of 2 to ``longest`` owners in which each has what the next one needs, shortest first.

    ``gives``: owner -> owners whose need one of its offers meets, best first; ``through``: with whom a ring begins.
    Only the first ``WAYS`` of each owner are followed: in a large network there are millions of rings.
    """
    ways = {owner: [one for one in whom if one != owner][:WAYS] for owner, whom in gives.items()}
    found: list[tuple[str, ...]] = []
    paths: list[tuple[str, ...]] = [(through,)]
    while paths and len(paths[0]) <= longest and len(found) < most:
        found += [path for path in paths if len(path) > 1 and through in ways.get(path[-1], ())]
        paths = [(*path, further) for path in paths for further in ways.get(path[-1], ()) if further not in path]
    return found[:most]
