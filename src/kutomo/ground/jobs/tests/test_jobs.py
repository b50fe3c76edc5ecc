import datetime as dt
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus as State
from django_tasks_db.models import DBTaskResult

import kutomo
from kutomo.ground import clock, jobs
from kutomo.ground.clock import Every
from kutomo.ground.jobs import worker
from kutomo.ground.jobs.models import Heartbeat
from kutomo.ground.jobs.queue import wait
from kutomo.ground.jobs.schedule import Line, lines, tick
from kutomo.ground.jobs.tasks import tidy

from . import sample

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _fresh():
    sample.ran.clear()


@pytest.mark.django_db
def test_a_rollback_takes_the_job_with_it():
    with transaction.atomic():
        sample.note.later(1)
        transaction.set_rollback(True)
    assert jobs.run_ready() == 0
    with transaction.atomic():
        sample.note.later(2)
    assert jobs.run_ready() == 1
    assert sample.ran == [2]
    assert DBTaskResult.objects.get().status == State.SUCCESSFUL


@pytest.mark.django_db
def test_named_by_path_and_jobs_may_bring_jobs():
    jobs.later("kutomo.ground.jobs.tests.sample.note_then_more", 3)
    assert jobs.run_ready() == 4
    assert sample.ran == [3, 2, 1, 0]
    with pytest.raises(TypeError, match="no job"):
        jobs.later("kutomo.ground.clock.now")


@pytest.mark.django_db
def test_a_job_for_later_waits():
    with clock.frozen("2026-02-02 10:00"):
        sample.note.at(clock.now() + 5 * MINUTE, 1)
        assert jobs.run_ready() == 0
    with clock.frozen("2026-02-02 10:05"):
        assert jobs.run_ready() == 1


@pytest.mark.django_db
def test_failing_job_is_tried_with_growing_waits_then_kept_with_its_error():
    at, waits = dt.datetime(2026, 2, 2, 10, tzinfo=dt.UTC), []
    with clock.frozen(at):
        sample.break_down.later(7)
    for _ in range(3):
        with clock.frozen(at):
            assert jobs.run_ready(errors=False) == 1
            assert jobs.run_ready(errors=False) == 0
        row = DBTaskResult.objects.get()
        waits.append(row.run_after - at)
        at = row.run_after
    assert 0.8 * MINUTE <= waits[0] <= 1.2 * MINUTE < 1.6 * MINUTE <= waits[1] <= 2.4 * MINUTE
    assert row.status == State.FAILED
    assert "no line to 7" in row.traceback
    assert row.exception_class_path == "builtins.OSError"
    assert sample.ran == [7, 7, 7]


def test_waits_grow_to_six_hours_and_28_retries_last_five_days():
    assert wait(40) <= dt.timedelta(hours=7.2)
    assert sum((wait(n) for n in range(1, 29)), dt.timedelta()) > dt.timedelta(days=4)
    assert len({wait(3) for _ in range(20)}) > 10  # by chance, never all at once


@pytest.mark.django_db
def test_job_of_a_dead_worker_is_ready_again_but_not_that_of_a_living_one():
    with clock.frozen("2026-02-02 10:00"):
        for number, name in enumerate(["dead", "alive"]):
            sample.note.later(number)
            row = DBTaskResult.objects.get(status=State.READY)
            DBTaskResult.objects.filter(pk=row.pk).update(
                status=State.RUNNING, started_at=clock.now(), worker_ids=[name]
            )
        Heartbeat.objects.create(worker="dead", started_at=clock.now(), seen_at=clock.now())
        assert worker.recover() == 0  # both are alive still
    with clock.frozen("2026-02-02 10:03"):
        Heartbeat.objects.create(worker="alive", started_at=clock.now(), seen_at=clock.now())
        assert worker.recover() == 1
        assert jobs.run_ready() == 1
    assert sample.ran == [0]


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_each_time_ends_as_failed():
    sample.note.later(1)
    with clock.frozen("2026-02-02 10:00"):
        began = clock.now()
        DBTaskResult.objects.update(status=State.RUNNING, started_at=began, worker_ids=["a", "b", "c"])
    assert worker.recover() == 1
    assert DBTaskResult.objects.get().status == State.FAILED


