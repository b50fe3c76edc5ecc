from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from .kinds import Audience, kind_of


class Event(models.Model):
    """One deed. Rows point up at network and person by name only: nothing below imports them (ADR 2)."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    actor = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    network = models.ForeignKey("networks.Network", models.CASCADE, null=True, related_name="+")
    thing_kind = models.CharField(max_length=40, blank=True)
    thing_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=300, blank=True)
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Audience])
    is_power = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["network", "-at"], name="event_network_at"),
            models.Index(fields=["network", "is_power", "-at"], name="event_network_power"),
            models.Index(fields=["actor", "-at"], name="event_actor_at"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(is_power=False) | ~models.Q(reason=""), name="power_has_a_reason")
        ]

    def sentence(self) -> str:
        """The line in the reader's language, made at reading time, so one log reads in three languages."""
        kind = kind_of(self.kind)
        if kind is None:
            return self.title
        gone = _("Somebody who has left")
        words: dict[str, Any] = {"title": self.title or gone, **self.data}
        words["actor"] = (self.actor and self.actor.name) or gone
        if "name" in words:
            words["name"] = words["name"] or gone
        return str(kind.sentence) % words
