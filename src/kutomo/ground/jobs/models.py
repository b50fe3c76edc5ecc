from __future__ import annotations

from django.db import models


class Appointment(models.Model):
    """When a line of config/clock.py is due next. Claimed by UPDATE ... WHERE next_at = what was read."""

    name = models.CharField(max_length=120, unique=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["next_at"]

    def __str__(self) -> str:
        return self.name


class Heartbeat(models.Model):
    """A worker that lives writes here; the jobs of one that fell silent are made ready again."""

    worker = models.CharField(max_length=64, primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.worker
