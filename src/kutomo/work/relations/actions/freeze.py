"""The report of a closed wave: frozen once, made anew only when somebody withdraws or leaves the map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from kutomo.core.access import Role
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import local, now, today

from .. import events
from ..models import Frozen, Part, Received, Wave, WaveSeat
from ..queries import raw
from ..queries.knowledge import knowledge
from ..rules import analysis
from ..rules.answers import gather
from ..rules.shape import Report

TASK = "report"


class Changed(Exception):
    """Somebody withdrew while the report was being made: it has to be made again."""


def freeze(*, by: None, wave: Wave) -> Report:
    """Make the report of a closed wave and freeze it: everybody sees it from the same moment. Twice is once.

    Its steps are kept as they are passed, for the page that waits. Raises ValueError while the wave is open, Changed
    when somebody withdraws at the same time (the job tries again).
    """
    if not wave.is_closed:
        raise ValueError("only a closed wave has a report")
    held, _new = Frozen.objects.get_or_create(wave=wave)
    if held.is_ready and held.content is not None:
        return Report.from_json(held.content)
    stood, basis = _standing(wave), _basis(wave)
    found = raw.read(wave, task=TASK, reason="the report, made once at closing")
    outcome = analysis.analyse(_around(wave, found, basis), _steps(held))
    with transaction.atomic():
        _lock(wave)
        if _standing(wave) != stood:
            raise Changed
        report = _keep(held, outcome, found)
        held.counted, held.basis, held.made_at = sorted(outcome.counted), basis, now()
        held.save()
        _tell_seats(wave, outcome.received)
        record(
            events.REPORT_READY,
            by=None,
            network=wave.network,
            thing=("relations.wave", wave.pk),
            data={"number": wave.number},
        )
    return report


def _steps(held: Frozen) -> Callable[[str], None]:
    def begun(name: str) -> None:
        Frozen.objects.filter(pk=held.pk).update(step=analysis.STEPS.index(name))

    return begun


def _lock(wave: Wave) -> None:
    Wave.objects.select_for_update(of=("self",), no_key=True).get(pk=wave.pk)


def _standing(wave: Wave) -> tuple[Any, ...]:
    """Who has answered and who is on the map: what may not change while the report is made."""
    parts = Part.objects.filter(wave=wave).order_by("pk").values_list("pk", flat=True)
    return tuple(parts), tuple(WaveSeat.objects.filter(wave=wave).order_by("pk").values_list("pk", "on_map"))


def _keep(held: Frozen, outcome: analysis.Outcome, found: raw.Raw) -> Report:
    held.state, held.step = Frozen.State.READY, len(analysis.STEPS)
    held.content, held.parts = outcome.report.to_json(), sorted(found.parts)
    return outcome.report


def _tell_seats(wave: Wave, received: Any) -> None:
    """What each seat alone is told of itself."""
    rows = dict(WaveSeat.objects.filter(wave=wave).values_list("seat", "pk"))
    Received.objects.filter(wave=wave).delete()
    Received.objects.bulk_create(
        [
            Received(wave=wave, seat_id=rows[seat], figure=asdict(figure))
            for seat, figure in sorted(received.items())
            if seat in rows
        ]
    )


@transaction.atomic
def refresh(*, by: None, wave: Wave) -> Report | None:
    """Make a frozen report anew, without those who have withdrawn or left the map since. None when there is none.

    Knowing and working together are counted again. Trust and commitment are not: they stay when only the map has
    changed, and are taken down for good when answers were withdrawn, because the difference would tell of them.
    """
    _lock(wave)
    held = Frozen.objects.filter(wave=wave, state=Frozen.State.READY).first()
    if held is None or held.content is None:
        return None
    kept = Report.from_json(held.content)
    found = raw.read_open(wave, task=TASK, reason="the report, made anew after somebody withdrew or left the map")
    withdrawn = wave.raw_erased_at is None and not set(held.parts) <= set(found.parts)
    outcome = analysis.made_anew(_around(wave, found, held.basis), kept, withdrawn=withdrawn, on=today())
    if withdrawn:
        Received.objects.filter(wave=wave).delete()
    report = _keep(held, outcome, found)
    held.refreshed_at = now()
    held.save()
    if _without_date(report) != _without_date(kept):
        number = {"number": wave.number}
        record(events.REPORT_REFRESHED, by=None, network=wave.network, thing=("relations.wave", wave.pk), data=number)
    return report


def _without_date(report: Report) -> dict[str, Any]:
    return {**report.to_json(), "refreshed_on": None}


def _around(wave: Wave, found: raw.Raw, basis: dict[str, Any]) -> analysis.Given:
    roster = [
        analysis.Place(
            row.seat_id, row.name, row.sector, row.region, row.on_map is True, row.seat.organisation_id is None
        )
        for row in WaveSeat.objects.filter(wave=wave).select_related("seat")
    ]
    assert wave.closed_at is not None
    return analysis.Given(
        wave=wave.pk,
        number=wave.number,
        closed_on=local(wave.closed_at).date(),
        roster=roster,
        rows=found.rows,
        parts=found.parts,
        facets=found.facets,
        pulse=found.pulse,
        tells_answered=wave.shows_answered,
        asks_trust=wave.asks_trust,
        leaders=basis["leaders"],
        ticks=[(a, b) for a, b in basis["ticks"]],
        before=_before(wave),
    )


def _basis(wave: Wave) -> dict[str, Any]:
    """What else stood on the day of closing: the seats of those who lead, and whom both sides say they know."""
    leaders = networks.holders(wave.network, Role.LEADER)
    seats = {seat.pk for leader in leaders if (seat := networks.seat_of(leader, wave.network)) is not None}
    return {"leaders": sorted(seats), "ticks": sorted(knowledge(wave.network))}


def _before(wave: Wave) -> analysis.Before | None:
    """The nearest earlier wave with a report: what was shown of it, and its rungs of knowing and working."""
    rows = Frozen.objects.filter(
        wave__network=wave.network_id, wave__number__lt=wave.number, state=Frozen.State.READY
    ).select_related("wave")
    earlier = list(rows.order_by("-wave__number"))
    if not earlier or earlier[0].content is None:
        return None
    shown = next((frozenset(row.counted) for row in earlier if row.counted), frozenset[int]())
    report = Report.from_json(earlier[0].content)
    return analysis.Before(report, _rungs_of(earlier[0].wave, report), shown)


def _rungs_of(wave: Wave, report: Report) -> analysis.Earlier:
    """The rungs (0-2) of an earlier wave between the members of its report, from its rows or what is left of them."""
    seats = tuple(member.seat for member in report.members)
    left = raw.read_open(wave, task=TASK, reason="what has changed since this survey")
    return analysis.Earlier(wave.number, seats, gather(left.rows, seats, {}).rungs)
