"""What a browser and a foreign site may do with our pages: tokens, headers, cookies, redirects, host names."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from tests import make

from .crawl import IN, make_world, places

pytestmark = pytest.mark.django_db

# A mail program posts here without ever having been on a page (RFC 8058); it can only stop letters.
WITHOUT_TOKEN = {"letters:stop"}
# A letter as mail programs draw it, in a frame of our own preview; it has a policy of its own, stricter or equal.
LETTERS = {"letters:preview_html", "operator:letter_html"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("fi"):
        yield make_world()
        transaction.set_rollback(True)


def test_no_form_is_taken_from_another_site(world):
    """Every POST that anybody gets into, public pages with tokens in their address too, wants the page's own token."""
    taken, tried = set(), 0
    for place in places().values():
        role = next((r for r in ("anonymous", "leader", "guest", "operator") if place.expected("POST", r) == IN), "")
        if not place.is_taken("POST") or not role:
            continue
        client = world.client(role)
        client.handler.enforce_csrf_checks = True
        with transaction.atomic():
            tried += 1
            status = client.post(place.address(world), place.data(world)).status_code
            transaction.set_rollback(True)
        if status != 403:
            taken.add(place.name)
    assert tried > 100
    assert taken == WITHOUT_TOKEN, sorted(taken ^ WITHOUT_TOKEN)


def test_every_page_carries_its_headers(world):
    """Pages, files, refusals and redirects: policy, no frames, no guessing of types, no address to other sites."""
    bare, tried = [], 0
    for place in places().values():
        role = next((r for r in ("anonymous", "leader", "guest", "operator") if place.expected("GET", r) == IN), "")
        if not place.is_taken("GET") or place.name in LETTERS:
            continue
        for who in {role or "leader", "anonymous"}:
            with transaction.atomic():
                response = world.client(who).get(place.address(world))
                transaction.set_rollback(True)
            tried += 1
            policy = response.get("Content-Security-Policy", "")
            fine = {
                "policy": "default-src 'none'" in policy and "frame-ancestors 'none'" in policy,
                "no inline": "unsafe-inline" not in policy and "unsafe-eval" not in policy,
                "nosniff": response.get("X-Content-Type-Options") == "nosniff",
                "frame": response.get("X-Frame-Options") == "DENY",
                "referrer": response.get("Referrer-Policy") in ("same-origin", "no-referrer"),
            }
            if place.name == "meetings:pulse":  # a heartbeat, no page: it loads nothing and shows nothing
                fine = {"nosniff": response.get("X-Content-Type-Options") == "nosniff" or response.status_code != 200}
            bare += [
                f"{place.name} as {who} ({response.status_code}): {word}" for word, held in fine.items() if not held
            ]
    assert tried > 150
    assert not bare, "\n".join(bare)


def test_no_page_of_somebody_is_kept_by_anybody(world):
    """What only a signed-in person or the holder of a link sees is never stored by a cache on the way."""
    kept = []
    for place in places().values():
        if (
            not place.is_taken("GET")
            or place.expected("GET", "anonymous") == IN
            or place.name == "letters:preview_html"
        ):
            continue
        role = next((r for r in ("leader", "guest", "operator") if place.expected("GET", r) == IN), "")
        if not role:
            continue
        with transaction.atomic():
            response = world.client(role).get(place.address(world))
            transaction.set_rollback(True)
        said = response.get("Cache-Control", "")
        if response.status_code == 200 and "no-store" not in said and "private" not in said:
            kept.append(f"{place.name}: {said!r}")
    assert not kept, "\n".join(kept)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "a b"])
def test_a_foreign_host_name_is_refused_and_not_repeated(host, client):
    client.raise_request_exception = False
    response = client.get("/", headers={"host": host})
    assert response.status_code == 400
    assert "evil" not in response.content.decode()


EVIL = [
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "\t//evil.example",
]


@pytest.mark.parametrize("evil", [*EVIL, "word", "/\r\nSet-Cookie: a=b", "\x00", "%2F%2Fevil.example"])
def test_next_never_leads_away(evil, client):
    """At every door that takes ``next``: a signed-in sign-in, language, theme."""
    for signed_in in (False, True):
        if signed_in:
            client.force_login(make.person("Aino"))
        answers = [
            client.get(reverse("people:sign_in"), {"next": evil}),
            client.post(reverse("people:language"), {"language": "fi", "next": evil}),
            client.post(reverse("ui:theme"), {"theme": "dark", "next": evil}),
        ]
        for response in answers:
            assert response.status_code in ((409,) if evil == "\x00" else (200, 302))
            to = response.get("Location", "/")
            assert to.startswith("/"), to
            assert not to.startswith(("//", "/\\")), to
            assert "Set-Cookie" not in response.headers
            assert "a" not in response.cookies


def test_signing_out_empties_what_pages_left_in_the_browser(client):
    client.force_login(make.person("Aino"))
    key = client.session.session_key
    response = client.post(reverse("people:sign_out"))
    assert response["Clear-Site-Data"] == '"storage"'
    assert client.session.session_key != key


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(world):
    """Every cookie that any page sets, the claim code and the phone's among them."""
    loose = []
    for place in places().values():
        for method in ("GET", "POST"):
            role = next((r for r in ("anonymous", "leader", "guest") if place.expected(method, r) == IN), "")
            if not place.is_taken(method) or not role:
                continue
            with transaction.atomic():
                data = place.data(world) if method == "POST" else None
                response = getattr(world.client(role), method.lower())(place.address(world), data)
                transaction.set_rollback(True)
            for name, cookie in response.cookies.items():
                if cookie.value and (not cookie["httponly"] or cookie["samesite"] not in ("Lax", "Strict")):
                    loose.append(f"{place.name}: {name}")
    assert not loose, "\n".join(sorted(set(loose)))


def test_under_https_cookies_are_bound_to_it():
    """The settings of a real address: read in a process of its own."""
    import os
    import subprocess
    import sys

    words = (
        "from kutomo.config import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.LANGUAGE_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_HSTS_SECONDS)"
    )
    environment = os.environ | {"KUTOMO_URL": "https://kutomo.example", "KUTOMO_DATA": str(settings.DATA)}
    done = subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True", "__Host-session", str(60 * 60 * 24 * 365)]


def test_an_address_with_a_token_is_told_to_nobody(world):
    """Pages behind a token in the address: nothing foreign is loaded, links that lead away carry no referrer."""
    for place in places().values():
        if not place.is_taken("GET") or "token" not in str(place.table.get("kwargs", "")) + place.name:
            continue
        with transaction.atomic():
            response = world.client("anonymous").get(place.address(world), follow=True)
            transaction.set_rollback(True)
        source = response.content.decode() if not response.streaming else ""
        assert not re.search(r'(?:src|action)="(?:https?:)?//', source), place.name
        assert response["Referrer-Policy"] in ("same-origin", "no-referrer")
