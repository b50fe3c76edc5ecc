"""Passkeys: a real Chromium with a virtual authenticator saves one and signs in with it; forgeries are refused."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections
from django.urls import reverse
from tests import make

from kutomo.core.people import actions
from kutomo.ground.errors import NotFound

NEW, LIST, BEGIN, ENTRY = "/me/passkeys/new/", "/me/passkeys/", "/sign-in/passkey/begin/", "/sign-in/passkey/"


@pytest.fixture
def aino():
    return actions.meet(email="aino@example.org", name="Aino Aalto")


@pytest.mark.django_db
def test_the_challenge_asks_for_a_resident_key_and_verification(client, aino):
    client.force_login(aino)
    begun = client.post(NEW).json()["publicKey"]
    assert begun["authenticatorSelection"]["residentKey"] == "required"
    assert begun["authenticatorSelection"]["userVerification"] == "required"
    assert begun["user"]["name"] == "aino@example.org"
    assert begun["challenge"] != client.post(NEW).json()["publicKey"]["challenge"]


FORGED = {
    "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
    "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "MQ",
                 "attestationObject": "AAAA"},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said", ["", "null", "{}", "[]", "7", "not json", json.dumps(FORGED), '{"response": null}', '{"a":']
)
def test_a_forged_answer_is_refused(client, aino, said):
    client.post(BEGIN)
    assert client.post(ENTRY, {"credential": said}).url == "/sign-in/"
    assert "_auth_user_id" not in client.session
    client.force_login(aino)
    client.post(NEW)
    assert client.post(LIST, {"credential": said, "name": "x"}).status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.django_db
def test_nobody_removes_anothers_passkey(aino):
    key = Authenticator.objects.create(user=aino, type="webauthn", data={"name": "x"})
    with pytest.raises(NotFound):
        actions.drop_passkey(by=make.person(), pk=key.pk)
    actions.drop_passkey(by=aino, pk=key.pk)
    assert not Authenticator.objects.exists()


@pytest.mark.browser
@pytest.mark.slow
def test_saved_and_used_in_a_real_browser(live_server, aino, settings, monkeypatch):
    from playwright.sync_api import expect, sync_playwright
    from tools import chromium

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    base = live_server.url.replace("127.0.0.1", "localhost")
    settings.BASE_URL = base
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium.find(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(locale="fi-FI")
        page = context.new_page()
        problems = []
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                   "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})

        from django.test import Client

        inside = Client()
        inside.force_login(aino)
        cookie = inside.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
        page.goto(base + LIST)
        page.locator("#id_name").fill("Ainon puhelin")
        page.locator("form[data-passkey] button").click()
        expect(page.get_by_text("Ainon puhelin", exact=True).first).to_be_visible()
        assert Authenticator.objects.get().user == aino

        context.clear_cookies()
        page.goto(base + reverse("people:sign_in") + "?next=/me/")
        page.locator("form[data-passkey] button").click()
        page.wait_for_url(base + "/me/")
        assert page.locator("#id_name").input_value() == "Aino Aalto"
        assert Authenticator.objects.get().last_used_at is not None

        # The key was removed on the server: the browser still offers it, and the house says no.
        Authenticator.objects.all().delete()
        context.clear_cookies()
        page.goto(base + reverse("people:sign_in"))
        page.locator("form[data-passkey] button").click()
        expect(page.locator("[data-said]")).to_be_visible()
        assert page.url == base + reverse("people:sign_in")
        assert not problems, problems
        browser.close()
        connections.close_all()  # Playwright's loop has a line of its own; PostgreSQL could not drop the database
