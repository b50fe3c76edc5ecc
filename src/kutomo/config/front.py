"""What stands before Django: the two addresses that every phone in a live meeting asks again and again.

Two hundred phones that ask each second would otherwise be two hundred walks through all middleware. Here a
question with nothing new costs a look into a small table; answers go straight to the room's action. Neither
reads a session. A browser cannot send the header X-Live from another site without asking first, and nobody
answers that question: it stands for the CSRF token.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, close_old_connections, connection
from django.http import QueryDict
from django.utils import translation

from kutomo.ground.errors import Refusal
from kutomo.work.meetings import actions, queries
from kutomo.work.meetings.models import Participant
from kutomo.work.meetings.queries import Stand
from kutomo.work.meetings.views import phone

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
PREFIX = "/live/"
DIGITS = 6
FRESH = 0.25
"""Seconds for which a process believes what it last read of where a meeting stands."""
LARGEST = 16 * 1024
MOST_KEPT = 256
KNOWN = 60.0
MOST_PEOPLE = 4000
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Vary": "Cookie",
}
"""What Django's middleware would have said."""

_people: dict[str, tuple[str, float, Participant]] = {}
_stands: dict[str, tuple[float, Stand | None]] = {}


def front(application: Application) -> Application:
    """``application`` with the two addresses in front of it."""

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path.startswith(PREFIX):
            code, _, rest = path[len(PREFIX) :].partition("/")
            if len(code) == DIGITS and code.isdigit():
                method = environ["REQUEST_METHOD"]
                if rest == "pulse/" and method == "GET":
                    return _pulse(environ, start, code)
                if rest == "answer/" and method == "POST" and environ.get("HTTP_X_LIVE"):
                    return _answer(environ, start, code)
        return application(environ, start)

    return serve


def _reply(
    start: Callable[..., Any], status: int, body: bytes = b"", headers: dict[str, str] | None = None
) -> list[bytes]:
    lines = {**HEADERS, **(headers or {})}
    if status != 204:
        lines["Content-Length"] = str(len(body))
    start(f"{status} {HTTPStatus(status).phrase}", list(lines.items()))
    return [body] if body else []


def stand_of(code: str) -> Stand | None:
    """Where the meeting stands, at most FRESH seconds old."""
    now = monotonic()
    held = _stands.get(code)
    if held is not None and now - held[0] < FRESH:
        return held[1]
    if len(_stands) > MOST_KEPT:
        _stands.clear()  # somebody tries codes; the table must not grow
    close_old_connections()
    found = queries.stand(code)
    _stands[code] = (now, found)
    return found


def _uid(environ: dict[str, Any], code: str) -> str:
    raw = environ.get("HTTP_COOKIE", "")
    name = phone.cookie(code)
    if name not in raw:
        return ""
    try:
        morsel = SimpleCookie(raw).get(name)
    except CookieError:
        return ""
    return phone.uid_in({name: morsel.value}, code) if morsel else ""


def _pulse(environ: dict[str, Any], start: Callable[..., Any], code: str) -> list[bytes]:
    asked = parse_qs(environ.get("QUERY_STRING", ""))
    version, language = asked.get("v", [""])[0], asked.get("l", [""])[0]
    uid = _uid(environ, code)
    if not uid:
        return _reply(start, 404)  # no cookie of ours for this code: guessing here finds nothing
    try:
        stand = stand_of(code)
        if stand is not None and version == stand.version:
            return _reply(start, 204)
        found = phone.beat(stand, code, version, language, uid)
    except DatabaseError:
        connection.close()
        return _reply(start, 503, headers={"Retry-After": "2"})
    return _reply(start, found.status, found.body, found.headers)


def _present(code: str, uid: str) -> Participant:
    """The participant behind a phone. What stands in that row never changes, so it is read once in a while."""
    now = monotonic()
    held = _people.get(uid)
    if held is not None and held[0] == code and now - held[1] < KNOWN:
        return held[2]
    if len(_people) > MOST_PEOPLE:
        _people.clear()
    close_old_connections()
    found = queries.present(code, uid)
    _people[uid] = (code, now, found)
    return found


def _answer(environ: dict[str, Any], start: Callable[..., Any], code: str) -> list[bytes]:
    size = environ.get("CONTENT_LENGTH") or "0"
    if not size.isascii() or not size.isdigit() or int(size) > LARGEST:
        return _reply(start, 413)
    try:
        # NUL has no place in words, and PostgreSQL refuses it.
        data = QueryDict(environ["wsgi.input"].read(int(size)).replace(b"%00", b"").replace(b"\0", b""))
    except SuspiciousOperation:  # a thousand fields
        return _reply(start, 400)
    language = data.get("language", "")
    with translation.override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        try:
            participant = _present(code, _uid(environ, code))
            actions.answer_all(by=participant, data=data)
            status, said = 200, dict[str, Any](ok=True)
        except Refusal as refusal:
            status, said = refusal.status, {"words": str(refusal)}
        except DatabaseError:
            connection.close()
            return _reply(start, 503, headers={"Retry-After": "2"})
    return _reply(start, status, json.dumps(said).encode(), {"Content-Type": "application/json"})
