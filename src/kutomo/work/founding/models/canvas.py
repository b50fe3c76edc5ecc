from __future__ import annotations

import uuid

from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Language

from ..rules.canvas import LONGEST_ANSWER, MOST_ANSWERS, QUESTIONS, State


class StateWord(models.TextChoices):
    DRAFT = State.DRAFT.value, _("draft")
    OPEN = State.OPEN.value, _("open for answers")
    COMPARING = State.COMPARING.value, _("being compared")
    PROPOSED = State.PROPOSED.value, _("proposed")
    AGREED = State.AGREED.value, _("agreed")
    SUPERSEDED = State.SUPERSEDED.value, _("replaced by a newer version")


LIVE = (StateWord.DRAFT, StateWord.OPEN, StateWord.COMPARING, StateWord.PROPOSED)


class Canvas(models.Model):
    """One version of a network's founding canvas. Days only, no times: they would give answers away."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    previous = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="next")
    state = models.CharField(max_length=10, choices=StateWord.choices, default=StateWord.DRAFT)
    challenge = models.TextField(_("original challenge"), max_length=600, blank=True)  # frozen at opening
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FINNISH)
    drafted_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    sparring = models.ManyToManyField("people.Person", related_name="+", blank=True)  # may read the draft
    begun_on = models.DateField()
    opened_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)  # the last day for answers
    half_time_on = models.DateField(null=True, blank=True)  # when the half-time note went out
    revealed_on = models.DateField(null=True, blank=True)
    proposed_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)  # the whole text as it was agreed
    what_changed = models.TextField(blank=True)
    answered_organisations = models.PositiveIntegerField(null=True, blank=True)  # counted once, at the reveal
    invited_organisations = models.PositiveIntegerField(null=True, blank=True)
    answered_people = models.PositiveIntegerField(null=True, blank=True)
    raw_erased_on = models.DateField(null=True, blank=True)  # the answers themselves are gone (A14)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="canvas_versions_are_numbered"),
            models.UniqueConstraint(
                fields=["network"],
                condition=Q(state__in=[word.value for word in LIVE]),
                name="one_live_canvas",
            ),
            models.UniqueConstraint(fields=["network"], condition=Q(state="agreed"), name="one_canvas_in_force"),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="known_canvas_state"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_on__isnull=False), name="open_canvas_has_its_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "superseded"])
                | (Q(agreed_on__isnull=False, review_on__isnull=False) & ~Q(text="") & ~Q(what_changed="")),
                name="agreed_canvas_says_what_changed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("founding:version", args=[self.network.slug, self.number])

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_open(self) -> bool:
        return self.state == StateWord.OPEN


class Question(models.Model):
    """One of the five questions of a canvas: the leader's draft and what became of it."""

    canvas = models.ForeignKey(Canvas, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    draft = models.TextField(max_length=2000, blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    revealed_on = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=2000, blank=True)  # what was said where answers diverge
    note_version = models.PositiveIntegerField(default=0)
    agreed = models.TextField(blank=True)
    signs = models.JSONField(null=True, blank=True)  # the indicators, kept when the raw answers are erased

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["canvas", "number"], name="five_questions_once_each"),
            models.CheckConstraint(condition=Q(number__in=QUESTIONS), name="one_of_the_five_questions"),
        ]

    def __str__(self) -> str:
        return f"{self.canvas} / {self.number}"

    @property
    def is_revealed(self) -> bool:
        return self.revealed_on is not None

    def hold(self, *, alone: bool = False) -> None:
        """Until the transaction ends, answering and revealing this question exclude each other.

        SQLite has one writer anyway; on PostgreSQL answers share a lock that the reveal takes ``alone``.
        """
        if connection.vendor == "postgresql":
            lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT {lock}(%s, %s)", [QUESTION_LOCK, self.pk])


QUESTION_LOCK = 20_260_114


class TurnState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    ANSWERED = "answered", _("answered")
    PASSED = "passed", _("passed")


class Turn(models.Model):
    """Who has answered or passed a question, and nothing of what. No key and no time leads to an answer.

    ``sent`` keeps the limit of three while the question is open; at the reveal it is wiped and the rows are
    written anew in shuffled order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    question = models.ForeignKey(Question, models.CASCADE, related_name="turns")
    respondent = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=TurnState.choices, default=TurnState.WAITING)
    sent = models.PositiveSmallIntegerField(default=0)
    entered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "respondent"], name="one_turn_a_respondent"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "answered", "passed"], sent__lte=MOST_ANSWERS),
                name="known_turn",
            ),
        ]


class Sign(models.TextChoices):
    """What an author shows beside an answer."""

    ANONYMOUS = "anonymous", _("Without my name")
    ORGANISATION = "organisation", _("My organisation only")
    NAMED = "named", _("My name")


class Answer(models.Model):
    """What was answered. The key is the hash of a code that only the author has; there is no time.

    ``person``, ``guest`` and ``organisation`` are empty unless the author chose to show them.
    """

    key = models.CharField(max_length=64, primary_key=True)
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    voice = models.CharField(max_length=64)
    text = models.CharField(max_length=LONGEST_ANSWER)
    language = models.CharField(max_length=2, choices=Language.choices)
    cluster = models.ForeignKey("founding.Cluster", models.SET_NULL, null=True, blank=True, related_name="answers")
    sign = models.CharField(max_length=12, choices=Sign.choices, default=Sign.ANONYMOUS)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    line: int  # its place on the author's own form, filled in by queries.own_answers
    guest = models.CharField(max_length=120, blank=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(sign="anonymous") | Q(person=None, organisation=None, guest=""),
                name="anonymous_answer_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(sign="named") | Q(person=None, guest=""), name="only_a_named_answer_has_a_name"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="answer_has_words"),
        ]
