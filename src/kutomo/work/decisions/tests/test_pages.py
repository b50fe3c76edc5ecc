from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kutomo.core.people import queries as people
from kutomo.core.promises.models import Promise
from kutomo.core.talk.models import Post
from kutomo.ground.clock import local, now, today
from kutomo.work.decisions import actions
from kutomo.work.decisions.models import Advice, Decision, MethodWord, Slip, Stance

DRAFT = {"title": "Kiertävä veto", "proposal": "Veto kiertää.", "reasons": "Yksi väsyy.", "language": "fi"}


def address(name, house, *args):
    return reverse(f"decisions:{name}", args=[house.network.slug, *args])


def body(response) -> str:
    assert response.status_code in (200, 422), response.status_code
    return response.content.decode()


def extra(house, method) -> dict[str, object]:
    day = f"{local(now() + timedelta(days=9)):%Y-%m-%dT%H:%M}"
    second = f"{local(now() + timedelta(days=10)):%Y-%m-%dT%H:%M}"
    return {
        "choice": {"options": "Kirjasto\nSali", "who": "seats"},
        "dates": {"day_1": day, "day_2": second},
        "advice": {"decider": house.bjorn.pk, "advisers": [house.cia.pk]},
    }.get(method, {"who": "seats"})


@pytest.mark.parametrize("method", MethodWord.values)
def test_propose_and_ask(house, enter, method):
    client = enter(house.bjorn)
    assert method in body(client.get(address("methods", house)))
    assert 'name="title"' in body(client.get(address("propose", house, method)))
    wrong = client.post(address("propose", house, method), {"title": "x"})
    assert wrong.status_code == 422
    done = client.post(address("propose", house, method), DRAFT | extra(house, method))
    decision = Decision.objects.get()
    assert done["Location"] == decision.get_absolute_url()
    page = body(client.get(decision.get_absolute_url()))
    assert address("open", house, decision.pk) in page
    assert client.get(address("open", house, decision.pk)).status_code == 200
    client.post(address("open", house, decision.pk), {"closes_at": "", "silent_until": ""})
    decision.refresh_from_db()
    assert decision.state == "open"
    for person in (house.cia, house.oskari):
        assert 'name="csrfmiddlewaretoken"' in body(enter(person).get(decision.get_absolute_url()))


def test_change(house, enter, bring):
    decision = bring("dates")
    client = enter(house.bjorn)
    page = client.get(address("change", house, decision.pk))
    first = page.context["form"].initial
    given = {name: f"{local(first[name]):%Y-%m-%dT%H:%M}" for name in ("day_1", "day_2")}
    client.post(address("change", house, decision.pk), DRAFT | given | {"title": "Uusi", "seen": first["seen"]})
    decision.refresh_from_db()
    assert decision.title == "Uusi"
    late = client.post(address("change", house, decision.pk), DRAFT | given | {"seen": first["seen"]})
    assert late.status_code == 422
    assert enter(house.cia).post(address("change", house, decision.pk), DRAFT | given | {"seen": 2}).status_code == 403


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("consent", {"stance": "object", "harm": "Vie aikaa"}),
        ("gradients", {"degree": "4", "reason": "Hyvä näin"}),
        ("choice", {"option": "1", "reason": ""}),
        ("dates", {"fit_1": "yes", "fit_2": "no"}),
        ("advice", {"words": "Kysy emännältä"}),
    ],
)
def test_answer_on_the_page_and_from_a_letter(house, enter, bring, method, said):
    decision = bring(method, open=True)
    client = enter(house.cia)
    wrong = client.post(address("answer", house, decision.pk), {"seat": ""})
    assert wrong.status_code == 422
    assert client.post(address("answer", house, decision.pk), said).status_code == 302
    assert "Cia" in body(client.get(decision.get_absolute_url()))
    token = people.token_for(house.dan, purpose=actions.LINK, target=str(decision.pk))
    mail, link = Client(), address("by_mail", house, decision.pk, token)
    value = next(iter(said.values()))
    seen = mail.get(link, {"answer": value})
    assert body(seen)
    if method in ("gradients", "choice", "consent"):
        assert seen.context["form"][next(iter(said))].value() == value
    before = _voices(decision)
    assert mail.post(link, said).status_code == 302
    assert _voices(decision) == before + 1
    assert body(mail.get(link))
    assert mail.get(link + "x").status_code == 404


