"""Sending letters, and wishes about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.ground import clock
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter, State
from kutomo.ground.mail.tasks import deliver_many as deliver_together
from kutomo.ground.mail.writing import write

from . import queries
from .models import Stop, Wish
from .rules import PATIENCE, kind_of, next_allowed, preview, slot_of, week_of

__all__ = ["Addressee", "deliver_many", "send", "stop", "stop_nudges", "want", "wish"]


@transaction.atomic
def send(
    *,
    letter: str,
    to: Addressee,
    network: Any = None,
    context: Mapping[str, Any],
    key: str,
    nudge: bool = False,
    patience: dt.timedelta = PATIENCE,
    stoppable: bool = True,
    in_bulk: bool = False,
) -> Letter | None:
    """Queue a letter in the caller's transaction; it is delivered after the commit.

    ``letter``: the template's path, "candidates/letters/invitation.md"; ``network``: gives the subject its
    prefix and the context its ``network``; ``context``: the template's values (``to``, ``network`` and
    ``base_url`` are added); ``key``: the deed behind it, "invitation:12:1", never sent twice;
    ``nudge``: an automatic reminder: goes through the budget and the quiet times, so it may wait for days;
    ``patience``: how long a nudge may wait before it is no longer worth sending (two weeks).
    ``in_bulk``: one of many; the caller gives them to ``deliver_many`` together;
    ``stoppable=False``: the reader needs it to use the house at all, so it carries no unsubscribe link.
    Returns the row, or None when nothing is sent: no address, "never this" said, no nudges wanted, or no
    place in time. Raises RuleBroken for a broken address.
    """
    kind = kind_of(letter)
    if not to.email or (stoppable and queries.is_stopped(to, kind)):
        return None
    written = write(letter, {"network": network, "to": to, **context}, to.language)
    links = reverse("letters:stop", args=[queries.unsubscribe_token(to.key, kind)]) if stoppable else ""
    post: dict[str, Any] = {
        "template": letter,
        "to": to,
        "key": key,
        "sender": network.name if network is not None else "",
        "network": network.pk if network is not None else None,
        "unsubscribe": links,
        "in_bulk": in_bulk,
    }
    return _nudge(written, post, to, patience) if nudge else outbox.put(written, **post)


@transaction.atomic
def deliver_many(*, by: Any = None, letters: Iterable[Letter]) -> None:
    """Let ``letters`` that were sent with ``in_bulk`` leave, over one connection to the server."""
    if waiting := [letter.pk for letter in letters if letter.state == State.QUEUED]:
        deliver_together.later(waiting)


def _nudge(written: Any, post: dict[str, Any], to: Addressee, patience: dt.timedelta) -> Letter | None:
    """Find the week's free place. The database holds the rule: (recipient, slot) is unique."""
    if (earlier := Letter.objects.filter(key=post["key"]).first()) is not None:
        return earlier
    wish, now = queries.wish_of(to), clock.now()
    if wish.no_nudges:
        return None
    used = queries.used_weeks(to, now)
    while (at := next_allowed(now, used=used, weekday=wish.weekday)) - now <= patience:
        slot = slot_of(at)
        row = outbox.put(written, **post, slot=slot, not_before=None if at <= now else at)
        if row is not None:
            return row
        used.add(week_of(slot))  # somebody else's nudge took the place in this very moment
    return None


@transaction.atomic
def stop(*, by: Any = None, recipient: str, kind: str) -> None:
    """ "Never this": no more letters of this kind. ``by`` is None for the link in a letter; may be repeated."""
    Stop.objects.get_or_create(recipient=recipient, kind=kind, defaults={"at": clock.now()})
    for waiting in Letter.objects.filter(recipient=recipient, state__in=outbox.WAITING).exclude(slot=""):
        if kind_of(waiting.template) == kind:
            outbox.drop(waiting)


@transaction.atomic
def stop_nudges(*, by: Any = None, recipient: str) -> None:
    """No automatic reminders of any kind."""
    _keep(recipient, no_nudges=True)
    for waiting in Letter.objects.filter(recipient=recipient, state__in=outbox.WAITING).exclude(slot=""):
        outbox.drop(waiting)


@transaction.atomic
def want(*, by: Any = None, recipient: str, kind: str) -> None:
    """Take a "never this" back."""
    Stop.objects.filter(recipient=recipient, kind=kind).delete()


@transaction.atomic
def wish(*, by: Any, weekday: int, no_nudges: bool, stopped: list[str]) -> None:
    """Keep the person's wishes: the day for reminders, whether they come at all, and the stopped kinds."""
    to = Addressee.of(by)
    _keep(to.key, weekday=weekday, no_nudges=no_nudges)
    Wish.objects.filter(recipient__in=set(to.keys) - {to.key}).delete()
    Stop.objects.filter(recipient__in=to.keys).exclude(kind__in=stopped).delete()
    for kind in stopped:
        stop(by=by, recipient=to.key, kind=kind)


@transaction.atomic
def let_go(*, by: Any) -> None:
    """``by`` removes the own account: the wishes go with it."""
    keys = Addressee.of(by).keys
    Wish.objects.filter(recipient__in=keys).delete()
    Stop.objects.filter(recipient__in=keys).delete()


def _keep(recipient: str, **values: Any) -> None:
    Wish.objects.update_or_create(recipient=recipient, defaults={**values, "changed_at": clock.now()})


def _register() -> None:
    """The letters of the rooms below, which cannot call this room: sign-in, addresses, the test letter."""
    someone = Addressee("aino.aalto@example.org", "Aino Aalto")
    code = {"code": "418 205", "to": someone}
    preview("people/letters/code.md", lambda: code, title=_("sign-in code"), sender="Kutomo", is_wishable=False)
    preview(
        "people/letters/unknown.md",
        lambda: {},
        title=_("sign-in without an account"),
        sender="Kutomo",
        is_wishable=False,
    )
    preview(
        "people/letters/address.md", lambda: code, title=_("confirming an address"), sender="Kutomo", is_wishable=False
    )
    preview("mail/letters/test.md", lambda: {}, title=_("test letter"), sender="Kutomo", is_wishable=False)


_register()
