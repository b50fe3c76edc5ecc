"""Signing in by a code: the whole way, and everything that may go wrong."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests import make

from kutomo.core.people import actions, rules
from kutomo.core.people.models import Code, Person, Tally
from kutomo.core.people.views.entering import client_of
from kutomo.ground import clock, jobs
from kutomo.ground.errors import RuleBroken, TooMany
from kutomo.ground.mail.models import Letter

pytestmark = pytest.mark.django_db
SIGN_IN, CODE, WELCOME = "/sign-in/", "/sign-in/code/", "/sign-in/welcome/"


@pytest.fixture
def aino():
    return make.person("Aino Aalto", "aino@example.org", language="sv")


def ask(client: Client, email: str, **more):
    return client.post(SIGN_IN, {"email": email}, **more)


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_known_person_gets_in_and_reads_her_own_language(client, aino, newest_code):
    assert ask(client, " Aino@Example.org ").url == CODE
    assert "Aino@example.org" in client.get(CODE).content.decode()
    answer = client.post(CODE, {"code": newest_code(), "remember": "on"})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(aino.pk)
    assert answer.cookies["language"].value == "sv"
    assert client.session.get_expiry_age() == 60 * 60 * 24 * 30
    assert EmailAddress.objects.get(user=aino).verified
    assert Letter.objects.get().body == ""  # the code is gone from the database
    assert not Code.objects.exists()


def test_not_remembered_means_until_the_browser_closes(client, aino, newest_code):
    ask(client, "aino@example.org")
    client.post(CODE, {"code": newest_code()})
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize("shape", ["{a}{b}", "{a} {b}", " {a}-{b} ", "{a}\u00a0{b}"])
def test_the_code_may_be_pasted_as_it_is(client, aino, newest_code, shape):
    ask(client, "aino@example.org")
    a, b = newest_code().split()
    client.post(CODE, {"code": shape.format(a=a, b=b)})
    assert is_in(client)


def test_session_key_changes_at_sign_in(client, aino, newest_code):
    ask(client, "aino@example.org")
    before = client.session.session_key
    client.post(CODE, {"code": newest_code()})
    assert client.session.session_key != before


def test_a_new_person_is_asked_name_and_language_once(client, newest_code):
    ask(client, "uusi@example.org")
    assert not Person.objects.exists()  # an address that somebody typed makes no person
    answer = client.post(CODE, {"code": newest_code()})
    assert answer.url.startswith(WELCOME)
    answer = client.post(WELCOME, {"name": "Uusi Ihminen", "language": "en"})
    assert answer.status_code == 302
    assert answer.cookies["language"].value == "en"
    assert Person.objects.get().name == "Uusi Ihminen"
    ask(other := Client(), "uusi@example.org")
    assert other.post(CODE, {"code": newest_code()}).url == "/sign-in/arrive/"


def test_where_one_was_going(client, aino, newest_code):
    client.post(SIGN_IN + "?next=/me/", {"email": "aino@example.org"})
    assert client.post(CODE, {"code": newest_code()}).url == "/me/"


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_never_sent_to_another_site(client, aino, newest_code, evil):
    client.post(SIGN_IN + f"?next={evil}", {"email": "aino@example.org"})
    assert client.post(CODE, {"code": newest_code()}).url == "/sign-in/arrive/"


def test_known_and_unknown_look_the_same_when_sign_up_is_closed(settings, aino):
    settings.OPEN_SIGN_UP = False
    pages, letters = [], []
    for email in ("aino@example.org", "eiole@example.org"):
        client = Client(headers={"accept-language": "fi"})
        answer = ask(client, email)
        assert (answer.status_code, answer.url) == (302, CODE)
        shown = client.get(CODE).content.decode().replace(email, "X")
        wrong = client.post(CODE, {"code": "000 000"})
        pages.append([re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", page) for page in
                      (shown, wrong.content.decode().replace(email, "X"))] + [wrong.status_code])  # fmt: skip
        jobs.run_ready()
        letters.append(mail.outbox[-1])
    assert pages[0] == pages[1]
    assert re.search(r"\d{3} \d{3}", letters[0].body)
    assert not re.search(r"\d{3} \d{3}", letters[1].body)  # a polite letter without a code
    assert letters[1].to == ["eiole@example.org"]


def test_an_unknown_address_never_gets_in_when_sign_up_is_closed(settings, client, monkeypatch):
    settings.OPEN_SIGN_UP = False
    monkeypatch.setattr("kutomo.core.people.actions.codes.secrets.randbelow", lambda most: 123456)
    ask(client, "eiole@example.org")
    client.post(CODE, {"code": "123 456"})  # the code that a known address would have got
    assert not is_in(client)
    assert not Person.objects.exists()


def test_known_and_unknown_take_the_same_work(settings, aino):
    """The same queries in the same order: the page's speed tells nobody who has an account."""
    settings.OPEN_SIGN_UP = False
    ask(Client(), "lämmin@example.org".replace("ä", "a"))  # the count of this client has begun
    shapes = []
    for email in ("aino@example.org", "eiole@example.org"):
        with CaptureQueriesContext(connection) as queries:
            ask(Client(), email)
        shapes.append([re.sub(r"'[^']*'|x?\d+", "?", row["sql"])[:60] for row in queries.captured_queries])
    assert shapes[0] == shapes[1]


