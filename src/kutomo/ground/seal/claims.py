"""Claim codes: the only thread between something anonymous and its author, and only the author holds it.

The server keeps a hash of the code, which is the row's key; the code itself stays with the author.
"""

import hashlib
import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
LENGTH = 12
SHORTEST = 12


def new_code() -> str:
    """A fresh code in groups of four, about 58 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[n : n + 4] for n in range(0, LENGTH, 4))


def tidy(code: str) -> str:
    """A code as people type it from paper, made whole: spaces, hyphens and small letters do no harm."""
    bare = re.sub(r"[\s\u2010-\u2015-]", "", code).upper()
    if len(bare) == LENGTH and set(bare) <= set(ALPHABET):
        return "-".join(bare[n : n + 4] for n in range(0, LENGTH, 4))
    return code.strip()


def is_code(code: str) -> bool:
    """Long enough not to be guessed."""
    return SHORTEST <= len(code) <= 100


def key_of(code: str) -> str:
    """What the server keeps of an answer's code, and the answer's own key."""
    return hashlib.sha256(code.encode()).hexdigest()
