from __future__ import annotations

import random
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.access.respondents import Respondent
from kutomo.ground.errors import RuleBroken
from kutomo.ground.seal import Box, Unreadable

from .rules import agenda
from .rules.kinds import Kind, State

STATE_LABELS = {State.PLANNED: _("planned"), State.OPEN: _("going on"), State.CLOSED: _("held")}
KIND_LABELS = {
    Kind.ARRIVAL: _("Arrival"),
    Kind.TALK: _("Listening and talking"),
    Kind.PAIRS: _("Changing pairs"),
    Kind.HARVEST: _("Needs and offers"),
    Kind.CANVAS: _("Question of the canvas"),
    Kind.BREAK: _("Break"),
    Kind.VOICES: _("Empty chairs"),
    Kind.SKILLS: _("Skills"),
    Kind.UPKEEP: _("Three ways compared"),
    Kind.GOAL: _("Sufficient result"),
    Kind.RULES: _("Ground rules"),
    Kind.PROMISES: _("Promises"),
    Kind.PULSE: _("Two items of the pulse"),
    Kind.WORD: _("Closing word"),
    Kind.LINES: _("Short answers"),
}


class Meeting(models.Model):
    """One gathering: planned, open on the screens, closed with notes. ``version`` moves every screen along."""

    class Occasion(models.TextChoices):
        FIRST = "first", _("first meeting")
        REGULAR = "regular", _("meeting")

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="meetings")
    occasion = models.CharField(max_length=8, choices=Occasion.choices, default=Occasion.REGULAR)
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=400, blank=True)
    state = models.CharField(
        max_length=8, choices=[(state.value, label) for state, label in STATE_LABELS.items()], default=State.PLANNED
    )
    code = models.CharField(max_length=6, blank=True)
    version = models.PositiveIntegerField(default=1)
    step = models.ForeignKey("Step", models.SET_NULL, null=True, blank=True, related_name="+")
    timer_ends_at = models.DateTimeField(null=True, blank=True)
    timer_held = models.PositiveIntegerField(null=True, blank=True)  # seconds, while the timer is paused
    notes = models.TextField(max_length=20_000, blank=True)
    notes_version = models.PositiveIntegerField(default=1)
    goal_rung = models.PositiveSmallIntegerField(null=True, blank=True)
    goal_enough = models.CharField(max_length=240, blank=True)
    small_win = models.CharField(max_length=240, blank=True)
    pulse = models.JSONField(default=dict, blank=True)  # frozen at closing, as A8 allows it to be shown
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    convened_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["code"], name="meeting_code")]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(state="open"), name="one_open_meeting_a_code"),
            models.CheckConstraint(
                condition=~Q(state="open") | (~Q(code="") & Q(opened_at__isnull=False)), name="open_has_a_code"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed") & Q(closed_at=None),
                name="closed_has_a_time",
            ),
            models.CheckConstraint(condition=Q(timer_ends_at=None) | Q(timer_held=None), name="timer_runs_or_is_held"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.network.slug, self.pk])

    @property
    def is_planned(self) -> bool:
        return self.state == State.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED


class Step(models.Model):
    """One point of the agenda. ``key`` names its words in content/agenda.toml while nobody has edited them."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, label) for kind, label in KIND_LABELS.items()])
    key = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=120, blank=True)
    text = models.TextField(max_length=600, blank=True)
    how = models.TextField(max_length=600, blank=True)
    minutes = models.PositiveSmallIntegerField()
    is_before = models.BooleanField(default=False)
    question = models.PositiveSmallIntegerField(default=0)  # 1..5 of the canvas
    rounds = models.PositiveSmallIntegerField(default=0)  # of changing pairs
    round_no = models.PositiveSmallIntegerField(default=0)
    is_answering = models.BooleanField(default=False)
    is_revealed = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="known_kind_of_step"),
            models.CheckConstraint(condition=Q(minutes__lte=agenda.LONGEST), name="step_is_not_endless"),
            models.CheckConstraint(condition=Q(question__lte=5), name="canvas_has_five_questions"),
            models.CheckConstraint(
                condition=~(Q(is_answering=True) & Q(is_revealed=True)), name="revealed_takes_no_more_answers"
            ),
        ]

    def words(self, language: str) -> agenda.Texts:
        """The step's words: as edited, else the template's in ``language``."""
        ready = agenda.texts(self.key, language) or agenda.Texts(str(KIND_LABELS[Kind(self.kind)]), "", "")
        return agenda.Texts(self.title or ready.title, self.text or ready.text, self.how or ready.how, ready.prompts)


class Participant(models.Model):
    """Somebody in the room, with or without an account. ``uid`` is the secret in the phone's cookie."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    uid = models.CharField(max_length=32, unique=True)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    organisation = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="fi")
    is_paper = models.BooleanField(default=False)  # without a phone: the recorder writes for this person

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="one_participant_a_person"
            )
        ]

    def __str__(self) -> str:
        name = self.name or gettext("Somebody who has left")
        return f"{name}, {self.organisation}" if self.organisation else name

    @property
    def respondent(self) -> Respondent:
        """As promises know people: by the account, or a guest by this row."""
        return Respondent.of(self.person) if self.person else Respondent.guest(str(self.pk), str(self))


