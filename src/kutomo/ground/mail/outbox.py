"""The outbox: put a letter in, deliver it once.

A letter leaves in three short transactions: claim (queued -> sending), hand over to the SMTP server, mark
(sending -> sent). Connecting, TLS and signing in come before the claim. A crash between the claim and the
mark leaves the letter in "sending"; nobody can know whether the server took it, so it is marked "unsure" and
shown to the operator, and is never sent again by itself (docs/adr, letters).
"""

from __future__ import annotations

import datetime as dt
import smtplib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext, gettext_lazy as _, override

from kutomo.ground import clock, jobs
from kutomo.ground.errors import RuleBroken

from .address import Addressee, one_line, tidy
from .message import build
from .models import Letter, State
from .writing import Written

JOB = "kutomo.ground.mail.tasks.deliver"
WAITING = (State.QUEUED, State.POSTPONED)
LOST = dt.timedelta(minutes=2)  # a letter that is "being sent" for so long has lost its worker


class TryAgain(Exception):
    """The server cannot take the letter now; the job's own retries bring it back."""


class Unreachable(TryAgain):
    """There is no server to hand any letter to."""


def is_configured() -> bool:
    """Is there a mail server to hand letters to?"""
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def put(
    written: Written,
    *,
    template: str,
    to: Addressee,
    key: str,
    sender: str = "",
    network: int | None = None,
    unsubscribe: str = "",
    slot: str = "",
    not_before: dt.datetime | None = None,
    is_secret: bool = False,
    in_bulk: bool = False,
) -> Letter | None:
    """Queue a letter in the caller's transaction.

    Returns the row; the earlier row when ``key`` was used before (nothing is sent twice); None when ``slot``
    is taken. ``in_bulk``: the caller gives it to ``deliver_many`` with others, so it gets no job of its own; one
    that the caller forgets leaves some minutes later (tasks.resume). Raises RuleBroken for a broken address or
    a header with a line break.
    """
    if (earlier := Letter.objects.filter(key=key).first()) is not None:
        return earlier
    email = tidy(to.email)
    try:
        with transaction.atomic():
            letter = Letter.objects.create(
                key=key,
                template=template,
                recipient=to.key,
                email=email,
                name=one_line(to.name)[:120],
                language=to.language,
                network=network,
                sender=one_line(sender)[:120],
                subject=written.subject[:250],
                body=written.body,
                unsubscribe=unsubscribe,
                slot=slot,
                is_secret=is_secret,
                state=_first_state(not_before),
                created_at=clock.now(),
                not_before=not_before,
            )
            if not_before is not None:
                jobs.at(not_before, JOB, letter.pk)
            elif letter.state == State.QUEUED and not in_bulk:
                jobs.later(JOB, letter.pk)
    except IntegrityError:
        return Letter.objects.filter(key=key).first()
    return letter


def _first_state(not_before: dt.datetime | None) -> str:
    if not_before is not None:
        return State.POSTPONED
    return State.KEPT if settings.DEMO and not is_configured() else State.QUEUED


def deliver(pk: int) -> None:
    """Send the letter if it still waits. Raises TryAgain when the job should come back later."""
    deliver_many([pk])


def deliver_many(pks: Iterable[int]) -> None:
    """Send those of the letters that still wait, one after another over one connection.

    Raises TryAgain when some should come back later; at once when the server cannot be reached at all.
    """
    later = ""
    with _Line() as line:
        for pk in pks:
            try:
                _deliver(pk, line)
            except Unreachable:
                raise
            except TryAgain as why:
                later = str(why)
    if later:
        raise TryAgain(later)


def _deliver(pk: int, line: _Line) -> None:
    letter = Letter.objects.filter(pk=pk, state__in=WAITING).first()
    if letter is None:
        _settle_lost(pk)
        return
    if not is_configured():
        if settings.DEMO:
            Letter.objects.filter(pk=pk, state__in=WAITING).update(state=State.KEPT)
            return
        _note(letter, _("No mail server is set. See the mail check."))
        raise TryAgain("no mail server is set")
    try:
        message = build(letter)
    except RuleBroken as refusal:
        _close(letter, State.FAILED, str(refusal))
        return
    connection = line.ready(letter)
    if _claim(letter):
        _hand_over(letter, line, connection, message)


def _claim(letter: Letter) -> bool:
    """queued -> sending, under the row's lock; False when another worker was faster."""
    mine = Letter.objects.filter(pk=letter.pk, state__in=WAITING)
    letter.attempts += 1
    return bool(mine.update(state=State.SENDING, tried_at=clock.now(), attempts=letter.attempts))


