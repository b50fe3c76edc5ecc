"""The form profile: silence of small groups, one closing, pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.ground.clock import frozen
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.profiles import actions, queries, tasks
from kutomo.work.profiles.models import ProfileAnswer, ProfileTurn
from kutomo.work.profiles.rules import form

STAKEHOLDER = dict(zip(form.READINGS, (1, 2, 1, 1, 4, 0, 3), strict=True))
NETWORK = dict(zip(form.READINGS, (2, 3, 2, 2, 3, 4, 3), strict=True))


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(founders, name: str) -> str:
    return reverse(f"profiles:{name}", args=[founders.network.slug])


def answer(round, people):
    for person in people:
        actions.answer(by=Respondent.of(person), round=round, now=STAKEHOLDER, wanted=NETWORK)


def test_four_answers_show_nothing_and_five_show_words(founders):
    round = actions.open(by=founders.leader, network=founders.network)
    answer(round, founders.members[:4])
    found = actions.close(by=founders.leader, round=round)
    assert (found.how, found.now, found.best_now) == ("nothing", None, ())
    page = client_of(founders.leader).get(at(founders, "profile")).content.decode()
    assert "sidosryhmäyhteistyö" not in page
    again = actions.open(by=founders.leader, network=founders.network)
    answer(again, founders.members[:5])
    found = actions.close(by=founders.leader, round=again)
    assert (found.how, found.best_now, found.best_wanted) == ("words", ("stakeholder",), ("network",))
    for person in (founders.leader, founders.members[6]):
        page = client_of(person).get(at(founders, "profile")).content.decode()
        assert "sidosryhmäyhteistyö" in page
        assert "<svg" in page


def test_two_organisations_show_nothing(founders):
    network = make.network(founders.leader, "Pieni")
    one = make.organisation("Ainoa ry")
    people = [make.member(network, f"P{n}", one) for n in range(6)]
    round = actions.open(by=founders.leader, network=network)
    answer(round, people)
    assert actions.close(by=founders.leader, round=round).how == "nothing"


def test_a_late_answer_changes_nothing(founders):
    round = actions.open(by=founders.leader, network=founders.network)
    answer(round, founders.members[:5])
    first = actions.close(by=founders.leader, round=round)
    with pytest.raises(RuleBroken):
        answer(round, founders.members[5:])
    assert actions.close(by=founders.leader, round=round).now == first.now
    assert ProfileAnswer.objects.count() == 5


def test_one_answer_a_person_and_repeated_sending_is_harmless(founders):
    round = actions.open(by=founders.leader, network=founders.network)
    by = Respondent.of(founders.members[0])
    assert actions.answer(by=by, round=round, now=NETWORK, wanted=NETWORK, code="laite-1")
    assert not actions.answer(by=by, round=round, now=NETWORK, wanted=NETWORK, code="laite-1")
    with pytest.raises(RuleBroken):
        actions.answer(by=by, round=round, now=NETWORK, wanted=NETWORK, code="laite-2")
    with pytest.raises(RuleBroken):
        actions.answer(by=Respondent.of(founders.members[1]), round=round, now={"C": 1}, wanted=NETWORK)


def test_answers_carry_nobody(founders):
    names = {field.name for field in ProfileAnswer._meta.get_fields()}
    assert names == {"key", "round", "body"}
    assert {field.name for field in ProfileTurn._meta.get_fields()} == {"id", "round", "respondent", "has_answered"}


def test_readings_are_sealed_and_their_order_is_shuffled_away(founders):
    """The database alone holds no reading; who has the key too finds no order after the clock has been there."""
    network = founders.network
    people = [make.member(network, f"V{n}", make.organisation()) for n in range(40)]
    round = actions.open(by=founders.leader, network=network)
    ladder = [{code: (n // 5 ** (place % 3)) % 5 for place, code in enumerate(form.READINGS)} for n in range(40)]
    for person, readings in zip(people, ladder, strict=True):
        actions.answer(by=Respondent.of(person), round=round, now=readings, wanted=readings)
    before = {bytes(row.body) for row in ProfileAnswer.objects.all()}
    assert len({len(body) for body in before}) == 1
    assert not any(b"now" in body for body in before)
    tasks.mix.call()
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    inside = {row.pk: ladder.index(row.readings()[0]) for row in ProfileAnswer.objects.all()}
    number = {f"person:{person.pk}": n for n, person in enumerate(people)}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key FROM profiles_profileanswer ORDER BY {place}")
        what = [inside[key] for (key,) in cursor.fetchall()]
        cursor.execute(f"SELECT respondent FROM profiles_profileturn WHERE has_answered ORDER BY {place}")
        who = [number[key] for (key,) in cursor.fetchall()]
    assert sorted(what) == sorted(who) == list(range(40))
    for one, other in [(what, list(range(40))), (who, list(range(40))), (who, what)]:
        assert sum(a == b for a, b in zip(one, other, strict=True)) < 12  # one in forty by chance
    assert actions.close(by=founders.leader, round=round).answered == 40
    assert not before & {bytes(row.body) for row in ProfileAnswer.objects.all()}


def test_raw_readings_go_a_year_after_the_closing(founders):
    with frozen("2098-02-10"):
        round = actions.open(by=founders.leader, network=founders.network)
        answer(round, founders.members)
        read = actions.close(by=founders.leader, round=round)
    with frozen("2099-02-09"):
        tasks.erase_raw.call()
    assert ProfileAnswer.objects.count() == 7
    with frozen("2099-02-10"):
        tasks.erase_raw.call()
    assert (ProfileAnswer.objects.count(), ProfileTurn.objects.count()) == (0, 0)
    assert queries.read(queries.latest(founders.network)) == read  # the result stays as it was


def test_own_view_is_shown_only_when_shared_and_as_one_persons(founders):
    actions.give_view(by=founders.leader, network=founders.network, now=STAKEHOLDER, wanted=NETWORK)
    member = client_of(founders.members[0])
    assert founders.leader.name not in member.get(at(founders, "profile")).content.decode().split("<main")[1]
    actions.give_view(by=founders.leader, network=founders.network, now=STAKEHOLDER, wanted=NETWORK, is_shared=True)
    assert f"{founders.leader.name}" in member.get(at(founders, "profile")).content.decode().split("<main")[1]


def test_the_pages_by_clicks(founders):
    leader, member = client_of(founders.leader), client_of(founders.members[0])
    assert member.get(at(founders, "answer")).status_code == 404
    leader.post(at(founders, "open"), {"closes_on": "2999-01-01", "fewest": "5"})
    page = member.get(at(founders, "answer"))
    assert page.status_code == 200
    assert member.post(at(founders, "answer"), {"now_C": "1"}).status_code == 422
    whole = {f"now_{code}": "2" for code in form.READINGS} | {f"wanted_{code}": "3" for code in form.READINGS}
    assert member.post(at(founders, "answer"), whole).status_code == 302
    assert ProfileAnswer.objects.get().readings()[0] == dict.fromkeys(form.READINGS, 2)
    assert leader.post(at(founders, "view"), whole).status_code == 302
    assert leader.get(at(founders, "profile")).status_code == 200
    leader.post(at(founders, "close"))
    assert queries.latest(founders.network).result["how"] == "nothing"
    with pytest.raises(NotAllowed):
        actions.open(by=founders.members[0], network=founders.network)


def test_drift_from_the_round_before_is_told(founders):
    for now in (STAKEHOLDER, NETWORK):
        round = actions.open(by=founders.leader, network=founders.network)
        for person in founders.members[:6]:
            actions.answer(by=Respondent.of(person), round=round, now=now, wanted=NETWORK)
        found = actions.close(by=founders.leader, round=round)
    assert found.has_drifted
