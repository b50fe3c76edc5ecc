"""The worker: takes ready jobs one by one and ticks the clock.

It runs as a thread beside the web server in a small installation (``start``) and as a process of its own in a
large one (``work``). Killed at any moment it loses nothing: a claimed job whose worker fell silent becomes
ready again, so a job may run twice and must not mind.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import threading
import traceback
from uuid import uuid4

from django.db import Error, close_old_connections, connection
from django.db.models import Q
from django_tasks.base import TaskResultStatus as State
from django_tasks_db.models import DBTaskResult, get_date_max

from kutomo.ground import clock

from .models import Heartbeat
from .queue import Job, wait
from .schedule import tick

log = logging.getLogger(__name__)
BEAT = 20.0  # seconds between signs of life, also the clock's tick
SILENT = dt.timedelta(minutes=2)  # a worker unheard for so long is dead
LOOK = 0.5  # seconds between looks at an empty queue
_woken = threading.Event()


def wake() -> None:
    """Tell the worker of this process, if there is one, to look now."""
    _woken.set()


class Worker:
    """One worker: a loop for the jobs, and a second thread for the clock so that a long job stops nothing."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:20]}-{os.getpid()}-{uuid4().hex[:8]}"
        self.stopping = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self) -> Worker:
        """Run in threads of this process."""
        self.threads = [
            threading.Thread(target=self.jobs_loop, name="jobs", daemon=True),
            threading.Thread(target=self.clock_loop, name="clock", daemon=True),
        ]
        for thread in self.threads:
            thread.start()
        return self

    def stop(self, timeout: float = 10.0) -> bool:
        """Finish the job in hand, then stop; True when both threads ended within ``timeout`` seconds."""
        self.stopping.set()
        wake()
        for thread in self.threads:
            thread.join(timeout)
        return not any(thread.is_alive() for thread in self.threads)

    def jobs_loop(self) -> None:
        """Until stopped: run what is ready, then wait for a call or half a second."""
        while not self.stopping.is_set():
            _woken.clear()
            if not self._guarded(lambda: run_one(self.name)):
                _woken.wait(LOOK)
        connection.close()

    def clock_loop(self) -> None:
        """Until stopped: show life, make lost jobs ready, keep the appointments."""
        while not self.stopping.is_set():
            self._guarded(self.beat)
            self.stopping.wait(BEAT)
        self._guarded(lambda: Heartbeat.objects.filter(worker=self.name).delete())
        connection.close()

    def beat(self) -> bool:
        now = clock.now()
        Heartbeat.objects.update_or_create(
            worker=self.name, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
        )
        recover()
        return bool(tick())

    def _guarded(self, step) -> bool:  # type: ignore[no-untyped-def]
        """A database that is away for a while must not end the worker."""
        try:
            close_old_connections()
            return bool(step())
        except Error:
            log.exception("The worker could not use the database; it tries again.")
            connection.close()
            self.stopping.wait(2.0)
            return False


def start() -> Worker:
    """A worker in threads of this process; call ``.stop()`` at the end."""
    return Worker().start()


def work(stopping: threading.Event) -> None:
    """Run a worker in this process until ``stopping`` is set (by a signal)."""
    worker = start()
    stopping.wait()
    worker.stop()


def _ready(now: dt.datetime):  # type: ignore[no-untyped-def]
    due = Q(run_after=get_date_max()) | Q(run_after__lte=now)
    return DBTaskResult.objects.filter(due, status=State.READY)


def run_one(worker: str, *, errors: bool = False) -> bool:
    """Claim the first ready job and run it; False when there is none.

    The claim is one UPDATE on the state that was read, so no two workers get the same job and an idle look
    never takes the database's write lock.
    """
    now = clock.now()
    row = _ready(now).first()
    if row is None:
        return False
    mine = DBTaskResult.objects.filter(pk=row.pk, status=State.READY)
    seen_by = [*row.worker_ids, worker]
    if mine.update(status=State.RUNNING, started_at=now, worker_ids=seen_by):
        row.status, row.started_at, row.worker_ids = State.RUNNING, now, seen_by
        _run(row, errors=errors)
    return True


def _run(row: DBTaskResult, *, errors: bool) -> None:
    try:
        row.task.func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception as error:  # the worker must outlive any job
        _failed(row, error)
        if errors:
            raise
    else:
        row.set_successful(None)


def _failed(row: DBTaskResult, error: Exception) -> None:
    """Ready again after a wait, or, when the tries are used up, kept as failed with its error."""
    tries = len(row.worker_ids)
    name = row.task_path.removeprefix("kutomo.")
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    row.traceback = "".join(traceback.format_exception(error))
    if tries > retries_of(row):
        row.status, row.finished_at = State.FAILED, clock.now()
        log.error("The job %s failed for good after %s tries (%s).", name, tries, row.exception_class_path)
    else:
        row.status, row.run_after = State.READY, clock.now() + wait(tries)
        log.warning("The job %s failed (try %s, %s); it will be tried again.", name, tries, row.exception_class_path)
    row.save(update_fields=["status", "run_after", "finished_at", "exception_class_path", "traceback"])


def retries_of(row: DBTaskResult) -> int:
    """The job's own number; a job whose code is gone is not tried again."""
    try:
        task = row.task
    except ImportError:
        return 0
    return task.retries if isinstance(task, Job) else 0


def recover() -> int:
    """Make ready again what a silent worker had claimed; returns how many."""
    now = clock.now()
    Heartbeat.objects.filter(seen_at__lt=now - dt.timedelta(days=1)).delete()
    alive = set(Heartbeat.objects.filter(seen_at__gte=now - SILENT).values_list("worker", flat=True))
    found = 0
    for row in DBTaskResult.objects.filter(status=State.RUNNING):
        if row.worker_ids[-1:] and row.worker_ids[-1] in alive:
            continue
        if row.started_at and now - row.started_at < SILENT:
            continue  # a worker that has just begun may not have shown itself yet
        back = State.READY if len(row.worker_ids) <= retries_of(row) else State.FAILED
        found += DBTaskResult.objects.filter(pk=row.pk, status=State.RUNNING, worker_ids=row.worker_ids).update(
            status=back,
            exception_class_path="builtins.InterruptedError",
            traceback="The worker was stopped in the middle of this job.",
        )
    return found


def run_ready(*, errors: bool = True) -> int:
    """Run all that is ready now, one after another, in this thread."""
    count = 0
    while run_one("here", errors=errors):
        count += 1
    return count
