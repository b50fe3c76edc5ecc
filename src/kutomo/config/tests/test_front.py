"""The fast path before Django, and errors: as strict as any page."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from kutomo.config import front as fast
from kutomo.config.wsgi import application
from kutomo.work.meetings.actions import door
from kutomo.work.meetings.models import Answer
from kutomo.work.meetings.tests.room import Room, code, open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(monkeypatch) -> Room:
    monkeypatch.setattr(fast, "close_old_connections", lambda: None)  # the test's own transaction lives in it
    cache.clear()
    fast._stands.clear()
    fast._people.clear()
    return open_room()


def call(method: str, path: str, *, cookie: str = "", sent: bytes = b"", query: str = "") -> tuple[int, dict, bytes]:
    """One request through the whole application, as the web server sends it."""
    said: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], exc: Any = None) -> None:
        said.update(status=int(status[:3]), headers=dict(headers))

    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(sent)),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "wsgi.input": io.BytesIO(sent),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_COOKIE": cookie,
        "HTTP_X_LIVE": "1",
    }
    body = b"".join(application(environ, start))
    return said["status"], said["headers"], body


def cookie_of(phone: Client, room: Room) -> str:
    name = f"live-{room.meeting.code}"
    return f"{name}={phone.cookies[name].value}"


def test_guessing_codes_at_the_pulse_finds_nothing(room):
    """Without a cookie a right code looks like a wrong one: the limit on guesses cannot be walked round."""
    room.go("arrival")
    for path in (f"/live/{room.meeting.code}/pulse/", "/live/975310/pulse/"):
        assert call("GET", path, query="v=0&l=fi")[::2] == (404, b"")
        assert Client().get(path, {"v": "0"}).status_code == 404  # the same view behind the fast path
    status, _headers, body = call(
        "GET", f"/live/{room.meeting.code}/pulse/", cookie=cookie_of(room.phone(), room), query="v=0&l=fi"
    )
    assert status == 200
    assert body


def test_a_cookie_of_one_meeting_opens_no_other(room):
    other = open_room()
    stolen = cookie_of(room.phone(), room).replace(room.meeting.code, other.meeting.code)
    assert call("GET", f"/live/{other.meeting.code}/pulse/", cookie=stolen, query="v=0")[0] == 404


def test_the_fast_path_is_as_strict_as_a_page(room):
    status, headers, _body = call(
        "GET", f"/live/{room.meeting.code}/pulse/", cookie=cookie_of(room.phone(), room), query="v=0&l=fi"
    )
    assert status == 200
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cache-Control"] == "no-store"


def test_a_thousand_fields_are_refused_and_nul_is_left_out(room):
    step, phone = room.go("arrival"), cookie_of(room.phone(), room)
    path = f"/live/{room.meeting.code}/answer/"
    assert call("POST", path, cookie=phone, sent=b"a&" * 4000)[0] == 400
    assert call("POST", path, cookie=phone, sent=b"x" * (fast.LARGEST + 1))[0] == 413
    words = f"step={step.pk}&code={code()}&word=uu%00si\0%ff".encode()
    assert call("POST", path, cookie=phone, sent=words)[0] == 200
    assert Answer.objects.get(step=step).text == "uusi\ufffd"


def test_wrong_codes_are_counted_by_the_client_behind_the_proxies(room, settings, monkeypatch):
    """Behind a proxy one guesser does not shut out everybody; without proxies a forged header changes nothing."""
    phone, wrong, right = Client(), "/live/975310/", f"/live/{room.meeting.code}/"
    this_minute = door.now()
    monkeypatch.setattr(door, "now", lambda: this_minute)  # the count begins anew each minute
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for _n in range(30):
        assert phone.get(wrong, headers={"x-forwarded-for": "198.51.100.9"}).status_code == 404
    assert phone.get(wrong, headers={"x-forwarded-for": "198.51.100.9"}).status_code == 429
    assert phone.get(right, headers={"x-forwarded-for": "198.51.100.10"}).status_code == 200
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for n in range(30):
        phone.get(wrong, headers={"x-forwarded-for": f"203.0.113.{n}"})
    assert phone.get(wrong, headers={"x-forwarded-for": "203.0.113.77"}).status_code == 429


@pytest.mark.parametrize(("address", "status"), [("/not/here/", 404), ("/live/%FF/", 404)])
def test_errors_carry_the_headers_and_our_own_page(client, address, status):
    said = client.get(address)
    assert said.status_code == status
    assert "default-src 'none'" in said["Content-Security-Policy"]
    assert said["X-Content-Type-Options"] == "nosniff"


def test_what_is_too_large_is_413_in_words(client):
    said = client.generic(
        "POST", "/sign-in/", b"email=" + b"x" * (3 * 1024 * 1024), content_type="application/x-www-form-urlencoded"
    )
    assert said.status_code == 413
    assert "Content-Security-Policy" in said.headers


def test_the_back_button_shows_nothing_after_signing_out(room):
    """On a shared computer no page of a signed-in reader is kept; public pages may be."""
    client = Client()
    client.force_login(room.leader)
    for address in (f"/n/{room.network.slug}/", "/me/", f"/n/{room.network.slug}/meetings/"):
        said = client.get(address)
        assert said.status_code == 200
        assert "no-store" in said["Cache-Control"]
    assert "no-store" not in Client().get("/").headers.get("Cache-Control", "")
