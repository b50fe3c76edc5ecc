"""Answering blind: what is kept, what is refused, and the founding mirror."""

from __future__ import annotations

import pytest
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.models import Event
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken
from kutomo.work.founding import actions, queries
from kutomo.work.founding.models import Answer, Sealed, Sign, Turn
from kutomo.work.founding.rules import claims

from .boxes import inside, texts


def test_the_same_code_again_stores_nothing(opened):
    one = opened.say(opened.members[0], 1, "Soitamme kerran viikossa.")
    again = opened.say(opened.members[0], 1, "Soitamme kerran viikossa.")
    assert one == again
    assert texts() == ["Soitamme kerran viikossa."]
    assert Turn.objects.get(respondent=f"person:{opened.members[0].pk}", question__number=1).sent == 1


def test_only_the_hash_of_the_code_is_kept(opened):
    code = claims.answer_code(claims.new_code(), 1, 1)
    stored = opened.say(opened.members[0], 1, "Ajatus", code=code)
    assert stored.pk == claims.key_of(code)
    row = Sealed.objects.values().get()
    assert set(row) == {"key", "question_id", "body"}
    assert row["key"] != stored.pk  # nothing in common with the answer that it becomes
    for secret in (code, "Ajatus", stored.pk, stored.voice):
        assert secret not in str(row)
        assert secret.encode() not in bytes(row["body"])
    actions.reveal(by=opened.leader, canvas=opened.canvas, question=1)
    row = Answer.objects.filter(pk=stored.pk).values().get()
    assert code not in str(row)
    assert set(row) >= {"person_id", "guest", "organisation_id"}
    assert [row["person_id"], row["guest"], row["organisation_id"]] == [None, "", None]
    assert not any("at" in name.split("_") or "time" in name or name.endswith("_on") for name in row)


def test_answering_leaves_no_line_in_the_log(opened):
    before = Event.objects.count()
    opened.say(opened.members[0], 1, "Ajatus")
    actions.pass_question(by=Respondent.of(opened.members[1]), canvas=opened.canvas, question=1)
    assert Event.objects.count() == before


@pytest.mark.parametrize(("text", "words"), [("  ", "Kirjoita"), ("a" * 201, "200")])
def test_empty_and_long_answers_are_refused(opened, text, words):
    with pytest.raises(RuleBroken) as refused:
        opened.say(opened.members[0], 1, text)
    assert refused.value.field == "text"
    assert texts() == []


def test_three_answers_a_question_and_no_fourth(opened):
    for n in (1, 2, 3):
        opened.say(opened.members[0], 2, f"Ajatus {n}", code=f"KOODI-ABCDEF.2.{n}")
    with pytest.raises(RuleBroken):
        opened.say(opened.members[0], 2, "Vielä yksi", code="KOODI-ABCDEF.2.4")
    assert len({answer.voice for answer in inside()}) == 1  # three answers, one voice
    opened.say(opened.members[0], 3, "Toinen kysymys", code="KOODI-ABCDEF.3.1")
    assert len({answer.voice for answer in inside()}) == 2  # nothing joins two questions


def test_strangers_and_observers_may_not_answer(opened):
    with pytest.raises(NotAllowed):
        opened.say(make.person("Vieras"), 1, "Ajatus")
    assert texts() == []


def test_a_guest_of_a_meeting_may(opened):
    guest = Respondent.guest("abc123", "Unto")
    actions.answer(by=guest, canvas=opened.canvas, question=1, text="Soittorinki", code="x" * 20)
    assert queries.answered_number(opened.canvas)[1] == 1
    assert queries.drafts_for(guest, opened.canvas)[1]
    assert not queries.drafts_for(guest, opened.canvas)[2]


