"""The path without a meeting keeps its dates; letters go to the right people in their language."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests import make

from kutomo.config.clock import CLOCK
from kutomo.core.networks import actions as networks
from kutomo.core.things.register import kind_of
from kutomo.ground import clock, jobs
from kutomo.ground.mail.models import Letter
from kutomo.work.founding import actions, queries, tasks
from kutomo.work.founding.models import Canvas

MONDAY = "2031-03-03 09:00"  # the seats of the fixture are older than that


def day(number: int) -> str:
    """The morning of a day of the path, counted from its Monday."""
    return f"2031-03-{3 + number:02} 09:00"


@pytest.fixture
def begun(founders):
    for number in (1, 2, 3, 4, 5):
        actions.draft(by=founders.leader, canvas=founders.canvas, question=number, text=f"SALAINEN LUONNOS {number}")
    founders.members[1].language = "sv"
    founders.members[1].save()
    with clock.frozen(MONDAY):
        founders.canvas = actions.open(by=founders.leader, canvas=founders.canvas)
        jobs.run_ready()
    return founders


def letters(what: str) -> list[Letter]:
    return list(Letter.objects.filter(template=f"founding/letters/{what}.md"))


def test_the_clock_knows_the_job():
    assert "kutomo.work.founding.tasks.keep_dates" in {line.job for line in CLOCK}


def test_opening_writes_to_everybody_once_with_a_link_that_needs_no_sign_in(begun):
    sent = letters("opened")
    assert len(sent) == 8
    tasks.write_to_members(begun.canvas.pk, "opened")
    assert len(letters("opened")) == 8
    assert not any("SALAINEN" in row.body for row in sent)
    mine = next(row for row in sent if row.email == begun.members[1].email)
    assert "Svara nu" in mine.body
    path = re.search(r"https?://[^/\s]+(/answer/[^\s)>]+/)", mine.body)[1]
    with clock.frozen(day(1)):
        assert Client().get(path).status_code == 302


def test_who_takes_a_seat_later_is_written_to_in_the_morning_and_is_asked_all_five(begun):
    with clock.frozen(day(2)):
        late = make.person()
        networks.seat(by=begun.leader, network=begun.canvas.network, person=late)
        assert len(queries.waiting_questions(late, [begun.canvas.network])) == 5
    with clock.frozen(day(3)):
        tasks.keep_dates()
        tasks.keep_dates()
        jobs.run_ready()
        assert [row.email for row in letters("opened")].count(late.email) == 1
        begun.say(late, 1, "Myöhäinen ajatus")
        assert len(queries.waiting_questions(late, [begun.canvas.network])) == 4


def test_half_time_reminds_only_those_whose_turn_waits_and_once(begun):
    with clock.frozen(day(1)):
        for number in (1, 2, 3, 4, 5):
            begun.say(begun.members[0], number, "Ajatus")
    with clock.frozen(day(4)):
        tasks.keep_dates()
        jobs.run_ready()
    assert letters("half_time") == []
    with clock.frozen(day(7)):
        tasks.keep_dates()
        tasks.keep_dates()
        jobs.run_ready()
    assert len(letters("half_time")) == 7  # all but the one who has answered
    assert Canvas.objects.get().half_time_on is not None


def test_after_the_last_day_the_clock_reveals_and_not_before(begun):
    with clock.frozen(day(1)):
        begun.say(begun.members[0], 1, "Ajatus")
    with clock.frozen(day(7)):
        tasks.keep_dates()
    assert Canvas.objects.get().state == "open"  # the last day for answers is still a day for answers
    with clock.frozen(day(8)):
        tasks.keep_dates()
        jobs.run_ready()
    canvas = Canvas.objects.get()
    assert canvas.state == "comparing"
    assert [answer.text for answer in queries.board(canvas, 1).answers] == ["Ajatus"]
    assert canvas.revealed_on - canvas.opened_on == timedelta(days=8)


def test_what_somebody_did_by_hand_does_not_stop_the_clock(begun):
    with clock.frozen(day(2)):
        actions.close_answers(by=begun.leader, canvas=begun.canvas)
    with clock.frozen(day(9)):
        tasks.keep_dates()
    assert Canvas.objects.get().state == "comparing"


def test_search_never_reads_the_draft(begun):
    kind = kind_of("founding.canvas")
    row = kind.visible(begun.members[0]).get()
    assert "SALAINEN" not in kind.text(row) + str(kind.title(row))
    assert row.get_absolute_url() == kind.url(row)
