"""The launch canvas: its states, its indicators, when it counts as adopted, its calendar.

Every figure that cannot be told is None, never zero.
"""

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

QUESTIONS = (1, 2, 3, 4, 5)
LONGEST_ANSWER = 200
MOST_ANSWERS = 3
ENOUGH_ORGANISATIONS = 0.6
QUIET_DAYS = 7
POLITENESS = 0.1  # a draft changed less than this was hardly touched


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    COMPARING = "comparing"
    PROPOSED = "proposed"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


MOVES: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.OPEN,),
    State.OPEN: (State.COMPARING,),
    State.COMPARING: (State.PROPOSED,),
    State.PROPOSED: (State.AGREED, State.COMPARING),
    State.AGREED: (State.SUPERSEDED,),
    State.SUPERSEDED: (),
}


def may_move(here: str, there: str) -> bool:
    return State(there) in MOVES[State(here)]


@dataclass(frozen=True)
class Theme:
    """A cluster as the indicators see it: is it in the leader's draft, and whose answers it holds."""

    in_draft: bool
    voices: frozenset[str]


@dataclass(frozen=True)
class Indicators:
    """Signs of one question. ``voices``: how many respondents they rest on."""

    voices: int
    alignment: float | None
    novelty: float | None
    spread: float | None

    @property
    def percents(self) -> dict[str, int | None]:
        """The three signs in whole per cents; None where nothing can be told."""
        return {
            name: None if value is None else round(value * 100)
            for name, value in (
                ("alignment", self.alignment),
                ("novelty", self.novelty),
                ("spread", self.spread),
            )
        }

    @property
    def is_talk_first(self) -> bool | None:
        """Should this be talked about first? None while nothing can be told."""
        signs = [
            self.alignment is not None and self.alignment < 0.5,
            self.novelty is not None and self.novelty > 0.4,
            self.spread is not None and self.spread > 0.85,
        ]
        if self.alignment is None and self.novelty is None and self.spread is None:
            return None
        return any(signs)


def indicators(themes: Sequence[Theme], *, voices: Collection[str], has_draft: bool = True) -> Indicators:
    """Alignment, novelty and spread of one question.

    ``voices``: every respondent with at least one answer, grouped or not. Alignment: the share of them who
    say something that the draft says too. Novelty: the share of clusters the draft lacks. Spread: entropy
    of respondents over clusters / ln(clusters). None: no respondents, no clusters, no draft, one cluster.
    """
    filled = [theme for theme in themes if theme.voices]
    alignment = novelty = spread = None
    if voices and filled and has_draft:
        in_draft: set[str] = set().union(*(theme.voices for theme in filled if theme.in_draft))
        alignment = len(in_draft & set(voices)) / len(set(voices))
        novelty = sum(1 for theme in filled if not theme.in_draft) / len(filled)
    if len(filled) > 1:
        total = sum(len(theme.voices) for theme in filled)
        shares = [len(theme.voices) / total for theme in filled]
        spread = -sum(share * math.log(share) for share in shares) / math.log(len(filled))
    return Indicators(len(set(voices)), alignment, novelty, spread)


def divergence(signs: dict[int, Indicators]) -> list[int]:
    """The questions in the order in which to talk: flagged first, least aligned first, unknown last."""

    def weight(number: int) -> tuple[int, float, float, float, int]:
        sign = signs[number]
        flag = {True: 0, False: 1, None: 2}[sign.is_talk_first]
        return (
            flag,
            1.0 if sign.alignment is None else sign.alignment,
            -(sign.novelty or 0.0),
            -(sign.spread or 0.0),
            number,
        )

    return sorted(signs, key=weight)


def words(text: str) -> frozenset[str]:
    """The different words of a text, small letters, without punctuation."""
    return frozenset(re.findall(r"[^\W_]+", text.lower()))


def draft_change(draft: str, agreed: str) -> float | None:
    """1 - the share of words that draft and agreed text have in common (Jaccard); None if either is empty."""
    one, other = words(draft), words(agreed)
    if not one or not other:
        return None
    return 1 - len(one & other) / len(one | other)


def is_polite(change: float | None) -> bool:
    """True if members hardly touched the draft: was it consent or politeness?"""
    return change is not None and change < POLITENESS


@dataclass(frozen=True)
class Adoption:
    """Whether the canvas counts as adopted. ``may``: None while it cannot be told yet."""

    may: bool | None
    reason: str  # ready | nobody_invited | too_few | objection | too_early
    needed: int = 0


def adoption(*, invited: int, answered: int, objections: int, days: int) -> Adoption:
    """Default rule: answers from 60 % of those invited, and no unresolved reasoned objection in 7 days.

    ``invited``, ``answered``: organisations; ``objections``: reasoned, unresolved; ``days``: since the proposal.
    """
    needed = math.ceil(round(ENOUGH_ORGANISATIONS * invited, 9))
    if not invited:
        return Adoption(None, "nobody_invited")
    if answered < needed:
        return Adoption(False, "too_few", needed)
    if objections:
        return Adoption(False, "objection", needed)
    if days < QUIET_DAYS:
        return Adoption(None, "too_early", needed)
    return Adoption(True, "ready", needed)


@dataclass(frozen=True)
class Step:
    """One step of the path without a meeting, with its days."""

    code: str
    starts: date
    ends: date


# code, first day, last day after the questions opened
PATH = (
    ("opened", 0, 0),
    ("half_time", 5, 5),
    ("revealed", 8, 8),
    ("clustering", 8, 11),
    ("proposed", 12, 12),
    ("consent", 12, 19),
    ("agreed", 20, 20),
)


def path(opened: date) -> list[Step]:
    """The dates of founding without a meeting, counted from the day on which the questions opened."""
    return [Step(code, opened + timedelta(days=first), opened + timedelta(days=last)) for code, first, last in PATH]


def path_until(opened: date, last_day: date) -> list[Step]:
    """The path when the last day for answers is not the seventh: what follows moves with it.

    The half-time note comes when five eighths of the answering time have passed.
    """
    shift = timedelta(days=(last_day - opened).days - 7)
    half = opened + timedelta(days=((last_day - opened).days + 1) * 5 // 8)
    moved = [
        step if step.code == "opened" else Step(step.code, step.starts + shift, step.ends + shift)
        for step in path(opened)
    ]
    return [Step(step.code, half, half) if step.code == "half_time" else step for step in moved]


def shared_organisations(organisations: Collection[str]) -> bool:
    """An organisation is named beside an anonymous answer only in a cluster of three or more of them."""
    return len(set(organisations)) >= 3
