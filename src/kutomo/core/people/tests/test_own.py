"""One's own pages: facts, addresses, sessions, data, leaving."""

import io
import json
import zipfile

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client
from django.utils import translation
from tests import make

from kutomo.core.people import actions, queries
from kutomo.core.people.models import Person
from kutomo.core.people.rules import BELONGINGS, Belonging, device_of
from kutomo.ground import jobs
from kutomo.ground.errors import NotFound, RuleBroken
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.writing import Written

pytestmark = pytest.mark.django_db
ME, ADDRESSES, CODE = "/me/", "/me/addresses/", "/me/addresses/code/"


@pytest.fixture
def aino():
    return actions.meet(email="aino@example.org", name="Aino Aalto")


def enter(
    client: Client, newest_code, email="aino@example.org", agent="Mozilla/5.0 (X11; Linux) Firefox/140.0"
) -> None:
    client.post("/sign-in/", {"email": email})
    client.post("/sign-in/code/", {"code": newest_code(email), "remember": "on"}, headers={"user-agent": agent})
    assert "_auth_user_id" in client.session


def test_my_details(client, aino):
    client.force_login(aino)
    answer = client.post(ME, {"name": "Aino A.", "language": "sv", "reach": "phone", "phone": "040 123"})
    assert (answer.status_code, answer.cookies["language"].value) == (302, "sv")
    aino.refresh_from_db()
    assert (aino.name, aino.language, aino.reach, aino.phone) == ("Aino A.", "sv", "phone", "040 123")


@pytest.mark.parametrize("name", ["", "   ", "Aino\nBcc: x@y.fi"])
def test_a_name_must_be_a_name(client, aino, name):
    client.force_login(aino)
    assert client.post(ME, {"name": name, "language": "fi", "reach": "mail"}).status_code in {422, 409}
    aino.refresh_from_db()
    assert aino.name == "Aino Aalto"


def test_a_further_address_is_confirmed_by_code_and_opens_the_account(client, aino, newest_code):
    enter(client, newest_code)
    assert client.post(ADDRESSES, {"email": "aino@tyo.example"}).url == CODE
    assert not EmailAddress.objects.filter(email="aino@tyo.example").exists()
    assert client.post(CODE, {"code": newest_code("aino@tyo.example")}).url == ADDRESSES
    enter(other := Client(), newest_code, "aino@tyo.example")
    assert other.session["_auth_user_id"] == str(aino.pk)


def test_letters_go_to_the_primary_address(client, aino, newest_code):
    enter(client, newest_code)
    row = EmailAddress.objects.create(user=aino, email="uusi@example.org", verified=True)
    client.post(f"/me/addresses/{row.pk}/primary/")
    aino.refresh_from_db()
    assert aino.email == "uusi@example.org"
    assert [one.email for one in queries.addresses(aino) if one.primary] == ["uusi@example.org"]


def test_primary_address_cannot_be_removed_others_can(aino):
    main = EmailAddress.objects.get(user=aino)
    with pytest.raises(RuleBroken):
        actions.remove_address(by=aino, pk=main.pk)
    row = EmailAddress.objects.create(user=aino, email="vanha@example.org", verified=True)
    actions.remove_address(by=aino, pk=row.pk)
    assert [one.email for one in queries.addresses(aino)] == ["aino@example.org"]


def test_an_unconfirmed_address_gets_no_letters(aino):
    row = EmailAddress.objects.create(user=aino, email="arvaus@example.org", verified=False)
    with pytest.raises(RuleBroken):
        actions.make_primary(by=aino, pk=row.pk)


def test_nobody_touches_anothers_address(client, aino):
    björn = actions.meet(email="bjorn@example.org", name="Björn")
    row = EmailAddress.objects.get(user=björn)
    client.force_login(aino)
    for deed in ("primary", "remove"):
        assert client.post(f"/me/addresses/{row.pk}/{deed}/").status_code == 404
    assert EmailAddress.objects.filter(pk=row.pk, user=björn).exists()


def test_an_address_of_another_account_is_refused_only_after_the_code(client, aino, newest_code):
    actions.meet(email="bjorn@example.org", name="Björn")
    enter(client, newest_code)
    assert client.post(ADDRESSES, {"email": "bjorn@example.org"}).url == CODE  # as for any other address
    answer = client.post(CODE, {"code": newest_code("bjorn@example.org")})
    assert answer.status_code == 422
    assert EmailAddress.objects.get(email="bjorn@example.org").user.name == "Björn"


