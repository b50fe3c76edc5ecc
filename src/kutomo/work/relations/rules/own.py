"""What a respondent is told of how others see the own seat: in batches, in words, never one answer's worth. Pure.

Source: methods A8 (floors, words, no live refresh). Counts are taken anew only when ``BATCH`` more seats have
finished, so two readings differ by at least five others; below 15 they are told in words, from 15 on as shares
rounded to ten per cent. The lowest word says "a few at most", so that nobody is shown as alone.
"""

from __future__ import annotations

import enum

FEWEST = 5
BATCH = 6  # one of them may be oneself
ROUNDED_FROM = 15


class Word(enum.StrEnum):
    """How many, said roughly."""

    FEW = "few"
    SOME = "some"
    HALF = "half"
    MOST = "most"
    NEARLY_ALL = "nearly_all"


def batch(finished: int) -> int:
    """How many of the seats that have finished are counted now: whole batches only."""
    return finished // BATCH * BATCH


def word(count: int, of: int) -> Word | None:
    """``count`` of ``of`` in words; None when ``of`` is below the floor."""
    if of < FEWEST:
        return None
    share = count / of
    for bound, found in ((0.2, Word.FEW), (0.4, Word.SOME), (0.6, Word.HALF), (0.9, Word.MOST)):
        if share < bound:
            return found
    return Word.NEARLY_ALL


def percent(count: int, of: int) -> int | None:
    """The share rounded to ten per cent, from 15 on; None below."""
    return round(count / of * 10) * 10 if of >= ROUNDED_FROM else None
