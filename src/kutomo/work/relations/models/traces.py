"""What is kept about the asking itself: times, reads of raw rows, mutual knowledge ticked after paired rounds."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from .waves import Wave


class ScreenTime(models.Model):
    """How long somebody, nobody knows who, spent on one screen: rounded to 5 s, no person and no moment.

    Shown only as medians and only from five rows on.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="times")
    screen = models.CharField(max_length=8)  # K, E, T, F, C, pulse
    partners = models.PositiveSmallIntegerField()  # rows on the screen, rounded up to tens
    seconds = models.PositiveSmallIntegerField()


class Reading(models.Model):
    """One read of raw rows: which task, why, how many rows. Every member of the network may see the list."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="readings")
    task = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]


class KnowledgeTick(models.Model):
    """After a paired round: "we know what they do and whom to call", said by one seat about another.

    A pair is confirmed when both have ticked; one-sided ticks are shown to nobody but their own side.
    """

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    seat = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    about = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "about"], name="one_tick_a_direction"),
            models.CheckConstraint(condition=~Q(seat=F("about")), name="no_tick_about_oneself"),
        ]
