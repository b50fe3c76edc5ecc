"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Piece:
    """Some words: ``kind`` is same, gone or new."""

    kind: str
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """The words of ``after`` with those of ``before`` that went, in reading order."""
    one, other = re.findall(r"\S+|\n", before), re.findall(r"\S+|\n", after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", " ".join(one[a:b])))
            continue
        if b > a:
            found.append(Piece("gone", " ".join(one[a:b])))
        if d > c:
            found.append(Piece("new", " ".join(other[c:d])))
    return found
