"""Wishes about letters, and what the pages of letters show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kutomo.ground import clock
from kutomo.ground.errors import NotFound
from kutomo.ground.mail.address import Addressee, key_of
from kutomo.ground.mail.message import html_part, subject_line, text_part
from kutomo.ground.mail.models import Letter
from kutomo.ground.mail.writing import write

from .models import Stop, Weekday, Wish
from .rules import PREVIEWS, Preview, kind_of, week_of

SALT = "letters.unsubscribe"


def unsubscribe_token(recipient: str, kind: str) -> str:
    """Names the recipient's key and the kind; does not expire, opens nothing, holds no address."""
    return signing.dumps([recipient, kind], salt=SALT)


def was_written(key: str) -> bool:
    """Whether any letter was written under a key that begins so."""
    return Letter.objects.filter(key__startswith=key).exists()


def of_token(token: str) -> tuple[str, str]:
    """(recipient, kind) of the link in a letter. Raises NotFound when it is broken."""
    try:
        recipient, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound(_("This link is broken. Open it once more from the letter.")) from None
    return recipient, kind


def is_stopped(to: Addressee, kind: str) -> bool:
    """Has the addressee said "never this", as a person or, before that, as an address?"""
    return Stop.objects.filter(recipient__in=to.keys, kind=kind).exists()


def wish_of(to: Addressee) -> Wish:
    """The addressee's wish (unsaved when none was given)."""
    return Wish.objects.filter(recipient__in=to.keys).order_by("-changed_at").first() or Wish(
        recipient=to.key, weekday=Weekday.ANY
    )


def wishes_of(people: Iterable[Any]) -> dict[int, Wish]:
    """The wishes of ``people`` by the person's key, for those who gave one; one query."""
    keys = {key: person.pk for person in people for key in Addressee.of(person).keys}
    rows = Wish.objects.filter(recipient__in=keys).order_by("changed_at")
    return {keys[row.recipient]: row for row in rows}


def last_written(letter: str, people: Iterable[Any]) -> dict[int, dt.datetime]:
    """When the template ``letter`` was last written to each of ``people``, by the person's key; one query."""
    keys = {key_of("", person): person.pk for person in people}
    rows = Letter.objects.filter(template=letter, recipient__in=keys).values("recipient")
    return {keys[row["recipient"]]: row["last"] for row in rows.annotate(last=Max("created_at")).order_by()}


def used_weeks(to: Addressee, since: dt.datetime) -> set[clock.Week]:
    """The weeks whose one nudge is spent or promised already."""
    slots = Letter.objects.filter(
        recipient__in=to.keys, slot__startswith="nudge ", created_at__gte=since - dt.timedelta(days=60)
    ).values_list("slot", flat=True)
    return {week_of(slot) for slot in slots}


@dataclass(frozen=True)
class Choice:
    """One kind of letter on the page of wishes."""

    kind: str
    title: Any
    is_stopped: bool


def wishes(person: Any) -> tuple[Wish, list[Choice]]:
    """What the person's page of letters shows: the wish, and every kind of letter with its stop."""
    to = Addressee.of(person)
    stopped = set(Stop.objects.filter(recipient__in=to.keys).values_list("kind", flat=True))
    kinds = {one.kind: one.title for one in PREVIEWS.values() if one.is_wishable}
    return wish_of(to), [Choice(kind, title, kind in stopped) for kind, title in sorted(kinds.items())]


def title_of(kind: str) -> Any:
    """The kind in the reader's words, or a general word for one that is no longer sent."""
    return next((one.title for one in PREVIEWS.values() if one.kind == kind), _("letters like this"))


def previews() -> list[Preview]:
    """All letters of the house, by room."""
    return sorted(PREVIEWS.values(), key=lambda one: one.letter)


@dataclass(frozen=True)
class Specimen:
    """A letter as its reader would get it."""

    preview: Preview
    language: str
    subject: str
    text: str
    html: str


def specimen(kind: str, language: str) -> Specimen:
    """The letter ``kind`` with its example, in ``language``. Raises NotFound for an unknown one."""
    found = next((one for one in PREVIEWS.values() if one.kind == kind), None)
    if found is None or language not in {"fi", "sv", "en"}:
        raise NotFound(_("There is no such letter."))
    with translation.override(language):
        written = write(found.letter, found.example(), language)
    letter = Letter(
        key=f"preview:{kind}:{language}",
        template=found.letter,
        recipient="",
        email="esimerkki@example.org",
        language=language,
        sender=found.sender,
        subject=written.subject,
        body=written.body,
        unsubscribe="/letters/stop/example/" if found.is_wishable else "",
    )
    return Specimen(found, language, subject_line(letter), text_part(letter), html_part(letter))


__all__ = ["kind_of", "of_token", "previews", "specimen", "title_of", "wish_of", "wishes"]


def own_rows(person: Any) -> list[dict[str, Any]]:
    """The person's wishes about letters, for the person's own export."""
    keys = Addressee.of(person).keys
    wishes = Wish.objects.filter(recipient__in=keys).values("weekday", "no_nudges", "changed_at")
    stops = Stop.objects.filter(recipient__in=keys).values("kind", "at")
    return [*(dict(wish) for wish in wishes), *({"never": row["kind"], "since": row["at"]} for row in stops)]
