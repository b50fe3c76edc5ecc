"""The own result: what I have said, how I am known, whom I might meet. For the respondent alone, and at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kutomo.core.people.models import Person

from ..models import Answer, Part, PrivateAnswer, Wave, WaveSeat
from ..rules import meeting, own as words, wording
from ..rules.asking import Question
from ..rules.meeting import Meet, Place
from .report import latest_before
from .survey import part_of


@dataclass(frozen=True)
class OwnTie:
    """What I said about one partner, in the words that I chose; "" is not answered."""

    seat: int
    name: str
    knows: str
    works: str
    trusts: str = ""
    facet: str = ""
    commits: str = ""
    is_work: bool = False


@dataclass(frozen=True)
class Own:
    """My place in a wave. ``knows_me`` and ``works_with_me``: how many of ``of`` others, in words or tens."""

    part: Part | None
    ties: list[OwnTie] = field(default_factory=list)
    of: int = 0
    knows_me: words.Word | None = None
    works_with_me: words.Word | None = None
    knows_percent: int | None = None
    works_percent: int | None = None
    meet: list[Meet] = field(default_factory=list)
    fewest: int = words.FEWEST

    @property
    def works(self) -> list[OwnTie]:
        return [tie for tie in self.ties if tie.is_work]

    @property
    def knows(self) -> list[OwnTie]:
        return [tie for tie in self.ties if not tie.is_work]


def own(person: Any, wave: Wave, language: str = "en") -> Own:
    """My ties, who knows me (in batches and roughly), whom I might meet. Empty for who has not answered."""
    part = part_of(person, wave)
    if part is None or not isinstance(person, Person):
        return Own(part=None)
    told = {row.about_id: row for row in Answer.objects.filter(part=part)}
    private = {row.about_id: row for row in PrivateAnswer.objects.filter(part=part)}
    roster = list(WaveSeat.objects.filter(wave=wave).order_by("name", "pk"))
    mine = next(row for row in roster if row.pk == part.seat_id)
    others = [row for row in roster if row.pk != mine.pk]
    return Own(
        part=part,
        ties=[tie for row in others if (tie := _tie(part, row, told.get(row.pk), private.get(row.pk), language))],
        of=mine.seen_of,
        knows_me=words.word(mine.seen_knows, mine.seen_of),
        works_with_me=words.word(mine.seen_works, mine.seen_of),
        knows_percent=words.percent(mine.seen_knows, mine.seen_of),
        works_percent=words.percent(mine.seen_works, mine.seen_of),
        meet=_meet(wave, mine, others, told),
    )


def _tie(part: Part, row: WaveSeat, said: Answer | None, kept: PrivateAnswer | None, language: str) -> OwnTie | None:
    if said is None or not said.knows:
        return None

    def text(question: Question, value: int | None) -> str:
        return wording.question(question.value, part.wave.form, part.facet, language).text_of(value)

    return OwnTie(
        seat=row.seat_id,
        name=row.name,
        knows=text(Question.KNOWS, said.knows),
        works=text(Question.WORKS, said.works),
        trusts=text(Question.TRUSTS, kept.trusts) if kept else "",
        facet=text(Question.FACET, kept.facet) if kept else "",
        commits=text(Question.COMMITS, kept.commits) if kept else "",
        is_work=(said.works or 0) >= 1,
    )


def _meet(wave: Wave, mine: WaveSeat, others: list[WaveSeat], told: dict[int, Answer]) -> list[Meet]:
    """Only seats that agreed to the map appear, and only to one that has; nothing comes from a trust answer."""
    if not mine.on_map:
        return []
    known = {pk for pk, row in told.items() if (row.knows or 0) >= 2 or (row.works or 0) >= 1}
    places = [Place(row.seat_id, row.name, row.sector, row.region) for row in others if row.on_map]
    unknown = {row.seat_id for row in others if row.pk not in known and row.on_map}
    found = meeting.by_map(latest_before(wave), mine.seat_id, unknown)
    return found or meeting.by_likeness(Place(mine.seat_id, mine.name, mine.sector, mine.region), places, unknown)
