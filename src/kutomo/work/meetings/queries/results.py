"""What came of a step or of the whole meeting, in numbers and words that may be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.utils.translation import get_language, gettext_lazy as _

from ..models import DEGREES, SLOT_LABELS, Answer, Meeting, Step
from ..rules import agenda, kinds
from ..rules.kinds import Kind
from ..rules.pulse import Reading, Share

SHARE_WORDS = {
    Share.FEW: _("few"),
    Share.SOME: _("some"),
    Share.HALF: _("about half"),
    Share.MOST: _("most"),
    Share.NEARLY_ALL: _("nearly all"),
}


@dataclass(frozen=True)
class Way:
    """One of the three ways of upkeep: how many said each degree 1..4 (0 could not say)."""

    code: str
    name: str
    text: str
    counts: tuple[int, int, int, int]
    total: int

    @property
    def bars(self) -> list[tuple[int, int, int, int]]:
        """(degree, count, width and left edge in thousandths) of those that were given."""
        found, left = [], 0.0
        for degree, count in enumerate(self.counts, 1):
            width = 1000 * count / self.total if self.total else 0.0
            if count:
                found.append((degree, count, round(width), round(left)))
            left += width
        return found

    @property
    def said(self) -> list[tuple[Any, int]]:
        """(words, count), the best first."""
        return [(DEGREES[degree], self.counts[degree - 1]) for degree in (4, 3, 2, 1)]


def ways(step: Step, language: str = "") -> list[Way]:
    """The gradient poll, way by way, in the order of the template. One query."""
    given: dict[str, Counter] = {}
    for slot, number in Answer.objects.filter(step=step).values_list("slot", "number"):
        given.setdefault(slot, Counter())[number] += 1
    found = []
    for code, (name, text) in agenda.options(language or get_language() or "fi").items():
        counts = given.get(code, Counter())
        four = (counts[1], counts[2], counts[3], counts[4])
        found.append(Way(code, name, text, four, sum(four)))
    return found


@dataclass(frozen=True)
class Rung:
    """A step of the ladder with the number of those who put the goal there."""

    number: int
    name: str
    text: str
    count: int


def ladder(step: Step, language: str = "") -> tuple[list[Rung], list[str], int]:
    """The ladder from the top down, the sentences finished, and the middle choice (0 when nobody chose)."""
    rows = list(Answer.objects.filter(step=step).order_by("key"))
    chosen = Counter(row.number for row in rows if row.slot == "rung" and row.number)
    names = agenda.rungs(language or get_language() or "fi")
    rungs = [Rung(number, *names[number], chosen[number]) for number in sorted(names, reverse=True)]
    every = sorted(chosen.elements())
    middle = int(median(every)) if every else 0
    return rungs, [row.text for row in rows if row.slot == "enough"], middle


def harvest(step: Step) -> list[tuple[Any, list[Answer]]]:
    """The answers by slot, with the slot's label: needs and offers, what is there and what is missing."""
    rows = list(Answer.objects.filter(step=step).select_related("participant").order_by("key"))
    return [
        (SLOT_LABELS.get((Kind(step.kind), slot.code), slot.code), [row for row in rows if row.slot == slot.code])
        for slot in kinds.slots(step.kind)
    ]


def word_list(meeting: Meeting) -> list[str]:
    """The closing words, in an order that tells nothing."""
    rows = Answer.objects.filter(step__meeting=meeting, step__kind=Kind.WORD).order_by("key")
    return [row.text for row in rows]


@dataclass(frozen=True)
class Item:
    """One item of the pulse as it was frozen at closing."""

    code: str
    statement: str
    reading: Reading
    words: Any


def pulse(meeting: Meeting, language: str = "") -> list[Item]:
    """The frozen pulse; empty before closing and when no pulse was taken."""
    frozen = meeting.pulse.get("items", {})
    statements = agenda.items(language or get_language() or "fi")
    found = []
    for code, row in frozen.items():
        word = Share(row["word"]) if row["word"] else None
        reading = Reading(word, row["percent"], row["unsure"], row["split"])
        found.append(Item(code, statements.get(code, code), reading, SHARE_WORDS[word] if word else ""))
    return found


def by_slot(step: Step) -> dict[str, list[Answer]]:
    """The answers of a step by slot."""
    found: dict[str, list[Answer]] = {}
    for row in Answer.objects.filter(step=step).select_related("participant").order_by("key"):
        found.setdefault(row.slot, []).append(row)
    return found
