"""Delivery against a real SMTP server: sent once, tried again, refused, uncertain, forgotten."""

import datetime as dt
import email
import email.policy
import socket

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kutomo.ground import clock, jobs
from kutomo.ground.mail import outbox, tasks
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter, State
from kutomo.ground.mail.writing import Written

from .post_office import Box, certificate, office

pytestmark = pytest.mark.django_db
TO = Addressee("ilona@example.org", "Ilona Kurkela", "fi")
DAY = dt.timedelta(days=1)


@pytest.fixture
def smtp(settings):
    """Point the installation at a port."""

    def at(port: int, tls: bool = False) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL, settings.EMAIL_TIMEOUT = tls, False, 3
        settings.DEFAULT_FROM_EMAIL = "Kutomo <kirjeet@kutomo.example>"

    return at


def put(key="deed:1", **more) -> Letter:
    return outbox.put(Written("Tervetuloa", "Hei, tämä on kirje."), template="t/letters/a.md", to=TO, key=key, **more)


def state(row: Letter) -> str:
    row.refresh_from_db()
    return row.state


def test_a_letter_arrives_once(smtp, tmp_path, monkeypatch):
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with office(box := Box(), tls=context) as port:
        smtp(port, tls=True)
        row = put()
        assert jobs.run_ready() == 1
        tasks.deliver(row.pk)  # a second worker, a second run
        tasks.resume()
        jobs.run_ready()
    assert state(row) == State.SENT
    assert row.attempts == 1
    assert len(box.letters) == 1
    got = email.message_from_bytes(box.letters[0], policy=email.policy.default)
    assert "tämä on kirje" in got.get_body(("plain",)).get_content()
    assert "tämä on kirje" in got.get_body(("html",)).get_content()
    assert box.envelopes == [("kirjeet@kutomo.example", ["ilona@example.org"])]


def test_a_refused_address_is_final_and_shown(smtp):
    with office(box := Box(rcpt="550 5.1.1 no such mailbox")) as port:
        smtp(port)
        row = put()
        jobs.run_ready()
        jobs.run_ready()
    assert state(row) == State.FAILED
    assert row.error == "550 5.1.1 no such mailbox"
    assert box.letters == []
    assert "ilona" not in row.error


@pytest.mark.parametrize("step", ["rcpt", "data", "mail"])
def test_not_now_is_tried_again_until_it_goes(smtp, step):
    box = Box(**{step: "451 4.7.1 greylisted"})
    with office(box) as port:
        smtp(port)
        row = put()
        jobs.run_ready(errors=False)
        assert state(row) == State.QUEUED
        assert "451" in row.error
        box.answers.clear()
        with clock.frozen(clock.now() + dt.timedelta(minutes=2)):
            assert jobs.run_ready() == 1
    assert state(row) == State.SENT
    assert row.error == ""
    assert row.attempts == 2
    assert len(box.letters) == 1


def test_a_server_that_is_away_for_four_days_loses_nothing(smtp):
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    smtp(port)
    row, now = put(), clock.now()
    first = now
    while now - first < 4 * DAY:
        with clock.frozen(now):
            jobs.run_ready(errors=False)
        now = DBTaskResult.objects.get(status="READY").run_after
    assert state(row) == State.QUEUED
    assert row.attempts > 15
    with office(box := Box()) as port, clock.frozen(now):
        smtp(port)
        jobs.run_ready()
    assert state(row) == State.SENT
    assert len(box.letters) == 1


def test_wrong_password_is_ours_to_mend_not_the_letters_end(smtp, settings, tmp_path, monkeypatch):
    context, public = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(public))
    with office(Box(), tls=context, password="oikea") as port:
        smtp(port, tls=True)
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "posti", "vaara"
        row = put()
        jobs.run_ready(errors=False)
        assert state(row) == State.QUEUED
        assert "535" in row.error
        assert "vaara" not in row.error
        settings.EMAIL_HOST_PASSWORD = "oikea"
        with clock.frozen(clock.now() + dt.timedelta(minutes=2)):
            jobs.run_ready()
    assert state(row) == State.SENT


