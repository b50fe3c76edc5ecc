from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .canvas import Answer, Question


class Cluster(models.Model):
    """A theme that members saw in the answers, under a name that they gave."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="clusters")
    name = models.CharField(_("name of the theme"), max_length=80, blank=True)
    in_draft = models.BooleanField(default=False)  # does the leader's draft speak of this too?
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Sentence(models.Model):
    """One sentence of the proposal, with the answers behind it."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="sentences")
    place = models.PositiveSmallIntegerField(default=0)
    is_dropped = models.BooleanField(default=False)
    answers = models.ManyToManyField(Answer, related_name="sentences", blank=True)

    class Meta:
        ordering = ["place", "pk"]


class Standing(models.TextChoices):
    CURRENT = "current", _("in the proposal")
    BESIDE = "beside", _("beside it, to choose from")
    EARLIER = "earlier", _("earlier wording")


class Wording(models.Model):
    """How somebody put a sentence. Nothing that was saved is lost: two at once stand side by side."""

    sentence = models.ForeignKey(Sentence, models.CASCADE, related_name="wordings")
    text = models.CharField(_("sentence"), max_length=400)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.CURRENT)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sentence"], condition=Q(standing="current"), name="one_current_wording"),
            models.CheckConstraint(
                condition=Q(standing__in=["current", "beside", "earlier"]), name="known_wording_standing"
            ),
        ]

    def __str__(self) -> str:
        return self.text
