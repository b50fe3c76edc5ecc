from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.people.models import Language
from kutomo.ground.clock import now

from . import rules


class Who(models.TextChoices):
    SEATS = "seats", _("one voice a seat")
    MEMBERS = "members", _("one voice a member")


class StanceWord(models.TextChoices):
    """The four stances in words; the codes are those of rules.Stance."""

    SUPPORT = rules.Stance.SUPPORT.value, _("I support this")
    CAN_LIVE = rules.Stance.CAN_LIVE.value, _("I can live with this")
    OBJECT = rules.Stance.OBJECT.value, _("I object, with a reason")
    ABSTAIN = rules.Stance.ABSTAIN.value, _("I abstain")


class StatusWord(models.TextChoices):
    OPEN = rules.Status.OPEN.value, _("open")
    ADOPTED = rules.Status.ADOPTED.value, _("agreed")
    NOT_ADOPTED = rules.Status.NOT_ADOPTED.value, _("not agreed")


class ResolutionWord(models.TextChoices):
    WITHDRAWN = rules.Resolution.WITHDRAWN.value, _("withdrawn by its author")
    MET = rules.Resolution.MET.value, _("met by an answer")


class Round(models.Model):
    """One question about one text. A new text is a new round: nothing changes under those who spoke."""

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    thing_kind = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    previous = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="next")
    title = models.CharField(max_length=200)
    text = models.TextField()
    question = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=Language.choices)
    # The same in other languages, {"sv": {"title": ..., "text": ...}}; the text above is the one agreed on.
    translations = models.JSONField(default=dict, blank=True)
    note = models.TextField(max_length=1000, blank=True)  # what has changed since the previous text, and why
    who = models.CharField(max_length=8, choices=Who.choices, default=Who.SEATS)
    needed_percent = models.PositiveSmallIntegerField(default=rules.NEEDED_PERCENT)
    status = models.CharField(max_length=12, choices=StatusWord.choices, default=StatusWord.OPEN)
    opened_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField()
    silent_until = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField()
    closed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # The result, frozen at closing; empty while the round is open.
    why = models.CharField(max_length=12, blank=True)
    invited = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["thing_kind", "thing_id"], name="round_thing")]
        constraints = [
            models.UniqueConstraint(
                fields=["thing_kind", "thing_id"], condition=Q(status="open"), name="one_open_round_a_thing"
            ),
            models.UniqueConstraint(fields=["thing_kind", "thing_id", "number"], name="rounds_are_numbered"),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None, why="", invited=None, answered=None)
                | (
                    Q(status__in=["adopted", "not_adopted"], closed_at__isnull=False)
                    & Q(invited__isnull=False, answered__isnull=False)
                    & ~Q(why="")
                ),
                name="closed_round_has_a_result",
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opened_at")), name="round_closes_after_opening"),
            models.CheckConstraint(
                condition=Q(silent_until=None) | Q(silent_until__lte=models.F("closes_at")),
                name="silence_ends_before_closing",
            ),
            models.CheckConstraint(
                condition=Q(needed_percent__gte=1, needed_percent__lte=100), name="share_is_a_percentage"
            ),
            models.CheckConstraint(condition=Q(who__in=["seats", "members"]), name="known_voters"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("consent:round", args=[self.network.slug, self.pk])

    def in_language(self, code: str) -> tuple[str, str, str]:
        """Title, text and their language: in ``code`` when there is such a translation, else as written."""
        found = self.translations.get(code)
        if not found:
            return self.title, self.text, self.language
        return found["title"], found["text"], code

    @property
    def shown(self) -> dict[str, str]:
        """Title and text for the reader, with their language."""
        return dict(zip(("title", "text", "language"), self.in_language((get_language() or "fi")[:2]), strict=True))

    @property
    def others(self) -> list[dict[str, str]]:
        """The text in the languages that the reader does not see first."""
        first = self.shown["language"]
        rows = [{"language": self.language, "text": self.text}]
        rows += [{"language": code, "text": row["text"]} for code, row in self.translations.items()]
        return [row for row in rows if row["language"] != first]

    @property
    def is_open(self) -> bool:
        return self.status == StatusWord.OPEN

    @property
    def time_is_up(self) -> bool:
        return now() >= self.closes_at


class Voice(models.Model):
    """What one seat (or one member) says in a round, under its own name."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="voices")
    seat = models.ForeignKey("networks.Seat", models.CASCADE, null=True, blank=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    stance = models.CharField(max_length=8, choices=StanceWord.choices)
    harm = models.TextField(max_length=rules.LONGEST_ANSWER, blank=True)
    change = models.TextField(max_length=rules.LONGEST_ANSWER, blank=True)
    at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1)
    taken_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    recorded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=9, choices=ResolutionWord.choices, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolution_words = models.CharField(max_length=rules.LONGEST_ANSWER, blank=True)

    class Meta:
        ordering = ["seat__joined_on", "seat_id", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seat"], name="one_voice_a_seat"),
            models.UniqueConstraint(fields=["round", "person"], name="one_voice_a_member"),
            models.CheckConstraint(
                condition=Q(seat__isnull=False, person=None) | Q(seat=None, person__isnull=False),
                name="voice_of_a_seat_or_a_member",
            ),
            models.CheckConstraint(
                condition=Q(stance__in=[stance.value for stance in rules.Stance]), name="known_stance"
            ),
            models.CheckConstraint(
                condition=Q(stance="object") | Q(harm="", change="", resolution=""),
                name="only_objections_have_reasons",
            ),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at=None)
                | (Q(resolution__in=["withdrawn", "met"]) & Q(resolved_at__isnull=False)),
                name="resolution_has_its_time",
            ),
        ]

    @property
    def said(self) -> rules.Said:
        """The stance as the arithmetic takes it."""
        return rules.Said(rules.Stance(self.stance), self.harm, self.change, self.resolution)

    @property
    def is_blocking(self) -> bool:
        return rules.is_blocking(self.said)

    @property
    def is_concern(self) -> bool:
        return rules.is_concern(self.said)

    @property
    def name(self) -> str:
        """Whose voice this is: the organisation's name, or the private person's."""
        if self.seat is not None and self.seat.organisation is not None:
            return self.seat.organisation.name
        owner = self.person or self.taken_by
        return owner.name if owner else ""

    @property
    def waits_for_check(self) -> bool:
        return self.recorded_by_id is not None and self.checked_at is None


class EarlierVoice(models.Model):
    """What a voice said before it changed; nothing that was said is lost."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="earlier")
    version = models.PositiveSmallIntegerField()
    stance = models.CharField(max_length=8, choices=StanceWord.choices)
    harm = models.TextField(blank=True)
    change = models.TextField(blank=True)
    resolution = models.CharField(max_length=9, choices=ResolutionWord.choices, blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()
    taken_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["voice", "version"], name="one_row_a_version")]
