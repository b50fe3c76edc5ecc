"""A wave, the seats it asks about, and each seat's wish about the map."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.clock import today

from ..rules.asking import Form


class FormWord(models.TextChoices):
    """The two forms in words; the codes are those of rules.asking.Form."""

    ORGANISATION = Form.ORGANISATION.value, _("for organisations: we")
    PERSON = Form.PERSON.value, _("for persons: I")


class Wave(models.Model):
    """One asking of the whole network. Numbered from 1; at most one is open in a network.

    ``status`` goes planned -> open -> closed, by hand or by the clock (``opens_on``, ``closes_on``: both days are
    the first and the last on which one may answer). The settings are frozen at the first answer, because the
    consent text was made from them. ``closed_at`` is when answering ended; the report is frozen right after it.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PLANNED)
    purpose = models.TextField(_("purpose"), max_length=600)
    language = models.CharField(max_length=2, choices=Language.choices)  # of the purpose
    form = models.CharField(max_length=12, choices=FormWord.choices, default=FormWord.ORGANISATION)
    asks_trust = models.BooleanField(default=True)  # T and its facet; False: E >= 1 is enough to be asked C
    asks_pulse = models.BooleanField(default=True)
    # The leader sees which organisations (never persons) have answered; the invitation says so. Member.answered
    # of the report is None when this is False.
    shows_answered = models.BooleanField(default=False)
    opens_on = models.DateField()
    closes_on = models.DateField()
    created_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # When the raw answers were deleted (retention): from then on only the report and Rung rows are left.
    raw_erased_at = models.DateTimeField(null=True, blank=True)
    # How many seats stood in the last batch of "who knows us" (rules.own); the counts are on WaveSeat.
    batch = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="waves_are_numbered"),
            models.UniqueConstraint(fields=["network"], condition=~Q(status="closed"), name="one_coming_wave"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="wave_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(status="planned", opened_at=None, closed_at=None)
                | Q(status="open", opened_at__isnull=False, closed_at=None)
                | Q(status="closed", opened_at__isnull=False, closed_at__isnull=False),
                name="wave_status_has_its_times",
            ),
            models.CheckConstraint(condition=Q(form__in=[form.value for form in Form]), name="known_wave_form"),
            models.CheckConstraint(
                condition=Q(raw_erased_at=None) | Q(status="closed"), name="only_closed_waves_lose_raw_rows"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("relations:wave", args=[self.network.slug, self.number])

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    @property
    def days_left(self) -> int:
        """Days on which one can still answer, today included."""
        return max(0, (self.closes_on - today()).days + 1)


class WaveSeat(models.Model):
    """A seat as it stood in a wave: one row of the roster, one node of the report.

    Made for every seat at opening, and for seats that join while the wave is open; name, sector, region and
    ``on_map`` are brought up to date at closing and then stay (so a later swap of organisations changes nothing).
    ``sector`` is organisations.Organisation.Kind's code, ``region`` the county's code; "" for a private person.

    ``on_map``: True, the seat agreed to be on the map; False, it declined or has left; None, nobody of it has been
    asked or has answered yet (not shown). Only True rows are nodes. It changes after closing only from True to
    False (leaving): then the report is made anew without the node.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="seats")
    seat = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=12, blank=True)
    region = models.CharField(max_length=2, blank=True)
    order = models.PositiveIntegerField()
    on_map = models.BooleanField(null=True, default=None)
    # Frozen counts for the own result: of ``seen_of`` other seats, how many know, and how many work with this one.
    # Taken in batches and shown only in words (rules.own); never a seat's own figure to others.
    seen_of = models.PositiveIntegerField(default=0)
    seen_knows = models.PositiveIntegerField(default=0)
    seen_works = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["wave", "seat"], name="one_row_a_seat_in_a_wave")]

    def __str__(self) -> str:
        return self.name


class MapWish(models.Model):
    """Whether a seat agrees to be on the network's map. The newest word of anybody who sits there counts.

    Lives outside the waves: it can be given, and taken back, at any time. Copied to WaveSeat.on_map.
    """

    seat = models.OneToOneField("networks.Seat", models.CASCADE, related_name="+")
    on_map = models.BooleanField()
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
