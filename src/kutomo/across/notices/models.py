from __future__ import annotations

from django.db import models


class Aside(models.Model):
    """ "Not now" or "never this": something that waits and that ``person`` does not want to see, until a moment."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)  # queries.asks.Waiting.key
    put_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)  # never again, when empty

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_aside_a_thing")]

    def __str__(self) -> str:
        return f"{self.key} until {self.until or 'ever'}"
