"""The report of a closed wave, frozen, and what a seat alone is told of itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .waves import Wave, WaveSeat


class Frozen(models.Model):
    """The report of a wave (rules.shape.Report as JSON), made once at closing; ``step`` is how far the making is.

    ``parts``: the respondents whose rows it was made from. ``counted``: the seats whose confidential answers were
    counted in what was shown. ``basis``: the leaders' seats and the pairs that know each other, as of closing. These
    are for the next making alone (so that no difference is small); no view or export reads them.
    """

    class State(models.TextChoices):
        MAKING = "making", _("being made")
        READY = "ready", _("ready")

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="frozen")
    state = models.CharField(max_length=8, choices=State.choices, default=State.MAKING)
    step = models.PositiveSmallIntegerField(default=0)
    content = models.JSONField(null=True)
    parts = models.JSONField(default=list)
    counted = models.JSONField(default=list)
    basis = models.JSONField(default=dict)
    made_at = models.DateTimeField(null=True, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="making", made_at=None)
                | models.Q(state="ready", made_at__isnull=False, content__isnull=False),
                name="ready_report_has_content",
            )
        ]

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY


class Received(models.Model):
    """How a seat is relied on, for that seat alone: a figure as it may be told (rules.confidential.received)."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="received")
    seat = models.OneToOneField(WaveSeat, models.CASCADE, related_name="received")
    figure = models.JSONField()