def test_wrong_codes_wear_out(client, aino, newest_code):
    ask(client, "aino@example.org")
    code = newest_code()
    wrong = "111 111" if code != "111 111" else "222 222"
    for _ in range(rules.CODE_TRIES):
        assert client.post(CODE, {"code": wrong}).status_code == 422
    answer = client.post(CODE, {"code": code})
    assert answer.status_code == 422
    assert not is_in(client)


def test_a_code_lives_ten_minutes(client, aino, newest_code):
    with clock.frozen("2026-02-02 10:00"):
        ask(client, "aino@example.org")
        code = newest_code()
    with clock.frozen("2026-02-02 10:10:01"):
        assert client.post(CODE, {"code": code}).url == SIGN_IN
    assert not is_in(client)


def test_a_code_works_once_and_only_in_its_browser(client, aino, newest_code):
    ask(client, "aino@example.org")
    code = newest_code()
    assert Client().post(CODE, {"code": code}).url == SIGN_IN
    client.post(CODE, {"code": code})
    assert is_in(client)
    client.post(reverse("people:sign_out"))
    assert client.post(CODE, {"code": code}).url == SIGN_IN


def test_a_new_code_kills_the_old_one(client, aino, newest_code):
    ask(client, "aino@example.org")
    old = newest_code()
    assert client.post("/sign-in/code/again/").url == CODE
    new = newest_code()
    assert client.post(CODE, {"code": old}).status_code == (422 if old != new else 302)
    client.post(CODE, {"code": new})
    assert is_in(client)


def test_missing_figure_is_told(client, aino, newest_code):
    ask(client, "aino@example.org")
    with translation.override("en"):
        answer = client.post(CODE, {"code": newest_code()[:-1]}, headers={"accept-language": "en"})
    assert "lacks 1 figure" in answer.content.decode()


@pytest.mark.parametrize("typed", ["aino aalto@example.org", "äinö@example.org", "aino@", ""])
def test_a_broken_address_is_told(client, typed):
    assert ask(client, typed).status_code == 422
    assert not Letter.objects.exists()


def test_five_codes_an_address_in_a_quarter(client, aino):
    with clock.frozen("2026-02-02 10:01"):
        for _ in range(rules.CODES_AN_ADDRESS):
            assert ask(Client(), "aino@example.org").status_code == 302
        answer = ask(Client(), "AINO@example.org")
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 15 * 60
        assert ask(Client(), "bjorn@example.org").status_code == 302
    with clock.frozen("2026-02-02 10:15"):
        assert ask(Client(), "aino@example.org").status_code == 302


