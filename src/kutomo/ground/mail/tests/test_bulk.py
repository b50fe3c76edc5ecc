"""Many letters over one connection: each once, none stopped by another, none lost while the server is away."""

import datetime as dt
import email
import socket
from collections import Counter

import pytest
from django_tasks_db.models import DBTaskResult

from kutomo.ground import clock, jobs
from kutomo.ground.mail import outbox, tasks
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter
from kutomo.ground.mail.writing import Written

from .post_office import Box, office

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23 08:00"


@pytest.fixture
def smtp(settings):
    def at(port: int) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "localhost", port, 3
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.DEFAULT_FROM_EMAIL = "Kutomo <kirjeet@kutomo.example>"

    return at


class Counting(Box):
    """Counts who comes in, and hangs up after ``most`` letters in one visit."""

    def __init__(self, most: int = 1000, **answers: str):
        super().__init__(**answers)
        self.most, self.visits, self.taken = most, 0, 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.visits, self.taken = self.visits + 1, 0
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "gone" in address:
            return "550 5.1.1 no such mailbox"
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_NOOP(self, server, session, envelope, arg):
        if self.taken >= self.most:
            server.transport.abort()
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        return await super().handle_DATA(server, session, envelope)


def fill(*names: str) -> list[int]:
    facts = {"template": "t/letters/a.md", "in_bulk": True}
    rows = [outbox.put(Written("Viikko", "Hei"), to=Addressee(f"{n}@example.org"), key=n, **facts) for n in names]
    return [row.pk for row in rows]


def states() -> dict[str, int]:
    return dict(Counter(Letter.objects.values_list("state", flat=True)))


def arrived(box: Box) -> Counter:
    return Counter(email.message_from_bytes(one)["Message-ID"] for one in box.letters)


def test_many_leave_in_one_visit_and_a_refused_one_stops_no_other(smtp):
    with office(box := Counting()) as port:
        smtp(port)
        tasks.deliver_many.later(fill("a", "b", "gone", "c"))
        assert jobs.run_ready() == 1
    assert states() == {"sent": 3, "failed": 1}
    assert box.visits == 2  # after a refusal a fresh one
    assert set(arrived(box).values()) == {1}


def test_a_server_that_hangs_up_after_two_letters_makes_none_uncertain(smtp):
    with office(box := Counting(most=2)) as port:
        smtp(port)
        tasks.deliver_many.later(fill(*"abcdefg"))
        jobs.run_ready()
    assert states() == {"sent": 7}
    assert box.visits == 4
    assert len(arrived(box)) == len(box.letters) == 7


def test_a_server_away_for_two_days_loses_nothing_and_sends_nothing_twice(smtp):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        smtp(nobody.getsockname()[1])
        with clock.frozen(MONDAY) as now:
            tasks.deliver_many.later(fill(*"abcde"))
        for hours in range(0, 48, 3):
            with clock.frozen(now + dt.timedelta(hours=hours)):
                tasks.resume()
                jobs.run_ready(errors=False)
        assert states() == {"queued": 5}
    with office(box := Counting()) as port:
        smtp(port)
        for hours in range(48, 72, 3):
            with clock.frozen(now + dt.timedelta(hours=hours)):
                tasks.resume()
                jobs.run_ready(errors=False)
    assert states() == {"sent": 5}
    assert len(arrived(box)) == len(box.letters) == 5


def test_what_the_caller_forgot_leaves_by_itself(smtp):
    with office(box := Counting()) as port:
        smtp(port)
        with clock.frozen(MONDAY) as now:
            fill("a", "b")
            assert jobs.run_ready() == 0
        with clock.frozen(now + dt.timedelta(minutes=10)):
            tasks.resume()
            jobs.run_ready()
    assert states() == {"sent": 2}
    assert len(box.letters) == 2


def test_what_has_a_job_together_gets_none_alone():
    with clock.frozen(MONDAY) as now:
        tasks.deliver_many.later(fill("a", "b"))
    with clock.frozen(now + dt.timedelta(minutes=10)):
        tasks.resume()
    assert [row.task_path for row in DBTaskResult.objects.all()] == ["kutomo.ground.mail.tasks.deliver_many"]
