"""What may be told of few confidential answers (rule A8). Results are computed once, at closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST_PEOPLE, FEWEST_ORGANISATIONS, SHARES_FROM = 5, 3, 15
AGREE = (4, 5)


class Share(StrEnum):
    """How many agreed, in a word."""

    FEW = "few"
    SOME = "some"
    HALF = "half"
    MOST = "most"
    NEARLY_ALL = "nearly_all"


@dataclass(frozen=True)
class Reading:
    """What is shown of one item. Everything is None when the group is too small.

    ``percent``: rounded to ten, only from 15 answers. ``unsure``: over a quarter could not say.
    ``split``: at least a quarter on each side.
    """

    word: Share | None = None
    percent: int | None = None
    unsure: bool = False
    split: bool = False

    @property
    def is_shown(self) -> bool:
        return self.word is not None


def word_for(share: float) -> Share:
    """The word for a share 0..1; cuts at 12.5, 37.5, 62.5 and 87.5 per cent (methods 7.3)."""
    cuts = ((0.125, Share.FEW), (0.375, Share.SOME), (0.625, Share.HALF), (0.875, Share.MOST))
    return next((word for cut, word in cuts if share < cut), Share.NEARLY_ALL)


def read(values: Sequence[int], organisations: int, fewest: int = FEWEST_PEOPLE) -> Reading:
    """The reading of one item from answers 1..5 (0 = cannot say).

    Nothing under ``fewest`` people (a network may raise it to 8, never lower it), nothing under three
    organisations, words up to 14 answers, shares rounded to ten from 15.
    """
    if len(values) < max(fewest, FEWEST_PEOPLE) or organisations < FEWEST_ORGANISATIONS:
        return Reading()
    said = [value for value in values if value]
    if len(said) < max(fewest, FEWEST_PEOPLE):
        return Reading()
    share = sum(value in AGREE for value in said) / len(said)
    against = sum(value < 3 for value in said) / len(said)
    unsure = (len(values) - len(said)) / len(values) > 0.25
    percent = round(share * 10) * 10 if len(said) >= SHARES_FROM else None
    return Reading(word_for(share), percent, unsure, share >= 0.25 and against >= 0.25)


def is_partial(answered: int, present: int) -> bool:
    """Did fewer than half answer? Then the title says: voices of those who answered."""
    return bool(present) and answered * 2 < present
