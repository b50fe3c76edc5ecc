"""What an operator sees."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kutomo.ground import clock
from kutomo.ground.errors import NotAllowed, NotFound
from kutomo.ground.jobs.models import Appointment, Heartbeat
from kutomo.ground.jobs.schedule import Line, lines
from kutomo.ground.mail.message import html_part, subject_line, text_part
from kutomo.ground.mail.models import Letter, State

A_PAGE = 30
LATE = dt.timedelta(minutes=10)  # a ready job or letter older than this means that no worker runs
LITTLE_DISK = 500 * 1024**2


def require(person: Any) -> None:
    """Raises NotAllowed for anybody but an operator."""
    if not getattr(person, "is_operator", False):
        raise NotAllowed(_("Only the operators of this installation see this page."))


@dataclass(frozen=True)
class JobRow:
    """One job as the page shows it."""

    pk: Any
    name: str
    arguments: str
    state: str
    tries: int
    error: str
    trace: str
    enqueued_at: dt.datetime
    again_at: dt.datetime | None


def _row(job: DBTaskResult) -> JobRow:
    last = job.traceback.strip().rpartition("\n")[2] if job.traceback else ""
    return JobRow(
        pk=job.pk,
        name=job.task_path.removeprefix("kutomo."),
        arguments=", ".join(str(one) for one in job.args_kwargs["args"]),
        state=job.status,
        tries=len(job.worker_ids),
        error=last[:300],
        trace=job.traceback,
        enqueued_at=job.enqueued_at,
        again_at=job.run_after if job.run_after.year < 9000 else None,
    )


def failed_jobs(person: Any, page: str = "1") -> Page:
    """The jobs that have used up their tries, the newest first."""
    require(person)
    found = Paginator(DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at"), A_PAGE)
    shown: Page = found.get_page(page)
    shown.object_list = list(map(_row, shown.object_list))
    return shown


def struggling_jobs(person: Any) -> list[JobRow]:
    """Jobs that failed at least once and will be tried again."""
    require(person)
    found = DBTaskResult.objects.filter(status=TaskResultStatus.READY).exclude(traceback="").order_by("run_after")
    return [_row(job) for job in found[:A_PAGE]]


def job(person: Any, pk: Any) -> DBTaskResult:
    """One failed job; NotFound when it is gone or has not failed."""
    require(person)
    found = DBTaskResult.objects.filter(pk=pk, status=TaskResultStatus.FAILED).first()
    if found is None:
        raise NotFound(_("There is no such failed job."))
    return found


@dataclass(frozen=True)
class Due:
    """One line of the clock with its appointment."""

    line: Line
    last_at: dt.datetime | None
    next_at: dt.datetime | None


def schedule(person: Any) -> list[Due]:
    """All that happens by itself, in the list's order."""
    require(person)
    known = {row.name: row for row in Appointment.objects.all()}
    return [
        Due(line, getattr(known.get(line.job), "last_at", None), getattr(known.get(line.job), "next_at", None))
        for line in lines()
    ]


def workers(person: Any) -> list[Heartbeat]:
    """The workers that gave a sign of life in the last two minutes."""
    require(person)
    return list(Heartbeat.objects.filter(seen_at__gte=clock.now() - dt.timedelta(minutes=2)))


def letters(person: Any, state: str = "", page: str = "1") -> Page:
    """The outbox, newest first, of one state or all. In the demo everybody may look."""
    if not settings.DEMO:
        require(person)
    found = Letter.objects.all()
    if state in State.values:
        found = found.filter(state=state)
    return Paginator(found.defer("body"), A_PAGE).get_page(page)


def letter_states() -> list[tuple[str, Any, int]]:
    """Each state with its words and how many letters are in it."""
    counts = dict(Letter.objects.order_by().values_list("state").annotate(Count("pk")))
    return [(state.value, state.label, counts[state.value]) for state in State if state.value in counts]


@dataclass(frozen=True)
class Opened:
    """A letter with its words, where they may be shown."""

    letter: Letter
    subject: str
    text: str
    html: str


def letter(person: Any, pk: int) -> Opened:
    """One letter of the outbox; its words only in the demo. NotFound when there is none."""
    if not settings.DEMO:
        require(person)
    found = Letter.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such letter."))
    if not settings.DEMO or found.is_erased:
        return Opened(found, found.subject, "", "")
    return Opened(found, subject_line(found), text_part(found), html_part(found))


@dataclass(frozen=True)
class Sign:
    """One sign of health."""

    name: str
    words: Any
    is_well: bool
    value: str
    is_grave: bool = True  # unwell makes the whole installation unwell


def health() -> list[Sign]:
    """Is the installation well? No names, no secrets: anybody may ask."""
    return [_database(), _disk(), _queue(), _failed(), _outbox(), _worker()]


def is_ready() -> bool:
    """Does the database answer? What a load balancer asks."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _database() -> Sign:
    """A real write, taken back."""
    try:
        with transaction.atomic():
            Appointment.objects.create(name="health", next_at=clock.now())
            transaction.set_rollback(True)
    except DatabaseError:
        return Sign("database", _("The database takes writes"), False, "error")
    return Sign("database", _("The database takes writes"), True, connection.vendor)


def _disk() -> Sign:
    free = shutil.disk_usage(settings.DATA).free
    return Sign("disk", _("There is room on the disk"), free > LITTLE_DISK, f"{free // 1024**2} MiB")


def _age(since: dt.datetime | None) -> tuple[bool, str]:
    age = clock.now() - since if since else dt.timedelta()
    return age < LATE, f"{int(age.total_seconds())} s"


def _queue() -> Sign:
    now = clock.now()
    due = DBTaskResult.objects.filter(status=TaskResultStatus.READY).filter(
        Q(run_after__lte=now) | Q(run_after__year__gte=9000)
    )
    oldest = due.order_by("enqueued_at").first()
    since = None
    if oldest is not None:
        since = oldest.run_after if oldest.run_after <= now else oldest.enqueued_at
    return Sign("queue", _("No job waits for long"), *_age(since))


def _failed() -> Sign:
    count = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    return Sign("failed_jobs", _("No job has failed"), count == 0, str(count), is_grave=False)


def _outbox() -> Sign:
    oldest = Letter.objects.filter(state__in=[State.QUEUED, State.SENDING]).order_by("created_at").first()
    return Sign("outbox", _("No letter waits for long"), *_age(oldest.created_at if oldest else None))


def _worker() -> Sign:
    count = Heartbeat.objects.filter(seen_at__gte=clock.now() - dt.timedelta(minutes=2)).count()
    return Sign("workers", _("A worker runs"), count > 0, str(count))