def _voices(decision) -> int:
    if decision.method == "consent":
        return decision.ballots.get().round.voices.count()
    if decision.method == "advice":
        return Advice.objects.exclude(words="").count()
    return Stance.objects.count()


def test_an_anonymous_answer_is_promised_kept_and_final(house, enter, bring):
    decision = bring("gradients", open=True, is_anonymous=True)
    client = enter(house.cia)
    assert "nimetön" in body(client.get(decision.get_absolute_url())).lower()
    client.post(address("answer", house, decision.pk), {"degree": "2", "reason": "En pidä"})
    assert Slip.objects.get().said == {"degree": 2}
    page = body(client.get(decision.get_absolute_url()))
    assert 'name="degree"' not in page
    assert "En pidä" not in page
    assert client.post(address("answer", house, decision.pk), {"degree": "5"}).status_code == 422


def test_on_behalf_and_check(house, enter, bring):
    decision = bring("gradients", open=True)
    client = enter(house.rea)
    assert client.get(address("on_behalf", house, decision.pk)).status_code == 200
    client.post(address("on_behalf", house, decision.pk), {"person": house.unto.pk, "degree": "3", "reason": ""})
    assert Stance.objects.get().recorded_by == house.rea
    unto = enter(house.unto)
    assert "Rea Riihi" in body(unto.get(decision.get_absolute_url()))
    unto.post(address("check", house, decision.pk))
    assert not Stance.objects.get().waits_for_check
    assert enter(house.cia).get(address("on_behalf", house, decision.pk)).status_code == 403


def test_close_write_publish_review(house, enter, bring, later):
    decision = bring("choice", open=True)
    client = enter(house.bjorn)
    assert client.post(address("close", house, decision.pk)).status_code == 409
    with later():
        assert client.post(address("close", house, decision.pk))["Location"] == address("outcome", house, decision.pk)
        page = client.get(address("outcome", house, decision.pk))
        given = {"outcome": "Kirjastossa.", "why": "", "review_on": today() + timedelta(days=30), "seen": 0}
        given["seen"] = page.context["form"].initial["seen"]
        client.post(address("outcome", house, decision.pk), given)
        assert client.post(address("publish", house, decision.pk)).status_code == 409  # no reason
        given |= {"why": "Se on lähellä.", "seen": given["seen"] + 1}
        client.post(address("outcome", house, decision.pk), given)
        seen = client.post(address("outcome", house, decision.pk), given)  # somebody saved since: told, nothing lost
        assert seen.status_code == 422
        assert "Se on lähellä." in body(seen)
        assert client.post(address("publish", house, decision.pk)).status_code == 302
    page = body(enter(house.oskari).get(decision.get_absolute_url()))
    assert "Kirjastossa." in page
    assert "Se on lähellä." in page
    with later(60):
        assert client.get(address("review", house, decision.pk)).status_code == 200
        facts = {"keeps": "yes", "words": "Toimii", "review_on": today() + timedelta(days=200)}
        client.post(address("review", house, decision.pk), facts)
        assert "Toimii" in body(client.get(address("history", house, decision.pk)))


def test_reopen_and_history(house, enter, decided):
    decision = decided()
    client = enter(house.bjorn)
    assert client.get(address("reopen", house, decision.pk)).status_code == 200
    facts = {"reason": "Uutta tietoa", "proposal": "Toisin", "closes_at": "", "silent_until": ""}
    client.post(address("reopen", house, decision.pk), facts)
    page = body(client.get(decision.get_absolute_url()))
    assert "Uutta tietoa" in page
    assert address("history", house, decision.pk) in page
    assert "Kokeilemme." in body(client.get(address("history", house, decision.pk)))


def test_drop_and_declare(house, enter, bring):
    decision = bring()
    assert enter(house.cia).get(address("drop", house, decision.pk)).status_code == 200
    assert enter(house.cia).post(address("drop", house, decision.pk), {"reason": "x"}).status_code == 403
    enter(house.cia).post(address("declare", house, decision.pk), {"words": "Meidän tilamme", "steps_aside": "on"})
    client = enter(house.bjorn)
    assert "Meidän tilamme" in body(client.get(decision.get_absolute_url()))
    client.post(address("drop", house, decision.pk), {"reason": "Ei tarvita"})
    assert "Ei tarvita" in body(client.get(decision.get_absolute_url()))
    assert "Kiertävä veto" not in body(client.get(address("decisions", house)))
    assert "Kiertävä veto" in body(client.get(address("decisions", house), {"show": "archive"}))


