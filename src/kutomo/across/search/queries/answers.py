"""From a question to what its asker may open. Every hit is asked of its own room before it is counted or shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.core.things.register import ThingKind, kind_of, kinds
from kutomo.ground.analyser import filed, folded, split
from kutomo.ground.errors import RuleBroken

from .. import rules
from ..models import Entry, Form
from .matching import matching

MOST = 200  # hits that a question may have; whoever needs more asks more closely
LOOKED_AT = 1_000  # entries that are asked of their rooms for one question
SIMILAR = 5  # forms by which a mistyped word may be answered
LIKENESS = 80  # of 100, rapidfuzz


@dataclass(frozen=True)
class Answer:
    """One thing that the reader may open."""

    kind: ThingKind
    title: str
    url: str
    network: str
    pieces: list[rules.Piece]


@dataclass(frozen=True)
class Found:
    """What a question found: ``answers`` of the page's kind and ``kinds`` with their numbers, all visible ones."""

    question: str
    answers: list[Any]
    kinds: list[tuple[str, Any, int]]
    total: int
    is_more: bool
    is_loose: bool
    words: tuple[rules.Word, ...] = ()

    def shown(self, rows: Sequence[tuple[ThingKind, Any]]) -> list[Answer]:
        """The rows of one page as they are drawn."""
        by_kind: dict[str, list[Any]] = {}
        for kind, row in rows:
            by_kind.setdefault(kind.kind, []).append(row)
        for name, some in by_kind.items():
            kind_here = kind_of(name)
            if kind_here and kind_here.reads:
                prefetch_related_objects(some, *kind_here.reads)
        return [_answer(kind, row, self.words) for kind, row in rows]


def found(person: Any, question: str, *, network: Network | None = None, kind: str = "") -> Found:
    """What ``question`` finds for ``person``, in titles first, then newest first.

    ``network``: only there; ``kind``: only things of that kind. A word that nothing answers is tried without its
    dots and as mistyped (``is_loose``). Raises RuleBroken for a question that is too long.
    """
    if len(question) > rules.LONGEST_QUESTION:
        raise RuleBroken(_("Use at most %(n)s letters.") % {"n": rules.LONGEST_QUESTION}, field="q")
    asked = list(dict.fromkeys(split(question)))[: rules.MOST_WORDS]
    if not asked:
        return Found(question, [], [], 0, is_more=False, is_loose=False)
    words = [rules.word(word, _bases(word)) for word in asked]
    scope = _scope(person, network)
    rows, is_more = _visible(person, words, scope)
    is_loose = not rows
    if is_loose:
        words = [_wider(word) for word in words]
        rows, is_more = _visible(person, words, scope)
    numbers: dict[str, int] = {}
    for kind_here, _row in rows:
        numbers[kind_here.kind] = numbers.get(kind_here.kind, 0) + 1
    of_kind = [(one, row) for one, row in rows if not kind or one.kind == kind]
    named = [(one.kind, one.label, numbers[one.kind]) for one in kinds() if one.kind in numbers]
    return Found(question, of_kind, named, len(rows), is_more, is_loose and bool(rows), tuple(words))


def _bases(word: str) -> list[str]:
    known = Form.objects.filter(form=word).first()
    return known.bases.split() if known else sorted(filed(word).bases)


def _scope(person: Any, network: Network | None) -> frozenset[str]:
    """The tokens of the networks in which the person may find something; things of no network are for all."""
    if network is not None:
        return frozenset({f"n_{network.pk}"})
    return frozenset({"n_0", *(f"n_{pk}" for pk in networks.visible_to(person).values_list("pk", flat=True))})


def _visible(person: Any, words: list[rules.Word], scope: frozenset[str]) -> tuple[list[tuple[ThingKind, Any]], bool]:
    """The rows that answer and that their rooms let the person open; whether there may be more."""
    titles = matching(words, [scope], in_title=True, most=MOST)
    others = matching(words, [scope], in_title=False, most=LOOKED_AT)
    entries = list({entry.pk: entry for entry in (*titles, *others)}.values())
    rows = _rows(person, entries)
    hits = [rows[key] for entry in entries if (key := (entry.kind, entry.thing)) in rows]
    return hits[:MOST], len(hits) > MOST or len(others) == LOOKED_AT


def _rows(person: Any, entries: list[Entry]) -> dict[tuple[str, int], tuple[ThingKind, Any]]:
    """The things themselves, asked of each room once."""
    asked: dict[str, list[int]] = {}
    for entry in entries:
        asked.setdefault(entry.kind, []).append(entry.thing)
    found: dict[tuple[str, int], tuple[ThingKind, Any]] = {}
    for name, things in asked.items():
        kind = kind_of(name)
        if kind is not None:
            for row in kind.visible(person).filter(pk__in=things):
                found[name, row.pk] = (kind, row)
    return found


def _wider(word: rules.Word) -> rules.Word:
    """The word without its dots, and forms so like it that it may be mistyped."""
    bare = folded(word.asked)
    near = Form.objects.filter(folded__startswith=bare[:2]).values_list("form", "folded", "bases")
    rows = {form: bases.split() for form, plain, bases in near if len(plain) >= len(bare) - 2}
    # A longer form is compared by its beginning: the first part of a compound may be the mistyped word.
    heads = {form: folded(form)[: len(bare) + 1] for form in rows}
    cutoff = 100 if len(bare) < rules.PREFIX_FROM else LIKENESS
    alike = process.extract(bare, heads, scorer=fuzz.ratio, score_cutoff=cutoff, limit=SIMILAR)
    return rules.wider(word, [(form, rows[form]) for _head, _score, form in alike])


def _answer(kind: ThingKind, row: Any, words: Sequence[rules.Word]) -> Answer:
    network = getattr(row, "network", None)
    return Answer(
        kind,
        str(kind.title(row)),
        kind.url(row),
        network.name if network else "",
        rules.excerpt(str(kind.text(row)), words),
    )
