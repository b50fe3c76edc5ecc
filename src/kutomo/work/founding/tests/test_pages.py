"""The pages through the client: the founding mirror on every path, the journey, both ways of answering."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.core.people import queries as people
from kutomo.work.founding import actions, queries
from kutomo.work.founding.models import Canvas, Turn

from .boxes import inside, texts

SECRET = "SALAINEN LUONNOS"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(founders, name: str, *args) -> str:
    return reverse(f"founding:{name}", args=[founders.network.slug, *args])


GET_PAGES = [
    ("canvas", ()),
    ("version", (1,)),
    ("compare", ()),
    ("answered", ()),
    ("mine", ()),
    *[("answer", (n,)) for n in (1, 2, 3, 4, 5)],
    *[("table", (n,)) for n in (1, 2, 3, 4, 5)],
    *[("proposal", (n,)) for n in (1, 2, 3, 4, 5)],
    ("propose", ()),
]


def test_no_page_shows_a_draft_before_the_member_has_answered(opened):
    """Every page, signed in and by link, whole and as htmx's part, for a member, an observer and a stranger."""
    member, client = opened.members[0], client_of(opened.members[0])
    token = people.token_for(member, purpose="founding.answer", target=str(opened.canvas.pk))
    links = [reverse("founding:answer_by_link", args=[token, n]) for n in (1, 2, 3, 4, 5)]
    links.append(reverse("founding:answered_by_link", args=[token]))
    for address in [at(opened, name, *args) for name, args in GET_PAGES] + links:
        for headers in ({}, {"HX-Request": "true"}):
            answer = client.get(address, headers=headers)
            assert answer.status_code in (200, 409, 403), address  # never a redirect to the sign-in
            assert SECRET not in answer.content.decode(), address
    for other in (make.person("Vieras"), opened.members[1]):
        for name, args in GET_PAGES:
            assert SECRET not in client_of(other).get(at(opened, name, *args)).content.decode()
    opened.say(member, 2, "Ajatus")
    shown = client.get(at(opened, "canvas")).content.decode()
    assert re.findall(rf"{SECRET} (\d)", shown) == ["2"]
    assert SECRET not in client_of(opened.members[1]).get(at(opened, "canvas")).content.decode()


def test_the_leader_sees_no_answer_before_the_reveal(opened):
    opened.say(opened.members[0], 1, "SALAINEN VASTAUS")
    client = client_of(opened.leader)
    for name, args in [*GET_PAGES, ("draft", (1,)), ("paper", ()), ("cards", ()), ("close", ()), ("deadline", ())]:
        answer = client.get(at(opened, name, *args))
        assert answer.status_code in (200, 409), (name, answer.status_code)
        assert "SALAINEN VASTAUS" not in answer.content.decode(), name
    actions.close_answers(by=opened.leader, canvas=opened.canvas)
    one = client.get(at(opened, "table", 1)).content.decode()
    other = client_of(opened.members[1]).get(at(opened, "table", 1)).content.decode()
    assert "SALAINEN VASTAUS" in one
    assert "SALAINEN VASTAUS" in other


def test_answering_signed_in_goes_from_question_to_question(opened):
    client = client_of(opened.members[0])
    for number in (1, 2, 3, 4):
        sent = client.post(at(opened, "answer", number), {"line1": f"Ajatus {number}", "sign": "anonymous"})
        assert sent.url == at(opened, "answer", number + 1)
    passed = client.post(at(opened, "pass_question", 5))
    assert passed.url == at(opened, "answered")
    page = client.get(at(opened, "answered")).content.decode()
    code = re.search(r'id="claim">([^<]+)<', page)[1]
    assert all(f"Ajatus {n}" in page and f"{SECRET} {n}" in page for n in (1, 2, 3, 4))
    assert f"{SECRET} 5" in page
    assert [len(rows) for rows in queries.own_answers(opened.canvas, code).values()] == [1, 1, 1, 1]
    # another device: the code typed in shows the answers, and signs one of them
    other = client_of(opened.members[0])
    assert "Ajatus 1" not in other.get(at(opened, "mine")).content.decode()
    assert "Ajatus 1" in other.post(at(opened, "mine"), {"code": code.lower()}).content.decode()
    other.post(at(opened, "sign"), {"code": code, "question": "1", "line": "1", "sign": "named"})
    assert [answer.person for answer in inside()] == [opened.members[0], None, None, None]


