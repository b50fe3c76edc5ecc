from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.clock import local, now

from .rules import course
from .rules.course import Deed, Open, Part, Side, State


class SideWord(models.TextChoices):
    NEED = Side.NEED.value, _("need")
    OFFER = Side.OFFER.value, _("offer")


class OpenWord(models.TextChoices):
    """The states of a listing in words; the codes are those of rules.course.Open."""

    OPEN = Open.OPEN.value, _("open")
    PAUSED = Open.PAUSED.value, _("resting")
    MATCHED = Open.MATCHED.value, _("agreed on")
    EXPIRED = Open.EXPIRED.value, _("its day has passed")
    FULFILLED = Open.FULFILLED.value, _("done")
    WITHDRAWN = Open.WITHDRAWN.value, _("taken back")
    MODERATED = Open.MODERATED.value, _("taken off the board")


class StateWord(models.TextChoices):
    """The states of a task in words; the codes are those of rules.course.State."""

    PROPOSED = State.PROPOSED.value, _("waits for an answer")
    NEGOTIATING = State.NEGOTIATING.value, _("terms are being agreed on")
    AGREED = State.AGREED.value, _("agreed")
    IN_PROGRESS = State.IN_PROGRESS.value, _("under way")
    DELIVERED = State.DELIVERED.value, _("given, not yet confirmed")
    CHANGES = State.CHANGES.value, _("something is still missing")
    COMPLETED = State.COMPLETED.value, _("help has come")
    DECLINED = State.DECLINED.value, _("declined")
    WITHDRAWN = State.WITHDRAWN.value, _("taken back")
    EXPIRED = State.EXPIRED.value, _("went away without an answer")
    CANCELLED = State.CANCELLED.value, _("cancelled")


class PartWord(models.TextChoices):
    GIVER = Part.GIVER.value, _("gives")
    RECEIVER = Part.RECEIVER.value, _("receives")


class Where(models.TextChoices):
    EITHER = "either", _("here or from afar")
    ONSITE = "onsite", _("on the spot")
    REMOTE = "remote", _("from afar")


class Effort(models.TextChoices):
    """A size instead of hours: hours become money too easily."""

    SMALL = "s", _("an hour or two")
    MEDIUM = "m", _("half a day")
    LARGE = "l", _("a day or more")


class Mark(models.IntegerChoices):
    """How something went, in feedback."""

    WELL = 3, _("well")
    PARTLY = 2, _("partly")
    POORLY = 1, _("poorly")


TONES = {
    Open.OPEN: "sini", Open.MATCHED: "kuusi", Open.FULFILLED: "kuusi", State.PROPOSED: "sauramo",
    State.NEGOTIATING: "sauramo", State.AGREED: "sini", State.IN_PROGRESS: "sini", State.DELIVERED: "sauramo",
    State.CHANGES: "sauramo", State.COMPLETED: "kuusi",
}  # fmt: skip


class Area(models.Model):
    """What the operator adds to the areas of content/areas.toml, or changes in them; ``code`` joins the two."""

    code = models.SlugField(max_length=30, unique=True)
    fi = models.CharField(max_length=60)
    sv = models.CharField(max_length=60)
    en = models.CharField(max_length=60)
    rests = models.BooleanField(default=False)

    class Meta:
        ordering = ["fi", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(fi="") & ~Q(sv="") & ~Q(en=""), name="area_has_three_names")]

    def __str__(self) -> str:
        return self.fi


class Owner(models.Model):
    """Whose it is: an organisation's, on whose seat one sits, or one's own when ``seat`` is empty."""

    class Meta:
        abstract = True

    @staticmethod
    def key(seat: int | None, person: int | None) -> str:
        """One owner, as rules know it: the seat before the person."""
        return f"s{seat}" if seat else f"p{person}"


def owner_name(seat: Any, person: Any) -> str:
    """The organisation's name, or the person's; somebody who has left has none."""
    if seat is not None and seat.organisation_id:
        return str(seat.name)
    return str(person.name) if person is not None else gettext("Somebody who has left")


