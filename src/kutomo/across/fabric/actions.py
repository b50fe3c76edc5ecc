"""Weaving: what the log and the meetings tell of a week becomes a row that is kept."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from kutomo.core.activity.kinds import Audience, kinds
from kutomo.core.activity.models import Event
from kutomo.core.consent import queries as consent
from kutomo.core.networks.models import Network, Representation
from kutomo.ground.clock import local, moment, now, today
from kutomo.work.meetings import queries as meetings

from . import rules
from .models import WovenWeek

WEEK = timedelta(days=7)
AT_ONCE = 13  # weeks read together


def weave_all() -> int:
    """Weave every network whose log has a line after its newest row was woven; says how many weeks."""
    woven = dict(WovenWeek.objects.order_by().values_list("network").annotate(Max("woven_at")))
    newest = Event.objects.order_by().filter(network__isnull=False).values_list("network").annotate(Max("at"))
    behind = [pk for pk, at in newest if pk not in woven or at >= woven[pk]]
    return sum(weave(by=None, network=network) for network in Network.objects.filter(pk__in=behind))


def weave(*, by: None, network: Network, since: date | None = None) -> int:
    """Weave the weeks of ``network`` from ``since`` on (None: from the newest woven week, or the founding).

    A week that is woven again is replaced; doing it twice changes nothing. Returns the number of weeks.
    """
    if since is None:
        newest = WovenWeek.objects.filter(network=network).aggregate(Max("monday"))["monday__max"]
        since = newest or local(network.started_at).date()
    first, last, done = rules.monday(since), rules.monday(today()), 0
    while first <= last:
        mondays = [first + WEEK * step for step in range(AT_ONCE) if first + WEEK * step <= last]
        _weave(network, mondays)
        done += len(mondays)
        first = mondays[-1] + WEEK
    return done


def _weave(network: Network, mondays: list[date]) -> None:
    since, until = moment(mondays[0]), moment(mondays[-1] + WEEK)
    open_kinds = [kind for kind in kinds() if kind.audience in (Audience.MEMBERS, Audience.PUBLIC)]
    parts = {kind.name: rules.BITS[kind.part] for kind in open_kinds if kind.part}
    motifs = {kind.name: kind.motif for kind in open_kinds if kind.motif}
    told = Event.objects.filter(network=network, at__gte=since, at__lt=until, kind__in=[*parts, *motifs])
    seats = _Seats(network, mondays)
    cells: dict[date, dict[int, int]] = {monday: defaultdict(int) for monday in mondays}
    bands: dict[date, list[dict[str, Any]]] = {monday: [] for monday in mondays}
    for at, person in meetings.attendance(network, since, until):
        monday = rules.monday(local(at).date())
        for seat in seats.of(person, monday):
            cells[monday][seat] |= rules.BITS["meeting"]
    for event in told.order_by("at", "pk"):
        monday = rules.monday(local(event.at).date())
        if event.kind in parts:
            for seat in seats.of_event(event, monday):
                cells[monday][seat] |= parts[event.kind]
        if event.kind in motifs:
            bands[monday].append(_band(event, motifs[event.kind]))
    rows = [
        WovenWeek(network=network, monday=monday, cells=cells[monday], bands=bands[monday], woven_at=now())
        for monday in mondays
    ]
    with transaction.atomic():
        WovenWeek.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["network", "monday"],
            update_fields=["cells", "bands", "woven_at"],
        )


class _Seats:
    """Who sat on which seat in which week."""

    def __init__(self, network: Network, mondays: list[date]) -> None:
        sittings = Representation.objects.filter(
            Q(until=None) | Q(until__gt=mondays[0]), seat__network=network, since__lt=mondays[-1] + WEEK
        )
        self.rows: dict[int, list[tuple[int, date, date | None]]] = defaultdict(list)
        for seat, person, begun, until in sittings.values_list("seat_id", "person_id", "since", "until"):
            self.rows[person].append((seat, begun, until))

    def of_event(self, event: Event, monday: date) -> list[int]:
        """The seat that the line names, else those of its doer."""
        named = event.data.get("seat")
        if named:
            return [named]
        return self.of(event.actor_id, monday) if event.actor_id else []

    def of(self, person: int, monday: date) -> list[int]:
        """The seats on which the person with this key sat in the week of ``monday``."""
        return [
            seat
            for seat, begun, until in self.rows.get(person, ())
            if begun < monday + WEEK and (until is None or until > monday)
        ]


def _band(event: Event, motif: Any) -> dict[str, Any]:
    """What was agreed, by the seats that had a voice in it: a round of consent is the second key."""
    agreed = consent.latest((event.thing_kind, event.thing_id)) if event.thing_id else None
    seats = sorted({voice.seat_id for voice in consent.voices(agreed) if voice.seat_id}) if agreed else []
    return {"motif": motif, "seats": seats, "event": event.pk}
