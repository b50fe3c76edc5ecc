from __future__ import annotations

from django.db import models


class WovenWeek(models.Model):
    """One week of a network's cloth, woven from the log and kept.

    ``cells``: {seat's key: bits of ``rules.BITS``}; ``bands``: [{"motif", "seats", "event"}], what was achieved
    together in this week, with the log line that tells it. Derived data: it may be thrown away and woven again.
    """

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    monday = models.DateField()
    cells = models.JSONField(default=dict)
    bands = models.JSONField(default=list)
    woven_at = models.DateTimeField()

    class Meta:
        ordering = ["-monday"]
        constraints = [models.UniqueConstraint(fields=["network", "monday"], name="one_row_a_week")]

    def __str__(self) -> str:
        return f"{self.network_id} {self.monday}"
