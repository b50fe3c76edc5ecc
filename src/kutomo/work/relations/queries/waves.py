"""Waves and how far they are. Nothing here reads an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.clock import local
from kutomo.ground.errors import NotFound, RuleBroken

from ..models import Answer, Part, Reading, ScreenTime, Wave, WaveSeat
from ..rules import asking, keeping


def waves(person: Any, network: Network) -> list[Wave]:
    """All waves of the network that ``person`` may see, newest last; plans are for those who lead."""
    if not gate.may(person, Can.SEE, network):
        return []
    rows = Wave.objects.filter(network=network)
    if not gate.may(person, Can.LEAD_FOUNDING, network):
        rows = rows.exclude(status=Wave.Status.PLANNED)
    found = list(rows)
    for row in found:
        row.network = network
    return found


def wave(person: Any, network: Network, number: int) -> Wave:
    """One wave by its number; NotFound for what one may not see."""
    for row in waves(person, network):
        if row.number == number:
            return row
    raise NotFound(_("There is no such survey in this network."))


def coming(network: Network) -> Wave | None:
    """The planned or open wave, if there is one."""
    return Wave.objects.filter(network=network).exclude(status=Wave.Status.CLOSED).first()


def open_wave(network: Network) -> Wave:
    """The wave that is open now. Raises RuleBroken when none is."""
    row = coming(network)
    if row is None or not row.is_open:
        raise RuleBroken(_("No survey is open now."))
    row.network = network
    return row


def due(on: date) -> list[Wave]:
    """Waves that the clock opens or closes on the day ``on``, with their networks."""
    planned = Wave.objects.filter(status=Wave.Status.PLANNED, opens_on__lte=on)
    ended = Wave.objects.filter(status=Wave.Status.OPEN, closes_on__lt=on)
    return list((planned | ended).select_related("network").order_by("pk"))


def running() -> list[Wave]:
    """All open waves of the installation, for the clock."""
    return list(Wave.objects.filter(status=Wave.Status.OPEN).select_related("network").order_by("pk"))


def with_raw_rows() -> list[Wave]:
    """Closed waves whose raw answers are still kept, for the clock."""
    rows = Wave.objects.filter(status=Wave.Status.CLOSED, raw_erased_at=None)
    return list(rows.select_related("network").order_by("network", "number"))


def finished_seats(wave: Wave) -> list[int]:
    """WaveSeats with a finished part, or, when the wave has closed, with any answer to K; the earliest first."""
    parts = Part.objects.filter(wave=wave)
    if wave.is_closed:
        parts = parts.filter(Exists(Answer.objects.filter(part=OuterRef("pk"), knows__isnull=False)))
    else:
        parts = parts.filter(finished_at__isnull=False)
    rows = parts.values("seat").annotate(first=Min("finished_at"), start=Min("pk")).order_by("start")
    done = sorted(rows, key=lambda row: (row["first"] is None, row["first"] or 0, row["start"]))
    return [row["seat"] for row in done]


@dataclass(frozen=True)
class Response:
    """How many seats have answered; which organisations only where the invitation said so, persons never."""

    answered: int
    of: int
    named: bool
    done: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    private_waiting: int = 0


def response(wave: Wave) -> Response | None:
    """The response of an open or closed wave; None for a plan, and when the raw rows are gone."""
    if wave.is_planned or wave.raw_erased_at is not None:
        return None
    seats = list(WaveSeat.objects.filter(wave=wave).select_related("seat"))
    done = set(finished_seats(wave))
    bodies = [row for row in seats if row.seat.organisation_id is not None]
    named = wave.shows_answered
    return Response(
        answered=sum(row.pk in done for row in seats),
        of=len(seats),
        named=named,
        done=sorted(row.name for row in bodies if row.pk in done) if named else [],
        waiting=sorted(row.name for row in bodies if row.pk not in done) if named else [],
        private_waiting=sum(row.pk not in done for row in seats if row.seat.organisation_id is None),
    )


def medians(wave: Wave) -> list[tuple[str, float]]:
    """Median seconds a screen, of the screens that at least five people have passed."""
    times: dict[str, list[int]] = defaultdict(list)
    for screen, seconds in ScreenTime.objects.filter(wave=wave).values_list("screen", "seconds"):
        times[screen].append(seconds)
    found = [(screen, keeping.middle(times[screen])) for screen in asking.screens(asks_trust=True, asks_pulse=True)]
    return [(screen, middle) for screen, middle in found if middle is not None]


def readings(wave: Wave) -> list[Reading]:
    """Which tasks have read the raw rows, and when; newest first, the last twenty."""
    return list(Reading.objects.filter(wave=wave)[:20])


def kept_until(wave: Wave) -> date | None:
    """Until when the raw answers of a closed wave are kept at the latest; None when they are gone or it is open."""
    if wave.closed_at is None or wave.raw_erased_at is not None:
        return None
    return keeping.kept_until(local(wave.closed_at).date())


def overview(person: Any, wave: Wave) -> dict[str, Any]:
    """What a wave's page shows to ``person``: the same to all members, and what each may do."""
    seat = networks.seat_of(person, wave.network)
    answers = gate.may(person, Can.ANSWER, wave.network)
    part = Part.objects.filter(wave=wave, person=person).first()
    return {
        "may_lead": gate.may(person, Can.LEAD_FOUNDING, wave.network),
        "may_record": wave.is_open and gate.may(person, Can.RECORD, wave.network),
        "may_answer": wave.is_open and seat is not None and answers,
        "part": part,
        "response": response(wave),
        "medians": medians(wave),
        "readings": readings(wave),
        "kept_until": kept_until(wave),
    }


def visible_to(person: Any) -> QuerySet[Wave]:
    """Waves of the networks of ``person`` that have opened."""
    return Wave.objects.filter(network__in=networks.visible_to(person)).exclude(status=Wave.Status.PLANNED)


def wave_title(wave: Wave) -> str:
    """The wave's name: "Relationship survey 2"."""
    return gettext("Relationship survey %(number)s") % {"number": wave.number}
