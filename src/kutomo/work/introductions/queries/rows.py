"""Introductions, their sides, and who may see what of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.rules import holders_of
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Representation, RoleTerm, Seat
from kutomo.core.people.models import Person
from kutomo.ground.clock import today
from kutomo.ground.errors import NotFound

from ..models import Introduction, RungWord, Side
from ..rules import course
from ..rules.course import State

A_PAGE = 20
FEWEST_TOLD = 5
TOLD_STATES = (State.ASKED, State.MET, State.LAPSED)  # in which the sides know of it


def _rows() -> QuerySet[Introduction]:
    related = ("network", "by", "wished_by", "a__organisation", "b__organisation")
    people = ("a__representations__person", "b__representations__person")
    return Introduction.objects.select_related(*related).prefetch_related(*people)


def visible_to(person: Any) -> QuerySet[Introduction]:
    """Those that ``person`` writes, wished for or is asked about; whoever introduces people sees the network's."""
    if person is None or not getattr(person, "is_authenticated", False):
        return _rows().none()
    leads = RoleTerm.objects.current().filter(person=person, role__in=holders_of(Can.INTRODUCE)).values("network")
    asked = Q(pk__in=Side.objects.filter(seat__in=_seats_of(person)).values("introduction"), state__in=TOLD_STATES)
    mine = Q(by=person) | Q(wished_by=person) | asked | Q(network__in=leads)
    return _rows().filter(mine, network__in=networks.visible_to(person))


def _seats_of(person: Any) -> QuerySet[Any]:
    """Where ``person`` sits today: a question is put to a seat, and whoever sits there may answer it."""
    return Representation.objects.current().filter(person=person).values("seat")


def _sits_on(person: Any, seat: Seat) -> bool:
    return any(row.person_id == person.pk for row in seat.sitting())


def _own(person: Any, network: Network) -> QuerySet[Introduction]:
    rows = _rows().filter(network=network)
    if gate.may(person, Can.INTRODUCE, network):
        return rows
    asked = Side.objects.filter(seat__in=_seats_of(person)).values("introduction")
    return rows.filter(Q(by=person) | Q(wished_by=person) | Q(pk__in=asked, state__in=TOLD_STATES))


@dataclass(frozen=True)
class Shown:
    """One introduction as a person may see it: ``mine`` is the reader's own side, ``other`` the one opposite.

    Addresses (``reach``) only when both have said yes; never what the other side has said before that.
    """

    row: Introduction
    mine: Side | None
    far: Seat | None
    reach: Person | None
    rung: str
    writes: bool  # the reader wrote it, or may take it up
    introduces: bool
    to_record: list[Side]  # sides that a recorder may answer for


def get(person: Any, network: Network, pk: int) -> Introduction:
    """One introduction that ``person`` may see; NotFound otherwise."""
    row = _own(person, network).filter(pk=pk).first()
    if row is None:
        raise NotFound(_("There is no such introduction here."))
    row.network = network
    return row


def by_pk(pk: int) -> Introduction | None:
    """For jobs: the row, or None when it has gone."""
    return _rows().filter(pk=pk).first()


def shown(person: Any, row: Introduction) -> Shown:
    """What the page of one introduction says to ``person``; two queries."""
    found = sides(row) if row.state not in course.EDITABLE else []
    mine = next((side for side in found if _sits_on(person, side.seat) and row.state in TOLD_STATES), None)
    far = next((side for side in found if mine is not None and side.pk != mine.pk), None)
    introduces = gate.may(person, Can.INTRODUCE, row.network)
    records = gate.may(person, Can.RECORD, row.network) and row.is_waiting
    return Shown(
        row=row,
        mine=mine,
        far=far.seat if far else None,
        reach=far.person if far and row.has_met else None,
        rung=rung_of(found) if row.has_met and (mine is not None or introduces) else "",
        writes=row.by_id == person.pk or (row.state == State.WISHED and introduces),
        introduces=introduces,
        to_record=[side for side in found if records and side.person is not None and not side.person.email],
    )


def rung_of(found: list[Side]) -> str:
    """What both sides say came of it, in words; "" while one has not told."""
    rung = course.outcome([(side.talked, side.knows, side.did) for side in found])
    return str(RungWord(rung).label) if rung else ""


def sides(row: Introduction, first: int | None = None) -> list[Side]:
    """Both sides with seat and person, lower seat first, or the side ``first`` (by key) first; two queries."""
    found = list(
        Side.objects.filter(introduction=row)
        .select_related("person", "seat__organisation", "seat__network")
        .prefetch_related("seat__representations__person")
        .order_by("seat_id")
    )
    for side in found:
        side.introduction = row
    return sorted(found, key=lambda side: side.pk != first) if first else found


def whom_to_ask(row: Introduction) -> dict[int, Person | None]:
    """For both seats the person to ask: the one who wished it, else the seat's representative of today."""
    found: dict[int, Person | None] = {}
    present = {seat.pk: seat for seat in networks.seats(row.network)}
    for pk in (row.a_id, row.b_id):
        sitting = present[pk].sitting() if pk in present else []
        wisher = next((one.person for one in sitting if one.person_id == row.wished_by_id), None)
        found[pk] = wisher or (sitting[0].person if sitting else None)
    return found


def side_of_link(pk: int) -> Side:
    """The side that a mailed link speaks of; NotFound when it has gone."""
    related = ("introduction__network", "introduction__by", "person", "seat__organisation")
    side = Side.objects.filter(pk=pk).select_related(*related).first()
    if side is None:
        raise NotFound(_("There is no such introduction here."))
    return side


