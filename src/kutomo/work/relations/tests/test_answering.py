"""One's own part: consent, three states, later questions only for who passed, the past, several respondents."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.relations.actions import answering, waves
from kutomo.work.relations.models import Answer, Part, PrivateAnswer, PulseAnswer, ScreenTime
from kutomo.work.relations.queries import roster
from kutomo.work.relations.queries.own import own
from kutomo.work.relations.rules.asking import TOO_EARLY, Question

pytestmark = pytest.mark.django_db


def shown(asked, who, code):
    """What stands on the screen of a member: name -> value."""
    return {row.name: row.value for row in roster.screen(asked.part(who), code, "fi").rows}


def test_three_states(opened):
    opened.begin(0)
    opened.say(0, "K", {1: 0, 2: 3, 3: 1})
    assert shown(opened, 0, "K") == {
        "Järjestö 1 ry": 0,
        "Järjestö 2 ry": 3,
        "Järjestö 3 ry": 1,
        "Järjestö 4 ry": None,
        "Järjestö 5 ry": None,
        "Järjestö 6 ry": None,
        "Marjut Vetäjä": None,
    }
    opened.say(0, "E", {2: 2, 3: 0})
    opened.say(0, "T", {2: TOO_EARLY})
    row = PrivateAnswer.objects.get()
    assert (row.trusts, row.commits) == (9, None)


def test_own_row_is_not_asked(opened):
    opened.begin(0)
    assert "Järjestö 0 ry" not in shown(opened, 0, "K")
    with pytest.raises(RuleBroken):
        opened.say(0, "K", {0: 2})


def test_later_questions_only_for_who_passed(opened):
    opened.begin(0)
    opened.say(0, "K", {1: 0, 2: 1, 3: 2})
    assert set(shown(opened, 0, "E")) == {"Järjestö 2 ry", "Järjestö 3 ry"}
    assert opened.say(0, "E", {1: 3, 2: 0, 3: 1}) == 2  # the unknown one is left out
    assert set(shown(opened, 0, "T")) == set(shown(opened, 0, "C")) == {"Järjestö 3 ry"}
    assert opened.say(0, "C", {2: 3, 3: 2}) == 1


def test_going_back_to_not_knowing_takes_the_rest_away(opened):
    opened.begin(0)
    opened.say(0, "K", {1: 2, 2: 2})
    opened.say(0, "E", {1: 2, 2: 2})
    opened.say(0, "T", {1: 3, 2: 1})
    opened.say(0, "K", {1: 0})
    opened.say(0, "E", {2: 0})
    assert Answer.objects.get(about=opened.place(1)).works is None
    assert not PrivateAnswer.objects.exists()


def test_the_database_holds_the_order_of_questions(opened):
    part = opened.begin(0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(part=part, about=opened.place(1), knows=0, works=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        PrivateAnswer.objects.create(part=part, about=opened.place(1), trusts=0)


@pytest.mark.parametrize(("code", "value"), [("K", 4), ("K", 9), ("T", 0), ("E", 9), ("C", 9)])
def test_levels_that_do_not_exist_are_refused(opened, code, value):
    opened.begin(0)
    with pytest.raises(RuleBroken):
        opened.say(0, code, {1: value})


def test_the_rest_as_zero_only_where_nothing_is_said(opened):
    opened.begin(0)
    opened.say(0, "K", {1: 3})
    facts = {"by": opened.members[0], "part": opened.part(0)}
    assert answering.rest_as_zero(**facts, question=Question.KNOWS) == 6
    assert shown(opened, 0, "K")["Järjestö 1 ry"] == 3
    assert set(shown(opened, 0, "K").values()) == {3, 0}
    with pytest.raises(RuleBroken):
        answering.rest_as_zero(**facts, question=Question.TRUSTS)


def test_an_answer_can_be_taken_back(opened):
    opened.begin(0)
    opened.say(0, "K", {1: 3})
    opened.say(0, "E", {1: 3})
    opened.say(0, "T", {1: 2})
    opened.say(0, "T", {1: None})
    assert PrivateAnswer.objects.get().trusts is None
    opened.say(0, "K", {1: None})
    assert shown(opened, 0, "K")["Järjestö 1 ry"] is None
    assert not PrivateAnswer.objects.exists()


def test_last_waves_answers_are_offered_and_only_confirmed_by_a_click(opened):
    opened.answer(0, knows={1: 3, 2: 0, 3: 2}, works={1: 2}, T={1: 3})
    opened.close()
    opened.open()
    opened.begin(0)
    rows = {row.name: row for row in roster.screen(opened.part(0), "K", "fi").rows}
    assert (rows["Järjestö 1 ry"].value, rows["Järjestö 1 ry"].earlier) == (None, 3)
    opened.say(0, "K", {3: 0})
    facts = {"by": opened.members[0], "part": opened.part(0)}
    assert answering.keep_earlier(**facts, question=Question.KNOWS) == 2
    assert shown(opened, 0, "K")["Järjestö 3 ry"] == 0
    assert answering.keep_earlier(**facts, question=Question.WORKS) == 1
    assert answering.keep_earlier(**facts, question=Question.TRUSTS) == 1
    assert PrivateAnswer.objects.get(part=opened.part(0)).trusts == 3


def test_the_facet_is_drawn_once_and_stays(opened):
    first = {n: opened.begin(n).facet for n in range(7)}
    opened.close()
    opened.open()
    assert {n: opened.begin(n).facet for n in range(7)} == first
    assert {"openness", "aim"} == {answering._facet(make.person(f"Arvottu {n}"), opened.wave) for n in range(40)}, (
        "both are drawn"
    )


def test_trust_switched_off_is_not_asked(asked):
    asked.open(asks_trust=False, asks_pulse=False)
    asked.begin(0)
    asked.say(0, "K", {1: 2})
    asked.say(0, "E", {1: 2})
    with pytest.raises(RuleBroken):
        asked.say(0, "T", {1: 2})
    assert asked.say(0, "C", {1: 2}) == 1
    with pytest.raises(RuleBroken):
        answering.put_pulse(by=asked.members[0], part=asked.part(0), values={1: 5})


def test_pulse(opened):
    opened.begin(0)
    facts = {"by": opened.members[0], "part": opened.part(0)}
    answering.put_pulse(**facts, values={1: 5, 6: 9})
    answering.put_pulse(**facts, values={1: 4})
    assert dict(PulseAnswer.objects.values_list("item", "value")) == {1: 4, 6: 9}
    answering.put_pulse(**facts, values={1: None})
    assert PulseAnswer.objects.count() == 1
    for bad in ({7: 3}, {1: 6}, {1: 0}):
        with pytest.raises(RuleBroken):
            answering.put_pulse(**facts, values=bad)


def test_two_from_one_organisation_answer_each_for_themselves(opened):
    body = opened.members[0].representations.get().seat.organisation
    second = make.member(opened.network, "Toinen", body, kind="substitute")
    opened.members.append(second)
    opened.answer(0, knows={1: 1})
    opened.answer(7, knows={1: 3})
    assert sorted(Answer.objects.values_list("knows", flat=True)) == [1, 3]
    assert opened.part(0).seat == opened.part(7).seat
    with pytest.raises(NotAllowed):
        answering.put(by=second, part=opened.part(0), question=Question.KNOWS, values={})


def test_nothing_can_be_answered_before_or_after(asked):
    asked.plan()
    with pytest.raises(RuleBroken):
        answering.begin(by=asked.members[0], wave=asked.wave, on_map=True)
    asked.wave = waves.open(by=asked.leader, wave=asked.wave)
    asked.begin(0)
    asked.close()
    with pytest.raises(RuleBroken):
        asked.say(0, "K", {1: 2})


def test_finishing_needs_one_answer(opened):
    opened.begin(0)
    with pytest.raises(RuleBroken):
        answering.finish(by=opened.members[0], part=opened.part(0))


def test_no_answer_is_ever_logged(opened):
    before = Event.objects.count()
    opened.answer(0, knows={1: 2, 2: 0}, works={1: 2}, T={1: 1}, C={1: 3})
    told = Event.objects.order_by("pk")[before:]
    assert [event.kind for event in told] == ["relations.map_joined"]  # the own wish, for own eyes


def test_screen_times_are_coarse_and_nobodys(opened):
    opened.begin(0)
    facts = {"by": opened.members[0], "rows": 7}
    assert answering.note_time(**facts, part=opened.part(0), screen="K", seconds=43.7)
    assert not answering.note_time(**facts, part=opened.part(0), screen="K", seconds=10)  # the first pass only
    assert not answering.note_time(**facts, part=opened.part(0), screen="E", seconds=5000)
    row = ScreenTime.objects.get()
    assert (row.screen, row.seconds, row.partners) == ("K", 45, 10)
    assert {field.name for field in ScreenTime._meta.get_fields()} == {"id", "wave", "screen", "partners", "seconds"}


def test_paper_is_entered_by_a_recorder_who_cannot_read_it_afterwards(opened):
    recorder = make.holder(opened.network, Role.RECORDER, "Kirjuri")
    member = opened.members[0]
    part = answering.begin(by=member, wave=opened.wave, on_map=False, recorder=recorder)
    about = {opened.place(1).pk: 2}
    part = opened.part(0)
    answering.put(by=member, part=part, question=Question.KNOWS, values=about, recorder=recorder)
    answering.finish(by=member, part=part, recorder=recorder)
    with pytest.raises(NotAllowed):
        answering.put(by=member, part=part, question=Question.KNOWS, values=about, recorder=recorder)
    line = Event.objects.get(kind="relations.paper_entered")
    assert line.actor == recorder
    assert member.name not in str(line.data) + line.title
    assert answering.put(by=member, part=part, question=Question.KNOWS, values=about) == 1  # the person may


def test_a_recorder_never_opens_what_a_person_has_begun(opened):
    recorder = make.holder(opened.network, Role.RECORDER, "Kirjuri")
    opened.begin(0)
    with pytest.raises(NotAllowed):
        answering.begin(by=opened.members[0], wave=opened.wave, on_map=True, recorder=recorder)
    with pytest.raises(NotAllowed):
        answering.begin(by=opened.members[1], wave=opened.wave, on_map=True, recorder=opened.members[2])


def test_own_result_at_once(opened):
    opened.answer(0, knows={1: 3, 2: 1}, works={1: 2}, T={1: 3}, C={1: 1})
    found = own(opened.members[0], opened.wave, "fi")
    assert [tie.name for tie in found.works] == ["Järjestö 1 ry"]
    assert found.works[0].trusts == "Kyllä, myös tiukassa paikassa"
    assert [tie.name for tie in found.knows] == ["Järjestö 2 ry"]
    assert found.knows_me is None  # nobody else has answered
    assert own(opened.members[1], opened.wave, "fi").part is None


def test_who_knows_me_comes_in_batches_and_words(opened):
    for n in range(1, 6):
        opened.answer(n, knows={0: 2, 6: 0})
    assert own(opened.members[1], opened.wave, "fi").knows_me is None  # five have finished: no batch yet
    opened.answer(6, knows={0: 3})
    opened.begin(0)
    told = own(opened.members[0], opened.wave, "fi")
    assert (told.knows_me, told.of, told.knows_percent) == ("nearly_all", 6, None)
    opened.say(1, "K", {0: 0})  # a changed mind does not show before the next batch
    assert own(opened.members[0], opened.wave, "fi").knows_me == "nearly_all"
    opened.close()
    assert own(opened.members[0], opened.wave, "fi").knows_me == "most"


def test_whom_to_meet_only_among_those_on_the_map(opened):
    opened.answer(0, knows={n: 0 for n in range(1, 7)})
    assert own(opened.members[0], opened.wave).meet == []
    opened.begin(1)
    opened.begin(2, on_map=False)
    names = {one.name for one in own(opened.members[0], opened.wave).meet}
    assert "Järjestö 2 ry" not in names
    assert names <= {"Järjestö 1 ry"}


def test_consent_comes_before_the_first_row(opened):
    assert not Part.objects.exists()
    part = opened.begin(3, on_map=False)
    assert part.consented_at
    assert opened.place(3).on_map is False
    assert opened.begin(3, on_map=True).pk == part.pk
    assert opened.place(3).on_map is True
