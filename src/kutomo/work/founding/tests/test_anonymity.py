"""An attacker with the whole database cannot join who answered with what was answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.ground.errors import RuleBroken
from kutomo.work.founding import actions, queries, tasks
from kutomo.work.founding.models import Answer, Sealed, Turn
from kutomo.work.founding.rules import claims

from .boxes import inside


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
    revealed = rows(f"SELECT text FROM founding_answer WHERE question_id = {question} ORDER BY {place}")
    sealed = rows(f"SELECT key FROM founding_sealed WHERE question_id = {question} ORDER BY {place}")
    inside = {row.pk: row.opened().text for row in Sealed.objects.filter(question=question)}  # needs the key
    what = [text for (text,) in revealed] + [inside[key] for (key,) in sealed]
    return [order_of(key, crowd) for (key,) in who], [int(text.split()[1]) for text in what]


def agreement(one: list[int], other: list[int]) -> int:
    """In how many places the two orders say the same."""
    return sum(a == b for a, b in zip(one, other, strict=True))


def test_order_gives_nothing_away_after_the_reveal(crowd):
    what_before = stored_order(crowd)[1]
    assert what_before == list(range(40))  # with the key: the order of storing is there, this is what must go
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    who, what = stored_order(crowd)
    assert sorted(who) == sorted(what) == list(range(40))
    # By chance about one place in forty agrees; twelve would not happen in the age of the universe.
    assert agreement(what, list(range(40))) < 12
    assert agreement(who, list(range(40))) < 12
    assert agreement(who, what) < 12
    assert agreement(who, what[::-1]) < 12


def test_order_gives_nothing_away_after_a_mixing_while_it_is_open(crowd):
    """Who has the database and the key too: what has been mixed since is not joined by its order."""
    tasks.mix.call()
    who, what = stored_order(crowd)
    assert sorted(who) == sorted(what) == list(range(40))
    for one, other in [(what, list(range(40))), (who, list(range(40))), (who, what), (who, what[::-1])]:
        assert agreement(one, other) < 12
    crowd.say(crowd.members[0], 1, "vastaus 40", code="KOODI-000000.1.2")  # the author goes on as before
    actions.change_answer(by=Respondent.of(crowd.members[5]), canvas=crowd.canvas, code="KOODI-000005.1.1", text="5b")
    crowd.say(crowd.members[0], 1, "vastaus 41", code="KOODI-000000.1.3")
    with pytest.raises(RuleBroken):  # and the limit of three still counts
        crowd.say(crowd.members[0], 1, "vastaus 42", code="KOODI-000000.1.4")


def copy_of(table: str, question: int) -> list[tuple]:
    return rows(f"SELECT * FROM {table} WHERE question_id = {question}")


def test_an_older_copy_of_the_database_is_not_joined_with_the_newer(crowd):
    """The attacker keeps a copy from while it was open, and compares every value with those after the reveal."""
    question = queries.question(crowd.canvas, 1).pk
    before = copy_of("founding_sealed", question)
    assert len({len(bytes(body)) for *_, body in before}) == 1  # lengths tell nothing
    whose = copy_of("founding_turn", question)
    actions.reveal(by=crowd.leader, canvas=crowd.canvas, question=1)
    assert copy_of("founding_sealed", question) == []
    old = {str(value) for row in before for value in row} - {str(question)}
    new = {str(value) for row in copy_of("founding_answer", question) for value in row} - {str(question)}
    assert len(new) > 80  # keys, voices, texts
    assert not old & new
    # the participation of the older copy has other names than that of the newer one, but for who it is
    ids = {str(row[0]) for row in whose} & {str(row[0]) for row in copy_of("founding_turn", question)}
    assert ids == set()


def everything() -> bytes:
    """All that a thief of the disk holds: the database's own files, write-ahead log included; not the key."""
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        return b"".join(part.read_bytes() for part in place.parent.glob(f"{place.name}*"))
    rows_of_bytes = rows("SELECT pg_read_binary_file('pg_wal/' || name) FROM pg_ls_waldir() ORDER BY modification")
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    rows_of_bytes += rows(
        "SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relkind IN ('r', 't', 'i') AND n.nspname = 'public'"
    )
    return b"".join(bytes(part) for (part,) in rows_of_bytes if part)


