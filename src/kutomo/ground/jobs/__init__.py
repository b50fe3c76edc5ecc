"""Work for later, kept in the installation's own database.

``@job`` makes a function a job; ``f.later(id)`` puts it in the queue within the caller's transaction, so a
rollback takes it back; ``f.at(when, id)`` does the same for a later moment. A job that fails is tried again
with growing waits and at last kept as failed, with its error, until an operator looks. A job takes ids,
loads, does one action, and may be run twice: it must not mind. It never holds domain rules.

An action (which stands below tasks) names the job by its path: ``jobs.later("kutomo.core.x.tasks.f", id)``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string

from .queue import Job, job

__all__ = ["Job", "at", "job", "later", "run_ready"]


def later(path: str, *args: Any) -> None:
    """Put the job at ``path`` into the queue, in the caller's transaction."""
    _find(path).later(*args)


def at(when: dt.datetime, path: str, *args: Any) -> None:
    """Put the job at ``path`` into the queue for ``when`` (aware)."""
    _find(path).at(when, *args)


def run_ready(*, errors: bool = True) -> int:
    """Run every ready job now, those that they enqueue too; for tests and the demo's builder.

    ``errors``: let the first failing job's exception out. Returns how many were run.
    """
    from .worker import run_ready as run

    return run(errors=errors)


def _find(path: str) -> Job:
    found: Job | Callable[..., Any] = import_string(path)
    if not isinstance(found, Job):
        raise TypeError(f"{path} is no job: put @job above it")
    return found