class Listing(Owner):
    """A need or an offer. ``asked_for``: who asks, when it is written down for somebody who never logs in."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    side = models.CharField(max_length=5, choices=SideWord.choices)
    title = models.CharField(max_length=course.LONGEST_TITLE)
    text = models.TextField(max_length=course.LONGEST)
    language = models.CharField(max_length=2, choices=Language.choices)
    area = models.CharField(max_length=30)
    seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    asked_for = models.CharField(max_length=120, blank=True)
    target = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    where = models.CharField(max_length=6, choices=Where.choices, default=Where.EITHER)
    effort = models.CharField(max_length=1, choices=Effort.choices, default=Effort.SMALL)
    hands = models.PositiveSmallIntegerField(default=1)  # how many are needed, or how often it can be given
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    is_confidential = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=OpenWord.choices, default=OpenWord.OPEN)
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    warned_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["network", "side", "state", "-made_at"], name="listing_board"),
            models.Index(fields=["state", "ends_on"], name="listing_ends"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(side__in=[side.value for side in Side]), name="listing_has_a_side"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in Open]), name="known_state_of_listing"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="listing_says_something"),
            models.CheckConstraint(condition=Q(hands__gte=1), name="listing_needs_a_hand"),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on__gte=F("begins_on")), name="listing_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(target=None) | Q(seat=None) | ~Q(target=F("seat")), name="listing_asks_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:listing", args=[self.network.slug, self.pk])

    @property
    def owner(self) -> str:
        return self.key(self.seat_id, self.author_id)

    @property
    def owner_name(self) -> str:
        return owner_name(self.seat, self.author)

    @property
    def is_need(self) -> bool:
        return self.side == Side.NEED

    @property
    def is_open(self) -> bool:
        return self.state == Open.OPEN

    @property
    def tone(self) -> str:
        return TONES.get(Open(self.state), "ink")


class Task(Owner):
    """One giver's help to one receiver, from the first proposal to the end. ``terms_part`` wrote the last terms."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="tasks")
    giver_seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    giver = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    receiver_seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=11, choices=StateWord.choices, default=StateWord.PROPOSED)
    terms = models.TextField(max_length=course.LONGEST_WORDS)
    terms_on = models.DateField(null=True, blank=True)
    terms_version = models.PositiveSmallIntegerField(default=1)
    terms_part = models.CharField(max_length=8, choices=PartWord.choices)
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    by_silence = models.BooleanField(default=False)
    reminded_in = models.CharField(max_length=20, blank=True)  # the state and version of which the clock has spoken

    class Meta:
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["state", "moved_at"], name="task_state_moved")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="known_state_of_task"),
            models.CheckConstraint(condition=Q(terms_part__in=[part.value for part in Part]), name="terms_have_a_side"),
            models.CheckConstraint(
                condition=Q(giver=None) | Q(receiver=None) | ~Q(giver=F("receiver")), name="giver_is_not_receiver"
            ),
            models.CheckConstraint(
                condition=Q(giver_seat=None) | Q(receiver_seat=None) | ~Q(giver_seat=F("receiver_seat")),
                name="giving_seat_is_not_receiving_seat",
            ),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False)
                | (~Q(state="completed") & Q(completed_at=None)),
                name="completed_help_has_its_moment",
            ),
            models.UniqueConstraint(
                fields=["listing", "giver", "receiver"],
                condition=Q(state__in=sorted(state.value for state in course.LIVE)),
                name="one_live_task_between_two",
            ),
        ]

    def __str__(self) -> str:
        return self.listing.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:task", args=[self.listing.network.slug, self.pk])

    @property
    def giver_key(self) -> str:
        return self.key(self.giver_seat_id, self.giver_id)

    @property
    def receiver_key(self) -> str:
        return self.key(self.receiver_seat_id, self.receiver_id)

    @property
    def giver_name(self) -> str:
        return owner_name(self.giver_seat, self.giver)

    @property
    def receiver_name(self) -> str:
        return owner_name(self.receiver_seat, self.receiver)

    @property
    def tone(self) -> str:
        return TONES.get(State(self.state), "ink")

    @property
    def is_completed(self) -> bool:
        return self.state == State.COMPLETED

    def opens_at(self) -> datetime | None:
        """When feedback is shown though only one side has given it."""
        return self.completed_at + course.BLIND_FOR if self.completed_at else None

    def may_be_undone(self) -> bool:
        return self.completed_at is not None and now() - self.completed_at < course.UNDO_WITHIN


class StepWord(models.TextChoices):
    """What was done, in the history that both sides see."""

    PROPOSE = "propose", _("proposed")
    SAY = Deed.SAY.value, _("wrote")
    COUNTER = Deed.COUNTER.value, _("proposed other terms")
    ACCEPT = Deed.ACCEPT.value, _("agreed")
    DECLINE = Deed.DECLINE.value, _("declined")
    WITHDRAW = Deed.WITHDRAW.value, _("took the proposal back")
    START = Deed.START.value, _("began")
    DELIVER = Deed.DELIVER.value, _("says that the help has been given")
    CONFIRM = Deed.CONFIRM.value, _("confirmed that it came")
    ASK_CHANGES = Deed.ASK_CHANGES.value, _("says what is still missing")
    CANCEL = Deed.CANCEL.value, _("cancelled")
    UNDO = Deed.UNDO.value, _("opened it again")
    SILENCE = "silence", _("time passed without a word")


class Step(models.Model):
    """What happened to a task, and what was said: one stream that only its two sides see."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepWord.choices)
    part = models.CharField(max_length=8, choices=PartWord.choices, blank=True)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=course.LONGEST_WORDS, blank=True)
    on = models.DateField(null=True, blank=True)
    version = models.PositiveSmallIntegerField(default=1)  # of the terms that stood then
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Feedback(models.Model):
    """How it went, by one side. The other side sees it when both have told, or after seven days."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="feedback")
    part = models.CharField(max_length=8, choices=PartWord.choices)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    result = models.PositiveSmallIntegerField(choices=Mark.choices)
    timing = models.PositiveSmallIntegerField(choices=Mark.choices)
    process = models.PositiveSmallIntegerField(choices=Mark.choices)
    words = models.TextField(max_length=course.LONGEST_WORDS, blank=True)
    may_show = models.BooleanField(default=False)  # the words, with the organisation's name, on the help board
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "part"], name="one_feedback_a_side"),
            models.CheckConstraint(
                condition=Q(result__range=(1, 3), timing__range=(1, 3), process__range=(1, 3)), name="known_marks"
            ),
        ]


def first_end() -> Any:
    """The last day of a listing that was given none."""
    return (local(now()) + timedelta(days=course.OPEN_FOR.days)).date()
