"""A letter's template: Django's language over Markdown, so that one source makes the text and the HTML.

What comes from the context is escaped as Markdown, so a person's or an organisation's name can neither make
a link nor a heading. The first line is ``Subject: ...``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import get_template
from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from .address import one_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-=.!|~&\"'])")


class Words(str):
    """Text from outside. As a template's argument it is itself; when printed it is escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        lines = [_SPECIAL.sub(r"\\\1", line.strip()) for line in self.splitlines()]
        return SafeString("\\\n".join(line for line in lines if line))


class Quoted:
    """A thing from the context: its texts come out as Words, whatever path the template takes to them."""

    def __init__(self, thing: Any):
        self._thing = thing

    def __getattr__(self, name: str) -> Any:
        return quoted(getattr(self._thing, name))

    def __getitem__(self, key: Any) -> Any:
        return quoted(self._thing[key])

    def __iter__(self) -> Iterable[Any]:
        return iter([quoted(one) for one in self._thing])

    def __len__(self) -> int:
        return len(self._thing)

    def __bool__(self) -> bool:
        return bool(self._thing)

    def __eq__(self, other: object) -> bool:
        return self._thing == (other._thing if isinstance(other, Quoted) else other)

    def __hash__(self) -> int:
        return hash(self._thing)

    def __str__(self) -> str:
        return Words(self._thing)

    def __html__(self) -> str:
        return Words(str(self._thing)).__html__()


def quoted(value: Any) -> Any:
    """``value`` so that no text in it can act as Markdown."""
    if value is None or isinstance(value, bool | int | float | dt.date | dt.timedelta | SafeString | Words):
        return value
    if isinstance(value, str | Promise):
        return Words(value)
    if isinstance(value, Mapping):
        return {key: quoted(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [quoted(one) for one in value]
    if callable(value) and not getattr(value, "do_not_call_in_templates", False):
        return lambda *args, **kwargs: quoted(value(*args, **kwargs))
    return Quoted(value)


@dataclass(frozen=True)
class Written:
    """A letter's subject (plain) and its body (Markdown)."""

    subject: str
    body: str


def write(letter: str, context: Mapping[str, Any], language: str) -> Written:
    """Fill the template ``letter`` in ``language``.

    ``base_url`` is added to the context. Raises ValueError when the template does not begin with a subject
    line, RuleBroken when the subject would have a line break in it.
    """
    from .markdown import plain

    with translation.override(language):
        filled = get_template(letter).render(
            {"base_url": SafeString(settings.BASE_URL)} | {key: quoted(value) for key, value in context.items()}
        )
    head, _gap, body = filled.replace("\r\n", "\n").strip().partition("\n\n")
    if not head.startswith("Subject: ") or not body.strip():
        raise ValueError(f"{letter} must begin with 'Subject: ...', then an empty line, then the letter")
    subject = plain(one_line(head.removeprefix("Subject: ").replace("\n", "\u2028")))
    return Written(subject, re.sub(r"\n{3,}", "\n\n", body).strip())
