from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.clock import today

from . import rules


class StateWord(models.TextChoices):
    DRAFT = rules.State.DRAFT.value, _("being written")
    PROPOSED = rules.State.PROPOSED.value, _("to be agreed")
    AGREED = rules.State.AGREED.value, _("agreed")
    DROPPED = rules.State.DROPPED.value, _("laid aside")


class CardStateWord(models.TextChoices):
    PROPOSED = rules.CardState.PROPOSED.value, _("waits for confirmation")
    CONFIRMED = rules.CardState.CONFIRMED.value, _("confirmed")
    PAUSED = rules.CardState.PAUSED.value, _("on pause")
    ENDED = rules.CardState.ENDED.value, _("it has ended")


class BehalfWord(models.TextChoices):
    SELF = rules.Behalf.SELF.value, _("as myself")
    ORGANISATION = rules.Behalf.ORGANISATION.value, _("for my organisation")


class HoursWord(models.TextChoices):
    HARDLY = rules.Hours.HARDLY.value, _("0–1 hours a month")
    SOME = rules.Hours.SOME.value, _("2–4 hours a month")
    MANY = rules.Hours.MANY.value, _("5–8 hours a month")
    MORE = rules.Hours.MORE.value, _("more than 8 hours a month")


class EndingWord(models.TextChoices):
    OWN = rules.Ending.OWN.value, _("ended by its holder")
    EXPIRED = rules.Ending.EXPIRED.value, _("its time ran out")
    DECLINED = rules.Ending.DECLINED.value, _("not confirmed by the organisation")
    LEFT = rules.Ending.LEFT.value, _("the seat was left")


class OwnCard(models.Model):
    """A ground rule of the network's own in the deck; the starters live in content/rules.toml."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    text = models.CharField(max_length=rules.RULE_LENGTH)
    language = models.CharField(max_length=2, choices=Language.choices)
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["network", "text"], name="one_card_a_wording")]

    @property
    def key(self) -> str:
        return f"own:{self.pk}"


class RuleSet(models.Model):
    """One version of a network's ground rules."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=StateWord.choices, default=StateWord.DRAFT)
    note = models.TextField(max_length=1000, blank=True)  # what has changed since the last version, and why
    revision = models.PositiveIntegerField(default=1)  # grows with each saving of the text
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["network", "number"], name="rule_sets_are_numbered"),
            models.UniqueConstraint(
                fields=["network"], condition=Q(state__in=["draft", "proposed"]), name="one_rule_set_in_the_making"
            ),
            models.CheckConstraint(
                condition=Q(state="agreed", agreed_on__isnull=False, in_force_on__isnull=False, review_on__isnull=False)
                | (~Q(state="agreed") & Q(agreed_on=None, in_force_on=None, review_on=None)),
                name="agreed_rules_have_their_days",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in rules.State]), name="known_rule_set_state"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Ground rules, version %(number)s")) % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("commitments:version", args=[self.network.slug, self.number])

    @property
    def is_in_making(self) -> bool:
        return self.state in (StateWord.DRAFT, StateWord.PROPOSED)

    @property
    def is_due_for_review(self) -> bool:
        return self.review_on is not None and self.review_on <= today()


class Rule(models.Model):
    """One ground rule of a version. An empty text means the starter's own, in the reader's language."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    card = models.CharField(max_length=40, blank=True)  # a key of the deck, empty for a text of one's own
    text = models.CharField(max_length=rules.RULE_LENGTH, blank=True)
    in_practice = models.CharField(max_length=rules.PRACTICE_LENGTH, blank=True)
    when_broken = models.CharField(max_length=rules.PRACTICE_LENGTH, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "order"], name="one_rule_a_place"),
            models.CheckConstraint(condition=Q(order__gte=1, order__lte=rules.MOST_RULES), name="at_most_seven_rules"),
            models.CheckConstraint(condition=~Q(card="", text=""), name="rule_has_a_text"),
        ]


class Choice(models.Model):
    """Somebody wants this card among the rules. Choosing is open: names are shown, and the page says so."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="choices")
    card = models.CharField(max_length=40)
    respondent = models.CharField(max_length=80)  # "person:12" or "guest:..."
    name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["rule_set", "card", "respondent"], name="one_choice_a_card")]


