"""What happens by itself. The list stands in config/clock.py; this file only keeps the appointments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from kutomo.ground import clock, jobs

from .models import Appointment


@dataclass(frozen=True)
class Line:
    """One line of the list: when, which job, and why in one plain sentence."""

    when: clock.When
    job: str
    why: Any  # translated


def lines() -> list[Line]:
    """The installation's list."""
    return import_string(settings.CLOCK)


def tick(schedule: list[Line] | None = None) -> list[str]:
    """Enqueue every job that is due, once, whoever else ticks at the same moment; returns their names.

    A clock that stood still for a week runs each line once, not seven times.
    """
    now, done = clock.now(), []
    schedule = lines() if schedule is None else schedule
    known = {row.name: row for row in Appointment.objects.filter(name__in=[line.job for line in schedule])}
    for line in schedule:
        row = known.get(line.job)
        if row is None:
            Appointment.objects.get_or_create(name=line.job, defaults={"next_at": line.when.after(now)})
        elif row.next_at <= now:
            with transaction.atomic():
                mine = Appointment.objects.filter(name=line.job, next_at=row.next_at)
                if mine.update(next_at=line.when.after(now), last_at=now):
                    jobs.later(line.job)
                    done.append(line.job)
    return done
