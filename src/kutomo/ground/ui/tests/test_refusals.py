"""Refusals become pages, or fragments for htmx, in the reader's language."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from kutomo.ground.errors import NotAllowed, NotFound, Refusal, RuleBroken, TooMany
from kutomo.ground.ui.middleware import RefusalMiddleware, way_back

REFUSALS = [
    (RuleBroken("The canvas is already agreed."), 409, "This cannot be done now"),
    (NotAllowed("Only a leader may open the canvas."), 403, "Not open to you"),
    (NotFound("No such network."), 404, "Not found"),
    (TooMany("Too many codes were tried.", retry_after=90), 429, "Too many tries"),
]


def ask(path: str = "/n/lake/founding/", **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.user, request.resolver_match = AnonymousUser(), None
    request.htmx = HtmxDetails(request)
    request._messages = []
    return request


def answer(refusal: Exception, **headers: str) -> HttpResponse | None:
    return RefusalMiddleware(lambda request: HttpResponse()).process_exception(ask(**headers), refusal)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("refusal", "status", "title"), REFUSALS)
def test_a_refusal_is_a_page_in_each_language(refusal: Refusal, status: int, title: str, language: str):
    with translation.override(language):
        response = answer(refusal)
        words = translation.gettext(title)
    text = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}"' in text
    assert f"<h1>{words}</h1>" in text
    assert str(refusal) in text
    assert text.count("<h1") == 1
    assert 'href="/"' in text  # there is always a way on


@pytest.mark.parametrize(("refusal", "status", "title"), REFUSALS)
def test_htmx_gets_the_notice_alone(refusal: Refusal, status: int, title: str):
    response = answer(refusal, HX_Request="true", HX_Target="answers")
    text = response.content.decode()
    assert response.status_code == status
    assert response["HX-Retarget"] == "#notices"
    assert "<html" not in text
    assert 'role="alert"' in text
    assert str(refusal) in text


def test_too_many_says_how_long_to_wait():
    response = answer(TooMany("Wait.", retry_after=90))
    with translation.override("en"):
        shown = answer(TooMany("Slow down.", retry_after=90)).content.decode()
    assert response["Retry-After"] == "90"
    assert "Wait 2 minutes and try again." in shown


def test_words_are_escaped():
    assert "<script>" not in answer(RuleBroken("<script>alert(1)</script>")).content.decode()


def test_a_bug_is_not_a_refusal():
    assert answer(ValueError("a bug")) is None


def test_the_way_back_stays_on_this_site():
    assert way_back(ask(Referer="http://testserver/n/lake/members/")) == "/n/lake/members/"
    assert way_back(ask(Referer="http://elsewhere.example/")) == ""
    assert way_back(ask(Referer="http://testserver//elsewhere.example/")) == ""
    assert way_back(ask(Referer="http://testserver/n/lake/founding/")) == ""
    assert way_back(ask()) == ""


@pytest.mark.parametrize("sent", [{"q": "a\0b"}, {"a\0": "b"}])
def test_a_character_that_no_database_keeps_is_refused_with_words(sent, client):
    response = client.get("/sign-in/", sent, headers={"accept-language": "en"})
    assert (response.status_code, b"a character that cannot be kept" in response.content) == (409, True)
    assert client.get("/invitation/a%00b/").status_code == 404