def test_a_line_that_breaks_after_the_letter_is_uncertain_and_never_sent_again_by_itself(smtp):
    box = Box()
    box.break_off_after_data = True
    with office(box) as port:
        smtp(port)
        row = put()
        jobs.run_ready(errors=False)
        assert state(row) == State.UNSURE
        with clock.frozen(clock.now() + DAY):
            tasks.resume()
            jobs.run_ready(errors=False)
        assert len(box.letters) == 1
        box.break_off_after_data = False
        outbox.send_again(row)
        jobs.run_ready()
    assert state(row) == State.SENT
    ids = {email.message_from_bytes(one)["Message-ID"] for one in box.letters}
    assert len(box.letters) == 2
    assert len(ids) == 1  # the reader's program can tell that it is the same letter


def test_a_worker_killed_while_sending_leaves_a_mark(smtp):
    row = put()
    DBTaskResult.objects.all().delete()
    Letter.objects.update(state=State.SENDING, tried_at=clock.now())
    tasks.resume()
    assert jobs.run_ready() == 0  # it may be sending still
    with clock.frozen(clock.now() + dt.timedelta(minutes=11)):
        tasks.resume()
        jobs.run_ready()
    assert state(row) == State.UNSURE
    assert mail.outbox == []


def test_a_letter_whose_job_was_lost_is_queued_again():
    row = put()
    DBTaskResult.objects.all().delete()
    with clock.frozen(clock.now() + dt.timedelta(minutes=6)):
        tasks.resume()
        tasks.resume()
        assert DBTaskResult.objects.count() == 1
        jobs.run_ready()
    assert state(row) == State.SENT
    assert len(mail.outbox) == 1


def test_a_letter_for_later_waits():
    with clock.frozen("2026-02-02 10:00"):
        row = put(not_before=clock.now() + DAY)
        jobs.run_ready()
        assert state(row) == State.POSTPONED
    with clock.frozen("2026-02-03 10:00"):
        jobs.run_ready()
    assert state(row) == State.SENT


def test_a_code_is_forgotten_as_soon_as_it_is_sent():
    row = put(is_secret=True)
    jobs.run_ready()
    assert "tämä on kirje" in mail.outbox[0].body
    assert state(row) == State.SENT
    assert row.body == ""


def test_in_the_demo_letters_are_kept_and_shown(settings):
    settings.DEMO, settings.EMAIL_BACKEND = True, "django.core.mail.backends.dummy.EmailBackend"
    row = put(is_secret=True)
    jobs.run_ready()
    assert state(row) == State.KEPT
    assert row.body
    later = put("deed:2", not_before=clock.now() + DAY)
    with clock.frozen(clock.now() + 2 * DAY):
        jobs.run_ready()
    assert state(later) == State.KEPT


def test_without_a_server_letters_wait_and_say_so(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    row = put()
    jobs.run_ready(errors=False)
    assert state(row) == State.QUEUED
    assert row.error


def test_old_bodies_are_erased_but_not_what_waits(settings):
    with clock.frozen("2026-01-01"):
        sent, waits = put(), put("deed:2", not_before=clock.now() + 200 * DAY)
        jobs.run_ready()
    with clock.frozen("2026-03-31"):
        tasks.erase_old()
        assert not Letter.objects.get(pk=sent.pk).is_erased
    with clock.frozen("2026-04-02"):
        tasks.erase_old()
    sent.refresh_from_db()
    waits.refresh_from_db()
    assert (sent.body, sent.email, sent.name) == ("", "", "")
    assert sent.subject
    assert waits.body


def test_forgetting_a_person_leaves_no_address_behind():
    sent, waits = put(), put("deed:2", not_before=clock.now() + DAY)
    jobs.run_ready()
    outbox.forget([TO.key])
    assert "ilona" not in str(list(Letter.objects.values())).lower()
    assert state(sent) == State.SENT
    assert state(waits) == State.DROPPED
    with clock.frozen(clock.now() + 2 * DAY):
        jobs.run_ready()
    assert len(mail.outbox) == 1


def test_rolled_back_deed_sends_nothing():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    jobs.run_ready()
    assert mail.outbox == []
    assert not Letter.objects.exists()
