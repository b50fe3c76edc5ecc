"""KUTOMO_MAIL_URL: one line says how letters leave. Read by the settings, so no Django here."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

STARTTLS, TLS, NONE = "starttls", "tls", "none"
LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Server:
    """A mail server as the settings name it. ``problem``: a code for ground/mail/doctor.py, or ""."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    tls: str = STARTTLS
    problem: str = ""

    def __repr__(self) -> str:  # never the password, not even in an error page
        return f"Server({self.host!r}, {self.port}, tls={self.tls!r}, user={bool(self.user)})"

    @property
    def is_set(self) -> bool:
        return bool(self.host) and not self.problem


def read(url: str) -> Server:
    """``smtp://user:password@host:587?tls=starttls``, ``smtps://host`` (TLS from the start, port 465).

    ``tls`` is starttls, tls or none; unset: starttls, but none for this machine itself. Special characters
    of the user and password are percent-encoded.
    """
    if not url.strip():
        return Server(problem="unset")
    try:
        parts = urlsplit(url.strip())
        scheme, host, port = parts.scheme.lower(), parts.hostname or "", parts.port
    except ValueError:
        return Server(problem="malformed")
    if scheme not in {"smtp", "smtps"}:
        return Server(problem="scheme")
    if not host:
        return Server(problem="host")
    default = TLS if scheme == "smtps" else NONE if host in LOCAL else STARTTLS
    tls = parse_qs(parts.query).get("tls", [default])[0].lower()
    if tls not in {STARTTLS, TLS, NONE}:
        return Server(host=host, problem="tls")
    return Server(
        host=host,
        port=port or (465 if tls == TLS else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )
