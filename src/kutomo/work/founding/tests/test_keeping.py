"""Raw answers go twelve months after the canvas was agreed; what was agreed stays (A14)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from kutomo.core.activity.models import Event
from kutomo.core.consent import actions as consent
from kutomo.ground.clock import frozen
from kutomo.work.founding import actions, queries, tasks
from kutomo.work.founding.models import Answer, Canvas, Sealed, Turn

AGREED = "2098-02-10"


@pytest.fixture
def agreed(opened):
    """A canvas agreed on 10 February 2098, with answers, a theme with a name, and a sentence that rests on them."""
    with frozen(AGREED):
        opened.all_answer(1)
        canvas = actions.close_answers(by=opened.leader, canvas=opened.canvas)
        keys = [answer.key for answer in queries.board(canvas, 1).answers]
        actions.cluster(by=opened.leader, canvas=canvas, question=1, answers=keys[:4], into="new", name="Rytmi")
        actions.write_sentence(by=opened.leader, canvas=canvas, question=1, text="Soitamme.", answers=keys[:2])
        round = actions.propose(by=opened.leader, canvas=canvas)
        for person in [opened.leader, *opened.members]:
            consent.take(by=person, round=round, stance="support", harm="")
        opened.canvas = actions.agree(by=opened.leader, canvas=canvas, what_changed="Ihminen ennen esitettä.")
    return opened


def test_nothing_goes_before_its_time(agreed):
    with frozen("2099-02-09"):
        tasks.erase_raw.call()
    assert Answer.objects.count() == 7
    assert Turn.objects.filter(state="answered").count() == 7


def test_a_year_after_agreement_the_raw_answers_go_and_the_rest_stays(agreed):
    before = queries.signs_of(agreed.canvas)[1]
    with frozen("2099-02-10"):
        tasks.erase_raw.call()
        assert (Answer.objects.count(), Turn.objects.count(), Sealed.objects.count()) == (0, 0, 0)
        canvas = Canvas.objects.get(pk=agreed.canvas.pk)
        assert str(canvas.raw_erased_on) == "2099-02-10"
        assert queries.question(canvas, 1).agreed == "Soitamme."
        assert (canvas.answered_people, canvas.answered_organisations) == (7, 7)
        board = queries.board(canvas, 1)
        assert [cluster.name for cluster in board.clusters] == ["Rytmi"]
        assert queries.signs(board) == before  # the figures of that day, not of an empty table
        line = Event.objects.get(kind="founding.raw_erased")
        assert (line.actor, line.thing_id) == (None, canvas.pk)
        client = Client()
        client.force_login(agreed.members[0])
        slug = agreed.network.slug
        page = client.get(reverse("founding:table", args=[slug, 1])).content.decode()
        assert "Vastaukset poistettiin" in page
        assert "Rytmi" in page
        for name, *more in [("canvas",), ("version", 1), ("proposal", 1), ("mine",)]:
            answer = client.get(reverse(f"founding:{name}", args=[slug, *more]))
            assert answer.status_code == 200
            assert "Ajatus numero" not in answer.content.decode()
        tasks.erase_raw.call()  # every night again: once is enough
    assert Event.objects.filter(kind="founding.raw_erased").count() == 1


def test_the_time_is_a_setting(agreed, settings):
    settings.ANSWER_MONTHS = 3
    with frozen("2098-05-10"):
        tasks.erase_raw.call()
    assert Answer.objects.count() == 0


def test_what_is_not_agreed_yet_is_kept(opened):
    with frozen(AGREED):
        opened.all_answer(1)
        actions.close_answers(by=opened.leader, canvas=opened.canvas)
    with frozen("2100-01-01"):
        tasks.erase_raw.call()
    assert Answer.objects.count() == 7
