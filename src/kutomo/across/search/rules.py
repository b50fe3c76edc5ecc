"""A question as groups of terms, and where in a text the answer stands. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

LONGEST_QUESTION = 200  # letters
MOST_WORDS = 8
PREFIX_FROM = 4  # letters a word needs before its beginnings are matched, too
AROUND = 90  # letters of text on each side of a hit
_TOKEN = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Word:
    """One word of a question: any of ``terms``, or a word that begins with one of ``beginnings``, answers it."""

    asked: str
    terms: frozenset[str]
    beginnings: frozenset[str] = field(default_factory=frozenset)


def token(term: str) -> str:
    """A term as the index holds it: letters, digits and low lines only, on both databases the same."""
    return _TOKEN.sub("_", term).strip("_")


def word(asked: str, bases: Iterable[str]) -> Word:
    """How the word ``asked``, whose dictionary forms are ``bases``, is looked for."""
    terms = frozenset(filter(None, map(token, {asked, *bases})))
    beginnings = frozenset({token(asked)}) if len(asked) >= PREFIX_FROM else frozenset()
    return Word(asked, terms, beginnings)


def wider(one: Word, forms: Iterable[tuple[str, Iterable[str]]]) -> Word:
    """The same word, answered by similar forms (with their bases) too."""
    terms = set(one.terms)
    for form, bases in forms:
        terms.update(filter(None, map(token, (form, *bases))))
    return Word(one.asked, frozenset(terms), one.beginnings)


@dataclass(frozen=True)
class Piece:
    """A piece of text; ``is_hit`` when it is the word that was looked for."""

    text: str
    is_hit: bool


def excerpt(text: str, words: Iterable[Word]) -> list[Piece]:
    """A stretch of ``text`` round the first hit, hits marked; its beginning when no word is recognised."""
    text = " ".join(text.split())
    stems = {stem for one in words for stem in _stems(one)}
    found = [place.span() for place in re.finditer(r"[^\W_]+", text) if _is_hit(place[0].lower(), stems)]
    middle = found[0][0] if found else 0
    start = max(0, middle - AROUND)
    end = min(len(text), middle + AROUND * 2)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    cut = text.find(" ", end)
    end = cut if cut >= 0 else len(text)
    pieces, at = [Piece("… ", False)] if start else [], start
    for first, last in found:
        if first < at or last > end:
            continue
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), False))
    return [piece for piece in pieces if piece.text]


def _stems(one: Word) -> set[str]:
    """What the hit's letters begin with: Finnish endings change the last two letters of a base."""
    found = set()
    for term in one.terms | one.beginnings:
        bare = term.partition("_")[2] if term[2:3] == "_" else term
        if len(bare) >= 3:
            found.add(bare if len(bare) <= 4 else bare[: max(4, len(bare) - 2)])
    return found


def _is_hit(form: str, stems: set[str]) -> bool:
    return any(form.startswith(stem) or (len(stem) > 4 and stem in form) for stem in stems)
