from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import RuleBroken
from kutomo.ground.seal import Box, Unreadable


class ProfileRound(models.Model):
    """One asking of the form profile. The result is computed once, at closing, and stays as it is."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    opened_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    opened_on = models.DateField()
    closes_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    fewest = models.PositiveSmallIntegerField(default=5)  # a network may raise it, never lower it
    result = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="profile_rounds_are_numbered"),
            models.UniqueConstraint(fields=["network"], condition=Q(closed_on=None), name="one_open_profile_round"),
            models.CheckConstraint(
                condition=Q(closed_on=None, result=None) | Q(closed_on__isnull=False, result__isnull=False),
                name="closed_profile_round_has_a_result",
            ),
            models.CheckConstraint(condition=Q(fewest__gte=5, fewest__lte=8), name="small_groups_stay_silent"),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class ProfileTurn(models.Model):
    """Who has answered a profile round, and nothing of what. Made for every member at opening."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(ProfileRound, models.CASCADE, related_name="turns")
    respondent = models.CharField(max_length=80)
    has_answered = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "respondent"], name="one_profile_turn")]


BOX = Box("profiles.answer", size=256)


class ProfileAnswer(models.Model):
    """What somebody answered: seven readings now and wanted. No person and no time.

    Sealed while the round is open (ADR 22): the database alone holds no readings before the result.
    """

    key = models.CharField(max_length=64, primary_key=True)  # random, or a keyed hash of a device's code
    round = models.ForeignKey(ProfileRound, models.CASCADE, related_name="answers")
    body = models.BinaryField()

    def readings(self) -> tuple[dict[str, int], dict[str, int]]:
        """Now and wanted. Raises RuleBroken when the installation's key has changed."""
        try:
            found = BOX.open(self.body)
        except Unreadable:
            raise RuleBroken(
                _(
                    "The answers were sealed with another secret key than the present one."
                    " Bring back the installation's old key."
                )
            ) from None
        return found["now"], found["wanted"]


class OneView(models.Model):
    """One person's own view of the form, shown to others only when that person says so, as one person's view."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    now = models.JSONField()
    wanted = models.JSONField()
    is_shared = models.BooleanField(default=False)
    given_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "person"], name="one_view_a_person")]
