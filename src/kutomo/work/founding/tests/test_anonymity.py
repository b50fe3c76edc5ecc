"""An attacker with the whole database cannot join who answered with what was answered."""

from __future__ import annotations

import pytest
from django.db import connection
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.ground.errors import RuleBroken
from kutomo.work.founding import actions, queries
from kutomo.work.founding.models import Answer, Turn


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@pytest.fixture
def crowd(opened):
    """Forty people answer question 1 one after another, in the order of their numbers."""
    for n in range(33):
        opened.members.append(make.member(opened.network, f"Väki {n}", make.organisation(f"Joukko {n} ry")))
    for n, person in enumerate(opened.members):
        opened.say(person, 1, f"vastaus {n}", code=f"KOODI-{n:06d}.1.1")
    return opened


def order_of(person_key: str, crowd) -> int:
    return [f"person:{person.pk}" for person in crowd.members].index(person_key)


def stored_order(crowd) -> tuple[list[int], list[int]]:
    """Who, and what, in the order in which the database holds them; as numbers of the true order."""
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    question = queries.question(crowd.canvas, 1).pk
    who = rows(
        f"SELECT respondent FROM founding_turn WHERE question_id = {question} AND state = 'answered' ORDER BY {place}"
    )
    what = rows(f"SELECT text FROM founding_answer WHERE question_id = {question} ORDER BY {place}")
    return [order_of(key, crowd) for (key,) in who], [int(text.split()[1]) for (text,) in what]


def agreement(one: list[int], other: list[int]) -> int:
    """In how many places the two orders say the same."""
    return sum(a == b for a, b in zip(one, other, strict=True))


def test_order_gives_nothing_away_after_the_reveal(crowd):
    what_before = stored_order(crowd)[1]
    assert what_before == list(range(40))  # while open the order of storing is there: this is what must go
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    who, what = stored_order(crowd)
    assert sorted(who) == sorted(what) == list(range(40))
    # By chance about one place in forty agrees; twelve would not happen in the age of the universe.
    assert agreement(what, list(range(40))) < 12
    assert agreement(who, list(range(40))) < 12
    assert agreement(who, what) < 12
    assert agreement(who, what[::-1]) < 12


def test_no_value_is_shared_between_who_and_what(crowd):
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    question = queries.question(crowd.canvas, 1)
    who = list(Turn.objects.filter(question=question).values())
    what = list(Answer.objects.filter(question=question).values())
    constant = {question.pk, "answered", "fi", "anonymous", "", None, 0}
    left = {str(value) for row in who for value in row.values() if value not in constant}
    right = {str(value) for row in what for value in row.values() if value not in constant}
    assert left & right == set()
    assert {row["sent"] for row in who} == {0}  # the count of answers sent is wiped


def test_the_count_of_answers_sent_does_not_single_anybody_out(opened):
    """One person gives three answers, all others one: after the reveal nothing says who."""
    opened.all_answer(1)
    for n in (2, 3):
        opened.say(opened.members[4], 1, f"Lisää {n}", code=f"KOODI-{opened.members[4].pk:06d}.1.{n}")
    actions.reveal(by=opened.leader, canvas=opened.canvas, question=1)
    turns = Turn.objects.filter(question__number=1, state="answered").values("state", "sent", "entered_by")
    assert len({tuple(turn.values()) for turn in turns}) == 1


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_transaction_numbers_are_all_the_same(crowd):
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    question = queries.question(crowd.canvas, 1).pk
    for table in ("founding_turn", "founding_answer"):
        assert len(rows(f"SELECT DISTINCT xmin::text FROM {table} WHERE question_id = {question}")) == 1


def test_no_table_of_the_house_points_at_answers_from_people(db):
    """No key leads from participation to answers: read from the models, so that nobody adds one unseen."""
    fields = {field.name for field in Turn._meta.get_fields()}
    assert fields == {"id", "question", "respondent", "state", "sent", "entered_by"}
    assert {field.name for field in Answer._meta.get_fields()} == {
        "key", "question", "voice", "text", "language", "cluster", "sign", "person", "guest", "organisation",
        "sentences",
    }  # fmt: skip


def test_after_the_reveal_nothing_is_added(crowd):
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    with pytest.raises(RuleBroken):
        crowd.say(crowd.members[0], 1, "Myöhässä", code="KOODI-MYOHAS.1.1")
    with pytest.raises(RuleBroken):
        actions.remove_answer(by=Respondent.of(crowd.members[0]), canvas=crowd.canvas, code="KOODI-000000.1.1")
    assert Answer.objects.filter(question__number=1).count() == 40


def test_the_author_finds_the_answer_after_the_shuffle(crowd):
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    signed = actions.sign(
        by=Respondent.of(crowd.members[3]), canvas=crowd.canvas, code="KOODI-000003.1.1", sign="named"
    )
    assert (signed.text, signed.person) == ("vastaus 3", crowd.members[3])


def test_leader_and_member_get_the_same_table(crowd):
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    one = queries.board(crowd.canvas, 1, Respondent.of(crowd.leader))
    other = queries.board(crowd.canvas, 1, Respondent.of(crowd.members[0]))
    assert one == other
    assert len(one.loose) == 40
    assert {answer.signature for answer in one.loose} == {"Nimetön"} or "name" in one.loose[0].signature
