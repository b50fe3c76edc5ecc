"""The mail check: does what a letter does, step by step, and says in plain words what is wrong and how to mend it."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from kutomo.ground.errors import RuleBroken

from .address import Addressee, tidy
from .message import build
from .models import Letter
from .outbox import words_of
from .url import NONE, STARTTLS, TLS, Server

PATIENCE = 10.0  # seconds that a server gets to answer


@dataclass(frozen=True)
class Finding:
    """One step of the check: what was tried, how it went, and what to do about it."""

    step: str  # settings, sender, name, line, encryption, sign_in, letter
    is_fine: bool
    words: str
    mend: str = ""


class _Stop(Exception):
    """A step failed; the steps after it make no sense."""

    def __init__(self, words: str, mend: str):
        super().__init__(words)
        self.words, self.mend = words, mend


def check(send_to: str | None = None, server: Server | None = None) -> list[Finding]:
    """Check the mail settings for real: resolve, connect, encrypt, sign in, and send a test letter if told where.

    ``send_to``: an address, or None to stop before the letter; ``server``: other than the installation's own.
    The sentences come in the active language. Never shows the password.
    """
    server = settings.MAIL_SERVER if server is None else server
    found: list[Finding] = []
    client: smtplib.SMTP | None = None
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("settings", lambda: _settings(server)),
        ("sender", _sender),
        ("name", lambda: _resolve(server)),
    ]
    try:
        for step, deed in steps:
            found.append(_did(step, deed))
            if not found[-1].is_fine:
                return found
        with _connection(server, found) as client:
            if client is not None:
                found.append(_did("sign_in", lambda: _sign_in(client, server)))
                if found[-1].is_fine:
                    found.append(_did("letter", lambda: _letter(client, send_to)))
    except _Stop as stop:
        found.append(Finding("line", False, stop.words, stop.mend))
    return found


def is_fine(found: list[Finding]) -> bool:
    """Did every step go well?"""
    return all(finding.is_fine for finding in found)


def _did(step: str, deed: Callable[[], str]) -> Finding:
    try:
        return Finding(step, True, deed())
    except _Stop as stop:
        return Finding(step, False, stop.words, stop.mend)


def _settings(server: Server) -> str:
    example = "KUTOMO_MAIL_URL=smtp://user:password@mail.example.org:587?tls=starttls"
    mend = _("Set it like this, then start Kutomo again: %(example)s") % {"example": example}
    match server.problem:
        case "":
            return _("The settings name the server %(host)s, port %(port)s.") % {
                "host": server.host,
                "port": server.port,
            }
        case "unset":
            raise _Stop(_("No mail server is set, so no letter leaves."), mend)
        case "scheme":
            raise _Stop(_("The mail setting must begin with smtp:// or smtps://."), mend)
        case "host":
            raise _Stop(_("The mail setting lacks the server's name."), mend)
        case "tls":
            raise _Stop(_("The mail setting's tls must be starttls, tls or none."), mend)
        case _:
            numbers = _("Write special characters of the user and password by number: @ as %(at)s, # as %(hash)s.")
            raise _Stop(
                _("The mail setting cannot be read."),
                " ".join([numbers % {"at": "%40", "hash": "%23"}, mend]),
            )


def _sender() -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    mend = _("Set it like this: %(example)s") % {"example": "KUTOMO_MAIL_FROM=Kutomo <kutomo@example.org>"}
    if address.endswith("@localhost") or "@127." in address:
        raise _Stop(_("No sender is set, and this machine's own name is no address for mail."), mend)
    try:
        tidy(address)
    except RuleBroken as broken:
        raise _Stop(_("The sender's address is broken."), f"{broken} {mend}") from None
    return _("Letters come from %(address)s.") % {"address": address}


def _resolve(server: Server) -> str:
    try:
        found = {row[4][0] for row in socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)}
    except OSError:
        raise _Stop(
            _("The name %(host)s leads nowhere.") % {"host": server.host},
            _("Look for a typing error in the server's name, or ask your mail provider for it."),
        ) from None
    return _("The name leads to %(addresses)s.") % {"addresses": ", ".join(sorted(map(str, found)))}


@contextmanager
def _connection(server: Server, found: list[Finding]) -> Iterator[smtplib.SMTP | None]:
    """Connected and encrypted, with both steps noted; None when either failed."""
    client: smtplib.SMTP | None = None
    try:
        client = _connect(server)
        found.append(Finding("line", True, _("The server answers.")))
        found.append(_did("encryption", lambda: _encrypt(client, server)))
        yield client if found[-1].is_fine else None
    except _Stop as stop:
        found.append(Finding("line", False, stop.words, stop.mend))
        yield None
    finally:
        if client is not None:
            client.close()


def _connect(server: Server) -> smtplib.SMTP:
    where = {"host": server.host, "port": server.port}
    try:
        if server.tls == TLS:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    except ConnectionRefusedError:
        raise _Stop(
            _("The server %(host)s refuses the connection to port %(port)s.") % where,
            _("Nothing listens there. Usual ports are 587 (starttls) and 465 (tls)."),
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise _certificate(server, error) from None
    except ssl.SSLError:
        raise _Stop(
            _("Port %(port)s does not speak TLS from the start.") % where,
            _("Write smtp:// instead of smtps://, with ?tls=starttls at the end."),
        ) from None
    except (TimeoutError, smtplib.SMTPServerDisconnected):
        if server.tls != TLS and _speaks_tls(server):
            raise _Stop(
                _("Port %(port)s speaks TLS from the start, and Kutomo tried without.") % where,
                _("Write smtps:// instead of smtp:// in the mail setting."),
            ) from None
        raise _Stop(
            _("The server %(host)s did not answer on port %(port)s within 10 seconds.") % where,
            _("A firewall may close the port. Many hosts close port 25; try 587 or 465, or ask your provider."),
        ) from None
    except smtplib.SMTPException as error:
        raise _Stop(
            _("On port %(port)s something answers, but it is no mail server: %(said)s")
            % {**where, "said": words_of(error)},
            _("Check the port. Usual ports are 587 (starttls) and 465 (tls)."),
        ) from None
    except OSError as error:
        raise _Stop(
            _("The server %(host)s cannot be reached: %(said)s") % {**where, "said": error.strerror or str(error)},
            _("Check that this machine has a connection to the net and that no firewall stands between."),
        ) from None


def _speaks_tls(server: Server) -> bool:
    """Does the port begin with TLS? Only a question; nothing is sent over it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((server.host, server.port), timeout=3) as line,
            context.wrap_socket(line, server_hostname=server.host),
        ):
            return True
    except OSError:
        return False


