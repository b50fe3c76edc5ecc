from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.people.models import Language

from . import rules
from .rules import Maturity, Reply, Signed, Want


def random_number() -> int:
    """A key that tells nothing about the order in which ideas came (A9); fits a JavaScript number."""
    return secrets.randbelow(2**52) + 1


class MaturityWord(models.TextChoices):
    """How far an idea has grown, in words; the codes are those of rules.Maturity."""

    SPARK = Maturity.SPARK.value, _("a spark")
    SKETCH = Maturity.SKETCH.value, _("a sketch")
    TRIED = Maturity.TRIED.value, _("tried out")
    READY = Maturity.READY.value, _("ready")
    RESTING = Maturity.RESTING.value, _("resting")


class WantWord(models.TextChoices):
    QUESTIONS = Want.QUESTIONS.value, _("questions")
    ADDITIONS = Want.ADDITIONS.value, _("additions")
    CONTACTS = Want.CONTACTS.value, _("contacts")
    EVALUATION = Want.EVALUATION.value, _("evaluation")


class ReplyWord(models.TextChoices):
    ASK = Reply.ASK.value, _("asks")
    ADD = Reply.ADD.value, _("adds")
    CONNECT = Reply.CONNECT.value, _("connects")
    JUDGE = Reply.JUDGE.value, _("evaluates")


class SignedWord(models.TextChoices):
    NAMED = Signed.NAMED.value, _("with my name")
    HOUSE = Signed.HOUSE.value, _("with my organisation only")
    ANONYMOUS = Signed.ANONYMOUS.value, _("anonymously")


TONES = {"spark": "sauramo", "sketch": "sini", "tried": "matara", "ready": "kuusi"}


class Idea(models.Model):
    """An unfinished thought. An anonymous one has no author, seat or hour; ``claim`` is the hash of its code."""

    id = models.BigIntegerField(primary_key=True, default=random_number, editable=False)
    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    title = models.CharField(max_length=rules.LONGEST_TITLE)
    text = models.TextField(max_length=rules.LONGEST)
    language = models.CharField(max_length=2, choices=Language.choices)
    signed = models.CharField(max_length=9, choices=SignedWord.choices, default=SignedWord.NAMED)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    claim = models.CharField(max_length=64, unique=True, null=True, blank=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    credit = models.CharField(max_length=rules.LONGEST_CREDIT, blank=True)
    began = models.CharField(max_length=7, choices=MaturityWord.choices)
    maturity = models.CharField(max_length=7, choices=MaturityWord.choices)
    rested_from = models.CharField(max_length=7, choices=MaturityWord.choices, blank=True)
    wants = models.JSONField(default=list, blank=True)  # codes of rules.Want
    made_on = models.DateField()
    moved_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    asked_on = models.DateField(null=True, blank=True)  # when the author was last asked what it wants
    harm = models.CharField(max_length=500, blank=True)  # what a first person says it does; a second one decides
    harm_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    hidden_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-moved_on", "id"]
        indexes = [models.Index(fields=["network", "maturity", "-moved_on"], name="idea_shelf")]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="idea_says_something"),
            models.CheckConstraint(condition=Q(maturity__in=[word.value for word in Maturity]), name="known_maturity"),
            models.CheckConstraint(
                condition=~Q(signed="anonymous") | Q(author=None, seat=None, claim__isnull=False),
                name="anonymous_idea_knows_nobody",
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(credit=""), name="built_idea_gives_credit"),
            models.CheckConstraint(condition=Q(hidden_on=None) | ~Q(harm=""), name="hidden_idea_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("ideas:idea", args=[self.network.slug, self.pk])

    @property
    def by_name(self) -> str:
        """Under whose name it stands."""
        if self.signed == Signed.ANONYMOUS:
            return gettext("anonymous")
        if self.signed == Signed.HOUSE and self.seat is not None:
            return str(self.seat.name)
        return str(self.author.name) if self.author is not None else gettext("Somebody who has left")

    @property
    def is_anonymous(self) -> bool:
        return self.signed == Signed.ANONYMOUS

    @property
    def is_resting(self) -> bool:
        return self.maturity == Maturity.RESTING

    @property
    def tone(self) -> str:
        return TONES.get(self.maturity, "ink")

    @property
    def want_words(self) -> list[str]:
        return [str(WantWord(code).label) for code in self.wants if code in WantWord.values]


class Answer(models.Model):
    """What somebody else gave to an idea, under the own name."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=7, choices=ReplyWord.choices)
    text = models.TextField(max_length=rules.LONGEST_REPLY)
    language = models.CharField(max_length=2, choices=Language.choices)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="answer_to_idea_says_something")]
