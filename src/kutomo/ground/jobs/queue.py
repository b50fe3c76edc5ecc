"""A function that can wait: django-tasks' own Task with a number of retries and short verbs."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django_tasks.base import Task

FIRST_WAIT = dt.timedelta(minutes=1)
LONGEST_WAIT = dt.timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Task):
    """What ``@job`` makes of a function. Calling it runs it at once, as in a test."""

    retries: int = 8

    def later(self, *args: Any) -> None:
        """Into the queue, in the caller's transaction; a worker of this process hears of it after commit."""
        from .worker import wake

        self.enqueue(*args)
        transaction.on_commit(wake)

    def at(self, when: dt.datetime, *args: Any) -> None:
        """Into the queue for the moment ``when`` (aware)."""
        self.using(run_after=when).enqueue(*args)

    def __call__(self, *args: Any) -> Any:
        return self.func(*args)


def job(*, retries: int = 8, priority: int = 0) -> Callable[[Callable[..., Any]], Job]:
    """Make a module-level function a job.

    ``retries``: tries after the first; 8 last about four hours, 28 about five days. ``priority``: -100..100.
    """

    def make(function: Callable[..., Any]) -> Job:
        return Job(func=function, retries=retries, priority=priority)

    return make


def wait(tries: int) -> dt.timedelta:
    """How long to wait after so many tries: 1 min, 2, 4 ... 6 h, each a fifth shorter or longer by chance.

    The chance keeps a hundred jobs that failed together from coming back together.
    """
    plain = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, 20))
    return plain * random.uniform(0.8, 1.2)
