from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from kutomo.ground.clock import now


class MapLink(models.Model):
    """A public address under which the map can be read, and nothing else, until a day or until it is closed.

    Who opens it sees what the one who made it might see; when that person may no longer, nobody does.
    """

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    query = models.CharField(max_length=600, blank=True)  # the filter with which the link opens
    newest_wave = models.PositiveSmallIntegerField()  # later waves are not shown: nobody has seen what is shared then
    names = models.BooleanField(default=True)  # False: organisations without their names
    purpose = models.CharField(max_length=300)
    ends_on = models.DateField()  # the last day
    made_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    salt = models.CharField(max_length=24)  # signed with the key, so that an address cannot be made from a number

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="map_link_says_why"),
            models.CheckConstraint(condition=~Q(salt=""), name="map_link_has_its_salt"),
        ]

    def __str__(self) -> str:
        return self.purpose

    def is_open_on(self, day: Any) -> bool:
        """Whether the address leads anywhere on that day."""
        return self.revoked_at is None and self.ends_on >= day
