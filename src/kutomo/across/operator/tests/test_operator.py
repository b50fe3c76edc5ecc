"""The operator's pages."""

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from tests import make

from kutomo.ground import clock, jobs
from kutomo.ground.jobs.models import Heartbeat
from kutomo.ground.jobs.tests import sample
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter, State
from kutomo.ground.mail.tests.post_office import Box, office
from kutomo.ground.mail.url import read
from kutomo.ground.mail.writing import Written

pytestmark = pytest.mark.django_db


@pytest.fixture
def otso(client):
    person = make.person("Otso", "otso@example.org", is_operator=True)
    client.force_login(person)
    return person


def failed_job() -> DBTaskResult:
    sample.ran.clear()
    sample.break_down.later(7)
    DBTaskResult.objects.update(worker_ids=["a", "b"])
    jobs.run_ready(errors=False)
    return DBTaskResult.objects.get(status="FAILED")


def letter(**facts) -> Letter:
    row = outbox.put(
        Written("Kutsu verkostoon", "Salaista: **sisältö**"),
        template="t",
        to=Addressee("ilona@example.org", "Ilona"),
        key="k",
    )
    Letter.objects.filter(pk=row.pk).update(**facts)
    row.refresh_from_db()
    return row


def test_a_failed_job_is_seen_with_its_error_and_tried_again(client, otso):
    job = failed_job()
    shown = client.get(reverse("operator:jobs")).content.decode()
    assert "sample.break_down" in shown
    assert "OSError: no line to 7" in shown
    client.post(reverse("operator:job_again", args=[job.pk]))
    job.refresh_from_db()
    assert (job.status, job.worker_ids) == ("READY", [])
    sample.ran.clear()
    assert jobs.run_ready(errors=False) == 1
    assert sample.ran == [7]


def test_a_failed_job_is_dropped(client, otso):
    client.post(reverse("operator:job_drop", args=[failed_job().pk]))
    assert not DBTaskResult.objects.exists()


def test_only_failed_jobs_are_touched(client, otso):
    sample.note.later(1)
    job = DBTaskResult.objects.get()
    assert client.post(reverse("operator:job_drop", args=[job.pk])).status_code == 404
    assert DBTaskResult.objects.exists()


def test_a_struggling_job_says_when_it_is_tried_next(client, otso):
    sample.break_down.later(7)
    jobs.run_ready(errors=False)
    assert "no line to 7" in client.get(reverse("operator:jobs")).content.decode()


def test_the_clock_shows_every_line(client, otso):
    shown = client.get(reverse("operator:schedule")).content.decode()
    from kutomo.ground.jobs.schedule import lines

    for line in lines():
        assert str(line.why) in shown


def test_operators_see_states_but_not_what_people_write(client, otso):
    row = letter(state=State.FAILED, error="550 no such mailbox")
    assert "Kutsu verkostoon" in client.get(reverse("operator:letters")).content.decode()
    shown = client.get(reverse("operator:letter", args=[row.pk])).content.decode()
    assert "550 no such mailbox" in shown
    assert "Salaista" not in shown
    assert client.get(reverse("operator:letter_html", args=[row.pk])).content == b""


def test_in_the_demo_everybody_reads_the_letters(settings):
    settings.DEMO = True
    row = letter(state=State.KEPT)
    shown = Client().get(reverse("operator:letter", args=[row.pk])).content.decode()
    assert "Salaista: sisältö" in shown
    framed = Client().get(reverse("operator:letter_html", args=[row.pk]))
    assert "<b>sisältö</b>" in framed.content.decode()
    assert "script-src" not in framed["Content-Security-Policy"]
    assert Client().post(reverse("operator:letter_again", args=[row.pk])).status_code == 302  # to sign in
    row.refresh_from_db()
    assert row.state == State.KEPT


def test_a_refused_letter_is_sent_again_or_dropped(client, otso):
    row = letter(state=State.FAILED, error="550 no such mailbox")
    client.post(reverse("operator:letter_again", args=[row.pk]))
    jobs.run_ready()
    row.refresh_from_db()
    assert row.state == State.SENT
    assert client.post(reverse("operator:letter_again", args=[row.pk])).status_code == 409
    Letter.objects.update(state=State.UNSURE)
    client.post(reverse("operator:letter_drop", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.body) == (State.DROPPED, "")


def test_letters_are_listed_by_state(client, otso):
    letter(state=State.FAILED)
    address = reverse("operator:letters")
    assert "Kutsu verkostoon" in client.get(address + "?state=failed").content.decode()
    assert "Kutsu verkostoon" not in client.get(address + "?state=sent").content.decode()
    assert client.get(address + "?state=%27--&page=x").status_code == 200


def test_mail_check_really_sends(client, otso, settings):
    settings.DEFAULT_FROM_EMAIL = "Kutomo <kirjeet@kutomo.example>"
    with office(box := Box()) as port:
        settings.MAIL_SERVER = read(f"smtp://127.0.0.1:{port}")
        answer = client.post(reverse("operator:mail_check"), {"send_to": "otso@example.org"})
    assert answer.status_code == 200
    assert len(box.letters) == 1
    settings.MAIL_SERVER = read("")
    assert "KUTOMO_MAIL_URL=" in client.post(reverse("operator:mail_check"), {"send_to": ""}).content.decode()


def test_health_is_told_without_names(settings):
    Heartbeat.objects.create(worker="w", started_at=clock.now(), seen_at=clock.now())
    answer = Client().get("/health/")
    assert answer.status_code == 200
    assert answer.json()["well"] is True
    assert set(answer.json()["signs"]) == {"database", "disk", "queue", "failed_jobs", "outbox", "workers"}
    for secret in (settings.SECRET_KEY, str(settings.DATA)):
        assert secret not in answer.content.decode()


def test_health_tells_of_a_worker_that_is_away_and_of_what_waits():
    with clock.frozen("2026-02-02 10:00"):
        letter()
        sample.note.later(1)
        DBTaskResult.objects.update(enqueued_at=clock.now())
    with clock.frozen("2026-02-02 10:11"):
        answer = Client().get("/health/")
    assert answer.status_code == 503
    signs = answer.json()["signs"]
    assert [name for name, sign in signs.items() if not sign["well"]] == ["queue", "outbox", "workers"]
    assert signs["outbox"]["value"] == "660 s"


def test_a_job_for_tomorrow_is_not_late():
    with clock.frozen("2026-02-02 10:00"):
        sample.note.at(clock.now().replace(hour=20), 1)
        DBTaskResult.objects.update(enqueued_at=clock.now())
    with clock.frozen("2026-02-02 12:00"):
        assert Client().get("/health/").json()["signs"]["queue"]["well"]


def test_ready():
    assert Client().get("/ready/").content == b"ready\n"