class Answer(models.Model):
    """What was answered. ``key``: hash of the claim code that stays on the author's device, and of the slot.

    ``participant`` only in slots that are named on the screen. No time, no running number; rows are laid
    anew in random order when the step closes, so that neither place nor transaction tells who wrote (A9).
    """

    key = models.CharField(max_length=64, primary_key=True)
    step = models.ForeignKey(Step, models.CASCADE, related_name="answers")
    slot = models.CharField(max_length=10)
    text = models.CharField(max_length=240, blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(max_length=2, default="fi")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text="") | Q(number__isnull=False), name="answer_says_something")
        ]


BOX = Box("meetings.answer", size=1280)  # 240 characters, however they are written


class Sealed(models.Model):
    """An answer without a name until it is shown: closed under a key that is not in the database (ADR 22).

    Nothing here but the slot is in common with the Answer that it becomes.
    """

    key = models.CharField(max_length=64, primary_key=True)
    step = models.ForeignKey(Step, models.CASCADE, related_name="sealed")
    slot = models.CharField(max_length=10)
    body = models.BinaryField()

    def opened(self) -> Answer:
        """The answer inside, not stored. Raises RuleBroken when the installation's key has changed."""
        try:
            return Answer(step_id=self.step_id, slot=self.slot, **BOX.open(self.body))
        except Unreadable:
            raise RuleBroken(
                _(
                    "The answers were sealed with another secret key than the present one."
                    " Bring back the installation's old key."
                )
            ) from None


class Turn(models.Model):
    """Who has answered in a step, and how many times; never what (A9). ``key`` is random."""

    key = models.CharField(max_length=32, primary_key=True)
    step = models.ForeignKey(Step, models.CASCADE, related_name="turns")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    slot = models.CharField(max_length=10)
    times = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "participant", "slot"], name="one_turn_a_slot"),
        ]


class Place(models.Model):
    """A participant's group in one round of changing pairs."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="places")
    round_no = models.PositiveSmallIntegerField()
    group_no = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="places")

    class Meta:
        ordering = ["round_no", "group_no", "participant"]
        constraints = [
            models.UniqueConstraint(fields=["step", "round_no", "participant"], name="one_place_a_round"),
        ]


class Knows(models.Model):
    """ "I now know what they do": seen by the two of them only, and together with others as a whole."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="knows")
    known = models.ForeignKey(Participant, models.CASCADE, related_name="known_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "known"], name="known_once"),
            models.CheckConstraint(condition=~Q(participant=models.F("known")), name="knows_another"),
        ]


def rewrite_in_random_order(model: type[models.Model], rows: list[Any]) -> None:
    """Lay ``rows`` of a table anew, shuffled: their place on the disk no longer tells when they were written."""
    model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    random.SystemRandom().shuffle(rows)
    model._default_manager.bulk_create(rows)


SLOT_LABELS = {
    (Kind.ARRIVAL, "word"): _("One word"),
    (Kind.HARVEST, "need"): _("A need"),
    (Kind.HARVEST, "offer"): _("An offer"),
    (Kind.CANVAS, "answer"): _("Your answer"),
    (Kind.VOICES, "voice"): _("Whose voice is missing"),
    (Kind.SKILLS, "have"): _("Something that you can do"),
    (Kind.SKILLS, "lack"): _("Something that we lack"),
    (Kind.GOAL, "rung"): _("Step on the ladder"),
    (Kind.GOAL, "enough"): _("We will say it was enough when"),
    (Kind.RULES, "rule"): _("Ground rules"),
    (Kind.WORD, "word"): _("One word"),
    (Kind.LINES, "line"): _("Your answer"),
}
DEGREES = {
    1: _("does not suit me"),
    2: _("suits me somehow"),
    3: _("suits me well"),
    4: _("suits me best"),
    0: _("cannot say"),
}
AGREEMENT = {
    1: _("strongly disagree"),
    2: _("disagree"),
    3: _("neither"),
    4: _("agree"),
    5: _("strongly agree"),
    0: _("cannot say"),
}
