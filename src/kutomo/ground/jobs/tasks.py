"""The queue's own housekeeping."""

import datetime as dt

from django_tasks.base import TaskResultStatus as State
from django_tasks_db.models import DBTaskResult

from kutomo.ground import clock

from .queue import job

KEEP = dt.timedelta(days=14)


@job(retries=2)
def tidy() -> None:
    """Forget jobs that went well two weeks ago; the failed ones stay until an operator drops them."""
    DBTaskResult.objects.filter(status=State.SUCCESSFUL, finished_at__lt=clock.now() - KEEP).delete()
