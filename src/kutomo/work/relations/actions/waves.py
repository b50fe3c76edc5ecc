"""A wave's life: planned, opened, closed, by hand or by the clock."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat
from kutomo.ground import jobs
from kutomo.ground.clock import now, today
from kutomo.ground.errors import RuleBroken

from .. import events
from ..models import MapWish, Wave, WaveSeat
from ..queries.waves import coming
from ..rules.asking import Form
from ..rules.keeping import LONGEST_WAVE
from . import letters
from .counts import count_anew

FREEZE = "kutomo.work.relations.tasks.report.freeze"
FEWEST_SEATS = 3
SETTINGS = ("purpose", "form", "asks_trust", "asks_pulse", "shows_answered", "opens_on", "closes_on")


@transaction.atomic
def plan(
    *,
    by: Any,
    network: Network,
    purpose: str,
    opens_on: date,
    closes_on: date,
    language: str = "fi",
    form: str = Form.ORGANISATION.value,
    asks_trust: bool | None = None,
    asks_pulse: bool = True,
    shows_answered: bool = False,
) -> Wave:
    """Plan the next wave; it opens by hand or on ``opens_on`` by itself, and closes after ``closes_on``.

    ``asks_trust`` None: yes for organisations, no for persons. Raises RuleBroken for days that do not fit, an empty
    purpose, or while another wave is planned or open.
    """
    gate.require(by, Can.LEAD_FOUNDING, network)
    if coming(network) is not None:
        raise RuleBroken(_("A survey is planned or open already."))
    _check_days(opens_on, closes_on)
    if not purpose.strip():
        raise RuleBroken(_("Say what the survey is for. It stands before the first question."), field="purpose")
    wave = Wave.objects.create(
        network=network,
        number=Wave.objects.filter(network=network).count() + 1,
        purpose=purpose.strip(),
        language=language,
        form=Form(form).value,
        asks_trust=form != Form.PERSON if asks_trust is None else asks_trust,
        asks_pulse=asks_pulse,
        shows_answered=shows_answered,
        opens_on=opens_on,
        closes_on=closes_on,
        created_by=by,
        created_at=now(),
    )
    _tell(events.WAVE_PLANNED, by, wave)
    return wave


def _check_days(opens_on: date, closes_on: date, *, is_open: bool = False) -> None:
    if opens_on < today() and not is_open:
        raise RuleBroken(_("Choose a day that has not passed."), field="opens_on")
    if closes_on <= opens_on:
        raise RuleBroken(_("The last day comes after the first."), field="closes_on")
    if closes_on < today():
        raise RuleBroken(_("Choose a day that has not passed."), field="closes_on")
    if (closes_on - opens_on).days > LONGEST_WAVE:
        raise RuleBroken(_("A survey is open for three months at most."), field="closes_on")


@transaction.atomic
def change(*, by: Any, wave: Wave, **facts: Any) -> Wave:
    """Change a planned wave; of an open one only the last day, because people have consented to the rest."""
    gate.require(by, Can.LEAD_FOUNDING, wave.network)
    row = _locked(wave)
    unknown = set(facts) - {*SETTINGS, "language"}
    if unknown:
        raise TypeError(f"no settings of a wave: {sorted(unknown)}")
    if row.is_closed:
        raise RuleBroken(_("The survey has closed. What was asked stays as it was."))
    if row.is_open and set(facts) - {"closes_on"}:
        raise RuleBroken(_("People have agreed to these settings already. Only the last day can be moved."))
    for name, value in facts.items():
        setattr(row, name, value)
    _check_days(row.opens_on, row.closes_on, is_open=row.is_open)
    row.save(update_fields=list(facts))
    _tell(events.WAVE_CHANGED, by, row)
    return row


@transaction.atomic
def drop(*, by: Any, wave: Wave) -> None:
    """Take back a plan. Raises RuleBroken when the wave has opened."""
    gate.require(by, Can.LEAD_FOUNDING, wave.network)
    row = _locked(wave)
    if not row.is_planned:
        raise RuleBroken(_("The survey has opened. It can be closed, but not taken back."))
    _tell(events.WAVE_DROPPED, by, row)
    row.delete()


@transaction.atomic
def open(*, by: Any, wave: Wave) -> Wave:
    """Open the wave for answers and write to everybody who sits in the network. ``by`` None: the clock.

    Opening by hand before its day moves the first day to today. Raises RuleBroken with fewer than three seats.
    """
    if by is not None:
        gate.require(by, Can.LEAD_FOUNDING, wave.network)
    row = _locked(wave)
    if not row.is_planned:
        return row
    if by is None and row.opens_on > today():
        raise RuleBroken(_("The first day has not come yet."))
    if row.closes_on < today():
        raise RuleBroken(_("The last day has passed. Choose new days first."))
    seats = networks.seats(row.network)
    if len(seats) < FEWEST_SEATS:
        raise RuleBroken(_("A survey needs at least three seats in the network."))
    row.status, row.opened_at, row.opens_on = Wave.Status.OPEN, now(), today()
    row.save(update_fields=["status", "opened_at", "opens_on"])
    _seat(row, seats)
    _tell(events.WAVE_OPENED, by, row)
    letters.invite(row, networks.members(row.network))
    return row


def _seat(wave: Wave, seats: list[Seat]) -> None:
    """Put ``seats`` on the roster, as they stand today."""
    wishes = dict(MapWish.objects.filter(seat__in=seats).values_list("seat", "on_map"))
    first = WaveSeat.objects.filter(wave=wave).count()
    rows = [
        WaveSeat(wave=wave, seat=seat, order=first + n, on_map=wishes.get(seat.pk), **_as_it_stands(seat))
        for n, seat in enumerate(seats)
    ]
    WaveSeat.objects.bulk_create(rows, ignore_conflicts=True)


def _as_it_stands(seat: Seat) -> dict[str, str]:
    body = seat.organisation
    return {"name": seat.name[:200], "sector": body.kind if body else "", "region": body.county if body else ""}


@transaction.atomic
def seat_newcomers(*, by: Any, wave: Wave) -> int:
    """Put seats that have joined since opening on the roster of an open wave, and write to them. ``by``: None."""
    row = _locked(wave)
    if not row.is_open:
        return 0
    known = set(row.seats.values_list("seat", flat=True))
    fresh = [seat for seat in networks.seats(row.network) if seat.pk not in known]
    _seat(row, fresh)
    letters.invite(row, [sitting.person for seat in fresh for sitting in seat.sitting()])
    return len(fresh)


@transaction.atomic
def close(*, by: Any, wave: Wave) -> Wave:
    """End the answering: bring the roster up to date, take the last counts, have the report frozen.

    ``by`` None: the clock. Closing twice is once.
    """
    if by is not None:
        gate.require(by, Can.LEAD_FOUNDING, wave.network)
    row = _locked(wave)
    if row.is_closed:
        return row
    if row.is_planned:
        raise RuleBroken(_("The survey has not opened yet."))
    if by is None and row.closes_on >= today():
        raise RuleBroken(_("There is still time to answer."))
    row.status, row.closed_at = Wave.Status.CLOSED, now()
    row.closes_on = max(row.opens_on, min(row.closes_on, today()))
    row.save(update_fields=["status", "closed_at", "closes_on"])
    _settle_roster(row)
    count_anew(row, is_last=True)
    _tell(events.WAVE_CLOSED, by, row)
    jobs.later(FREEZE, row.pk)
    return row


def _settle_roster(wave: Wave) -> None:
    """Those who joined in the last hours come in, those who have left go, names are as of today."""
    present = {seat.pk: seat for seat in networks.seats(wave.network)}
    rows = {row.seat_id: row for row in wave.seats.all()}
    WaveSeat.objects.filter(wave=wave).exclude(seat__in=present).delete()
    _seat(wave, [seat for pk, seat in present.items() if pk not in rows])
    stay = [row for pk, row in rows.items() if pk in present]
    for row in stay:
        for name, value in _as_it_stands(present[row.seat_id]).items():
            setattr(row, name, value)
    WaveSeat.objects.bulk_update(stay, ["name", "sector", "region"], batch_size=200)


def _locked(wave: Wave) -> Wave:
    row = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    row.network = wave.network
    return row


def _tell(kind: Any, by: Any, wave: Wave) -> None:
    record(kind, by=by, network=wave.network, thing=("relations.wave", wave.pk), data={"number": wave.number})
