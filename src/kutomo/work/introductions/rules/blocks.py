"""The three building blocks in their order: knowing, trusting, committing. Never one number for them all. Pure.

Source: methods § 4 (building blocks strip; lights need data, else "not enough yet") and A6. The bounds are our own
(RWL and kept promises as in § 4; MK from "aim at 0.2-0.25, below 0.1 acquaintance first"; cards and the shares of the
survey ours) and not validated: they order what to talk about, they do not grade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Block(StrEnum):
    """In the order in which they are built."""

    KNOWING = "knowing"
    TRUSTING = "trusting"
    COMMITTING = "committing"


class Strength(StrEnum):
    """How a reading stands against its bounds."""

    STRONG = "strong"
    GROWING = "growing"
    WEAK = "weak"
    UNKNOWN = "unknown"  # not enough yet


# Below the first it is weak, from the second on strong.
BOUNDS: Mapping[str, tuple[float, float]] = {
    "mk": (0.10, 0.20),
    "rwl": (0.35, 0.60),
    "trust": (0.40, 0.60),
    "kept": (0.50, 0.75),
    "cards": (0.40, 0.60),
    "commit": (0.25, 0.50),
}
# A reading that may be told only in words still stands somewhere against its bounds.
WORD_VALUES: Mapping[str, float] = {
    "few": 0.06,
    "some": 0.25,
    "half": 0.5,
    "most": 0.75,
    "nearly_all": 0.94,
    "third_at_most": 0.2,
    "about_half": 0.5,
    "two_thirds_or_more": 0.8,
    "less_than_half": 0.3,
    "half_or_more": 0.7,
}


@dataclass(frozen=True)
class Reading:
    """One figure of a block: ``value`` 0..1 or None, ``word`` when it is told in words only.

    ``n`` of ``of``: what it was counted over; ``on``: the day it was read; ``why``: a code when there is nothing.
    """

    key: str
    value: float | None = None
    n: int = 0
    of: int = 0
    on: date | None = None
    word: str = ""
    low: float | None = None
    high: float | None = None
    why: str = ""
    before: float | None = None  # the same reading a wave earlier

    @property
    def strength(self) -> Strength:
        value = self.value if self.value is not None else WORD_VALUES.get(self.word)
        if self.why or value is None:
            return Strength.UNKNOWN
        low, high = BOUNDS[self.key]
        return Strength.WEAK if value < low else Strength.STRONG if value >= high else Strength.GROWING


@dataclass(frozen=True)
class Strip:
    """The three blocks with their readings, and which to strengthen first."""

    readings: Mapping[Block, tuple[Reading, ...]]

    def strength(self, block: Block) -> Strength:
        """As strong as its weakest reading that is known: one weak side is a reason to look there."""
        known = [one.strength for one in self.readings.get(block, ()) if one.strength != Strength.UNKNOWN]
        order = [Strength.WEAK, Strength.GROWING, Strength.STRONG]
        return min(known, key=order.index) if known else Strength.UNKNOWN

    @property
    def first(self) -> Block | None:
        """The leftmost weak block; when none is weak the leftmost growing one; None when all stand or none is known."""
        for wanted in (Strength.WEAK, Strength.GROWING):
            for block in Block:
                if self.strength(block) == wanted:
                    return block
        return None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to say of any block."""
        return any(self.strength(block) != Strength.UNKNOWN for block in Block)


def strip(readings: Mapping[Block, Iterable[Reading]]) -> Strip:
    """The strip of these readings."""
    return Strip({block: tuple(readings.get(block, ())) for block in Block})


def to_json(whole: Strip) -> dict[str, Any]:
    """What is kept of a strip: plain values."""
    return {
        block.value: [asdict(one) | {"on": one.on.isoformat() if one.on else None} for one in rows]
        for block, rows in whole.readings.items()
    }


def from_json(kept: Mapping[str, Any]) -> Strip:
    """The strip that ``to_json`` gave."""
    return strip(
        {
            block: [Reading(**{**one, "on": date.fromisoformat(one["on"]) if one["on"] else None}) for one in rows]
            for block in Block
            if (rows := kept.get(block.value)) is not None
        }
    )
