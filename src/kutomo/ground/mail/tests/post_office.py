"""A real SMTP server for tests: it listens, encrypts, asks for a password, refuses and breaks off on demand."""

from __future__ import annotations

import datetime as dt
import ssl
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Box:
    """What arrived, and how the server behaves: ``answers`` maps a step to the words it says instead of 250."""

    def __init__(self, **answers: str):
        self.letters: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.answers = answers
        self.break_off_after_data = False

    async def handle_MAIL(self, server, session, envelope, address, options):
        if said := self.answers.get("mail"):
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if said := self.answers.get("rcpt"):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if said := self.answers.get("data"):
            return said
        self.letters.append(envelope.content)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        if self.break_off_after_data:
            server.transport.abort()
        return "250 taken"


class _Office(Controller):
    """Says "localhost" and needs no look-up of the machine's name, which may lie outside."""

    def factory(self):
        return SMTP(self.handler, hostname="localhost", **self.SMTP_kwargs)

    def _trigger_server(self):
        """With port 0 the system chooses the port; the controller's first knock must go there."""
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def office(box: Box, *, tls: ssl.SSLContext | None = None, from_the_start=False, password: str = "", **more):
    """Open the post office; gives its port."""

    def gate(server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and data.password == password.encode()
        return AuthResult(success=good, handled=False)

    facts = {"authenticator": gate, "auth_required": bool(password), "auth_require_tls": bool(tls)} if password else {}
    if tls is not None and from_the_start:
        facts["ssl_context"] = tls
    elif tls is not None:
        facts |= {"tls_context": tls, "require_starttls": True}
    controller = _Office(box, hostname="127.0.0.1", port=0, **facts, **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def certificate(folder: Path, name: str = "localhost") -> tuple[ssl.SSLContext, Path]:
    """A server's certificate for ``name`` and the file by which a client may trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
