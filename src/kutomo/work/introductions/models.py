from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.clock import now, today

from .rules import course


class StateWord(models.TextChoices):
    """The states in words; the codes are those of rules.course."""

    WISHED = course.State.WISHED.value, _("wished for")
    DRAFT = course.State.DRAFT.value, _("being written")
    LEAVING = course.State.LEAVING.value, _("leaves soon")
    ASKED = course.State.ASKED.value, _("both have been asked")
    MET = course.State.MET.value, _("both said yes")
    LAPSED = course.State.LAPSED.value, _("did not come about this time")
    DROPPED = course.State.DROPPED.value, _("laid aside")


class ReplyWord(models.TextChoices):
    """What a side has said, as it is shown to that side."""

    YES = course.Reply.YES.value, _("Yes, please")
    LATER = course.Reply.LATER.value, _("Not now")
    NEVER = course.Reply.NEVER.value, _("Never this")


class RungWord(models.TextChoices):
    """What came of it, when both say so."""

    NOTHING = course.Rung.NOTHING.value, _("they have not talked yet")
    TALKED = course.Rung.TALKED.value, _("they have talked")
    KNOWS = course.Rung.KNOWS.value, _("they know whom to call")
    DID = course.Rung.DID.value, _("they have done something together")


class Introduction(models.Model):
    """Two seats (``a`` has the lower key) that somebody thinks should know each other.

    ``by`` writes and is told when both have said yes; ``wished_by``: the member who asked for it. ``words``: what
    ``by`` writes to both, once for each language. ``leaves_at``: until then the letters can be taken back.
    """

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    a = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    b = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=StateWord.choices, default=StateWord.DRAFT)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    wished_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    wish = models.CharField(max_length=300, blank=True)
    words = models.TextField(max_length=course.LONGEST_WORDS, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FINNISH)
    version = models.PositiveSmallIntegerField(default=1)  # grows when letters are taken back: sent anew, not again
    at = models.DateTimeField()
    leaves_at = models.DateTimeField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="introduction_in_order"),
            models.UniqueConstraint(
                fields=["a", "b"],
                condition=Q(state__in=["wished", "draft", "leaving", "asked"]),
                name="one_open_introduction_a_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="leaving") | Q(leaves_at__isnull=False), name="leaving_letters_have_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="asked") | Q(asked_on__isnull=False, closes_on__isnull=False),
                name="asked_has_its_days",
            ),
            models.CheckConstraint(condition=~Q(state="met") | Q(met_on__isnull=False), name="met_has_a_day"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in course.State]), name="known_introduction_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.a_id}–{self.b_id}"

    def get_absolute_url(self) -> str:
        return reverse("introductions:introduction", args=[self.network.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in course.OPEN

    @property
    def is_editable(self) -> bool:
        return self.state in course.EDITABLE

    @property
    def may_undo(self) -> bool:
        return self.state == course.State.LEAVING and self.leaves_at is not None and now() < self.leaves_at

    @property
    def has_met(self) -> bool:
        return self.state == course.State.MET

    @property
    def may_be_told(self) -> bool:
        """Whether its people may say what came of it: from the first day on."""
        return self.has_met

    @property
    def is_waiting(self) -> bool:
        """Whether an answer still counts."""
        return self.state == course.State.ASKED and self.closes_on is not None and self.closes_on >= today()


class Side(models.Model):
    """One of the two: which seat is asked and whom the letter goes to, what is said for the seat, and later what came
    of it. Whoever sits there may answer; nobody else sees it.
    """

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    seat = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    reply = models.CharField(max_length=5, choices=ReplyWord.choices, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    talked = models.BooleanField(null=True, default=None)
    knows = models.BooleanField(null=True, default=None)  # whom to call
    did = models.BooleanField(null=True, default=None)  # something together
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["introduction", "seat"], name="one_side_a_seat"),
            models.CheckConstraint(
                condition=Q(reply__in=["", *(r.value for r in course.Reply if r)]), name="known_reply"
            ),
            models.CheckConstraint(
                condition=Q(talked__isnull=False) | Q(knows=None, did=None), name="an_outcome_begins_with_talking"
            ),
        ]

    @property
    def said_yes(self) -> bool:
        return self.reply == course.Reply.YES


class Rest(models.Model):
    """Two seats that are not suggested: for a time (``until``), or for good.

    ``by``: whoever laid the suggestion aside and sees it in the own list; None for what follows from the answers of
    the two, which nobody is told.
    """

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    a = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    b = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    is_silent = models.BooleanField(default=False)  # follows from answers, shown to nobody
    until = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="rest_in_order"),
            models.UniqueConstraint(fields=["a", "b", "is_silent"], name="one_rest_a_pair"),
        ]


class KeptStrip(models.Model):
    """The readings of the three building blocks as of one night, for pages that show them beside much else.

    Holds only what every member of the network may see; made anew daily (methods § 4), never a history of anybody.
    """

    network = models.OneToOneField("networks.Network", models.CASCADE, related_name="+")
    readings = models.JSONField(default=dict)  # block -> list of rules.blocks.Reading
    made_at = models.DateTimeField()
