"""The room's first page, and the page on which an introduction is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Person
from kutomo.ground.clock import today
from kutomo.ground.errors import NotFound
from kutomo.ground.mail.markdown import as_text
from kutomo.ground.mail.writing import write

from ..models import Introduction
from ..rules import course
from ..rules.course import State
from . import blocks, rows, suggesting
from .blocks import BlockShown
from .material import Material
from .rows import Line, Result
from .suggesting import Offered
from .wording import draft, paragraphs, reasons

ASKED = "introductions/letters/asked.md"


@dataclass(frozen=True)
class Index:
    """What there is to see: suggestions, wishes (for those who introduce), introductions, the three blocks."""

    offered: Offered
    lines: Page[Line]
    wishes: list[Line]
    result: Result | None
    blocks: list[BlockShown]
    introduces: bool
    may_wish: bool

    @property
    def waiting(self) -> list[Line]:
        """Those of this page that wait for the reader."""
        return [line for line in self.lines if line.waits]


def index(person: Any, network: Network, page: str = "1") -> Index:
    """The room's first page for ``person``; at most eight queries."""
    material = Material(person, network)
    introduces = gate.may(person, Can.INTRODUCE, network)
    every = rows.every(person, network)
    begun = [(row.a_id, row.b_id, row.state) for row in every]
    wished = [row for row in every if row.state == State.WISHED] if introduces else []
    wishes = list(rows.listed(person, wished, material.names, introduces, "1"))
    others = [row for row in every if row.state != State.WISHED or not introduces]
    return Index(
        offered=suggesting.offered(material, begun),
        lines=rows.listed(person, others, material.names, introduces, page),
        wishes=wishes,
        result=rows.result(every),
        blocks=blocks.shown(material),
        introduces=introduces,
        may_wish=material.mine is not None and gate.may(person, Can.PROPOSE, network),
    )


@dataclass(frozen=True)
class Specimen:
    """The letter as one side would get it."""

    seat: Seat
    person: Person | None
    language: str
    subject: str
    text: str


@dataclass(frozen=True)
class Writing:
    """What somebody needs to write to two seats: who they are, why they, words to begin with."""

    a: Seat
    b: Seat
    row: Introduction | None
    words: str
    reasons: list[str]
    wish: str


def writing(person: Any, network: Network, a: int, b: int) -> Writing:
    """What the writing page shows; NotFound for seats that are not here."""
    material = Material(person, network)
    low, high = sorted((a, b))
    if low == high or not {low, high} <= material.seats.keys():
        raise NotFound(_("There is no such seat in this network."))
    row = Introduction.objects.filter(a=low, b=high, state__in=course.OPEN).first()
    found = suggesting.suggestion_for(material, (low, high))
    wish = row.wish if row else ""
    begun = row.words if row and row.words else ""
    language = get_language() or "fi"
    return Writing(
        material.seats[low],
        material.seats[high],
        row,
        begun or draft(found, material.names, wish, language, network),
        reasons(found, material.names) if found else [],
        wish,
    )


def question(by: Any, seat: Seat, other: Seat, words: str, closes_on: Any) -> dict[str, Any]:
    """What the letter and the page of the question say: who asks, whom one might meet, and why."""
    return {"by": by, "seat": seat, "other": other, "paragraphs": paragraphs(words), "closes_on": closes_on}


def specimens(by: Any, network: Network, pair: tuple[Seat, Seat], words: str) -> list[Specimen]:
    """The letters as both would get them, each in the reader's language; the link stands as an example."""
    found = []
    for seat, other in (pair, pair[::-1]):
        person = next((row.person for row in seat.sitting()), None)
        language = person.language if person else "fi"
        context = question(by, seat, other, words, course.closes_on(today())) | {
            "network": network,
            "to": {"name": person.name if person else ""},
            "token": "xxxx",
        }
        written = write(ASKED, context, language)
        found.append(Specimen(seat, person, language, written.subject, as_text(written.body)))
    return found


def wishable(person: Any, network: Network) -> list[Seat]:
    """Whom ``person`` may wish to meet: the other seats that are not off the map and not being introduced already."""
    material = Material(person, network)
    if material.mine is None:
        return []
    own = material.mine.pk
    taken = set()
    rows = Introduction.objects.filter(network=network, state__in=[*course.OPEN, State.MET])
    for a, b in rows.values_list("a_id", "b_id"):
        if own in (a, b):
            taken.add(b if a == own else a)
    return [seat for pk, seat in material.seats.items() if pk != own and pk not in taken | material.off_map]
