"""Six digits by mail: made, counted, compared. The numbers stand in rules.py."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from kutomo.ground import clock
from kutomo.ground.errors import RuleBroken, TooMany
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.writing import write

from .. import rules
from ..models import Code, Person, Tally

GONE = _("The code is no longer valid. Ask for a new one.")


def count(kind: str, value: str, most: int) -> None:
    """Count one try of ``kind`` by ``value``; raises TooMany beyond ``most`` in the quarter of an hour.

    Stands outside the caller's transaction, or a refusal would undo its own counting.
    """
    now, span = clock.now(), int(rules.WINDOW.total_seconds())
    since = dt.datetime.fromtimestamp(int(now.timestamp()) // span * span, dt.UTC)
    key = salted_hmac("kutomo.people.tally", f"{kind}:{value}", algorithm="sha256").hexdigest()[:40]
    row, _made = Tally.objects.get_or_create(key=key, since=since)
    Tally.objects.filter(pk=row.pk).update(count=F("count") + 1)
    row.refresh_from_db(fields=["count"])
    if row.count > most:
        wait = max(1, int((since + rules.WINDOW - now).total_seconds()))
        raise TooMany(_("There were too many tries. Wait a moment, then try again."), retry_after=wait)


@transaction.atomic
def make(*, purpose: str, email: str, to: Addressee, letter: str, is_known: bool, person: Any = None) -> Code:
    """Make a code for ``email`` and send ``letter`` with it; earlier codes of this address die.

    ``is_known=False``: nobody may use a code, so none is kept, but the same work is done and a letter of the
    same size leaves, so that neither the page nor its speed tells who has an account.
    """
    digits = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"
    handle, now = secrets.token_urlsafe(32), clock.now()
    Code.objects.filter(purpose=purpose, email__iexact=email, person=person).delete()
    code = Code.objects.create(
        handle=handle,
        purpose=purpose,
        email=email,
        person=person,
        digest=_digest(handle, digits) if is_known else "",
        made_at=now,
        expires_at=now + rules.CODE_LIVES,
    )
    shown = f"{digits[:3]} {digits[3:]}"
    outbox.put(
        write(letter, {"code": shown, "to": to}, to.language),
        template=letter,
        to=to,
        key=f"code:{handle}",
        is_secret=True,
    )
    return code


def check(*, handle: str, purpose: str, typed: str, client: str) -> Code:
    """The code row if ``typed`` is right; it can be used once.

    Raises RuleBroken (field "code") for a wrong, old or worn-out code, TooMany beyond the limits.
    """
    count("try from", client, rules.TRIES_A_CLIENT)
    code = Code.objects.filter(handle=handle, purpose=purpose).first()
    if code is None or code.expires_at <= clock.now():
        raise RuleBroken(GONE, field="code")
    count("try for", code.email.lower(), rules.TRIES_AN_ADDRESS)
    Code.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
    if code.tries >= rules.CODE_TRIES:
        raise RuleBroken(GONE, field="code")
    right = constant_time_compare(code.digest, _digest(handle, rules.digits_of(typed)))
    if not right or not code.digest:
        raise RuleBroken(_("The code is not right. Look for the newest message."), field="code")
    if not Code.objects.filter(pk=code.pk).delete()[0]:
        raise RuleBroken(GONE, field="code")
    return code


def _digest(handle: str, digits: str) -> str:
    return salted_hmac("kutomo.people.code", f"{handle}:{digits}", algorithm="sha256").hexdigest()


def addressee(email: str, person: Person | None, language: str) -> Addressee:
    """How to write to ``email``: in the person's own language when there is one."""
    if person is None:
        return Addressee(email=email, language=language)
    return Addressee(email=email, name=person.name, language=person.language, person=person)
