"""How roughly a confidential answer may be told, so that nobody can be worked out from it. Pure.

Trust and commitment leave the analysis only as "so many of so many say yes", and this only as a band. Four rules:

- fewer than five seats that answered, or fewer than three organisations: nothing (methods A8 a, specs 2.5);
- fewer than fifteen: words, no counts and no means (A8 b); from fifteen bands of ten per cent (A8 c);
- every band is wider than what any one member knows from the own answers and the own figures (``margin``), so that
  the rest is never all yes or all no. If no division into bands is, nothing is told. The choice looks only at who
  works with whom, never at the answers that it protects: silence tells nothing either;
- what is counted is a yes that stands for two levels (mostly, fully) against a no that stands for at least two
  (reservations, too early, no answer): even four who join what they know cannot read a fifth one's level.

What else is shown (shares of all pairs, rates from step to step, change in words) is worked out from those bands
alone, so it tells no more than they do.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from .shape import Figure

FLOOR, ORGANISATIONS, SHARES_FROM = 5, 3, 15
TOO_FEW, NOTHING, FEW_CHANGED, WITHDRAWN, NOT_ASKED = (
    "too_few_raters",
    "nothing",
    "few_changed",
    "withdrawn",
    "not_asked",
)


@dataclass(frozen=True)
class Scale:
    """Where a share is cut into bands, and the word of each band ("" where its two ends are told)."""

    cuts: tuple[float, ...]
    words: tuple[str, ...]

    def starts(self, of: int) -> list[int]:
        """The smallest count of each band, and after them ``of`` + 1."""
        return [0, *(math.ceil(cut * of - 1e-9) for cut in self.cuts), of + 1]


TENTHS = Scale(tuple(number / 10 for number in range(1, 10)), ("",) * 10)
FIFTHS = Scale((0.2, 0.4, 0.6, 0.8), ("",) * 5)
WORDS = Scale((0.125, 0.375, 0.625, 0.875), ("few", "some", "half", "most", "nearly_all"))
THIRDS = Scale((1 / 3, 2 / 3), ("third_at_most", "about_half", "two_thirds_or_more"))
HALVES = Scale((0.5,), ("less_than_half", "half_or_more"))


def band_of(word: str) -> tuple[float, float]:
    """Between which shares a word stands; 0 and 0 for a word of no scale."""
    for found in (WORDS, THIRDS, HALVES):
        if word in found.words:
            ends, at = (0.0, *found.cuts, 1.0), found.words.index(word)
            return ends[at], ends[at + 1]
    return 0.0, 0.0


def scale(of: int, *, raters: int, margin: int, floor: int = FLOOR) -> Scale | None:
    """The finest scale on which every band holds at least ``margin`` + 2 different counts; None when none does.

    ``of``: how many yes there could be. ``raters``: seats whose answers are counted. ``margin``: the most of them
    that one member knows already.
    """
    if raters < floor or of < floor:
        return None
    finest = (TENTHS, FIFTHS) if raters >= SHARES_FROM else ()
    for found in (*finest, WORDS, THIRDS, HALVES):
        starts = found.starts(of)
        if all(after - start >= margin + 2 for start, after in pairwise(starts)):
            return found
    return None


def told(key: str, count: int, of: int, by: Scale | None) -> Figure:
    """``count`` of ``of`` as the figure that may be shown on the scale ``by``; None: nothing may be."""
    if not of:
        return Figure(key, why=NOTHING)
    if by is None:
        return Figure(key, n=of, of=of, why=TOO_FEW)
    starts = by.starts(of)
    band = max(number for number, start in enumerate(starts[:-1]) if start <= count)
    ends = (0.0, *by.cuts, 1.0)
    if by.words[band]:
        return Figure(key, n=of, of=of, word=by.words[band])
    return between(key, ends[band], ends[band + 1], n=of, of=of)


def between(key: str, low: float, high: float, *, n: int, of: int) -> Figure:
    """A figure that is known to lie between ``low`` and ``high``; its value is the middle."""
    low, high = round(max(0.0, low), 4), round(min(1.0, high), 4)
    return Figure(key, round((low + high) / 2, 4), n, of, low=low, high=high)


def scaled(key: str, figure: Figure, by: float, *, n: int, of: int) -> Figure:
    """``figure`` times ``by``, from its band alone. In words there is nothing to scale: the word is passed on."""
    if not figure.told or figure.low is None or figure.high is None:
        return Figure(key, n=n, of=of, why=figure.why, word=figure.word)
    return between(key, figure.low * by, figure.high * by, n=n, of=of)


def step(key: str, lower: Figure, upper: Figure, *, n: int) -> Figure:
    """The share of those on the lower rung who are on the upper one too, from the two bands over the same pairs."""
    if not lower.told or not upper.told:
        return Figure(key, n=n, of=n, why=lower.why or upper.why)
    if lower.low is None or lower.high is None or upper.low is None or upper.high is None:
        return Figure(key, n=n, of=n, why="in_words")
    if not lower.high:
        return Figure(key, n=n, of=n, why=NOTHING)
    high = upper.high / lower.low if lower.low else 1.0
    return between(key, upper.low / lower.high, min(1.0, high), n=n, of=n)


def moved(key: str, before: Figure | None, now: Figure) -> Figure:
    """Whether a band is higher, lower or the same as the one shown before: a word, from the two bands alone."""
    if before is None or not before.told or not now.told:
        return Figure(key, n=now.n, of=now.of, why=now.why or (before.why if before else "") or "first")
    if before.low is None or now.low is None or before.high is None or now.high is None:
        if not before.word or not now.word:
            return Figure(key, n=now.n, of=now.of, why="other_scale")
        order = next((s.words for s in (WORDS, THIRDS, HALVES) if {before.word, now.word} <= set(s.words)), ())
        if not order:
            return Figure(key, n=now.n, of=now.of, why="other_scale")
        change = order.index(now.word) - order.index(before.word)
    else:
        change = (now.low >= before.high) - (now.high <= before.low)
    return Figure(key, n=now.n, of=now.of, word="higher" if change > 0 else "lower" if change < 0 else "same")


@dataclass(frozen=True)
class Counting:
    """Whose answers may be counted now, given what was shown before. ``why`` is "" when they may be."""

    seats: frozenset[int]
    why: str = ""


def countable(now: frozenset[int], shown: list[frozenset[int]], floor: int = FLOOR) -> Counting:
    """Which seats' confidential answers are counted, so that no difference to what was ``shown`` before is small.

    ``shown``: for which seats such figures were published, the latest last (of the last wave, and of this one before
    somebody withdrew). Fewer than five who are new are left out until they are five; if fewer than five of those
    counted before are missing, nothing is told, since the difference would tell of them.
    """
    seats = now
    if shown and 0 < len(now - shown[-1]) < floor:
        seats = now & shown[-1]
    for before in shown:
        if 0 < len(before - seats) < floor or 0 < len(seats - before) < floor:
            return Counting(frozenset(), FEW_CHANGED)
    return Counting(seats)