def test_a_code_for_my_address_is_no_good_for_anothers_account(aino, newest_code):
    björn = actions.meet(email="bjorn@example.org", name="Björn")
    code = actions.add_address(by=aino, email="uusi@example.org", client="x")
    with pytest.raises(RuleBroken):
        actions.confirm_address(by=björn, handle=code.handle, typed=newest_code("uusi"), client="x")


def test_sessions_are_listed_and_ended(client, aino, newest_code):
    enter(client, newest_code)
    enter(phone := Client(), newest_code, agent="Mozilla/5.0 (iPhone; Mac OS X) Safari/605")
    shown = client.get("/me/sessions/").content.decode()
    assert "Firefox, Linux" in shown
    assert "Safari, iPhone" in shown
    found = queries.sessions(aino, current=client.session.session_key)
    assert [one.is_current for one in found] == [True, False]
    client.post(f"/me/sessions/{found[1].pk}/end/")
    assert phone.get(ME).status_code == 302
    assert client.get(ME).status_code == 200


def test_nobody_ends_anothers_session(client, aino, newest_code):
    enter(client, newest_code)
    mine = UserSession.objects.get()
    with pytest.raises(NotFound):
        actions.end_session(by=make.person(), pk=mine.pk)


def test_sign_out_everywhere(client, aino, newest_code):
    enter(client, newest_code)
    enter(phone := Client(), newest_code)
    token = queries.token_for(aino, purpose="x")
    assert client.post("/me/sessions/end/").url == "/"
    assert phone.get(ME).status_code == 302
    assert client.get(ME).status_code == 302
    aino.refresh_from_db()
    with pytest.raises(RuleBroken):
        queries.person_by(token, purpose="x")


def test_my_data_in_one_file(client, aino, newest_code):
    enter(client, newest_code)
    answer = client.post("/me/data/")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert set(files) == {f"{name}.json" for name in BELONGINGS}
    assert files["people.person.json"][0]["name"] == "Aino Aalto"
    assert files["people.addresses.json"] == [{"email": "aino@example.org", "primary": True, "confirmed": True}]
    assert len(files["people.sessions.json"]) == 1


def test_leaving_says_what_stays_and_needs_a_yes(client, aino, monkeypatch):
    monkeypatch.setitem(BELONGINGS, "x.y", Belonging("x.y", "asia", lambda person: [], stays="Tämä jää."))
    client.force_login(aino)
    assert "Tämä jää." in client.get("/me/leave/").content.decode()
    assert client.post("/me/leave/", {"sure": ""}).status_code == 422
    assert Person.objects.get(pk=aino.pk).is_active


def test_leaving_lets_every_room_do_its_part_and_leaves_no_trace(client, aino, newest_code, monkeypatch):
    left = []
    monkeypatch.setitem(
        BELONGINGS, "x.y", Belonging("x.y", "asia", lambda person: [], leave=lambda person: left.append(person.pk))
    )
    enter(client, newest_code)
    aino.phone = "040 7654321"
    aino.save()
    EmailAddress.objects.create(user=aino, email="aalto@tyo.example", verified=True)
    Authenticator.objects.create(user=aino, type="webauthn", data={"name": "Ainon puhelin"})
    SocialAccount.objects.create(user=aino, provider="oidc", uid="aino-77")
    outbox.put(Written("Hei Aino", "Kirje Ainolle"), template="t", to=Addressee.of(aino), key="k")
    outbox.put(Written("Hei", "x"), template="t", to=Addressee("aalto@tyo.example"), key="k2")
    jobs.run_ready()
    assert client.post("/me/leave/", {"sure": "on"}).status_code == 302
    assert left == [aino.pk]
    assert client.get(ME).status_code == 302
    for model in apps.get_models():
        rows = str(list(model._default_manager.values())).lower()
        for trace in ("aino", "aalto", "040 7654321"):
            assert trace not in rows, (model, trace)
    row = Person.objects.get(pk=aino.pk)
    assert (row.email, row.is_active) == (None, False)
    with translation.override("en"):
        assert str(row.name) == str(row) == "somebody who has left"  # what others read beside the deeds


def test_after_leaving_the_address_may_come_back_as_a_new_person(client, aino, newest_code):
    actions.erase(by=aino)
    enter(client, newest_code)
    assert client.session["_auth_user_id"] != str(aino.pk)


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/139.0 Safari/537.36 Edg/139.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/139.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_device_in_words(agent, device):
    assert device_of(agent) == device
