from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.organisations import rules as places
from kutomo.core.people.models import Language, Reach
from kutomo.ground.clock import now, today

from .rules import states

# Letters and figures that cannot be mistaken for each other when they are read off paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
TOKEN_LENGTH = 16


class Import(models.Model):
    """A table of names on its way to the list. The rows as they came are kept only until it is done."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("being checked")
        DONE = "done", _("done")
        UNDONE = "undone", _("taken back")

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="imports")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)  # the file's name, or "pasted text"
    state = models.CharField(max_length=8, choices=State.choices, default=State.PREVIEW)
    rows = models.JSONField(default=list)
    numbers = models.JSONField(default=list)
    header = models.IntegerField(default=-1)  # index of the header row; -1: none
    mapping = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    added = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["preview", "done", "undone"]), name="import_state_known"),
            models.CheckConstraint(condition=Q(state="preview") | Q(rows=[]), name="import_keeps_no_rows"),
        ]

    def __str__(self) -> str:
        return self.name


class Candidates(models.QuerySet["Candidate"]):
    def open(self) -> Candidates:
        """Those who may still be asked."""
        return self.filter(state__in=[states.State.POTENTIAL, states.State.LATER])


class Candidate(models.Model):
    """An organisation or a person who might join."""

    class State(models.TextChoices):
        POTENTIAL = "potential", _("not yet invited")
        INVITED = "invited", _("invited")
        REPLIED = "replied", _("said yes")
        SEATED = "seated", _("has a seat")
        LATER = "later", _("later")
        DECLINED = "declined", _("said no")

    class Reply(models.TextChoices):
        YES = "yes", _("Yes, I will come along")
        LATER = "later", _("Later, ask me again")
        NO = "no", _("No, thank you")
        SOMEONE_ELSE = "someone_else", _("Somebody else would be right for this")

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="candidates")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.SET_NULL, null=True, blank=True, related_name="candidacies"
    )
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    business_id = models.CharField(_("business ID"), max_length=9, blank=True)
    municipality = models.CharField(_("home municipality"), max_length=3, blank=True)
    name = models.CharField(_("person"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.FINNISH)
    reach = models.CharField(_("reached"), max_length=5, choices=Reach.choices, default=Reach.MAIL)
    note = models.CharField(_("note"), max_length=1000, blank=True)

    state = models.CharField(max_length=9, choices=State.choices, default=State.POTENTIAL)
    reply = models.CharField(max_length=12, choices=Reply.choices, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_words = models.CharField(max_length=500, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    # Three lines before the first meeting (methods § 2, Who/when).
    worth = models.CharField(max_length=200, blank=True)
    need = models.CharField(max_length=200, blank=True)
    offer = models.CharField(max_length=200, blank=True)
    access_needs = models.CharField(max_length=200, blank=True)  # only for those who arrange the meeting

    inviter = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    inviter_agreed_at = models.DateTimeField(null=True, blank=True)
    person = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    seat = models.ForeignKey("networks.Seat", models.SET_NULL, null=True, blank=True, related_name="+")
    source = models.ForeignKey(Import, models.SET_NULL, null=True, blank=True, related_name="candidates")
    suggested_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="suggested")
    added_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=now)

    objects = Candidates.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]
        indexes = [models.Index(fields=["network", "state"], name="candidate_network_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in states.State]), name="candidate_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(organisation_name="", name="", email="", phone=""), name="candidate_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("candidates:candidate", args=[self.network.slug, self.pk])

    @property
    def title(self) -> str:
        """How the candidate is called in lists and sentences."""
        if self.name and self.organisation_name:
            return f"{self.name}, {self.organisation_name}"
        return self.name or self.organisation_name or self.email or self.phone

    @property
    def municipality_name(self) -> str:
        town = places.municipalities().get(self.municipality)
        return town.name(get_language() or "fi") if town else ""

    @property
    def is_agreed(self) -> bool:
        return self.inviter_id is not None and self.inviter_agreed_at is not None

    @property
    def waits_for_inviter(self) -> bool:
        return self.inviter_id is not None and self.inviter_agreed_at is None

    @property
    def is_due(self) -> bool:
        """Whether the day has come on which the candidate may be asked again."""
        return self.state == self.State.LATER and (self.ask_again_on is None or self.ask_again_on <= today())

    @property
    def may_be_invited(self) -> bool:
        return states.move(states.State(self.state), states.Deed.INVITE) is not None


class Invitation(models.Model):
    """A personal link to answer. Only a hash of its token is kept; the token is made anew from the secret key."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("by e-mail")
        PAPER = "paper", _("on paper")

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="invitations")
    channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.MAIL)
    nonce = models.CharField(max_length=32, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    words = models.TextField(max_length=3000, blank=True)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.candidate_id}/{self.pk}"

    @property
    def token(self) -> str:
        """Sixteen letters in groups of four, made from the secret key: a copy of the database opens nothing."""
        digest = int.from_bytes(salted_hmac("candidates.invitation", self.nonce, algorithm="sha256").digest(), "big")
        letters = []
        for _letter in range(TOKEN_LENGTH):
            digest, place = divmod(digest, len(ALPHABET))
            letters.append(ALPHABET[place])
        word = "".join(letters)
        return "-".join(word[place : place + 4] for place in range(0, TOKEN_LENGTH, 4))

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= now()

    def set_token(self) -> None:
        """Give a fresh token; to be called once, before the first save."""
        self.nonce = secrets.token_hex(16)
        self.token_hash = hash_of(self.token)


def hash_of(token: str) -> str:
    """What is kept of a token; dashes, blanks and capitals do not matter."""
    word = "".join(letter for letter in token.lower() if letter in ALPHABET)
    return hashlib.sha256(word.encode()).hexdigest()


class JoinLink(models.Model):
    """The network's public address for those who would like to join; one a network."""

    network = models.OneToOneField("networks.Network", models.CASCADE, related_name="join_link")
    token = models.CharField(max_length=40, unique=True)
    is_open = models.BooleanField(default=False)
    welcome = models.TextField(_("words of welcome"), max_length=1000, blank=True)
    questions = models.JSONField(default=list)  # up to three, in the words of the network
    changed_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.token


class JoinRequest(models.Model):
    """Somebody who asked to join through the public link."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="join_requests")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FINNISH)
    organisation_name = models.CharField(max_length=200, blank=True)
    municipality = models.CharField(max_length=3, blank=True)
    answers: Any = models.JSONField(default=list)  # [[question, answer], ...]
    words = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    at = models.DateTimeField(default=now)
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "declined"]), name="join_request_state_known"
            ),
            models.UniqueConstraint(
                fields=["network", "email"], condition=Q(state="waiting"), name="one_waiting_request_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return f"{self.name}, {self.organisation_name}" if self.organisation_name else self.name

    @property
    def municipality_name(self) -> str:
        town = places.municipalities().get(self.municipality)
        return town.name(get_language() or "fi") if town else ""
