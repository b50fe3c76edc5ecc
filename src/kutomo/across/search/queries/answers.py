"""From a question to what its asker may open. Every hit is asked of its own room before it is counted or shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from ..models import Form
from .matching import matching

MOST = 200  # hits that a question may have; whoever needs more asks more closely
LOOKED_AT = 1_000  # entries that are asked of their rooms for one question, at most
SIMILAR = 5  # forms by which a mistyped word may be answered
LIKENESS = 80  # of 100, rapidfuzz


Hit = tuple[str, int]  # a thing: its kind and its key


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

    person: Any
    question: str
    answers: list[Hit]
    kinds: list[tuple[str, Any, int]]
    total: int
    is_more: bool
    is_loose: bool
    words: tuple[rules.Word, ...] = ()

    def shown(self, hits: Sequence[Hit]) -> list[Answer]:
        """The hits of one page as they are drawn: one query a kind, and one for what its text reads."""
        rows: dict[Hit, Answer] = {}
        for name, things in _by_kind(hits).items():
            kind = kind_of(name)
            if kind is None:
                continue
            some = list(kind.visible(self.person).filter(pk__in=things))
            prefetch_related_objects(some, *kind.reads)
            rows |= {(name, row.pk): _answer(kind, row, self.words) for row in some}
        return [rows[hit] for hit in hits if hit in rows]


def found(person: Any, question: str, *, network: Network | None = None, kind: str = "") -> Found:
    """What ``question`` finds for ``person``, in titles first, then newest first.

    ``network``: only there; ``kind``: only things of that kind. A word that nothing answers is tried without its
    dots and as mistyped (``is_loose``). Raises RuleBroken for a question that is too long.
    """
    if len(question) > rules.LONGEST_QUESTION:
        raise RuleBroken(_("Use at most %(n)s letters.") % {"n": rules.LONGEST_QUESTION}, field="q")
    asked = list(dict.fromkeys(split(question)))[: rules.MOST_WORDS]
    if not asked:
        return Found(person, question, [], [], 0, is_more=False, is_loose=False)
    words = [rules.word(word, _bases(word)) for word in asked]
    scope = _scope(person, network)
    hits, is_more = _visible(person, words, scope)
    is_loose = not hits
    if is_loose:
        words = [_wider(word) for word in words]
        hits, is_more = _visible(person, words, scope)
    numbers = {name: len(things) for name, things in _by_kind(hits).items()}
    return Found(
        person,
        question,
        [hit for hit in hits if not kind or hit[0] == kind],
        [(one.kind, one.label, numbers[one.kind]) for one in kinds() if one.kind in numbers],
        len(hits),
        is_more,
        is_loose and bool(hits),
        tuple(words),
    )


def _bases(word: str) -> list[str]:
    known = Form.objects.filter(form=word).first()
    return known.bases.split() if known else sorted(filed(word).bases)


def _scope(person: Any, network: Network | None) -> frozenset[str]:
    """The tokens of the networks in which the person may find something; things of no network are for all."""
    if network is not None:
        return frozenset({f"n_{network.pk}"})
    return frozenset({"n_0", *(f"n_{pk}" for pk in networks.visible_to(person).values_list("pk", flat=True))})


def _visible(person: Any, words: list[rules.Word], scope: frozenset[str]) -> tuple[list[Hit], bool]:
    """The things that answer and that their rooms let the person open; whether there may be more."""
    titles = matching(words, [scope], in_title=True, most=MOST)
    others = matching(words, [scope], in_title=False, most=LOOKED_AT)
    entries = list(dict.fromkeys((*titles, *others)))
    hits: list[Hit] = []
    for start in range(0, len(entries), MOST + 1):
        some = entries[start : start + MOST + 1]
        may = _may_open(person, some)
        hits += [hit for hit in some if hit in may]
        if len(hits) > MOST:
            break
    return hits[:MOST], len(hits) > MOST or len(others) == LOOKED_AT


def _may_open(person: Any, hits: Sequence[Hit]) -> set[Hit]:
    """Those of ``hits`` that the person may open, asked of each room once."""
    found: set[Hit] = set()
    for name, things in _by_kind(hits).items():
        kind = kind_of(name)
        if kind is not None:
            # What a room reads beside its rows (for pages) is not needed to know that they are there.
            seen = kind.visible(person).filter(pk__in=things).order_by().values_list("pk", flat=True)
            found |= {(name, pk) for pk in seen}
    return found


def _by_kind(hits: Iterable[Hit]) -> dict[str, list[int]]:
    things: dict[str, list[int]] = {}
    for name, thing in hits:
        things.setdefault(name, []).append(thing)
    return things


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
