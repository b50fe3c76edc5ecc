"""Which answers sound alike: folded words compared by rapidfuzz. A hint for people, never a decision."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 62.0  # 0-100; below this two answers are not offered together
SHORTEST_STEM = 4

# Words too common to carry a theme, folded.
EMPTY = frozenset(
    [
        "ja",
        "on",
        "ei",
        "se",
        "etta",
        "jos",
        "kun",
        "niin",
        "myos",
        "tai",
        "vain",
        "kuin",
        "ovat",
        "olla",
        "voi",
        "pitaa",
        "meilla",
        "meidan",
        "me",
        "joka",
        "jotka",
        "mutta",
        "ole",
        "och",
        "att",
        "det",
        "som",
        "den",
        "en",
        "ett",
        "for",
        "pa",
        "med",
        "av",
        "till",
        "vi",
        "ar",
        "inte",
        "har",
        "kan",
        "om",
        "vara",
        "man",
        "ska",
        "de",
        "var",
        "oss",
        "the",
        "and",
        "to",
        "of",
        "a",
        "in",
        "is",
        "that",
        "for",
        "we",
        "it",
        "be",
        "are",
        "not",
        "with",
        "on",
        "or",
        "as",
        "our",
        "us",
        "have",
    ]
)
# Endings that are cut from Finnish and Swedish words, longest first: enough to bring cases together, no more.
ENDINGS = (
    "issamme", "istamme", "illemme", "ksemme", "issaan", "isesti", "isille", "isista",
    "ssamme", "llemme", "issa", "ista", "illa", "ilta", "ille", "iksi", "ina", "ien",
    "ssa", "sta", "lla", "lta", "lle", "ksi", "mme", "nsa", "tta", "taan", "aan",
    "arnas", "ernas", "arna", "erna", "orna", "ning", "het", "ar", "er", "or", "en", "et",
    "in", "an", "at", "it", "ia", "ja", "na", "ta", "t", "n", "a", "s", "i", "e",
)  # fmt: skip


@dataclass(frozen=True)
class Hint:
    """Answers that sound alike, and the word that they share (may be empty)."""

    keys: tuple[str, ...]
    word: str


def fold(word: str) -> str:
    """Small letters without marks and without a common ending."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    for ending in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= SHORTEST_STEM:
            return plain[: -len(ending)]
    return plain


def stems(text: str) -> list[str]:
    """The folded words that carry meaning, in order."""
    folded = ((word, fold(word)) for word in re.findall(r"[^\W\d_]+", text))
    return [stem for word, stem in folded if len(stem) > 2 and stem not in EMPTY and fold(word) not in EMPTY]


def likeness(one: str, other: str) -> float:
    """0-100: how alike two answers sound; 0 if either carries no word."""
    left, right = stems(one), stems(other)
    if not left or not right:
        return 0.0
    return max(_shared(left, right), fuzz.token_sort_ratio(" ".join(left), " ".join(right)))


def _shared(left: list[str], right: list[str]) -> float:
    """The share of the shorter answer's words that the longer has too, nearly; one common word is not enough alone."""
    short, long = sorted((set(left), set(right)), key=len)
    hits = sum(1 for word in short if any(_same(word, candidate) for candidate in long))
    return 100 * hits / max(len(short), 2)


def _same(one: str, other: str) -> bool:
    if min(len(one), len(other)) >= 6 and one[:6] == other[:6]:
        return True
    return fuzz.ratio(one, other) >= 85


def hints(texts: Mapping[str, str]) -> list[Hint]:
    """Groups of two or more answers that sound alike; each answer in one group at most, biggest group first."""
    keys = sorted(texts)
    near = {key: {k for k in keys if k != key and likeness(texts[key], texts[k]) >= ALIKE} for key in keys}
    groups: list[Hint] = []
    taken: set[str] = set()
    for key in sorted(keys, key=lambda k: (-len(near[k]), k)):
        members = [key, *sorted(near[key] - taken)]
        if key in taken or len(members) < 2:
            continue
        taken.update(members)
        groups.append(Hint(tuple(members), _common_word([texts[k] for k in members])))
    return sorted(groups, key=lambda hint: (-len(hint.keys), hint.keys))


def _common_word(texts: list[str]) -> str:
    """The word, as somebody wrote it, that most of the texts share."""
    written = [{fold(w): w for w in re.findall(r"[^\W\d_]+", text) if stems(w)} for text in texts]
    found: list[tuple[int, int, str]] = []
    for own in written:
        for stem, word in own.items():
            others = sum(1 for other in written if any(_same(stem, candidate) for candidate in other))
            found.append((others, len(stem), word.lower()))
    shared = [item for item in found if item[0] > 1]
    return max(shared)[2] if shared else ""
