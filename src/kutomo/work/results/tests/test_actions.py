"""What goals promise: two owners from two organisations, two keys, enough by consent, a reason for what follows."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kutomo.core.activity.models import Event
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.results import actions, queries, tasks
from kutomo.work.results.models import Evidence, Goal
from kutomo.work.results.rules import Grade


def test_under_way_only_when_both_have_said_yes(house, written):
    goal = written(accepted=False)
    assert goal.state == "draft"
    assert Letter.objects.get(template="results/letters/own.md").email == house.dan.email
    for stranger in (house.cia, house.aino, house.bjorn):
        with pytest.raises(NotAllowed):
            actions.answer_owning(by=stranger, goal=goal, accept=True)
    goal = actions.answer_owning(by=house.dan, goal=goal, accept=False)
    assert [row.person for row in goal.owners.all()] == [house.cia]
    goal = actions.find_owner(by=house.cia, goal=goal, partner=house.bjorn)
    assert actions.answer_owning(by=house.bjorn, goal=goal, accept=True).state == "open"


def test_owners_come_from_two_organisations(house, written):
    for partner in (house.pia, house.cia):
        with pytest.raises(RuleBroken) as refused:
            written(accepted=False, partner=partner)
        assert refused.value.field == "partner"
    goal = written(accepted=False)
    with pytest.raises(RuleBroken):
        actions.find_owner(by=house.cia, goal=goal, partner=house.pia)


@pytest.mark.parametrize(
    "facts",
    [
        {"enough": " "}, {"enough": "x" * 241}, {"benefit": ""}, {"rule": ""}, {"rung": "5"}, {"type": "muu"},
        {"due_on": today()},
    ],
)  # fmt: skip
def test_a_goal_that_cannot_be_judged_is_refused(written, facts):
    with pytest.raises(RuleBroken):
        written(accepted=False, **facts)
    assert not Goal.objects.exists()


def test_two_keys(house, written):
    goal = written()
    row = actions.tell_evidence(by=house.cia, goal=goal, text="Esite", claimed=2, source="esite.pdf")
    assert row.grade is Grade.CLAIM
    for same in (house.cia, house.pia):  # oneself, and the own organisation
        with pytest.raises(NotAllowed):
            actions.confirm(by=same, evidence=row)
    row = actions.confirm(by=house.dan, evidence=row)
    assert row.grade is Grade.DOCUMENT
    assert actions.confirm(by=house.bjorn, evidence=row).confirmed_by == house.dan
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=row.pk).update(confirmed_by=house.cia)


def test_figures_and_documents_name_their_source(house, written):
    goal = written()
    for facts in ({"text": "Soittoja 240", "claimed": 0}, {"text": "Esite", "claimed": 2}, {"text": "x", "claimed": 9}):
        with pytest.raises(RuleBroken):
            actions.tell_evidence(by=house.cia, goal=goal, **facts)
    given = {"text": "Soittoja 240", "claimed": 0, "source": "keskuksen loki"}
    first = actions.tell_evidence(by=house.cia, goal=goal, **given)
    assert actions.tell_evidence(by=house.cia, goal=goal, **given).pk == first.pk


def test_not_asked_before_something_is_confirmed(house, written):
    goal = written()
    with pytest.raises(RuleBroken):
        actions.ask_enough(by=house.cia, goal=goal)
    row = actions.tell_evidence(by=house.cia, goal=goal, text="Numero vastaa.", claimed=3, source="kuntatoimittaja")
    with pytest.raises(RuleBroken):
        actions.ask_enough(by=house.cia, goal=goal)
    actions.confirm(by=house.dan, evidence=row)
    with pytest.raises(NotAllowed):
        actions.ask_enough(by=house.bjorn, goal=goal)
    goal = actions.ask_enough(by=house.cia, goal=goal)
    assert "Numero vastaa." in goal.round.text


def test_enough_by_consent_then_a_choice_with_a_reason(house, enough):
    goal = enough()
    assert goal.state == "enough"
    assert Event.objects.filter(kind="results.enough").count() == 1
    with pytest.raises(RuleBroken):
        actions.choose(by=house.cia, goal=goal, choice="hold", why=" ")
    goal = actions.choose(by=house.cia, goal=goal, choice="hold", why="Numero riittää, emme kasva.")
    with pytest.raises(RuleBroken):
        actions.choose(by=house.cia, goal=goal, choice="hold", why="Uudestaan")
    goal = actions.choose(by=house.dan, goal=goal, choice="stop", why="Kunnat ottivat sen.", learnt="Soita ensin.")
    assert (goal.state, goal.ended_on) == ("stopped", today())
    assert queries.archive(house.network) == [goal]


def test_an_objection_brings_it_back(house, written, later):
    goal = written()
    actions.confirm(by=house.dan, evidence=actions.tell_evidence(by=house.cia, goal=goal, text="Vastaa", claimed=0))
    goal = actions.ask_enough(by=house.cia, goal=goal)
    for person in rounds.asked(goal.round):
        goal.round.network = house.network
        harm = {"stance": "object", "harm": "Saariston puhelut jäävät."}
        said = harm if person == house.dan else {"stance": "support"}
        consent.take(by=person, round=goal.round, speaks=True, **said)
    with later(8):
        tasks.settle.func()
    goal.refresh_from_db()
    assert (goal.state, goal.round) == ("open", None)
    goal.network = house.network
    assert actions.ask_enough(by=house.cia, goal=goal).state == "asking"


def test_raised_only_with_new_capacity(house, enough, written):
    goal = actions.choose(by=house.cia, goal=enough(), choice="raise", why="Toimii, jatketaan.")
    with pytest.raises(RuleBroken):
        written(accepted=False, raised_from=goal, capacity="")
    raised = written(accepted=False, raised_from=goal, capacity="Dan ry antaa kaksi tuntia viikossa")
    assert raised.raised_from == goal


def test_owners_are_asked_once_when_the_day_is_near(written, later):
    goal = written(due_on=today() + timedelta(days=29))
    tasks.tend.func()
    tasks.tend.func()
    assert 1 <= Letter.objects.filter(template="results/letters/evidence.md").count() <= 2
    goal.refresh_from_db()
    assert goal.asked_on == today()


def test_sufficiency_and_leaving(house, enough, written, later):
    goal = enough()
    with later(120):
        assert queries.sufficiency(house.network) == queries.Sufficiency(1, 1)
    actions.let_go(by=house.cia)
    goal.refresh_from_db()
    assert (goal.author, goal.owners.count()) == (None, 1)
