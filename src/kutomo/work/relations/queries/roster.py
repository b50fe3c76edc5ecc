"""A screen of the survey: the roster down which one question is asked, with one's own answers. Nobody else's."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.organisations.models import Organisation

from ..models import Answer, Part, PrivateAnswer, PulseAnswer, WaveSeat
from ..rules import asking, wording
from ..rules.asking import Question

COLUMNS = {Question.TRUSTS: "trusts", Question.FACET: "facet", Question.COMMITS: "commits"}
PRIVATE_PERSONS = _("Private persons")


@dataclass(frozen=True)
class Row:
    """One partner on the screen: what is answered now, and what was said last time."""

    pk: int
    name: str
    value: int | None
    earlier: int | None
    levels: tuple[wording.Level, ...] = ()

    @property
    def cells(self) -> list[tuple[str, str, bool, bool]]:
        """Each level as the page needs it, as text already: value, words, whether chosen, whether said last time."""
        return [
            (level.code, level.text, level.value == self.value, level.value == self.earlier) for level in self.levels
        ]

    @property
    def field(self) -> str:
        """The name of the row's radio group."""
        return f"s{self.pk}"


@dataclass(frozen=True)
class Group:
    """Partners of one sector, by name."""

    code: str
    label: Any
    rows: list[Row]


@dataclass(frozen=True)
class Screen:
    """One question down the roster."""

    code: str
    asked: wording.Asked | None
    groups: list[Group] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def total(self) -> int:
        return sum(len(group.rows) for group in self.groups)

    @property
    def answered(self) -> int:
        return sum(row.value is not None for row in self.rows)

    @property
    def left(self) -> int:
        return self.total - self.answered

    @property
    def from_earlier(self) -> int:
        """How many that are not answered yet have an answer from last time."""
        return sum(row.value is None and row.earlier is not None for row in self.rows)

    @property
    def has_zero(self) -> bool:
        return self.code in asking.HAS_ZERO


def own_values(part: Part, question: Question) -> dict[int, int | None]:
    """The part's own answers to ``question`` by WaveSeat key, for all partners who are due; None is not answered."""
    told = {about: (k, e) for about, k, e in Answer.objects.filter(part=part).values_list("about", "knows", "works")}
    private = _private(part, question)
    found: dict[int, int | None] = {}
    for about in WaveSeat.objects.filter(wave=part.wave_id).exclude(pk=part.seat_id).values_list("pk", flat=True):
        knows, works = told.get(about, (None, None))
        if asking.is_due(question, knows, works):
            said = knows if question is Question.KNOWS else works if question is Question.WORKS else private.get(about)
            found[about] = said
    return found


def _private(part: Part, question: Question) -> dict[int, int | None]:
    if question not in COLUMNS:
        return {}
    return dict(PrivateAnswer.objects.filter(part=part).values_list("about", COLUMNS[question]))


def earlier_values(part: Part, question: Question) -> dict[int, int]:
    """What the same person said in their previous wave of this network, by WaveSeat key of the present one."""
    before = (
        Part.objects.filter(
            person=part.person_id, wave__network=part.wave.network_id, wave__number__lt=part.wave.number
        )
        .order_by("-wave__number")
        .first()
    )
    if before is None or (before.facet != part.facet and question is Question.FACET):
        return {}
    model, column = (PrivateAnswer, COLUMNS[question]) if question in COLUMNS else (Answer, _ties(question))
    rows: Any = model._default_manager.filter(part=before)
    said = {seat: value for seat, value in rows.values_list("about__seat", column) if value is not None}
    seats = WaveSeat.objects.filter(wave=part.wave_id).exclude(pk=part.seat_id).values_list("seat", "pk")
    return {pk: said[seat] for seat, pk in seats if seat in said}


def _ties(question: Question) -> str:
    return "knows" if question is Question.KNOWS else "works"


def screen(part: Part, code: str, language: str) -> Screen:
    """The roster for one question, groups by sector, names in order, the own row left out."""
    question = Question(code)
    asked = wording.question(code, part.wave.form, part.facet, language)
    values, before = own_values(part, question), earlier_values(part, question)
    groups: dict[str, list[Row]] = {}
    for row in WaveSeat.objects.filter(wave=part.wave_id).order_by("name", "pk").only("name", "sector"):
        if row.pk not in values:
            continue
        groups.setdefault(row.sector, []).append(
            Row(row.pk, row.name, values[row.pk], before.get(row.pk), asked.levels)
        )
    labels = [*Organisation.Kind.choices, ("", PRIVATE_PERSONS)]
    return Screen(code, asked, [Group(code, label, groups[code]) for code, label in labels if code in groups])


def pulse(part: Part) -> dict[int, int]:
    """One's own answers to the pulse, by item."""
    return dict(PulseAnswer.objects.filter(part=part).values_list("item", "value"))


def sizes(part: Part) -> dict[str, tuple[int, int]]:
    """For each screen of the part: how many are answered, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for code in asking.screens(asks_trust=part.wave.asks_trust, asks_pulse=part.wave.asks_pulse):
        if code == asking.PULSE:
            found[code] = len(pulse(part)), len(asking.PULSE_ITEMS)
        else:
            values = own_values(part, Question(code)).values()
            found[code] = sum(value is not None for value in values), len(values)
    return found
