from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    QUEUED = "queued", _("waits to be sent")
    POSTPONED = "postponed", _("waits for its day")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("refused")
    UNSURE = "unsure", _("perhaps sent")
    KEPT = "kept", _("shown here, not sent")
    DROPPED = "dropped", _("no longer needed")


class Letter(models.Model):
    """One letter to one address. The row says what became of it; the body is erased after some months.

    ``recipient`` and ``network`` are keys without a foreign key: the outbox stands below people and networks.
    """

    key = models.CharField(max_length=200, unique=True)  # the deed behind it: nobody is written to twice for it
    template = models.CharField(max_length=120)
    recipient = models.CharField(max_length=60, db_index=True)  # address.key_of
    email = models.EmailField(max_length=254, blank=True)  # erased with the body
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2)
    network = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    sender = models.CharField(max_length=120, blank=True)  # the network's name: the subject's prefix
    subject = models.CharField(max_length=250)
    body = models.TextField(blank=True)  # Markdown, one source for text and HTML
    unsubscribe = models.CharField(max_length=300, blank=True)  # path of the one-click page, or none
    slot = models.CharField(max_length=20, blank=True)  # a budget's place, one letter each: "nudge 2026-W07"
    is_secret = models.BooleanField(default=False)  # a code: the body goes as soon as it is sent
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)
    not_before = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "slot"], condition=~Q(slot=""), name="one_letter_a_budget_slot"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="letter_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.email or self.recipient}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def tone(self) -> str:
        """The colour that goes with the state's words."""
        return {
            State.SENT: "kuusi",
            State.KEPT: "kuusi",
            State.FAILED: "danger",
            State.UNSURE: "matara",
            State.DROPPED: "ink",
        }.get(State(self.state), "sauramo")
