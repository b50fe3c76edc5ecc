"""Answers that come in the very moment of the reveal: each is either in the shuffle or refused, never beside it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.ground.errors import RuleBroken
from kutomo.work.founding import actions, queries
from kutomo.work.founding.models import Answer, Question, Turn

PHONES = 24


@pytest.fixture
def hall(transactional_db):
    leader = make.person("Marjut Vetäjä")
    network = make.network(leader, "Sali", challenge="Kukaan ei kysy.")
    canvas = actions.begin(by=leader, network=network)
    return leader, actions.open(by=leader, canvas=canvas, letters=False)


def _slowly(canvas, guest: Respondent, number: int) -> None:
    code = f"KOODI-{number:06}.1.1"
    actions.answer(by=guest, canvas=canvas, question=1, text=f"Ajatus {number}", code=code)


def _quickly(canvas, guest: Respondent, number: int) -> None:
    with transaction.atomic():
        row = Question.objects.select_related("canvas").get(canvas=canvas, number=1)
        code = f"KOODI-{number:06}.1.1"
        actions.answer_quickly(by=guest, question=row, text=f"Ajatus {number}", code=code, language="fi")


@pytest.mark.parametrize("door", [_slowly, _quickly])
def test_reveal_in_the_middle_of_answers(hall, door):
    leader, canvas = hall
    kept: set[int] = set()
    refused: set[int] = set()
    troubles: list[BaseException] = []
    half, barrier = threading.Event(), threading.Barrier(PHONES + 1)

    def phone(number: int) -> None:
        try:
            barrier.wait()
            door(canvas, Respondent.guest(f"g{number}", ""), number)
            kept.add(number)
        except RuleBroken:
            refused.add(number)
        except BaseException as trouble:
            troubles.append(trouble)
        finally:
            if len(kept) >= PHONES // 4:
                half.set()
            connection.close()

    threads = [threading.Thread(target=phone, args=(number,)) for number in range(PHONES)]
    for thread in threads:
        thread.start()
    barrier.wait()
    half.wait(20)
    actions.reveal(by=leader, canvas=canvas, question=1)
    for thread in threads:
        thread.join()
    assert troubles == []
    assert len(kept) + len(refused) == PHONES
    stored = {int(text.split()[1]) for text in Answer.objects.values_list("text", flat=True)}
    assert stored == kept  # nothing that was said to be kept is lost, nothing refused is there
    spoken = Turn.objects.filter(question__number=1, state="answered", respondent__startswith="guest:")
    assert spoken.count() == len(kept)
    assert set(spoken.values_list("sent", flat=True)) <= {0}  # all of them went through the shuffle
    assert len(queries.board(canvas, 1).answers) == len(kept)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(DISTINCT xmin::text) FROM founding_answer")
            assert cursor.fetchone()[0] == 1