def test_decider_answers(house, enter):
    decision = actions.propose(
        by=house.bjorn, network=house.network, title="Kahvit", proposal="Kuka keittää?", reasons="Talvi",
        method="advice", decider=house.cia, advisers=[house.dan],
    )  # fmt: skip
    link = address("answer_deciding", house, decision.pk)
    assert link in body(enter(house.cia).get(decision.get_absolute_url()))
    assert enter(house.dan).post(link, {"answer": "accept"}).status_code == 403
    enter(house.cia).post(link, {"answer": "accept"})
    decision.refresh_from_db()
    assert decision.decider_since


def test_owner_is_proposed_not_made(house, enter, decided):
    decision = decided()
    client = enter(house.bjorn)
    assert client.get(address("owner", house, decision.pk)).status_code == 200
    client.post(address("owner", house, decision.pk), {"what": "Pidän listaa", "doer": house.dan.pk, "by_on": ""})
    assert Promise.objects.get().state == "proposed"
    assert "Pidän listaa" in body(client.get(decision.get_absolute_url()))


def test_say(house, enter, bring):
    decision = bring()
    client = enter(house.cia)
    facts = {"body": "Entä talvi?", "language": "fi", "key": "k1"}
    client.post(address("say", house, decision.pk), facts)
    client.post(address("say", house, decision.pk), facts)
    client.post(address("say", house, decision.pk), facts | {"body": "Ja kesä?", "key": "k2"})
    assert Post.objects.count() == 2
    page = body(client.get(decision.get_absolute_url()))
    assert "Entä talvi?" in page
    assert "Ja kesä?" in page
    assert client.post(address("say", house, decision.pk), facts | {"body": "", "key": "k3"}).status_code == 422


def test_strangers_see_nothing(house, enter, bring):
    decision = bring(open=True)
    for name in ("decision", "history", "outcome", "open"):
        assert enter(house.cecilia).get(address(name, house, decision.pk)).status_code == 404
    token = people.token_for(house.cecilia, purpose=actions.LINK, target=str(decision.pk))
    assert Client().get(address("by_mail", house, decision.pk, token)).status_code == 404


def test_a_summary_is_shown_in_the_readers_language(house, enter, decided, settings):
    decision = decided()
    decision.summaries = {"sv": {"title": "Rotation", "text": "Vi provar."}}
    decision.save()
    client = enter(house.bjorn)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    page = body(client.get(decision.get_absolute_url()))
    assert "Vi provar." in page
    assert 'lang="fi"' in page  # the rest stays in its own language, and says so


def test_five_thousand_decisions_cost_no_more_queries_than_five(house, enter, bring):
    client = enter(house.aino)
    bring()

    def cost(**query) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address("decisions", house), query).status_code == 200
        return len(asked)

    cost()
    few = cost()
    facts = {"proposal": "Teemme", "reasons": "Siksi", "method": "consent", "language": "fi", "author": house.bjorn}
    Decision.objects.bulk_create(
        Decision(network=house.network, title=f"Päätös {n}", made_at=now(), moved_at=now(), **facts)
        for n in range(5000)
    )
    assert cost() == few <= 12
    assert cost(page="150", words="Päätös 4") == few
    assert "Päätös 4321" in body(client.get(address("decisions", house), {"words": "4321"}))
    none = client.get(address("decisions", house), {"words": "ei tällaista"})
    assert not none.context["decisions"].object_list


def test_one_decision_costs_few_queries_however_many_answered(house, enter, bring, seated):
    decision = bring("gradients", open=True)
    client = enter(house.aino)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(decision.get_absolute_url())
        return len(asked)

    actions.take(by=house.cia, decision=decision, degree=4)
    cost()
    few = cost()
    for person in seated:
        actions.take(by=person, decision=decision, degree=4, reason="Syy")
    assert cost() <= few + 1
