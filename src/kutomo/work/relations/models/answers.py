"""What respondents say. Raw rows: read by their author, and by the analysis through queries/raw.py, nobody else."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..rules.asking import Facet
from .waves import Wave, WaveSeat


class Part(models.Model):
    """One person's part in a wave: who answers for which seat, and how far. Several may answer for one seat.

    Made when the person consents before the first question (``consented_at``); the answers hang on it and go with
    it. ``finished_at``: the last screen was left. A seat counts as **answered** in the report when any of its parts
    holds at least one K answer (finished or not); while the wave is open the response counts finished parts.
    ``recorded_by``: a paper form was entered by this person.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="parts")
    seat = models.ForeignKey(WaveSeat, models.CASCADE, related_name="parts")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    facet = models.CharField(max_length=8)  # rules.asking.Facet
    consented_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, blank=True, related_name="+")
    timed = models.CharField(max_length=20, blank=True)  # codes of the screens whose time has been logged

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["wave", "person"], name="one_part_a_person_in_a_wave"),
            models.CheckConstraint(condition=Q(facet__in=[facet.value for facet in Facet]), name="known_facet"),
        ]


class Answer(models.Model):
    """K and E of one respondent about one seat. No row, or None: not answered. 0 is an answer.

    E is asked, and kept, only where K >= 1 (held by a constraint).
    """

    part = models.ForeignKey(Part, models.CASCADE, related_name="answers")
    about = models.ForeignKey(WaveSeat, models.CASCADE, related_name="+")
    knows = models.PositiveSmallIntegerField(null=True)
    works = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "about"], name="one_answer_a_seat"),
            models.CheckConstraint(condition=Q(knows=None) | Q(knows__lte=3), name="known_level_of_knowing"),
            models.CheckConstraint(condition=Q(works=None) | Q(works__lte=3), name="known_level_of_working"),
            models.CheckConstraint(condition=Q(works=None) | Q(knows__gte=1), name="works_only_with_the_known"),
        ]


class PrivateAnswer(models.Model):
    """T, its facet and C of one respondent about one seat. P3: nobody but the author may see any of it.

    None: not answered. TOO_EARLY (9): "too early to say", never zero. Only queries/own.py (the author's own),
    queries/raw.py (the analysis, logged), queries/export.py (the author's export) and the actions that write
    and delete touch this table; a test holds that. Kept only where the same part says E >= 1.
    """

    part = models.ForeignKey(Part, models.CASCADE, related_name="private_answers")
    about = models.ForeignKey(WaveSeat, models.CASCADE, related_name="+")
    trusts = models.PositiveSmallIntegerField(null=True)
    facet = models.PositiveSmallIntegerField(null=True)  # which of the two: Part.facet
    commits = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "about"], name="one_private_answer_a_seat"),
            models.CheckConstraint(condition=Q(trusts=None) | Q(trusts__in=[1, 2, 3, 9]), name="known_trust"),
            models.CheckConstraint(condition=Q(facet=None) | Q(facet__in=[1, 2, 3, 9]), name="known_facet_level"),
            models.CheckConstraint(condition=Q(commits=None) | Q(commits__lte=3), name="known_commitment"),
        ]


class PulseAnswer(models.Model):
    """One of the six pulse items: 1-5, or 9 "cannot say". No row: not answered."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="pulse")
    item = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["part", "item"], name="one_pulse_answer_an_item"),
            models.CheckConstraint(condition=Q(item__gte=1, item__lte=6), name="known_pulse_item"),
            models.CheckConstraint(condition=Q(value__in=[1, 2, 3, 4, 5, 9]), name="known_pulse_level"),
        ]


class Rung(models.Model):
    """What is left of a pair when the raw rows are gone: the rung that K and E gave, one row a direction.

    0 nothing, 1 knows, 2 works with (rules of scoring). Rungs 3 and 4 are never kept by pair: they come from trust
    and commitment. The counts of the whole ladder stay in the frozen report.
    """

    rater = models.ForeignKey(WaveSeat, models.CASCADE, related_name="+")
    about = models.ForeignKey(WaveSeat, models.CASCADE, related_name="+")
    rung = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rater", "about"], name="one_rung_a_direction"),
            models.CheckConstraint(condition=Q(rung__lte=2), name="no_rung_tells_of_trust"),
            models.CheckConstraint(condition=~Q(rater=F("about")), name="no_rung_about_oneself"),
        ]
