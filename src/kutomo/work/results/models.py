from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.clock import today

from . import rules
from .rules import Choice, Grade, Rung, State


class RungWord(models.TextChoices):
    """The rungs in words; the codes are those of rules.Rung."""

    ACQUAINTED = Rung.ACQUAINTED.value, _("1 Acquainted")
    EXCHANGING = Rung.EXCHANGING.value, _("2 Exchanging")
    OVERLAPS = Rung.OVERLAPS.value, _("3a Overlaps removed")
    SIGNALS = Rung.SIGNALS.value, _("3b Weak signals recognised")
    JOINT = Rung.JOINT.value, _("4 Joint action")


class TypeWord(models.TextChoices):
    LEARNING = "learning", _("learning")
    INFLUENCING = "influencing", _("influencing")
    ANTICIPATING = "anticipating", _("anticipating")
    OTHER = "other", _("something else")


class GradeWord(models.IntegerChoices):
    CLAIM = Grade.CLAIM.value, _("E0, a claim")
    BOTH = Grade.BOTH.value, _("E1, both parties say so")
    DOCUMENT = Grade.DOCUMENT.value, _("E2, a document or an artefact")
    OUTSIDER = Grade.OUTSIDER.value, _("E3, an outsider confirms it")


class StateWord(models.TextChoices):
    DRAFT = State.DRAFT.value, _("looks for its second owner")
    OPEN = State.OPEN.value, _("under way")
    ASKING = State.ASKING.value, _("is it enough?")
    ENOUGH = State.ENOUGH.value, _("enough")
    STOPPED = State.STOPPED.value, _("reached and celebrated")
    HELD = State.HELD.value, _("held at this level")
    RAISED = State.RAISED.value, _("raised")
    WOUND_DOWN = State.WOUND_DOWN.value, _("wound down")
    DROPPED = State.DROPPED.value, _("taken back")


class ChoiceWord(models.TextChoices):
    STOP = Choice.STOP.value, _("stop and celebrate")
    HOLD = Choice.HOLD.value, _("hold at this level")
    RAISE = Choice.RAISE.value, _("raise")
    WIND_DOWN = Choice.WIND_DOWN.value, _("wind down")


TONES = {
    State.DRAFT: "sauramo", State.OPEN: "sini", State.ASKING: "matara", State.ENOUGH: "kuusi",
    State.STOPPED: "kuusi", State.HELD: "kuusi", State.RAISED: "kuusi",
}  # fmt: skip


class Goal(models.Model):
    """What is aimed at, and the sentence that says when it is enough."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    title = models.CharField(max_length=rules.LONGEST)
    type = models.CharField(max_length=12, choices=TypeWord.choices)
    rung = models.CharField(max_length=2, choices=RungWord.choices)
    enough = models.CharField(max_length=rules.LONGEST_ENOUGH)
    benefit = models.CharField(max_length=rules.LONGEST)
    rule = models.CharField(max_length=rules.LONGEST_ENOUGH)  # what shows it
    due_on = models.DateField()
    language = models.CharField(max_length=2, choices=Language.choices)
    state = models.CharField(max_length=10, choices=StateWord.choices, default=StateWord.DRAFT)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    raised_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="raised")
    capacity = models.CharField(max_length=rules.LONGEST, blank=True)  # what is new, when it was raised
    round = models.OneToOneField("consent.Round", models.SET_NULL, null=True, blank=True, related_name="+")
    halfway = models.TextField(max_length=rules.LONGEST_TEXT, blank=True)
    halfway_on = models.DateField(null=True, blank=True)
    why = models.TextField(max_length=rules.LONGEST_TEXT, blank=True)  # of the choice
    learnt = models.TextField(max_length=rules.LONGEST_TEXT, blank=True)
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)  # when the owners were asked for evidence

    class Meta:
        ordering = ["rung", "due_on", "pk"]
        indexes = [models.Index(fields=["network", "state", "rung"], name="goal_ladder")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="known_state_of_goal"),
            models.CheckConstraint(condition=Q(rung__in=[one.value for one in Rung]), name="known_rung"),
            models.CheckConstraint(condition=~Q(enough="") & ~Q(rule="") & ~Q(benefit=""), name="goal_can_be_judged"),
            models.CheckConstraint(
                condition=~Q(state__in=["stopped", "held", "raised", "wound_down"]) | ~Q(why=""),
                name="choice_has_its_reason",
            ),
            models.CheckConstraint(condition=Q(raised_from=None) | ~Q(capacity=""), name="raised_goal_is_new"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("results:goal", args=[self.network.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES.get(State(self.state), "ink")

    @property
    def is_late(self) -> bool:
        return self.state == State.OPEN and self.due_on < today()


class Owner(models.Model):
    """One of the two who own a goal: asked, and then with a yes of their own."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="owners")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    seat = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    yes_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "person"], name="one_ownership_a_person"),
            models.UniqueConstraint(fields=["goal", "seat"], name="owners_from_two_organisations"),
        ]


class Evidence(models.Model):
    """What shows it. ``claimed``: what was attached; it counts as that only after the second key (rules.grade)."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="evidence")
    text = models.CharField(max_length=rules.LONGEST_TEXT)
    source = models.CharField(max_length=300, blank=True)
    claimed = models.PositiveSmallIntegerField(choices=GradeWord.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="evidence_says_something"),
            models.CheckConstraint(
                condition=Q(claimed__lt=Grade.DOCUMENT.value) | ~Q(source=""), name="document_names_its_source"
            ),
            models.CheckConstraint(
                condition=Q(by=None) | Q(confirmed_by=None) | ~Q(by=F("confirmed_by")), name="evidence_has_two_keys"
            ),
        ]

    @property
    def grade(self) -> Grade:
        return rules.grade(Grade(self.claimed), confirmed=self.confirmed_on is not None)

    @property
    def grade_words(self) -> str:
        return str(GradeWord(self.grade).label)
