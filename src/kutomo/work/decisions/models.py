from __future__ import annotations

import random
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.clock import now, today

from . import rules
from .rules import Deed


def random_key() -> str:
    """A key that tells nothing about when or by whom a row was made (A9)."""
    return get_random_string(32)


class MethodWord(models.TextChoices):
    """The six methods in words; the codes are those of rules.Method."""

    CONSENT = rules.Method.CONSENT.value, _("consent")
    CONSENSUS = rules.Method.CONSENSUS.value, _("consensus")
    ADVICE = rules.Method.ADVICE.value, _("advice")
    GRADIENTS = rules.Method.GRADIENTS.value, _("gradients of agreement")
    CHOICE = rules.Method.CHOICE.value, _("simple choice")
    DATES = rules.Method.DATES.value, _("choosing a date")


class StateWord(models.TextChoices):
    DRAFT = rules.State.DRAFT.value, _("draft")
    OPEN = rules.State.OPEN.value, _("open")
    CLOSED = rules.State.CLOSED.value, _("waiting for the outcome")
    PUBLISHED = rules.State.PUBLISHED.value, _("decided")
    ENDED = rules.State.ENDED.value, _("no longer in force")
    DROPPED = rules.State.DROPPED.value, _("taken back")


class Who(models.TextChoices):
    SEATS = "seats", _("one voice a seat")
    MEMBERS = "members", _("one voice a member")


DEGREES = {
    rules.Degree.WHOLEHEARTED: _("wholeheartedly for it"),
    rules.Degree.AGREE: _("for it"),
    rules.Degree.ACCEPT: _("can accept it"),
    rules.Degree.DOUBTS: _("has doubts"),
    rules.Degree.AGAINST: _("against it"),
}
FITS = {rules.Fit.YES: _("suits"), rules.Fit.MAYBE: _("if need be"), rules.Fit.NO: _("does not suit")}
TONES = {"open": "sini", "closed": "sauramo", "published": "kuusi", "draft": "sauramo"}


class Decision(models.Model):
    """A proposal with its reasons, and what came of it. ``revision`` guards against two who write at once."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    title = models.CharField(max_length=160)
    proposal = models.TextField(max_length=rules.LONGEST)
    reasons = models.TextField(max_length=rules.LONGEST)
    alternatives = models.TextField(max_length=rules.LONGEST, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    method = models.CharField(max_length=10, choices=MethodWord.choices)
    who = models.CharField(max_length=8, choices=Who.choices, default=Who.SEATS)
    is_anonymous = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=StateWord.choices, default=StateWord.DRAFT)
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    # Advice: one decides, who has said yes to that.
    decider = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    decider_since = models.DateTimeField(null=True, blank=True)
    # The outcome; ``summaries`` in the network's other languages: {"sv": {"title": ..., "text": ...}} (A12).
    outcome = models.TextField(max_length=rules.LONGEST, blank=True)
    why = models.TextField(max_length=rules.LONGEST, blank=True)
    not_chosen = models.TextField(max_length=rules.LONGEST, blank=True)
    summaries = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    review_on = models.DateField(null=True, blank=True)
    came_back_on = models.DateField(null=True, blank=True)  # the review day for which the clock has spoken

    class Meta:
        ordering = ["-moved_at", "-pk"]
        indexes = [
            models.Index(fields=["network", "state", "-moved_at"], name="decision_network_state"),
            models.Index(fields=["network", "-moved_at"], name="decision_network_moved"),
            models.Index(fields=["state", "review_on"], name="decision_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=[method.value for method in rules.Method]), name="known_method"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in rules.State]), name="known_state_of_decision"
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | (~Q(outcome="") & ~Q(why="") & Q(published_at__isnull=False, review_on__isnull=False)),
                name="published_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(method__in=sorted(rules.MAY_BE_ANONYMOUS)),
                name="only_some_methods_can_be_anonymous",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.network.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "ink")

    @property
    def is_round(self) -> bool:
        """Is it asked by core/consent?"""
        return self.method in rules.ROUNDS

    @property
    def is_due(self) -> bool:
        """Has the day come to look at it again?"""
        return self.state == StateWord.PUBLISHED and self.review_on is not None and self.review_on <= today()

    @property
    def shown(self) -> dict[str, str]:
        """Title and outcome for the reader: in the reader's language when there is a summary, else as written."""
        code = (get_language() or "fi")[:2]
        found = self.summaries.get(code)
        if not found or code == self.language:
            return {"title": self.title, "text": self.outcome, "language": self.language}
        return {"title": found["title"], "text": found["text"], "language": code}

    def may(self, deed: Deed) -> bool:
        return rules.may(deed, rules.State(self.state))