@pytest.mark.django_db(transaction=True)
def test_the_raw_files_hold_no_answer_while_it_is_open(transactional_db):
    """The thief reads the disk itself: there is who, there is no what. After the reveal the words are there."""
    leader = make.person("Marjut Vetäjä")
    network = make.network(leader, "Raakana", challenge="Kukaan ei kysy.")
    canvas = actions.open(by=leader, canvas=actions.begin(by=leader, network=network), letters=False)
    words = f"Soittorinki-{claims.new_code()}"  # never written on this disk before
    codes = [f"{claims.new_code()}.1.1" for _n in range(6)]
    for n, code in enumerate(codes):
        actions.answer(by=Respondent.guest(f"vieras{n}", ""), canvas=canvas, question=1, text=f"{words} {n}", code=code)
    disk = everything()
    assert b"guest:vieras3" in disk  # the thief does read the right files
    assert words.encode() not in disk
    for code in codes:
        for trace in (code, claims.key_of(code), claims.voice_of(canvas.pk, 1, code)):
            assert trace.encode() not in disk
    actions.reveal(by=leader, canvas=canvas, question=1)
    tasks.sweep.call()
    assert words.encode() in everything()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_the_raw_file_keeps_no_sealed_answer_after_the_reveal(transactional_db):
    """With the key and an undeleted remnant the old order could be read: so no remnant."""
    leader = make.person("Marjut Vetäjä")
    network = make.network(leader, "Raakana", challenge="Kukaan ei kysy.")
    canvas = actions.open(by=leader, canvas=actions.begin(by=leader, network=network), letters=False)
    for n in range(6):
        guest = Respondent.guest(f"vieras{n}", "")
        actions.answer(by=guest, canvas=canvas, question=1, text=f"Ajatus {n}", code=f"KOODI-{n:06}.1.1")
    bodies = [bytes(row.body) for row in Sealed.objects.all()]
    assert all(body[:60] in everything() for body in bodies)
    actions.reveal(by=leader, canvas=canvas, question=1)
    tasks.sweep.call()
    disk = everything()
    assert not any(body[:60] in disk for body in bodies)


def test_the_voice_that_leaves_takes_its_name_out_of_the_box(opened):
    """A named answer that waits for its reveal loses its name with its author; the words stay."""
    member = opened.members[2]
    opened.say(member, 1, "Nimelläni", sign="named")
    assert [answer.person for answer in inside()] == [member]
    assert {"text": "Nimelläni"}.items() <= queries.own_rows(member)[0]["named answer"].items()
    actions.let_go(by=member)
    assert [(answer.text, answer.sign, answer.person) for answer in inside()] == [("Nimelläni", "anonymous", None)]


def test_a_name_in_the_box_whose_bearer_has_gone_does_not_stop_the_reveal(opened):
    """A sealed answer cannot be reached by a foreign key: the reveal looks itself."""
    opened.say(opened.members[0], 1, "Lähtijän sana", sign="named")
    row = Sealed.objects.get()
    answer = row.opened()
    answer.person_id = answer.organisation_id = 999_999
    row.put(answer)
    row.save()
    actions.reveal(by=opened.leader, canvas=opened.canvas, question=1)
    found = Answer.objects.get(text="Lähtijän sana")
    assert (found.person, found.sign) == (None, "anonymous")


def test_a_changed_secret_key_is_said_in_words(opened, settings):
    opened.all_answer(1)
    settings.SECRET_KEY = "quite another"
    with pytest.raises(RuleBroken, match="avai"):
        actions.reveal(by=opened.leader, canvas=opened.canvas, question=1)
    assert Sealed.objects.count() == 7  # nothing is lost: with the old key it goes on


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