@pytest.mark.django_db
def test_clock_runs_a_due_line_once_and_catches_up_once():
    schedule = [Line(Every(5), "kutomo.ground.jobs.tests.sample.count_up", "test")]
    with clock.frozen("2026-02-02 10:01"):
        assert tick(schedule) == []
    with clock.frozen("2026-02-09 10:06"):
        assert len(tick(schedule)) == 1
        assert tick(schedule) == []
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_two_clocks_in_one_moment_claim_a_line_once(monkeypatch):
    """The second ticks between the first one's look and its claim."""
    schedule = [Line(Every(5), "kutomo.ground.jobs.tests.sample.note_then_more", "test")]
    with clock.frozen("2026-02-02 10:01"):
        tick(schedule)
    with clock.frozen("2026-02-02 10:06"):
        real, nested = transaction.atomic, []

        def atomic(*args, **kwargs):
            if not nested:
                nested.append(1)
                nested.append(tick(schedule))
            return real(*args, **kwargs)

        monkeypatch.setattr("kutomo.ground.jobs.schedule.transaction.atomic", atomic)
        first = tick(schedule)
    assert (first, len(nested[1])) == ([], 1)
    assert DBTaskResult.objects.count() == 1


def test_every_line_of_the_installations_clock_names_a_job():
    for line in lines():
        assert isinstance(jobs._find(line.job), jobs.Job), line.job
        assert len(str(line.why)) > 10
    assert len({line.job for line in lines()}) == len(lines())


@pytest.mark.django_db
def test_tidy_forgets_the_good_and_keeps_the_failed():
    with clock.frozen("2026-02-02 10:00"):
        old = clock.now()
    for state in (State.SUCCESSFUL, State.FAILED):
        sample.note.later(1)
        DBTaskResult.objects.filter(status=State.READY).update(status=state, finished_at=old)
    tidy()
    assert [row.status for row in DBTaskResult.objects.all()] == [State.FAILED]


SCRIPT = """
import os, pathlib, sys, threading, time
os.environ["DJANGO_SETTINGS_MODULE"] = "kutomo.config.settings"
import django; django.setup()
from kutomo.ground import jobs
from kutomo.ground.jobs import worker
if sys.argv[1] == "fill":
    from django.core.management import call_command
    for app in ("django_tasks_database", "jobs"):
        call_command("migrate", app, verbosity=0)
    for number in range(60):
        jobs.later("kutomo.ground.jobs.tests.sample.count_up", f"n{number}")
else:
    from django.conf import settings
    from django_tasks_db.models import DBTaskResult
    settings.CLOCK = "kutomo.ground.jobs.tests.sample.NO_LINES"
    here = pathlib.Path(os.environ["KUTOMO_DATA"])
    (here / f"{os.getpid()}.here").touch()
    until = time.monotonic() + 40
    while len(list(here.glob("*.here"))) < 2 and time.monotonic() < until:  # on a busy machine one comes much later
        time.sleep(0.005)
    mine = worker.start()
    while DBTaskResult.objects.filter(status="READY").exists() and time.monotonic() < until:
        time.sleep(0.05)
    names = [thread.name for thread in mine.threads]
    clean = mine.stop()
    assert clean and not [t for t in threading.enumerate() if t.name in names]
    print("clean", worker.Heartbeat.objects.filter(worker=mine.name).count())
"""


@pytest.mark.slow
def test_two_worker_processes_share_sixty_jobs_on_a_real_database_and_stop_cleanly(tmp_path):
    source = Path(kutomo.__file__).parent.parent
    environment = {**os.environ, "KUTOMO_DATA": str(tmp_path), "PYTHONPATH": str(source)}
    environment.pop("KUTOMO_DATABASE", None)
    start = [sys.executable, "-c", SCRIPT]
    subprocess.run([*start, "fill"], env=environment, check=True, timeout=60)
    both = [subprocess.Popen([*start, "work"], env=environment, stdout=subprocess.PIPE, text=True) for _ in "ab"]
    assert [each.communicate(timeout=60)[0].strip() for each in both] == ["clean 0", "clean 0"]
    with closing(sqlite3.connect(tmp_path / "kutomo.sqlite3")) as base:
        (count,) = base.execute("SELECT count(*) FROM jobs_appointment WHERE name LIKE 'n%'").fetchone()
        states = dict(base.execute("SELECT status, count(*) FROM django_tasks_database_dbtaskresult GROUP BY 1"))
        tries = base.execute("SELECT DISTINCT worker_ids FROM django_tasks_database_dbtaskresult").fetchall()
    assert count == 60  # none lost; none twice either, for the name is unique and a second run would fail
    assert states == {"SUCCESSFUL": 60}
    assert len(tries) == 2  # both had their share