class Option(models.Model):
    """One of the things to choose from: words, or a day and hour."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "place"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "place"], name="one_option_a_place"),
            models.CheckConstraint(condition=~Q(text="") | Q(at__isnull=False), name="option_says_something"),
        ]

    @property
    def key(self) -> str:
        return str(self.place)


class Ballot(models.Model):
    """One time of asking. Asked again it is a new one: what was said before stays (``why``: why it was reopened)."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField(default=1)
    round = models.OneToOneField("consent.Round", models.SET_NULL, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    opened_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    silent_until = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    closed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict, blank=True)  # frozen at closing: codes and counts, never names

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="ballots_are_numbered"),
            models.UniqueConstraint(fields=["decision"], condition=Q(closed_at=None), name="one_open_ballot"),
            models.CheckConstraint(
                condition=Q(closed_at=None, result={}) | (Q(closed_at__isnull=False) & ~Q(result={})),
                name="closed_ballot_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opened_at")), name="ballot_closes_after_opening"
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def time_is_up(self) -> bool:
        return now() >= self.closes_at


class Named(models.Model):
    """Who speaks: a seat or a member, by whom, written down by whom, checked or not (A13)."""

    seat = models.ForeignKey("networks.Seat", models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class Stance(Named):
    """What one seat or member says, under its own name. ``said``: a degree, an option or a fit for each date."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="stances")
    said = models.JSONField()
    reason = models.TextField(max_length=rules.LONGEST_REASON, blank=True)
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)
    taken_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    recorded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    earlier = models.JSONField(default=list, blank=True)  # what was said before: [{"said", "reason", "at"}]

    class Meta:
        ordering = ["seat__joined_on", "seat_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="one_stance_a_seat"),
            models.UniqueConstraint(fields=["ballot", "person"], name="one_stance_a_member"),
            models.CheckConstraint(
                condition=Q(seat__isnull=False, person=None) | Q(seat=None, person__isnull=False),
                name="stance_of_a_seat_or_a_member",
            ),
        ]

    @property
    def name(self) -> str:
        """Whose stance this is: the organisation's name, or the person's."""
        if self.seat is not None and self.seat.organisation is not None:
            return self.seat.organisation.name
        owner = self.person or self.taken_by
        return str(owner.name) if owner else ""

    @property
    def waits_for_check(self) -> bool:
        return self.recorded_by_id is not None and self.checked_at is None


class Turn(Named):
    """Who has answered an anonymous question; never what, never when (A9). ``key`` is random."""

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="turns")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "seat"], name="one_turn_a_seat"),
            models.UniqueConstraint(fields=["ballot", "person"], name="one_turn_a_member"),
        ]


class Slip(models.Model):
    """What was answered anonymously; never by whom, never when (A9). Rows are laid anew in random order."""

    key = models.CharField(max_length=32, primary_key=True, default=random_key)
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="slips")
    said = models.JSONField()
    reason = models.TextField(max_length=rules.LONGEST_REASON, blank=True)


class Advice(models.Model):
    """What somebody who was asked said to the one who decides, and what the decider made of it."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="advice")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    words = models.TextField(max_length=rules.LONGEST, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "person"], name="asked_once"),
            models.CheckConstraint(
                condition=Q(words="", given_at=None) | (~Q(words="") & Q(given_at__isnull=False)),
                name="advice_has_its_time",
            ),
        ]

    @property
    def waits_for_check(self) -> bool:
        return self.recorded_by_id is not None and self.checked_at is None


class Interest(models.Model):
    """A declared interest: who gains or loses by the decision, and whether they step aside."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="interests")
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=300)
    steps_aside = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "person"], name="one_interest_a_person")]


class Verdict(models.Model):
    """One look back at a decision that was in force: kept for longer, or ended, and why."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="verdicts")
    keeps = models.BooleanField()
    words = models.CharField(max_length=600)
    review_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]


def laid_anew(ballot: Ballot, rows: list[Any]) -> None:
    """Store anonymous rows of a ballot again in random order: neither place nor transaction tells who came last."""
    model = type(rows[0])
    model._default_manager.filter(ballot=ballot).delete()
    random.SystemRandom().shuffle(rows)
    model._default_manager.bulk_create(rows)
