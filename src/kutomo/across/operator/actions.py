"""What an operator can do."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from kutomo.ground.jobs.worker import wake
from kutomo.ground.mail import doctor, outbox

from . import queries


@transaction.atomic
def try_again(*, by: Any, pk: Any) -> None:
    """Put a failed job back into the queue with all its tries."""
    job = queries.job(by, pk)
    DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, worker_ids=[], run_after=get_date_max(), finished_at=None, traceback=""
    )
    transaction.on_commit(wake)


@transaction.atomic
def drop(*, by: Any, pk: Any) -> None:
    """Forget a failed job."""
    queries.job(by, pk).delete()


@transaction.atomic
def send_again(*, by: Any, pk: int) -> None:
    """Send a refused or uncertain letter once more. Raises RuleBroken for any other."""
    queries.require(by)
    outbox.send_again(queries.letter(by, pk).letter)


@transaction.atomic
def drop_letter(*, by: Any, pk: int) -> None:
    """A waiting or refused letter is no longer needed."""
    queries.require(by)
    outbox.drop(queries.letter(by, pk).letter)


def check_mail(*, by: Any, send_to: str = "") -> list[doctor.Finding]:
    """Check the mail server for real; with ``send_to`` a test letter leaves."""
    queries.require(by)
    return doctor.check(send_to or None)
