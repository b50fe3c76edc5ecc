"""E-mail addresses and phone numbers as people type them, with a precise word about what is wrong."""

from __future__ import annotations

import re
import unicodedata

from .flaws import Flaw

_ATOM = r"[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[a-zA-Z]{{2,63}}")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_MANY = re.compile(r"@[^@\s,;/]+[\s,;/]+(?:tai|ja|or|och|eller)?\s*[^@\s,;/]+@")


class BadAddress(ValueError):
    """An address that no mail would reach; ``suggestion`` is a likely right form."""

    def __init__(self, flaw: Flaw, suggestion: str = "", letter: str = ""):
        self.flaw, self.suggestion, self.letter = flaw, suggestion, letter
        super().__init__(f"{flaw} {suggestion}".strip())


def unaccented(text: str) -> str:
    """ "ä" as "a": what Finnish addresses nearly always do."""
    folded = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("æ", "ae").replace("ß", "ss"))
    return "".join(c for c in folded if not unicodedata.combining(c))


def email(text: str) -> str:
    """The address in ``text``, lower case in the domain; raises BadAddress.

    Unwraps "mailto:", "Name <address>" and trailing punctuation. An accented letter in a domain is allowed
    by mail standards but nearly always a slip of typing here, so it is asked about, never changed silently.
    """
    word = _INVISIBLE.sub("", text).replace("\u00a0", " ").strip().strip("\"'")
    word = re.sub(r"^(?:mailto|sähköposti|e-?mail|e-?post|s-?posti)\s*:\s*", "", word, flags=re.IGNORECASE)
    if found := re.fullmatch(r"[^<>]*<([^<>]*)>", word):
        word = found[1].strip()
    word = re.sub(r"\s*\((?:at|ät)\)\s*|\s*\[at\]\s*|＠", "@", word, flags=re.IGNORECASE).rstrip(".,;:")
    if _MANY.search(word):
        raise BadAddress(Flaw.EMAIL_MANY)
    _check_shape(word)
    if not _ADDRESS.fullmatch(word) or len(word) > 254 or len(word.split("@")[0]) > 64:
        raise BadAddress(Flaw.EMAIL_OTHER)
    name, _at, domain = word.partition("@")
    return f"{name}@{domain.lower()}"


def _check_shape(word: str) -> None:
    """Find the usual slips, the plainest first."""
    if "@" not in word:
        raise BadAddress(Flaw.EMAIL_NO_AT)
    if word.count("@") > 1:
        raise BadAddress(Flaw.EMAIL_TWO_AT)
    name, _at, domain = word.partition("@")
    if not name.strip():
        raise BadAddress(Flaw.EMAIL_NO_NAME)
    if re.search(r"\s", word):
        raise BadAddress(Flaw.EMAIL_BLANK, _likely(re.sub(r"\s+", "", word)))
    if odd := next((c for c in word if ord(c) > 127), ""):
        raise BadAddress(Flaw.EMAIL_LETTER, _likely(unaccented(word)), odd)
    if "," in word:
        raise BadAddress(Flaw.EMAIL_COMMA, _likely(word.replace(",", ".")))
    if ".." in word or name.startswith(".") or name.endswith(".") or domain.startswith("."):
        tidy = re.sub(r"\.+", ".", f"{name.strip('.')}@{domain.lstrip('.')}")
        raise BadAddress(Flaw.EMAIL_DOTS, _likely(tidy))
    if "." not in domain:
        raise BadAddress(Flaw.EMAIL_NO_DOMAIN)


def _likely(word: str) -> str:
    """``word`` if it would be a good address after all slips are mended, otherwise nothing to suggest."""
    mended = unaccented(re.sub(r"\s+", "", word)).replace(",", ".")
    return mended.lower() if _ADDRESS.fullmatch(mended) else ""


def email_key(address: str) -> str:
    """For comparing: the whole address in lower case (no mailbox of today cares about case)."""
    return address.casefold()


def phone(text: str) -> str | None:
    """A phone number with blanks tidied, or None when it is none.

    A sheet drops the first 0 of a Finnish number: 401234567 comes back as 0401234567.
    """
    word = " ".join(re.sub(r"[\u00a0\u2007\u202f]", " ", text).split())
    word = re.sub(r"^(?:puh|p|tel|gsm|tfn)\.?\s*:?\s*(?=[+0-9(])", "", word, flags=re.IGNORECASE)
    digits = re.sub(r"[\s()./\u2010-\u2015-]", "", word)
    if not re.fullmatch(r"\+?\d{5,15}", digits):
        return None
    if re.fullmatch(r"(?:4\d|50)\d{5,8}", digits):
        return "0" + digits
    return word[:40]