def test_guessing_over_many_codes_is_stopped(aino):
    with clock.frozen("2026-02-02 10:01"):
        tries = 0
        for _ in range(3):
            code = actions.ask_code(email="aino@example.org", language="fi", client="10.0.0.9")
            for guess in range(rules.CODE_TRIES):
                tries += 1
                if tries > rules.TRIES_AN_ADDRESS:
                    with pytest.raises(TooMany):
                        actions.take_code(handle=code.handle, typed=f"{guess:06}", client="10.0.0.9", language="fi")
                    return
                with pytest.raises(RuleBroken):
                    actions.take_code(handle=code.handle, typed=f"{guess:06}", client="10.0.0.9", language="fi")
    pytest.fail("nobody stopped the guessing")


def test_a_hall_of_eighty_behind_one_address_of_the_net_gets_in():
    with clock.frozen("2026-02-02 10:01"):
        for number in range(80):
            assert ask(Client(), f"p{number}@example.org").status_code == 302


def test_one_client_cannot_ask_for_ever():
    with clock.frozen("2026-02-02 10:01"):
        answers = [ask(Client(), f"p{number}@example.org").status_code for number in range(rules.CODES_A_CLIENT + 1)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {302}


def test_counts_keep_no_addresses(aino):
    ask(Client(), "aino@example.org")
    assert "aino" not in str(list(Tally.objects.values()))
    assert "127.0.0.1" not in str(list(Tally.objects.values()))


def test_operators_are_those_of_the_settings_with_a_confirmed_address(client, settings, newest_code):
    settings.OPERATORS = ["Otso@example.org"]
    otso = make.person("Otso", "otso@example.org")
    fake = make.person("Feikki", "feikki@example.org", is_operator=True)
    ask(client, "otso@example.org")
    client.post(CODE, {"code": newest_code("otso")})
    otso.refresh_from_db()
    assert otso.is_operator
    ask(other := Client(), "feikki@example.org")
    other.post(CODE, {"code": newest_code("feikki")})
    fake.refresh_from_db()
    assert not fake.is_operator


def test_signing_out(client, aino):
    client.force_login(aino)
    assert client.get(reverse("people:sign_out")).status_code == 405
    assert client.post(reverse("people:sign_out")).status_code == 302
    assert not is_in(client)


def test_language_without_an_account_and_with_one(client, aino):
    answer = client.post(reverse("people:language"), {"language": "sv", "next": "/sign-in/"})
    assert (answer.url, answer.cookies["language"].value) == ("/sign-in/", "sv")
    assert 'lang="sv"' in client.get("/sign-in/").content.decode()
    assert client.post(reverse("people:language"), {"language": "xx"}).status_code == 404
    assert client.post(reverse("people:language"), {"language": "fi", "next": "//evil.example"}).url == "/"
    client.force_login(aino)
    client.post(reverse("people:language"), {"language": "en"})
    aino.refresh_from_db()
    assert aino.language == "en"


def test_the_demos_entrances(client, settings):
    make.person("Vetäjä", "v@example.org", is_example=True, part="leader")
    assert client.post(reverse("people:enter_as"), {"part": "leader"}).status_code == 404
    settings.DEMO = True
    assert client.post(reverse("people:enter_as"), {"part": "member"}).status_code == 404
    assert client.post(reverse("people:enter_as"), {"part": "leader"}).status_code == 302
    assert is_in(client)


def test_two_first_sign_ins_in_one_moment_make_one_person(newest_code):
    one, two = Client(), Client()
    ask(one, "uusi@example.org")
    first = newest_code()
    one.post(CODE, {"code": first})
    ask(two, "UUSI@example.org")
    two.post(CODE, {"code": newest_code()})
    assert Person.objects.count() == 1


def test_no_password_anywhere():
    assert "password" not in {field.name for field in Person._meta.get_fields()}
    assert make.person().has_usable_password() is False


@pytest.mark.parametrize(
    ("proxies", "forwarded", "client"),
    [
        (0, "6.6.6.6", "127.0.0.1"),  # nobody chooses one's own address
        (1, "6.6.6.6, 10.1.2.3", "10.1.2.3"),
        (1, "10.1.2.3", "10.1.2.3"),
    ],
)
def test_the_clients_address_behind_proxies(rf, settings, proxies, forwarded, client):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert client_of(rf.get("/", headers={"x-forwarded-for": forwarded})) == client
