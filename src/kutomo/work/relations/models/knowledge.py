"""Who has sat with whom in a paired round, so that each may be asked what it now knows of the other."""

from __future__ import annotations

from django.db import models
from django.db.models import F


class Met(models.Model):
    """Two seats whose people sat together; ``a`` is the lower key. What they say of it is a KnowledgeTick."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    a = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    b = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="met_once"),
            models.CheckConstraint(condition=models.Q(a__lt=F("b")), name="met_in_order"),
        ]
