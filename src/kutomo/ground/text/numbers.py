"""Whole numbers out of what forms and addresses say: never an error, never too large for a database."""

from __future__ import annotations

DIGITS = 15


def whole_number(text: object) -> int | None:
    """The whole number that ``text`` says with plain digits; None for anything else, ``²`` and 10**30 included."""
    words = str(text or "").strip()
    return int(words) if words.isascii() and words.isdigit() and len(words) <= DIGITS else None