class Acceptance(models.Model):
    """A member accepts one version for oneself."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="acceptances")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule_set", "person"], name="one_acceptance_a_person")]


class AcquaintanceRound(models.Model):
    """People have met: this opens the commitment cards (methods § 4, order of the building blocks)."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    held_on = models.DateField()
    source_kind = models.CharField(max_length=40, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    noted_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "source_kind", "source_id"], name="one_note_a_round"),
            models.CheckConstraint(
                condition=Q(source_kind="", source_id=None) | (~Q(source_kind="") & Q(source_id__isnull=False)),
                name="round_source_is_whole",
            ),
        ]


class Unlocking(models.Model):
    """A leader opened the cards without a round, and said why."""

    network = models.OneToOneField("networks.Network", models.CASCADE, related_name="+")
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="unlocking_has_a_reason")]


class CommitmentCard(models.Model):
    """What somebody brings and looks for, as oneself or for the organisation of the seat."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    seat = models.ForeignKey("networks.Seat", models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    behalf = models.CharField(max_length=12, choices=BehalfWord.choices, default=BehalfWord.SELF)
    follows = models.BooleanField(default=False)
    brings = models.TextField(max_length=500, blank=True)
    seeks = models.TextField(max_length=500, blank=True)
    hours = models.CharField(max_length=4, choices=HoursWord.choices, blank=True)
    until = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    state = models.CharField(max_length=9, choices=CardStateWord.choices, default=CardStateWord.PROPOSED)
    version = models.PositiveSmallIntegerField(default=1)
    written_at = models.DateTimeField()
    confirmer_name = models.CharField(max_length=120, blank=True)
    confirmer_email = models.EmailField(blank=True)
    confirmer = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    expires_on = models.DateField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=EndingWord.choices, blank=True)
    recorded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["seat__joined_on", "seat_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person"], condition=~Q(state="ended"), name="one_live_card_a_sitter"
            ),
            models.CheckConstraint(
                condition=Q(follows=True, hours="") | (Q(follows=False) & ~Q(hours="")), name="hours_or_following"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "ended"]) | Q(confirmed_at__isnull=False, expires_on__isnull=False),
                name="confirmed_card_has_its_days",
            ),
            models.CheckConstraint(
                condition=(Q(state="ended", ended_on__isnull=False) & ~Q(ending=""))
                | (~Q(state="ended") & Q(ended_on=None, ending="")),
                name="ended_card_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in rules.CardState]), name="known_card_state"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("commitments:card", args=[self.network.slug, self.pk])

    @property
    def name(self) -> str:
        """In whose name the card is given."""
        organisation = self.seat.organisation if self.is_organisations else None
        return organisation.name if organisation else self.person.name

    @property
    def is_organisations(self) -> bool:
        """Whether it stands in the organisation's name, not the person's."""
        return self.behalf == BehalfWord.ORGANISATION and self.seat.organisation_id is not None

    @property
    def is_live(self) -> bool:
        return self.state != CardStateWord.ENDED

    @property
    def waits_for_check(self) -> bool:
        return self.recorded_by_id is not None and self.checked_at is None

    @property
    def ends_soon(self) -> bool:
        return (
            self.state in (CardStateWord.CONFIRMED, CardStateWord.PAUSED)
            and self.expires_on is not None
            and rules.is_due_for_reminder(today(), self.expires_on)
        )


class EarlierCard(models.Model):
    """What a card said before it was adjusted."""

    card = models.ForeignKey(CommitmentCard, models.CASCADE, related_name="earlier")
    version = models.PositiveSmallIntegerField()
    behalf = models.CharField(max_length=12, choices=BehalfWord.choices)
    follows = models.BooleanField()
    brings = models.TextField(blank=True)
    seeks = models.TextField(blank=True)
    hours = models.CharField(max_length=4, choices=HoursWord.choices, blank=True)
    until = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["card", "version"], name="one_earlier_card_a_version")]
