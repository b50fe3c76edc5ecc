"""The organisation's own sign-on against a real small OpenID Connect server: redirect, callback, refusals."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from kutomo.core.people import actions
from kutomo.core.people.models import Person

from .identity import CLIENT, SECRET, Identity, serving

pytestmark = pytest.mark.django_db
GO, BACK = "/sign-in/with/oidc/", "/sign-in/with/oidc/back/"


@pytest.fixture
def identity(settings):
    one = Identity(sub="u-77", email="Aino@Tyo.example", email_verified=True, name="Aino Aalto")
    with serving(one) as url:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {"provider_id": "oidc", "name": "Työ ry", "client_id": CLIENT, "secret": SECRET,
                     "settings": {"server_url": url, "trust_email": False}}
                ],
            }
        }  # fmt: skip
        yield one


def walk(client: Client, **data):
    """As a browser: press the button, be redirected there and back."""
    there = client.post(GO, data)
    assert there.status_code == 302, there.content[:300]
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    assert parts.path == BACK
    return client.get(f"{parts.path}?{parts.query}", follow=False)


def person_of(client: Client):
    key = client.session.get("_auth_user_id")
    return Person.objects.get(pk=key) if key else None


def test_the_button_stands_on_the_sign_in_page(client, identity):
    assert "Työ ry" in client.get("/sign-in/").content.decode()
    assert client.get(GO).status_code == 405


def test_a_new_person_comes_in_with_name_and_confirmed_address(client, identity):
    answer = walk(client)
    assert answer.url == "/sign-in/arrive/"
    aino = person_of(client)
    assert (aino.name, aino.email) == ("Aino Aalto", "aino@tyo.example")
    assert EmailAddress.objects.get(user=aino).verified
    assert SocialAccount.objects.get().uid == "u-77"


def test_a_known_person_is_known_again_by_address_then_by_uid(client, identity):
    aino = actions.meet(email="aino@tyo.example", name="Aino A.")
    walk(client)
    assert person_of(client) == aino
    identity.claims["email"] = "aino.uusi@tyo.example"
    walk(other := Client())
    assert person_of(other) == aino
    assert Person.objects.count() == 1


def test_where_one_was_going(client, identity):
    assert walk(client, next="/me/").url == "/me/"


def test_never_sent_to_another_site(client, identity):
    assert "evil" not in walk(client, next="https://evil.example/").url


@pytest.mark.parametrize("claims", [{"email_verified": False}, {"email": None}])
def test_an_address_that_the_sign_on_has_not_confirmed_opens_no_account(client, identity, claims):
    actions.meet(email="aino@tyo.example", name="Aino A.")
    identity.claims |= claims
    assert walk(client).url == "/sign-in/"
    assert person_of(client) is None
    assert not SocialAccount.objects.exists()


def test_an_operator_may_trust_a_sign_on_that_never_says_verified(client, identity, settings):
    del identity.claims["email_verified"]
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["trust_email"] = True
    walk(client)
    assert person_of(client).name == "Aino Aalto"


def test_closed_sign_up_stays_closed(client, identity, settings):
    settings.OPEN_SIGN_UP = False
    assert walk(client).url == "/sign-in/"
    assert not Person.objects.exists()
    actions.meet(email="aino@tyo.example", name="Aino")
    walk(client)
    assert person_of(client) is not None


def test_a_removed_account_stays_removed(client, identity):
    walk(client)
    SocialAccount.objects.update()
    Person.objects.update(is_active=False)
    assert walk(other := Client()).url == "/sign-in/"
    assert person_of(other) is None


def test_somebody_elses_answer_is_refused(client, identity):
    """The state belongs to the browser that asked (login CSRF)."""
    there = client.post(GO)
    back = urlsplit(requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"])
    other = Client()
    assert other.get(f"{BACK}?{back.query}").url == "/sign-in/"
    assert person_of(other) is None


def test_the_same_answer_twice(client, identity):
    there = client.post(GO)
    back = urlsplit(requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"])
    client.get(f"{BACK}?{back.query}")
    client.post("/sign-out/")
    assert client.get(f"{BACK}?{back.query}").url == "/sign-in/"
    assert person_of(client) is None


def test_pkce_and_our_own_return_address(client, identity, settings):
    query = parse_qs(urlsplit(client.post(GO).url).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [settings.BASE_URL + BACK]


@pytest.mark.parametrize("fault", ["wrong_audience", "fails_at_token"])
def test_a_faulty_answer_leads_back_to_the_code(client, identity, fault):
    setattr(identity, fault, True)
    assert walk(client).url == "/sign-in/"
    assert person_of(client) is None


def test_a_sign_on_that_is_away(client, identity, settings):
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = client.post(GO)
    assert answer.url == "/sign-in/"


def test_cancelling_there(client, identity):
    state = parse_qs(urlsplit(client.post(GO).url).query)["state"][0]
    assert client.get(BACK, {"error": "access_denied", "state": state}).url == "/sign-in/"


def test_unknown_sign_on(client):
    assert client.post("/sign-in/with/google/").status_code == 404
