"""Six-digit codes: easy to read aloud from the back row, too many to guess through."""

import itertools
import unicodedata
from collections.abc import Callable, Container

DIGITS = 6
GUESSES_A_MINUTE = 30
"""Wrong codes from one address in a minute. Right codes are not counted: a hall behind one address gets in."""


def is_clear(code: str) -> bool:
    """True for a code that is neither guessed first nor misread.

    No zero in front (spreadsheets and people drop it), no digit three times in a row, at least four
    different digits, no run upwards or downwards of four.
    """
    if len(code) != DIGITS or not code.isascii() or not code.isdigit() or code[0] == "0":
        return False
    if len(set(code)) < 4 or any(code[i] == code[i + 1] == code[i + 2] for i in range(DIGITS - 2)):
        return False
    steps = [int(b) - int(a) for a, b in itertools.pairwise(code)]
    return not any(run in ([1, 1, 1], [-1, -1, -1]) for run in (steps[i : i + 3] for i in range(len(steps) - 2)))


def draw(below: Callable[[int], int], taken: Container[str] = ()) -> str:
    """A clear code that is not in ``taken``; ``below(n)`` gives a random whole number 0..n-1."""
    while True:
        code = str(below(9 * 10 ** (DIGITS - 1)) + 10 ** (DIGITS - 1))
        if is_clear(code) and code not in taken:
            return code


def read(text: str) -> str:
    """The six digits in what a person typed, or an empty string: spaces, hyphens and points are nothing."""
    digits = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() else sign
        for sign in text
        if not sign.isspace() and sign not in "-–.·"
    )
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""


def spoken(code: str) -> str:
    """In two groups of three, as people say it."""
    return f"{code[:3]} {code[3:]}"


def too_many(wrong: int) -> bool:
    """Is this address stopped for the rest of the minute after ``wrong`` wrong codes?"""
    return wrong >= GUESSES_A_MINUTE