class _Line:
    """A connection that is open, encrypted and signed in before a letter is claimed; kept for the next letter."""

    def __init__(self) -> None:
        self.connection: Any = None

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_error: object) -> None:
        self.hang_up()

    def ready(self, letter: Letter) -> Any:
        """The connection, asked whether it still stands, else a new one. Raises Unreachable, noted on ``letter``."""
        if self.connection is not None and not self._answers():
            self.hang_up()
        if self.connection is None:
            connection = get_connection(fail_silently=False)
            try:
                connection.open()
            except (OSError, smtplib.SMTPException) as error:
                letter.attempts += 1
                _note(letter, words_of(error))
                raise Unreachable(words_of(error)) from error
            self.connection = connection
        return self.connection

    def _answers(self) -> bool:
        """Servers hang up after a while or after so many letters; that must not look like a letter on its way."""
        session = getattr(self.connection, "connection", None)
        if session is None:
            return not hasattr(self.connection, "connection")  # other backends keep no session
        try:
            return bool(session.noop()[0] == 250)
        except (OSError, smtplib.SMTPException):
            return False

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _hand_over(letter: Letter, line: _Line, connection: Any, message: Any) -> None:
    try:
        connection.send_messages([message])
    except (smtplib.SMTPException, OSError) as error:
        line.hang_up()
        if is_final(error):
            _close(letter, State.FAILED, words_of(error))
            return
        if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
            _note(letter, words_of(error), state=State.QUEUED)  # the server said no: it has not taken it
            raise TryAgain(words_of(error)) from error
        # The line broke in the middle: the server may have taken it.
        _close(letter, State.UNSURE, words_of(error))
        return
    now = clock.now()
    gone = {"body": "", "erased_at": now} if letter.is_secret else {}
    Letter.objects.filter(pk=letter.pk, state=State.SENDING).update(state=State.SENT, sent_at=now, error="", **gone)


def is_final(error: Exception) -> bool:
    """Did the server refuse this letter or this address for good (5xx)? Trouble with the sender is ours to mend."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPAuthenticationError):
        return False
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def words_of(error: Exception) -> str:
    """What the server said, without addresses of people, at most 300 characters."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_said(code, reason) for code, reason in error.recipients.values())[:300]
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)[:300]
    return f"{type(error).__name__}: {error}"[:300]


def _said(code: int, reason: bytes | str) -> str:
    return f"{code} {reason.decode(errors='replace') if isinstance(reason, bytes) else reason}"


def _note(letter: Letter, error: Any, **change: Any) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        error=str(error), attempts=letter.attempts, tried_at=clock.now(), **change
    )


def _close(letter: Letter, state: str, error: str) -> None:
    gone = {"body": "", "erased_at": clock.now()} if letter.is_secret else {}
    _note(letter, error, state=state, **gone)


def _settle_lost(pk: int) -> None:
    """The job came back to a letter that is still in "sending": its worker died in the middle."""
    lost = Letter.objects.filter(pk=pk, state=State.SENDING, tried_at__lt=clock.now() - LOST)
    lost.update(state=State.UNSURE, error=_("The server was stopped in the middle of sending."))


def send_again(letter: Letter) -> None:
    """An operator sends a refused or uncertain letter once more (with the same Message-ID)."""
    if letter.is_erased or letter.state not in {State.FAILED, State.UNSURE, State.KEPT}:
        raise RuleBroken(_("This letter cannot be sent again."))
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk, state=letter.state).update(state=State.QUEUED, error="")
        jobs.later(JOB, letter.pk)


def drop(letter: Letter) -> None:
    """A waiting letter is no longer needed."""
    Letter.objects.filter(pk=letter.pk, state__in=[*WAITING, State.FAILED, State.UNSURE]).update(
        state=State.DROPPED, body="", erased_at=clock.now()
    )


def forget(recipients: list[str]) -> int:
    """Erase addresses, names and bodies of all letters to these recipients; what waits is dropped."""
    rows = Letter.objects.filter(recipient__in=recipients)
    rows.filter(state__in=[*WAITING, State.FAILED, State.UNSURE]).update(state=State.DROPPED)
    return rows.update(email="", name="", body="", subject="", error="", erased_at=clock.now())


def unname(name: str) -> None:
    """Take the name of somebody who leaves out of everybody's letters; a namesake's own letters stay as they are."""
    if not name.strip():
        return
    named = Q(body__contains=name) | Q(subject__contains=name) | Q(sender=name)
    for row in Letter.objects.filter(named).exclude(name=name):
        with override(row.language):
            gone = gettext("somebody who has left")
        row.body, row.subject = row.body.replace(name, gone), row.subject.replace(name, gone)[:250]
        row.sender = "" if row.sender == name else row.sender
        row.save(update_fields=["body", "subject", "sender"])