def test_sending_the_form_twice_stores_one_answer_and_emptying_it_takes_it_away(opened):
    client = client_of(opened.members[0])
    for _n in range(2):
        client.post(at(opened, "answer", 1), {"line1": "Sama", "line2": "Toinen", "sign": "anonymous"})
    assert texts() == ["Sama", "Toinen"]
    client.post(at(opened, "answer", 1), {"line1": "Sama muutettuna", "line2": "", "sign": "anonymous"})
    assert texts() == ["Sama muutettuna"]


def test_a_form_in_error_keeps_the_words_and_says_what_is_wrong(opened):
    answer = client_of(opened.members[0]).post(at(opened, "answer", 1), {"line1": "ö" * 201, "sign": "anonymous"})
    assert answer.status_code == 422
    assert "ö" * 201 in answer.content.decode()
    nothing = client_of(opened.members[0]).post(at(opened, "answer", 1), {"line1": " ", "sign": "anonymous"})
    assert nothing.status_code == 422
    assert texts() == []


def test_answering_by_the_letters_link_needs_no_sign_in(opened):
    member, client = opened.members[2], Client()
    token = people.token_for(member, purpose="founding.answer", target=str(opened.canvas.pk))
    assert client.get(reverse("founding:start_by_link", args=[token])).url.endswith("/1/")
    first = reverse("founding:answer_by_link", args=[token, 1])
    assert client.get(first).status_code == 200
    client.post(first, {"line1": "Linkistä", "sign": "named"})
    assert [answer.person for answer in inside()] == [member]
    assert Turn.objects.get(respondent=f"person:{member.pk}", question__number=1).state == "answered"
    assert client.post(reverse("founding:pass_question_by_link", args=[token, 2])).status_code == 302
    assert f"{SECRET} 2" in client.get(reverse("founding:answered_by_link", args=[token])).content.decode()


@pytest.mark.parametrize("broken", ["x", "purpose", "target", "left"])
def test_a_link_that_is_not_for_this_is_refused_in_words(opened, broken):
    member = opened.members[2]
    token = people.token_for(
        member if broken != "left" else make.person("Vieras"),
        purpose="consent.stance" if broken == "purpose" else "founding.answer",
        target="999" if broken == "target" else str(opened.canvas.pk),
    )
    answer = Client().get(reverse("founding:answer_by_link", args=["x" if broken == "x" else token, 1]))
    assert answer.status_code == 404
    assert SECRET not in answer.content.decode()


def test_two_people_at_one_device_have_codes_of_their_own(opened):
    client = Client()
    for person in opened.members[:2]:
        client.force_login(person)
        assert "Ensimmäisen" not in client.get(at(opened, "answer", 1)).content.decode()
        client.post(at(opened, "answer", 1), {"line1": "Ensimmäisen ajatus", "sign": "anonymous"})
    assert len({answer.voice for answer in inside()}) == len(inside()) == 2