def own_side(person: Any, row: Introduction) -> Side:
    """The reader's own side of an introduction that has been asked; NotFound otherwise."""
    side = Side.objects.filter(introduction=row, seat__in=_seats_of(person)).first()
    if side is None or row.state not in TOLD_STATES:
        raise NotFound(_("There is no such introduction here."))
    return side


def recordable_side(row: Introduction, pk: int) -> Side:
    """A side of ``row`` by its key, for a recorder; NotFound otherwise."""
    side = Side.objects.filter(introduction=row, pk=pk).first()
    if side is None:
        raise NotFound(_("There is no such introduction here."))
    return side


@dataclass(frozen=True)
class Line:
    """One row of the list: the introduction, and what the reader may know of where it stands."""

    row: Any
    one: str
    other: str
    waits: str  # "answer", "outcome" or "send" when it waits for the reader
    is_mine: bool


def every(person: Any, network: Network) -> list[Any]:
    """All introductions of the network, each with what ``listed`` and ``result`` count; one query.

    ``own``: how many sides are the reader's; ``open_sides``, ``untold``: of those without an answer, without an
    outcome; ``told``, ``talked``, ``knew``, ``did_it``: how many sides said so.
    """

    def sides(**facts: Any) -> Count:
        return Count("sides", filter=Q(**{f"sides__{name}": value for name, value in facts.items()}))

    mine = _seats_of(person)
    counted = {
        "own": sides(seat__in=mine),
        "open_sides": sides(seat__in=mine, reply=""),
        "untold": sides(seat__in=mine, told_at=None),
        "told": sides(told_at__isnull=False),
        "talked": sides(talked=True),
        "knew": sides(knows=True),
        "did_it": sides(did=True),
    }
    rows = Introduction.objects.filter(network=network).select_related("a__organisation", "b__organisation", "by")
    found = list(rows.defer("words").annotate(**counted))
    for row in found:
        row.network = network
    return found


def listed(person: Any, rows: list[Any], names: dict[int, str], introduces: bool, page: str) -> Page[Line]:
    """Those of ``rows`` that ``person`` may see, those that wait for the reader first, twenty a page; no query."""
    lines = []
    for row in rows:
        mine = row.by_id == person.pk or row.wished_by_id == person.pk
        asked = bool(row.own) and row.state in TOLD_STATES
        if (introduces or mine or asked) and not (row.state == State.DROPPED and row.wished_by_id != person.pk):
            ends = (_end(row.a, names), _end(row.b, names))
            lines.append(Line(row, *ends, _waits(row, person), bool(row.own)))
    lines.sort(key=lambda line: (not line.waits, not line.row.is_open, -line.row.at.timestamp()))
    return Paginator(lines, A_PAGE).get_page(page)


def _end(seat: Seat, names: dict[int, str]) -> str:
    return names.get(seat.pk) or (seat.organisation.name if seat.organisation else "–")


def _waits(row: Any, person: Any) -> str:
    if row.state == State.DRAFT and row.by_id == person.pk:
        return "send"
    if row.is_waiting and row.open_sides:
        return "answer"
    if row.state == State.MET and row.followed_up_on is not None and row.untold:
        return "outcome"
    return ""


def waiting_for(person: Any, among: Any) -> list[Side]:
    """Sides where ``person`` has a question to answer, over networks; one query."""
    rows = Side.objects.filter(seat__in=_seats_of(person), introduction__network__in=list(among)).filter(
        Q(introduction__state=State.ASKED, introduction__closes_on__gte=today(), reply="")
        | Q(introduction__state=State.MET, introduction__followed_up_on__isnull=False, told_at=None)
    )
    return list(rows.select_related("introduction__network"))


def wishes_of(seat: Seat) -> QuerySet[Introduction]:
    """Wishes of the people of a seat that nobody has taken up."""
    sitting = [row.person_id for row in seat.representations.all()]
    return Introduction.objects.filter(
        Q(a=seat) | Q(b=seat), state=State.WISHED, network=seat.network_id, wished_by__in=sitting
    )


def to_lapse() -> list[Introduction]:
    """Questions whose last day has passed, and whatever is open on a seat that has been left."""
    gone = Q(a__left_on__lte=today()) | Q(b__left_on__lte=today())
    late = Q(state=State.ASKED, closes_on__lt=today())
    return list(_rows().filter(late | (gone & Q(state__in=course.OPEN))))


def to_ask_after() -> list[Introduction]:
    """Those to which both said yes thirty days ago or more, and who have not been asked what came of it."""
    last = today() - timedelta(days=course.OUTCOME_DAYS)
    return list(_rows().filter(state=State.MET, met_on__lte=last, followed_up_on=None))


@dataclass(frozen=True)
class Result:
    """What has come of introductions in all: only when at least five are known (A8)."""

    asked: int
    met: int
    told: int
    rungs: dict[str, int]


def result(rows: list[Any]) -> Result | None:
    """How many were asked, both said yes, and what both sides say came of it; no query."""
    states = Counter(row.state for row in rows)
    done = states[State.MET] + states[State.LAPSED]
    if done < FEWEST_TOLD:
        return None
    told = [row for row in rows if row.state == State.MET and row.told == 2]
    steps = ((RungWord.TALKED, "talked"), (RungWord.KNOWS, "knew"), (RungWord.DID, "did_it"))
    rungs = {str(word.label): sum(getattr(row, name) == 2 for row in told) for word, name in steps}
    return Result(done, states[State.MET], len(told), rungs if len(told) >= FEWEST_TOLD else {})
