"""Addresses: tidied, checked, and refused with a sentence that says what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import RuleBroken

BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")


def tidy(text: str) -> str:
    """The address out of what a person typed or pasted, checked.

    Takes off spaces around it, a leading "mailto:", angle brackets and invisible characters; the domain is
    written in small letters. A domain with ä or ö is kept as its xn-- form. Raises RuleBroken (field "email")
    that says what is wrong: a space inside, ä in the name part, no @, two addresses, a missing ending.
    """
    text = _INVISIBLE.sub("", text).strip()
    if match := re.fullmatch(r".*<([^<>]+)>", text):
        text = match[1].strip()
    text = text.removeprefix("mailto:").strip(".,;: \t")
    if BREAKS.search(text):
        raise RuleBroken(_("The address has a line break in it. Write one address on one line."), field="email")
    if "," in text or ";" in text or text.count("@") > 1:
        raise RuleBroken(_("There seem to be two addresses here. Write only one."), field="email")
    if re.search(r"\s", text):
        raise RuleBroken(_("The address has a space in it. Remove the space."), field="email")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise RuleBroken(_("An e-mail address needs a name, the @ sign and a domain."), field="email")
    if not local.isascii():
        raise RuleBroken(
            _("The part before the @ sign has a letter such as ä or ö. Mail does not accept it; check the address."),
            field="email",
        )
    try:
        domain = domain.lower().encode("idna").decode()
        EmailValidator()(f"{local}@{domain}")
    except (UnicodeError, ValidationError):
        raise RuleBroken(
            _("This does not look like an e-mail address. Check the ending, for example .fi."), field="email"
        ) from None
    if len(local) + len(domain) > 253:
        raise RuleBroken(_("The address is too long."), field="email")
    return f"{local}@{domain}"


def one_line(text: str) -> str:
    """``text`` if it may stand in a header; raises RuleBroken for a line break or a control character."""
    if BREAKS.search(text):
        raise RuleBroken(_("A name or a subject has a line break in it. Write it on one line."))
    return text


def key_of(email: str, person: Any = None) -> str:
    """Whose wishes and budget a letter counts against: the person, else a digest of the address.

    A digest, so that a wish not to be written to can be kept without keeping the address.
    """
    if person is not None:
        return f"person:{person.pk}"
    return "mail:" + salted_hmac("kutomo.mail.address", email.lower(), algorithm="sha256").hexdigest()[:32]


@dataclass(frozen=True)
class Addressee:
    """Whom a letter goes to, and in which language it is written. Without ``email`` nothing is sent."""

    email: str
    name: str = ""
    language: str = "fi"
    person: Any = None

    @classmethod
    def of(cls, person: Any) -> Addressee:
        return cls(person.email or "", person.name, person.language, person)

    @property
    def key(self) -> str:
        return key_of(self.email, self.person)

    @property
    def keys(self) -> list[str]:
        """The person's key and the address's own: a wish given before the account was made still counts."""
        return [self.key] if self.person is None else [self.key, key_of(self.email)]