def test_the_whole_journey_by_clicks(founders):
    leader = client_of(founders.leader)
    member = client_of(founders.members[0])
    leader.post(at(founders, "challenge"), {"text": "Kukaan ei kysy."})
    leader.post(at(founders, "draft", 1), {"text": f"{SECRET} 1", "seen": "0"})
    leader.post(at(founders, "sparring"), {"person": founders.members[6].pk})
    assert SECRET in client_of(founders.members[6]).get(at(founders, "canvas")).content.decode()
    from kutomo.ground.clock import today

    leader.post(at(founders, "open"), {"closes_on": today().isoformat()})
    assert Canvas.objects.get().state == "open"
    for person in founders.members:
        client_of(person).post(at(founders, "answer", 1), {"line1": f"Soitto {person.pk}", "sign": "anonymous"})
    leader.post(at(founders, "close"))
    keys = [answer.key for answer in queries.board(Canvas.objects.get(), 1).answers]
    member.post(at(founders, "gather", 1), {"answer": keys[:2], "name": "Soittorinki"})
    theme = queries.board(Canvas.objects.get(), 1).clusters[0]
    assert (theme.name, len(theme.answers)) == ("Soittorinki", 2)
    member.post(at(founders, "move", 1, keys[2]), {"group": theme.pk})
    member.post(at(founders, "move", 1, keys[3]), {"group": "new"})
    member.post(at(founders, "name_theme", 1, theme.pk), {"name": "Rinki", "seen": theme.version})
    member.post(at(founders, "mark_in_draft", 1, theme.pk), {"in_draft": "yes"})
    member.post(at(founders, "note", 1), {"text": "Sovitaan rytmistä.", "seen": 0})
    board = queries.board(Canvas.objects.get(), 1)
    assert [(c.name, c.in_draft, len(c.answers)) for c in board.clusters] == [("Rinki", True, 3), ("", False, 1)]
    page = member.get(at(founders, "table", 1)).content.decode()
    assert "<svg" in page
    assert "Rinki" in page
    member.post(at(founders, "proposal", 1), {"text": "Soitamme.", "answers": keys[:2]})
    line = queries.lines(queries.questions(Canvas.objects.get()))[1][0]
    seen = line.current.pk
    for person, text in ((founders.members[1], "Soitamme viikoittain."), (founders.members[2], "Käymme.")):
        client_of(person).post(at(founders, "sentence", line.sentence.pk), {"text": text, "seen": seen})
    page = member.get(at(founders, "proposal", 1)).content.decode()
    assert "Soitamme viikoittain." in page
    assert "Käymme." in page
    beside = queries.lines(queries.questions(Canvas.objects.get()))[1][0].beside[0]
    member.post(at(founders, "choose_wording", beside.pk))
    asked = leader.post(at(founders, "propose"), {"closes_on": "2999-01-01"})
    assert asked.status_code == 302
    round = rounds.current(("founding.canvas", Canvas.objects.get().pk))
    assert "Käymme." in round.text
    for person in [founders.leader, *founders.members]:
        consent.take(by=person, round=round, stance="support")
    consent.close(by=founders.leader, round=round)
    page = leader.get(at(founders, "agree")).content.decode()
    assert f"{SECRET} 1" in page
    assert "Käymme." in page
    leader.post(at(founders, "agree"), {"what_changed": "Luonnos muuttui.", "review_on": "2999-01-01"})
    assert Canvas.objects.get().state == "agreed"
    assert "Käymme." in member.get(at(founders, "canvas")).content.decode()
    leader.post(at(founders, "renew"))
    assert member.get(at(founders, "compare")).status_code == 200


def test_paper_cards_have_codes_and_a_recorder_enters_them(opened):
    leader = client_of(opened.leader)
    page = leader.get(at(opened, "cards") + "?n=2").content.decode()
    codes = re.findall(r'<b class="num">([A-Z0-9-]{14})</b>', page)
    assert len(set(codes)) == 2
    done = leader.post(
        at(opened, "paper"), {"person": opened.members[0].pk, "code": codes[0], "q1_1": "Paperilla", "q3_1": "Kolmas"}
    )
    assert done.status_code == 302
    assert [rows[0].text for rows in queries.own_answers(opened.canvas, codes[0]).values()] == ["Paperilla", "Kolmas"]
    person = client_of(opened.members[0])
    assert opened.leader.name in person.get(at(opened, "mine")).content.decode()
    assert client_of(opened.members[1]).get(at(opened, "paper")).status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_opens_in_three_languages(opened, language):
    opened.leader.language = language
    opened.leader.save()
    client = client_of(opened.leader)
    client.cookies["language"] = language
    for name, args in [*GET_PAGES, ("cards", ()), ("paper", ())]:
        answer = client.get(at(opened, name, *args))
        assert answer.status_code in (200, 409), name
        assert answer.content.decode().count("<h1") == 1, name


def test_a_member_may_not_lead(opened):
    client = client_of(opened.members[0])
    for name, args in [
        ("open", ()),
        ("close", ()),
        ("draft", (1,)),
        ("challenge", ()),
        ("sparring", ()),
        ("agree", ()),
    ]:
        assert client.get(at(opened, name, *args)).status_code == 403, name
    for name, args in [("reveal", (1,)), ("half_time", ()), ("begin", ()), ("renew", ())]:
        assert client.post(at(opened, name, *args)).status_code == 403, name
    assert client_of(make.person("Vieras")).get(at(opened, "canvas")).status_code == 404


def test_respondents_without_a_turn_row_count_too(opened):
    """Somebody who came after the opening gets a place when answering."""
    late = make.member(opened.network, "Myöhäinen", make.organisation("Myöhä ry"))
    opened.say(late, 1, "Myöhässä mutta ajoissa")
    assert queries.drafts_for(Respondent.of(late), opened.canvas)[1]
