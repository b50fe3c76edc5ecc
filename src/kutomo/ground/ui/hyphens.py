"""Soft hyphens for long Finnish words, so that a phone breaks them where a reader would.

Browsers that know Finnish do this themselves; the others see only what stands here. Borders of compounds come
from a short list of words that our field uses; without one the word breaks at syllables.
"""

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

SHY = "\u00ad"
LEAST = 4  # letters that stay together at both ends of a word
_VOWELS = "aeiouyåäö"
_LIST = (Path(__file__).parent / "content" / "compound_parts.txt").read_text(encoding="utf-8")
_PARTS = tuple(
    sorted(
        {part for line in _LIST.splitlines() if not line.startswith("#") for part in line.split()},
        key=len,
        reverse=True,
    )
)
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=2048)  # labels: the same few hundred on every page
def hyphenate(text: str, longest: int = 12) -> str:
    """The text with soft hyphens in words of more than ``longest`` letters."""
    return _WORD.sub(lambda match: _word(match[0], longest), text) if SHY not in text else text


def _word(word: str, longest: int) -> str:
    if len(word) <= longest:
        return word
    cuts = _borders(word.lower())
    edges = [0, *sorted(cuts), len(word)]
    for start, end in pairwise(edges):
        if end - start > longest:
            cuts |= {start + cut for cut in _syllables(word[start:end].lower()) if start + cut not in cuts}
    cuts = {cut for cut in cuts if LEAST <= cut <= len(word) - LEAST}
    return "".join((SHY if place in cuts else "") + letter for place, letter in enumerate(word))


def _borders(word: str) -> set[int]:
    """Where a known word begins or ends inside this one. Longest first; none over another."""
    taken: list[tuple[int, int]] = []
    for part in _PARTS:
        start = word.find(part)
        while start != -1:
            end = start + len(part)
            if all(end <= low or start >= high for low, high in taken):
                taken.append((start, end))
            start = word.find(part, end)
    size = len(word)
    touching = [(a, b) for a, b in taken if a == 0 or b == len(word) or any(a == d or b == c for c, d in taken)]
    found = {a for a, _ in touching} | {b for a, b in touching if a == 0 or any(c == b for c, _ in touching)}
    return {cut for cut in found if LEAST <= cut <= size - LEAST}


def _syllables(word: str) -> set[int]:
    """Before a consonant that a vowel follows. Between two vowels a break reads badly, so there is none."""
    cuts = set()
    for place in range(1, len(word) - 1):
        here, after = word[place], word[place + 1]
        if here not in _VOWELS and after in _VOWELS and any(letter in _VOWELS for letter in word[:place]):
            cuts.add(place)
    return {cut for cut in cuts if LEAST <= cut <= len(word) - LEAST}
