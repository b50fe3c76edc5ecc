from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.access.respondents import Respondent
from kutomo.core.people.models import Language, Reach
from kutomo.ground.clock import today

from . import rules
from .rules import Deed


class StateWord(models.TextChoices):
    """The states in words; the codes are those of rules.State."""

    PROPOSED = rules.State.PROPOSED.value, _("proposed")
    ACCEPTED = rules.State.ACCEPTED.value, _("promised")
    DECLINED = rules.State.DECLINED.value, _("declined")
    DONE = rules.State.DONE.value, _("done, not yet confirmed")
    CONFIRMED = rules.State.CONFIRMED.value, _("done and confirmed")
    RELEASED = rules.State.RELEASED.value, _("released")


TONES = {"proposed": "sauramo", "accepted": "sini", "done": "sauramo", "confirmed": "kuusi"}


class Promise(models.Model):
    """Who does what, for whom, by when. A proposal until the doer accepts; the row never says more than that.

    ``thing_kind`` and ``thing_id`` name where it was given, or are empty. The doer is a person, or a guest of
    a meeting: then ``guest`` is the respondent's key and ``guest_name`` what the room knew. Without a
    ``receiver`` it was promised to the network: anybody from another seat turns the second key.
    """

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    thing_kind = models.CharField(max_length=40, blank=True)
    thing_id = models.BigIntegerField(null=True, blank=True)
    what = models.CharField(max_length=rules.LONGEST)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FINNISH)
    state = models.CharField(max_length=9, choices=StateWord.choices, default=StateWord.PROPOSED)
    doer = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    guest = models.CharField(max_length=60, blank=True)
    guest_name = models.CharField(max_length=180, blank=True)
    seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    receiver = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    proposer = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    proposer_name = models.CharField(max_length=180, blank=True)  # a guest's, as it was said in the room
    heard_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)  # by the doer, when a recorder wrote it down
    first_on = models.DateField(null=True, blank=True)
    by_on = models.DateField(null=True, blank=True)
    moves = models.PositiveSmallIntegerField(default=0)
    moved_late = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    given_on = models.DateField(null=True, blank=True)  # the day of the doer's yes
    done_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    came_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="handed")
    key = models.CharField(max_length=64, unique=True, null=True, blank=True)  # of the sending device: once only

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["network", "state", "by_on"], name="promise_network_state"),
            models.Index(fields=["thing_kind", "thing_id"], name="promise_thing"),
            models.Index(fields=["doer", "state"], name="promise_doer"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="promise_says_what"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in rules.State]), name="known_state_of_promise"
            ),
            models.CheckConstraint(
                condition=Q(receiver=None) | Q(doer=None) | ~Q(receiver=F("doer")), name="two_keys_are_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "declined"]) | Q(given_on__isnull=False), name="promise_has_a_yes"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "confirmed"]) | Q(done_on__isnull=False), name="done_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(first_on=None, by_on=None) | Q(first_on__isnull=False, by_on__isnull=False),
                name="first_day_and_day_together",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("promises:promise", args=[self.network.slug, self.pk])

    @property
    def doer_name(self) -> str:
        """Who does it, by name; somebody who has left has none."""
        name = str(self.doer.name) if self.doer else self.guest_name
        return name or gettext("Somebody who has left")

    @property
    def proposed_by(self) -> str:
        return str(self.proposer.name) if self.proposer else self.proposer_name

    @property
    def respondent(self) -> Respondent:
        """The doer, as rooms with guests know people."""
        if self.doer:
            return Respondent.of(self.doer)
        return Respondent(key=self.guest, name=self.guest_name)

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "ink")

    @property
    def is_late(self) -> bool:
        return self.state == StateWord.ACCEPTED and rules.is_late(self.by_on, today())

    @property
    def waits_for_check(self) -> bool:
        return self.heard_by_id is not None and self.doer_id is not None and self.checked_at is None

    @property
    def by_voice(self) -> bool:
        """Does the doer speak to a recorder, by phone or on paper?"""
        return self.doer.reach != Reach.MAIL if self.doer else True

    def may(self, deed: Deed) -> bool:
        return rules.may(deed, rules.State(self.state))


class Step(models.Model):
    """One line of a promise's history: what happened, from which day to which, in whose words."""

    class Kind(models.TextChoices):
        ACCEPT = Deed.ACCEPT.value, _("accepted")
        DECLINE = Deed.DECLINE.value, _("declined")
        DONE = Deed.DONE.value, _("said to be done")
        CONFIRM = Deed.CONFIRM.value, _("confirmed by the receiver")
        MISS = Deed.MISS.value, _("the receiver had not got it yet")
        MOVE = Deed.MOVE.value, _("moved to a new day")
        RELEASE = Deed.RELEASE.value, _("released")
        HAND_OVER = Deed.HAND_OVER.value, _("offered to somebody else")

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=rules.LONGEST_WORDS, blank=True)

    class Meta:
        ordering = ["pk"]
