"""Words that make one ask whether a text tells of somebody who has not been asked.

A hint, never a lock: whoever writes reads it again and says that it is all right. Client cases never become needs.
"""

from __future__ import annotations

import re

_SIGNS = {
    "identity": re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b", re.I),
    "phone": re.compile(r"(?:\+358|\b0\d)[\d \-]{6,12}\d"),
    "address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]{2,}"),
    "account": re.compile(r"\bFI\d{2}(?: ?\d){14}\b"),
    "client": re.compile(
        r"\b(?:asiakkaa|potilaa|diagnoo|sairasta|lääkity|toimeentulotu|klient|patient|diagnos|medicin|client|medicat)",
        re.I,
    ),
}


def signs(text: str) -> list[str]:
    """Which kinds of confidential words ``text`` seems to hold: codes, in the order in which they matter."""
    return [name for name, sign in _SIGNS.items() if sign.search(text)]
