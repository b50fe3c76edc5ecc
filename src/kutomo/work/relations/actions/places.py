"""Being on the map or not, withdrawing answers, and what goes when time or a person goes."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Person
from kutomo.ground import jobs
from kutomo.ground.clock import local, now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events
from ..models import MapWish, Part, PrivateAnswer, Rung, Wave, WaveSeat
from ..queries import raw
from ..rules import keeping
from .freeze import refresh

REFRESH = "kutomo.work.relations.tasks.report.refresh"


@transaction.atomic
def place(*, by: Person, seat: Seat, on_map: bool) -> None:
    """Take a seat's wish about the map; leaving removes it from closed waves too, and their reports are made anew."""
    before = MapWish.objects.select_for_update().filter(seat=seat).first()
    if before is not None and before.on_map == on_map:
        return
    MapWish.objects.update_or_create(seat=seat, defaults={"on_map": on_map, "by": by, "at": now()})
    rows = WaveSeat.objects.filter(seat=seat)
    rows.exclude(wave__status=Wave.Status.CLOSED).update(on_map=on_map)
    if not on_map:
        shown = list(rows.filter(on_map=True, wave__status=Wave.Status.CLOSED).values_list("wave", flat=True))
        rows.filter(wave__in=shown).update(on_map=False)
        for wave in sorted(shown):
            jobs.later(REFRESH, wave)
    record(events.MAP_JOINED if on_map else events.MAP_LEFT, by=by, network=seat.network)


@transaction.atomic
def wish_map(*, by: Person, network: Network, on_map: bool) -> None:
    """Join or leave the network's map, for one's own seat. Leaving removes the node at once, from old maps too."""
    gate.require(by, Can.ANSWER, network)
    seat = networks.seat_of(by, network)
    if seat is None:
        raise NotAllowed(_("Only a seat can be on the map."), can=Can.ANSWER, network=network)
    seat.network = network
    place(by=by, seat=seat, on_map=on_map)


@transaction.atomic
def withdraw(*, by: Person, wave: Wave) -> None:
    """Delete all of one's own answers in ``wave``; a closed wave's figures are made anew without them.

    Raises RuleBroken when there is nothing to withdraw (any more).
    """
    gate.require(by, Can.ANSWER, wave.network)
    if not Part.objects.filter(wave=wave, person=by).delete()[0]:
        raise RuleBroken(_("You have no answers in this survey."))
    if wave.is_closed:
        jobs.later(REFRESH, wave.pk)
    record(events.WITHDRAWN, by=by, network=wave.network, data={"number": wave.number})


@transaction.atomic
def erase_raw(*, by: None, wave: Wave) -> bool:
    """Delete the raw answers of a closed wave when their time is up; per pair only the rung of K and E stays.

    Their time: two later waves have closed, or twelve months have passed, the earlier. Returns whether it was up.
    """
    row = Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)
    later = Wave.objects.filter(network=row.network_id, number__gt=row.number, status=Wave.Status.CLOSED).count()
    if row.closed_at is None or row.raw_erased_at is not None:
        return False
    if not keeping.may_go(local(row.closed_at).date(), later, today()):
        return False
    rungs = raw.read_rungs(row, task="retention", reason="keep the rungs, delete the answers")
    left = [Rung(rater_id=rater, about_id=about, rung=rung) for (rater, about), rung in rungs.items()]
    Rung.objects.bulk_create(left, ignore_conflicts=True)
    Part.objects.filter(wave=row).delete()
    row.raw_erased_at = now()
    row.save(update_fields=["raw_erased_at"])
    record(events.RAW_ERASED, by=None, network=wave.network, data={"number": row.number})
    return True


@transaction.atomic
def forget_leavers(*, by: None, network: Network) -> int:
    """Delete answers on trust and commitment of people who sit in the network no more. Returns how many rows."""
    sitting = {person.pk for person in networks.members(network)}
    gone = Part.objects.filter(wave__network=network, wave__status=Wave.Status.CLOSED).exclude(person__in=sitting)
    return PrivateAnswer.objects.filter(part__in=gone).delete()[0]


@transaction.atomic
def let_go(*, by: Any) -> None:
    """``by`` removes the own account: the answers go, and so does a private person's place in every wave."""
    own = WaveSeat.objects.filter(seat__organisation=None, seat__representations__person=by)
    touched = set(Part.objects.filter(person=by, wave__status=Wave.Status.CLOSED).values_list("wave", flat=True))
    touched |= set(own.filter(wave__status=Wave.Status.CLOSED).values_list("wave", flat=True))
    Part.objects.filter(person=by).delete()
    WaveSeat.objects.filter(pk__in=list(own.values_list("pk", flat=True))).delete()
    Part.objects.filter(recorded_by=by).update(recorded_by=None)
    MapWish.objects.filter(by=by).update(by=None)
    Wave.objects.filter(created_by=by).update(created_by=None)
    for wave in Wave.objects.filter(pk__in=touched).select_related("network").order_by("pk"):
        refresh(by=None, wave=wave)  # at once: a private person's name may stand in the report