def _certificate(server: Server, error: ssl.SSLCertVerificationError) -> _Stop:
    if "doesn't match" in str(error) or "mismatch" in str(error).lower():
        return _Stop(
            _("The server's certificate is made for another name than %(host)s.") % {"host": server.host},
            _("Write the name that stands in the certificate; your mail provider's guide has it."),
        )
    return _Stop(
        _("The server's certificate is not trusted: %(reason)s.") % {"reason": error.verify_message},
        _("If the server is your own, give its certificate authority to this machine (SSL_CERT_FILE)."),
    )


def _encrypt(client: smtplib.SMTP, server: Server) -> str:
    if server.tls == TLS:
        return _("The line is encrypted (%(version)s).") % {"version": client.sock.version()}  # type: ignore[union-attr]
    if server.tls == NONE:
        return _("The line is not encrypted, as the setting says. That is fine only within one machine.")
    try:
        client.starttls(context=ssl.create_default_context())
    except smtplib.SMTPNotSupportedError:
        raise _Stop(
            _("The server does not offer encryption (STARTTLS) on this port."),
            _("Try smtps:// and port 465. Only for a server on this machine: ?tls=none."),
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise _certificate(server, error) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Stop(
            _("The encryption failed: %(said)s") % {"said": words_of(error)},
            _("Ask your mail provider which port and which encryption to use."),
        ) from None
    return _("The line is encrypted (%(version)s).") % {"version": client.sock.version()}  # type: ignore[union-attr]


def _sign_in(client: smtplib.SMTP, server: Server) -> str:
    if not server.user:
        return _("Kutomo does not sign in to the server, as no user is set.")
    try:
        client.login(server.user, server.password)
    except smtplib.SMTPAuthenticationError as error:
        raise _Stop(
            _("The server does not accept the user or the password: %(said)s") % {"said": words_of(error)},
            _("Check both. Many providers want an app password of its own instead of the usual one."),
        ) from None
    except smtplib.SMTPNotSupportedError:
        mend = (
            _("It may do so only on an encrypted line: use ?tls=starttls.")
            if server.tls == NONE
            else _("Leave the user and password out of the setting, or ask your provider.")
        )
        raise _Stop(_("The server does not let anybody sign in here."), mend) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Stop(
            _("Signing in failed: %(said)s") % {"said": words_of(error)},
            _("Ask your mail provider which way of signing in to use."),
        ) from None
    return _("The server accepts the user and the password.")


def _letter(client: smtplib.SMTP, send_to: str | None) -> str:
    """Send the test letter, or ask only whether the server accepts the sender."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    try:
        if not send_to:
            client.ehlo_or_helo_if_needed()
            code, said = client.mail(sender)
            if code >= 400:
                raise smtplib.SMTPSenderRefused(code, said, sender)
            client.rset()
            return _("The server accepts the sender. No test letter was sent.")
        client.sendmail(sender, [tidy(send_to)], test_message(send_to).message().as_bytes(linesep="\r\n"))
    except RuleBroken as broken:
        raise _Stop(str(broken), _("Write another address for the test letter.")) from None
    except smtplib.SMTPSenderRefused as error:
        raise _Stop(
            _("The server does not accept the sender %(sender)s: %(said)s")
            % {"sender": sender, "said": words_of(error)},
            _("Set KUTOMO_MAIL_FROM to an address that belongs to this user, and check that the user may send."),
        ) from None
    except smtplib.SMTPRecipientsRefused as error:
        raise _Stop(
            _("The server does not pass letters on to %(address)s: %(said)s")
            % {"address": send_to, "said": words_of(error)},
            _("Check the address. If it is right, the server may send only after signing in: set user and password."),
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise _Stop(
            _("The server did not take the letter: %(said)s") % {"said": words_of(error)},
            _("The server's own words above say why. Ask your mail provider if they are not clear."),
        ) from None
    return _("The server took the test letter to %(address)s. Look whether it arrives, also in the junk mail.") % {
        "address": send_to
    }


def test_message(send_to: str) -> Any:
    """The test letter, made as all letters are."""
    from django.utils.translation import get_language

    from .writing import write

    to = Addressee(email=send_to, language=get_language() or "fi")
    written = write("mail/letters/test.md", {}, to.language)
    return build(
        Letter(
            key=f"test:{send_to}",
            recipient=to.key,
            email=tidy(send_to),
            language=to.language,
            subject=written.subject,
            body=written.body,
        )
    )


test_message.__test__ = False  # type: ignore[attr-defined]  # pytest need not run it

__all__ = ["STARTTLS", "Finding", "check", "is_fine", "test_message"]
