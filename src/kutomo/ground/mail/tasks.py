"""Letters leave, come back to the queue, and are forgotten."""

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kutomo.ground import clock
from kutomo.ground.jobs import job

from . import outbox
from .models import Letter, State


@job(retries=28, priority=10)
def deliver(pk: int) -> None:
    """Send one letter; about five days of tries."""
    outbox.deliver(pk)


@job(retries=28, priority=5)
def deliver_many(pks: list[int]) -> None:
    """Send many letters over one connection; those that have left already are passed over."""
    outbox.deliver_many(pks)


@job(retries=2)
def resume() -> None:
    """A waiting letter always has a job: queue one for each whose job is gone or has failed."""
    now = clock.now()
    busy = DBTaskResult.objects.filter(
        task_path__in=[deliver.module_path, deliver_many.module_path],
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
    )
    has_job = set()
    for row in busy:
        given = row.args_kwargs["args"][0]
        has_job |= set(given) if isinstance(given, list) else {given}
    stuck = Q(state=State.SENDING, tried_at__lt=now - dt.timedelta(minutes=10))
    due = Q(state__in=outbox.WAITING, created_at__lt=now - dt.timedelta(minutes=5))
    fresh = now - dt.timedelta(days=6)  # older ones have had their five days
    for letter in Letter.objects.filter(stuck | due, Q(not_before=None) | Q(not_before__lte=now)):
        if letter.pk in has_job:
            continue
        if (letter.not_before or letter.created_at) < fresh:
            Letter.objects.filter(pk=letter.pk, state__in=outbox.WAITING).update(state=State.FAILED)
        else:
            deliver.later(letter.pk)


@job(retries=2)
def erase_old() -> None:
    """After KUTOMO_LETTER_DAYS the body and the address go; the line "a letter was sent" stays."""
    limit = clock.now() - dt.timedelta(days=settings.LETTER_DAYS)
    Letter.objects.filter(created_at__lt=limit, erased_at=None).exclude(state__in=outbox.WAITING).update(
        body="", email="", name="", erased_at=clock.now()
    )