def test_change_remove_and_sign_with_the_code(opened):
    person = opened.members[0]
    by, code = Respondent.of(person), "KOODI-ABCDEF.1.1"
    opened.say(person, 1, "Ensin näin", code=code)
    assert actions.change_answer(by=by, canvas=opened.canvas, code=code, text="Sitten näin").text == "Sitten näin"
    signed = actions.sign(by=by, canvas=opened.canvas, code=code, sign=Sign.NAMED)
    assert (signed.person, signed.organisation.name) == (person, "Järjestö 0 ry")
    unsigned = actions.sign(by=by, canvas=opened.canvas, code=code, sign=Sign.ANONYMOUS)
    assert (unsigned.person, unsigned.organisation) == (None, None)
    with pytest.raises(NotFound):
        actions.change_answer(by=by, canvas=opened.canvas, code="KOODI-VAARA1.1.1", text="Toisen sana")
    actions.remove_answer(by=by, canvas=opened.canvas, code=code)
    assert texts() == []
    assert queries.answered_number(opened.canvas)[1] == 0
    opened.say(person, 1, "Uudestaan", code=code)
    assert queries.answered_number(opened.canvas)[1] == 1


def test_the_mirror_opens_one_question_at_a_time(opened):
    member, other = opened.members[0], opened.members[1]
    assert not any(queries.drafts_for(Respondent.of(member), opened.canvas).values())
    opened.say(member, 1, "Ajatus")
    actions.pass_question(by=Respondent.of(member), canvas=opened.canvas, question=2)
    seen = queries.drafts_for(Respondent.of(member), opened.canvas)
    assert seen == {1: True, 2: True, 3: False, 4: False, 5: False}
    assert not any(queries.drafts_for(Respondent.of(other), opened.canvas).values())
    assert all(queries.drafts_for(Respondent.of(opened.leader), opened.canvas).values())
    assert not any(queries.drafts_for(None, opened.canvas).values())


def test_a_sparring_partner_reads_the_draft_and_a_stranger_cannot_be_one(founders):
    actions.draft(by=founders.leader, canvas=founders.canvas, question=1, text="Luonnos")
    with pytest.raises(NotAllowed):
        actions.name_sparring(by=founders.leader, canvas=founders.canvas, person=make.person("Vieras"))
    actions.name_sparring(by=founders.leader, canvas=founders.canvas, person=founders.members[0])
    assert all(queries.drafts_for(Respondent.of(founders.members[0]), founders.canvas).values())
    assert not any(queries.drafts_for(Respondent.of(founders.members[1]), founders.canvas).values())


def test_a_draft_that_members_have_seen_stays_as_it_was(opened):
    opened.say(opened.members[0], 1, "Ajatus")
    with pytest.raises(RuleBroken):
        actions.draft(by=opened.leader, canvas=opened.canvas, question=1, text="Nyt fiksumpi")
    actions.draft(by=opened.leader, canvas=opened.canvas, question=2, text="Tätä ei ole nähty")


def test_two_drafters_at_once_lose_nothing(founders):
    row = queries.question(founders.canvas, 1)
    actions.draft(by=founders.leader, canvas=founders.canvas, question=1, text="Yksi", seen=row.draft_version)
    with pytest.raises(RuleBroken) as refused:
        actions.draft(by=founders.leader, canvas=founders.canvas, question=1, text="Kaksi", seen=row.draft_version)
    assert "Yksi" in str(refused.value)


def test_a_recorder_enters_a_paper_card_that_its_author_can_check(opened):
    person, code = opened.members[3], claims.new_code()
    stored = actions.enter_paper(
        by=opened.leader,
        canvas=opened.canvas,
        respondent=Respondent.of(person),
        code=code.lower().replace("-", " "),
        answers={1: ["Yksi", "Kaksi"], 2: [], 3: ["Kolme"], 4: [], 5: []},
    )
    assert stored == 3
    own = queries.own_answers(opened.canvas, code)
    assert [row.text for row in own[1]] == ["Yksi", "Kaksi"]
    turn = queries.turns_of(Respondent.of(person), opened.canvas)[1]
    assert turn.entered_by == opened.leader
    with pytest.raises(NotAllowed):
        actions.enter_paper(
            by=opened.members[0], canvas=opened.canvas, respondent=Respondent.of(person), code=code, answers={}
        )


def test_leader_sees_before_the_reveal_what_a_member_sees_the_number(opened):
    opened.all_answer(1)
    for viewer in (opened.leader, opened.members[0]):
        board = queries.board(opened.canvas, 1, Respondent.of(viewer))
        assert (board.answered, board.answers) == (7, [])
