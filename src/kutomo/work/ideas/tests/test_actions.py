"""What the nursery promises: no judgement unasked, the author's words, real anonymity, rest, credit, two for harm."""

import json
from datetime import timedelta

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction

from kutomo.core.activity.models import Event
from kutomo.core.people.models import Person
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.ideas import actions, queries, tasks
from kutomo.work.ideas.models import Answer, Idea

CODE = "ABCD-EFGH-JKMN"
WORDS = {"title": "Soittorinki", "text": "Vuorotellen.", "maturity": "sketch"}


def test_grows_by_its_authors_word_only(house, planted):
    idea = planted()
    idea = actions.change(by=house.cia, idea=idea, seen=1, **WORDS)
    assert (idea.maturity, idea.began) == ("sketch", "spark")
    with pytest.raises(NotAllowed):
        actions.change(by=house.aino, idea=idea, seen=2, **WORDS)
    with pytest.raises(RuleBroken):
        actions.change(by=house.cia, idea=idea, seen=1, **WORDS)


def test_judged_only_when_wished_for(house, planted):
    idea = planted()
    with pytest.raises(RuleBroken):
        actions.reply(by=house.dan, idea=idea, kind="judge", text="Ei toimi.")
    actions.reply(by=house.dan, idea=idea, kind="ask", text="Kuka aloittaa?")
    idea.refresh_from_db()
    actions.change(by=house.cia, idea=idea, seen=idea.revision, wants=["evaluation"], **WORDS)
    assert actions.reply(by=house.dan, idea=idea, kind="judge", text="Toimii.").pk
    assert actions.reply(by=house.dan, idea=idea, kind="judge", text="Toimii.").pk == Answer.objects.last().pk


def test_only_the_author_hears_and_never_of_the_own_words(house, planted):
    idea = planted()
    actions.reply(by=house.cia, idea=idea, kind="add", text="Lisään itse.")
    assert not Letter.objects.filter(template__startswith="ideas/").exists()
    actions.reply(by=house.dan, idea=idea, kind="add", text="Puhelinvuorot listalle.")
    (letter,) = Letter.objects.filter(template__startswith="ideas/")
    assert (letter.email, letter.slot.startswith("nudge")) == (house.cia.email, True)


def test_anonymous_knows_nobody(house, planted):
    before = Event.objects.count()
    idea = planted(signed="anonymous", code=CODE)
    assert (idea.author, idea.seat) == (None, None)
    assert Event.objects.count() == before
    kept = json.loads(serializers.serialize("json", [idea]))[0]
    assert str(house.cia.pk) not in {str(value) for name, value in kept["fields"].items() if name != "network"}
    assert CODE not in json.dumps(kept)
    assert ":" not in str(kept["fields"]["made_on"])  # a day, no hour
    with pytest.raises(RuleBroken):
        actions.change(by=house.cia, idea=idea, seen=1, code="XXXX-XXXX-XXXX", **WORDS)
    actions.change(by=house.cia, idea=idea, seen=1, code="abcd efgh jkmn", **WORDS)
    assert Event.objects.count() == before
    assert queries.own_rows(house.cia) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Idea.objects.filter(pk=idea.pk).update(author=house.cia)


def test_an_anonymous_author_may_show_the_name_later(house, planted):
    idea = planted(signed="anonymous", code=CODE)
    idea = actions.change(by=house.cia, idea=idea, seen=1, code=CODE, show_name=True, **WORDS)
    assert (idea.by_name, idea.author) == ("Cia Salo", house.cia)


def test_numbers_of_ideas_tell_no_order(planted):
    keys = [planted(title=f"Idea {number}").pk for number in range(12)]
    assert keys != sorted(keys)


def test_organisation_only(house, planted):
    assert planted(signed="house").by_name == "Cia ry"
    with pytest.raises(RuleBroken):
        planted(by=house.aino, signed="house")


def test_the_same_form_twice_is_one_idea(planted):
    assert planted(code=CODE).pk == planted(code=CODE, title="Toinen nimi").pk
    with pytest.raises(RuleBroken):
        planted(code="lyhyt")


def test_building_needs_credit_and_makes_a_lineage(house, planted):
    first = planted()
    with pytest.raises(RuleBroken):
        planted(by=house.dan, title="Pilotti", parent=first, credit=" ")
    second = planted(by=house.dan, title="Pilotti", parent=first, credit="Unton ringistä")
    third = planted(by=house.cia, title="Käytäntö", parent=second, credit="Danin pilotista")
    for idea in (first, second, third):
        tree = [(one.idea.title, one.depth) for one in queries.lineage(idea)]
        assert tree == [("Soittorinki", 0), ("Pilotti", 1), ("Käytäntö", 2)]
    assert queries.lineage(planted(title="Yksin")) == []


def test_rest_and_wake(house, planted, later):
    idea = planted(maturity="tried")
    with later(15):
        tasks.tend.func()
        tasks.tend.func()
        assert Letter.objects.filter(template="ideas/letters/silent.md").count() <= 1
    with later(61):
        tasks.tend.func()
        idea.refresh_from_db()
        assert idea.maturity == "resting"
        woken = actions.wake(by=house.dan, idea=idea)
        assert (woken.maturity, woken.moved_on) == ("tried", today())
        with pytest.raises(RuleBroken):
            actions.wake(by=house.dan, idea=idea)
    assert Idea.objects.filter(pk=idea.pk).exists()


def test_harm_is_judged_by_two(house, planted):
    idea = planted()
    with pytest.raises(NotAllowed):
        actions.tell_harm(by=house.dan, idea=idea, reason="En pidä")
    with pytest.raises(RuleBroken):
        actions.judge_harm(by=house.dan, idea=idea, harmful=True)
    idea = actions.tell_harm(by=house.aino, idea=idea, reason="Kertoo sairaudesta.")
    for own in (house.aino, house.cia):
        with pytest.raises(NotAllowed):
            actions.judge_harm(by=own, idea=idea, harmful=True)
    idea = actions.judge_harm(by=house.dan, idea=idea, harmful=False)
    assert idea.harm == ""
    idea = actions.tell_harm(by=house.aino, idea=idea, reason="Kertoo sairaudesta.")
    actions.judge_harm(by=house.dan, idea=idea, harmful=True)
    with pytest.raises(NotFound):
        queries.get(house.cia, house.network, idea.pk)
    assert {row.is_power for row in Event.objects.filter(kind__in=["ideas.harm_told", "ideas.hidden"])} == {True}


@pytest.mark.parametrize(
    "facts",
    [{"title": " "}, {"text": ""}, {"text": "x" * 601}, {"maturity": "resting"}, {"maturity": "x"}, {"signed": "x"}],
)
def test_bad_ideas_are_refused(planted, facts):
    with pytest.raises(RuleBroken):
        planted(**facts)


def test_who_leaves_leaves_the_words(house, planted):
    idea = planted()
    actions.reply(by=house.dan, idea=idea, kind="add", text="Jatko-osa.")
    for person in (house.cia, house.dan):
        actions.let_go(by=person)
    idea.refresh_from_db()
    assert (idea.author, idea.answers.get().by) == (None, None)
    assert Person.objects.filter(pk=house.cia.pk).exists()
    assert idea.made_on + timedelta(0) == today()
