from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One thing in the index. Its terms stand beside it: a table of FTS5 on SQLite, a column on PostgreSQL.

    Derived data: may be thrown away and filed again.
    """

    kind = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    digest = models.CharField(max_length=32)  # of what was filed, so that the same is not filed twice
    filed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "thing"], name="one_entry_a_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"


class Form(models.Model):
    """A word as it was met, and what it is filed under: the analyser is asked about each word once."""

    form = models.CharField(max_length=60, primary_key=True)
    folded = models.CharField(max_length=60, db_index=True)
    bases = models.TextField(blank=True)  # separated by spaces
    parts = models.TextField(blank=True)

    class Meta:
        ordering = ["form"]

    def __str__(self) -> str:
        return self.form


class Progress(models.Model):
    """How far the log has been read: one row."""

    event = models.BigIntegerField(default=0)
