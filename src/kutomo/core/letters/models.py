from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Weekday(models.IntegerChoices):
    ANY = 0, _("any working day")
    MONDAY = 1, _("Monday")
    TUESDAY = 2, _("Tuesday")
    WEDNESDAY = 3, _("Wednesday")
    THURSDAY = 4, _("Thursday")
    FRIDAY = 5, _("Friday")


class Wish(models.Model):
    """How somebody wants to be written to. ``recipient`` is a person's key or an address's digest."""

    recipient = models.CharField(max_length=60, unique=True)
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices, default=Weekday.ANY)
    no_nudges = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.recipient


class Stop(models.Model):
    """ "Never this": one kind of letter that somebody does not want."""

    recipient = models.CharField(max_length=60)
    kind = models.CharField(max_length=120)  # rules.kind_of
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "kind"], name="one_stop_a_kind")]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.kind}"
