"""Tasks: what one side sees, what waits for a person, what the clock looks at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network, Representation
from kutomo.core.people.models import Person
from kutomo.ground.clock import now
from kutomo.ground.errors import NotFound

from ..models import Feedback, Listing, Step, Task
from ..rules import course
from ..rules.course import Deed, Part, State
from .board import acts_for, is_open


def _rows() -> QuerySet[Task]:
    return Task.objects.select_related(
        "listing__network", "giver_seat__organisation", "receiver_seat__organisation", "giver", "receiver"
    )


def part_of(person: Any, task: Task) -> Part | None:
    """On which side ``person`` is; None: on neither. Who sits on both seats speaks as the giver."""
    if acts_for(person, task.giver_seat_id, task.giver_id):
        return Part.GIVER
    return Part.RECEIVER if acts_for(person, task.receiver_seat_id, task.receiver_id) else None


def task(person: Any, network: Network, pk: int) -> tuple[Task, Part]:
    """One task and the side of ``person``; NotFound for all others, leaders too: what two agree on is theirs."""
    found = _rows().filter(listing__network=network, pk=pk).first()
    part = part_of(person, found) if found is not None and gate.may(person, Can.SEE, network) else None
    if found is None or part is None:
        raise NotFound(_("There is no such help here, or it is between others."))
    found.listing.network = network
    return found, part


def steps(task: Task) -> list[Step]:
    return list(task.steps.select_related("by"))


def deeds(task: Task, part: Part) -> list[Deed]:
    """What the side ``part`` may do now."""
    found = course.deeds(State(task.state), part=part, wrote_terms=task.terms_part == part)
    return [deed for deed in found if deed is not Deed.UNDO or task.may_be_undone()]


def feedback(task: Task, part: Part) -> dict[str, Any]:
    """The own feedback, and the other side's once it is no longer blind."""
    rows: dict[str, Feedback] = {row.part: row for row in task.feedback.select_related("by")}
    other = Part.RECEIVER if part is Part.GIVER else Part.GIVER
    shown = is_open(task, len(rows))
    return {"own": rows.get(part), "theirs": rows.get(other) if shown else None, "is_open": shown}


def mine(person: Any) -> Q:
    """Tasks on one of whose sides ``person`` is."""
    seats = Representation.objects.current().filter(person=person).values("seat")
    return Q(giver_seat__in=seats) | Q(receiver_seat__in=seats) | alone(person)


def alone(person: Any) -> Q:
    """Tasks in which ``person`` acts as oneself, for no organisation."""
    return Q(giver_seat=None, giver=person) | Q(receiver_seat=None, receiver=person)


def of_person(person: Any, network: Network) -> list[Task]:
    """The tasks of ``person`` in ``network``, latest movement first; at most 50."""
    rows = list(_rows().filter(mine(person), listing__network=network)[:50])
    for row in rows:
        row.listing.network = network
    return rows


def on(person: Any, listing: Listing) -> list[Task]:
    """The tasks on ``listing`` that ``person`` is a side of."""
    rows = list(_rows().filter(mine(person), listing=listing))
    for row in rows:
        row.listing.network = listing.network
    return rows


def sitters(seat: int | None) -> list[Person]:
    """Who sits on ``seat`` today."""
    sitting = Representation.objects.current().filter(seat=seat).values("person")
    return list(Person.objects.filter(pk__in=sitting).order_by("pk"))


def people_of(task: Task, part: Part) -> list[Person]:
    """Who speaks for one side today: those on its seat, or the one who acts as oneself."""
    seat, person = (task.giver_seat, task.giver) if part is Part.GIVER else (task.receiver_seat, task.receiver)
    if seat is not None:
        return sitters(seat.pk)
    return [person] if person is not None else []


def waiting_in(person: Any, among: Iterable[Network]) -> list[tuple[Task, str]]:
    """What waits for ``person`` in ``among``: "answer" (a proposal), "confirm" (did it come?); one query."""
    seats = Representation.objects.current().filter(person=person).values("seat")
    giver = Q(giver_seat__in=seats) | Q(giver_seat=None, giver=person)
    receiver = Q(receiver_seat__in=seats) | Q(receiver_seat=None, receiver=person)
    asked = (giver & Q(terms_part=Part.RECEIVER)) | (receiver & Q(terms_part=Part.GIVER))
    rows = Task.objects.select_related("listing").filter(
        (Q(state__in=course.BEFORE_YES) & asked) | (Q(state=State.DELIVERED) & receiver),
        listing__network__in=list(among),
    )
    return [(row, "confirm" if row.state == State.DELIVERED else "answer") for row in rows.order_by("moved_at")[:20]]


def still() -> list[Task]:
    """Live tasks that have stood still long enough for the clock to look at them."""
    return list(_rows().filter(state__in=course.LIVE, moved_at__lte=now() - course.REMIND_OWNER).order_by("pk"))
