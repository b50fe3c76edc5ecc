"""Who looks for what somebody else brings: words that two texts share. A hint, never a decision. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kutomo.work.founding.rules.hints import stems

from .suggestions import Need, Pair

SHORTEST = 5  # letters of a folded word
ALIKE = 6  # words that begin with the same six letters are one word
COMMON = 0.2  # words that stand in more than a fifth of the texts say nothing about a pair


def match(texts: Mapping[int, tuple[str, str]]) -> dict[Pair, list[Need]]:
    """``texts``: seat -> (what it looks for, what it brings). The needs of each pair, lower seat first."""
    words = {seat: (_words(seeks), _words(brings)) for seat, (seeks, brings) in texts.items()}
    times = Counter(word for seeks, brings in words.values() for word in seeks | brings)
    most = max(3, COMMON * len(texts))
    telling = {word for word, count in times.items() if count <= most}
    found: dict[Pair, list[Need]] = {}
    for seeker in sorted(words):
        for giver in sorted(words):
            if seeker != giver and words[seeker][0] & words[giver][1] & telling:
                need = Need(seeker, giver, texts[seeker][0], texts[giver][1])
                found.setdefault((min(seeker, giver), max(seeker, giver)), []).append(need)
    return found


def _words(text: str) -> set[str]:
    return {stem[:ALIKE] for stem in stems(text) if len(stem) >= SHORTEST}


def merge(sources: Iterable[Mapping[Pair, list[Need]]]) -> dict[Pair, list[Need]]:
    """The needs of several sources together."""
    found: dict[Pair, list[Need]] = {}
    for source in sources:
        for pair, needs in source.items():
            found.setdefault(pair, []).extend(needs)
    return found
