"""The mail check against a real server, set up rightly and in each of the ways that people set it up wrongly."""

import email
import email.policy
import http.server
import socket
import threading

import pytest
from django.utils import translation

from kutomo.ground.mail import doctor
from kutomo.ground.mail.url import read

from .post_office import Box, certificate, office
from .test_mail import same


@pytest.fixture(autouse=True)
def _sender(settings, monkeypatch):
    settings.DEFAULT_FROM_EMAIL = "Kutomo <kirjeet@kutomo.example>"
    monkeypatch.setattr(doctor, "PATIENCE", 1.0)
    with translation.override("en"):
        yield


def last(url: str, to: str | None = None):
    return doctor.check(to, read(url))[-1]


@pytest.fixture
def trusted(tmp_path, monkeypatch):
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    return context


def test_everything_is_fine_and_the_letter_arrives_whole(trusted):
    box = Box()
    with office(box, tls=trusted, password="s@l#asana") as port:
        url = f"smtp://posti:s%40l%23asana@localhost:{port}?tls=starttls"
        found = doctor.check("aino@example.org", read(url))
    assert doctor.is_fine(found), found
    assert [one.step for one in found] == [
        "settings", "sender", "name", "line", "encryption", "sign_in", "letter"
    ]  # fmt: skip
    assert "salasana" not in repr(found)
    got = email.message_from_bytes(box.letters[0], policy=email.policy.default)
    text, page = (got.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "äöå ÄÖÅ" in text
    same(text.replace("\r\n", "\n"), page)
    assert box.envelopes == [("kirjeet@kutomo.example", ["aino@example.org"])]


def test_tls_from_the_start_works(trusted):
    with office(box := Box(), tls=trusted, from_the_start=True) as port:
        found = doctor.check("aino@example.org", read(f"smtps://localhost:{port}"))
    assert doctor.is_fine(found), found
    assert len(box.letters) == 1


def test_without_a_test_address_nothing_is_sent():
    with office(box := Box()) as port:
        found = doctor.check(None, read(f"smtp://127.0.0.1:{port}"))
    assert doctor.is_fine(found), found
    assert box.letters == []


@pytest.mark.parametrize(
    ("url", "says", "mend"),
    [
        ("", "No mail server is set", "KUTOMO_MAIL_URL="),
        ("http://x", "must begin with smtp://", "KUTOMO_MAIL_URL="),
        ("smtp://", "lacks the server's name", "KUTOMO_MAIL_URL="),
        ("smtp://a:b@host:mail", "cannot be read", "%40"),
        ("smtp://host?tls=maybe", "must be starttls, tls or none", ""),
    ],
)
def test_broken_settings(url, says, mend):
    found = last(url)
    assert not found.is_fine
    assert says in found.words
    assert mend in found.mend


def test_no_sender(settings):
    settings.DEFAULT_FROM_EMAIL = "Kutomo <kutomo@localhost>"
    found = last("smtp://localhost:25")
    assert (found.step, found.is_fine) == ("sender", False)
    assert "KUTOMO_MAIL_FROM=" in found.mend


def test_name_that_leads_nowhere(monkeypatch):
    def nowhere(*_a, **_k):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)  # tests stay on this machine
    found = last("smtp://posti.exmaple.org")
    assert "leads nowhere" in found.words
    assert "typing error" in found.mend


def test_refused():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = last(f"smtp://127.0.0.1:{port}")
    assert f"refuses the connection to port {port}" in found.words
    assert "587" in found.mend


def test_silence():
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        found = last(f"smtp://127.0.0.1:{deaf.getsockname()[1]}")
    assert "did not answer" in found.words
    assert "firewall" in found.mend


def test_tls_port_with_a_plain_setting(trusted):
    with office(Box(), tls=trusted, from_the_start=True) as port:
        found = last(f"smtp://localhost:{port}?tls=starttls")
    assert "speaks TLS from the start" in found.words
    assert "smtps://" in found.mend


def test_plain_port_with_a_tls_setting():
    with office(Box()) as port:
        found = last(f"smtps://localhost:{port}")
    assert "does not speak TLS from the start" in found.words
    assert "starttls" in found.mend


def test_no_starttls_there():
    with office(Box()) as port:
        found = last(f"smtp://localhost:{port}?tls=starttls")
    assert "does not offer encryption" in found.words
    assert "465" in found.mend


@pytest.mark.parametrize("scheme", ["smtps", "smtp"])
def test_certificate_that_nobody_trusts(tmp_path, scheme):
    context, _public = certificate(tmp_path)
    with office(Box(), tls=context, from_the_start=scheme == "smtps") as port:
        found = last(f"{scheme}://localhost:{port}?tls={'tls' if scheme == 'smtps' else 'starttls'}")
    assert "certificate is not trusted" in found.words
    assert "SSL_CERT_FILE" in found.mend


def test_certificate_of_another_name(tmp_path, monkeypatch):
    context, public = certificate(tmp_path, "mail.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with office(Box(), tls=context, from_the_start=True) as port:
        found = last(f"smtps://localhost:{port}")
    assert "made for another name than localhost" in found.words


def test_wrong_password(trusted):
    with office(Box(), tls=trusted, password="oikea") as port:
        found = last(f"smtp://posti:vaara@localhost:{port}?tls=starttls")
    assert "does not accept the user or the password: 535" in found.words
    assert "app password" in found.mend
    assert "vaara" not in found.words


def test_nobody_signs_in_there():
    with office(Box()) as port:
        found = last(f"smtp://posti:salasana@localhost:{port}?tls=none")
    assert "does not let anybody sign in" in found.words
    assert "starttls" in found.mend


def test_sender_refused():
    with office(Box(mail="553 5.7.1 not your address")) as port:
        found = last(f"smtp://localhost:{port}")
        sent = last(f"smtp://localhost:{port}", "aino@example.org")
    for one in (found, sent):
        assert "does not accept the sender kirjeet@kutomo.example: 553" in one.words
        assert "KUTOMO_MAIL_FROM" in one.mend


def test_relaying_refused():
    with office(Box(rcpt="550 5.7.1 relaying denied")) as port:
        found = last(f"smtp://localhost:{port}", "aino@example.org")
    assert "does not pass letters on" in found.words
    assert "550 5.7.1 relaying denied" in found.words
    assert "signing in" in found.mend


def test_letter_refused():
    with office(Box(data="554 looks like spam")) as port:
        found = last(f"smtp://localhost:{port}", "aino@example.org")
    assert "did not take the letter: 554 looks like spam" in found.words


def test_broken_test_address():
    with office(Box()) as port:
        found = last(f"smtp://localhost:{port}", "aino aalto@example.org")
    assert "space" in found.words


def test_a_web_server_is_no_mail_server():
    class Page(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Page) as web:
        thread = threading.Thread(target=web.serve_forever)
        thread.start()
        found = last(f"smtp://127.0.0.1:{web.server_port}")
        web.shutdown()
        thread.join()
    assert not found.is_fine
    assert "did not answer" in found.words or "no mail server" in found.words
