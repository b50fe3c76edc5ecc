"""Ticks of mutual knowledge: what a seat says of another after they have talked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Person
from kutomo.core.people.rules import Belonging, belonging
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events
from ..models import KnowledgeTick, Met
from ..queries.knowledge import own_ticks


@transaction.atomic
def tick_knowledge(*, by: Person, network: Network, seat: Seat, knows: bool = True) -> KnowledgeTick | None:
    """Say for one's own seat "we know what they do and whom to call there" about ``seat``, or take it back.

    A pair counts as knowing each other (MK) when both have ticked; a one-sided tick is shown to nobody else.
    Twice is once. Raises NotAllowed without a seat, RuleBroken about one's own seat or one that has been left.
    """
    gate.require(by, Can.ANSWER, network)
    mine = networks.seat_of(by, network)
    if mine is None:
        raise NotAllowed(_("This is said for a seat in the network."), can=Can.ANSWER, network=network)
    if seat.network_id != network.pk or (seat.left_on is not None and seat.left_on <= today()):
        raise RuleBroken(_("This seat is not in the network any more."))
    if seat.pk == mine.pk:
        raise RuleBroken(_("This is your own seat."))
    if not knows:
        if KnowledgeTick.objects.filter(seat=mine, about=seat).delete()[0]:
            record(events.KNOWLEDGE_UNTICKED, by=by, network=network, title=seat.name, data=_named(seat))
        return None
    facts = {"network": network, "by": by, "on": today()}
    tick, created = KnowledgeTick.objects.get_or_create(seat=mine, about=seat, defaults=facts)
    if created:
        record(events.KNOWLEDGE_TICKED, by=by, network=network, title=seat.name, data=_named(seat))
    return tick


def _named(seat: Seat) -> dict[str, Any]:
    """Whose name stands in the line's title, when the seat is a private person's."""
    sitting = [] if seat.organisation_id else list(seat.representations.all())
    return {"person": sitting[0].person_id} if sitting else {}


@transaction.atomic
def note_met(*, by: Person | None, network: Network, pairs: Iterable[tuple[int, int]], on: date) -> int:
    """Note which seats (by key) sat together in a paired round; their people are then asked what they know.

    ``by``: whoever runs the meeting, None for the house. Pairs of one seat with itself and pairs that have been
    noted before are passed over. Returns how many are new.
    """
    if by is not None:
        gate.require(by, Can.HOST, network)
    seats = set(Seat.objects.current().filter(network=network).values_list("pk", flat=True))
    wanted = {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1] and {*pair} <= seats}
    known = set(Met.objects.filter(network=network).values_list("a_id", "b_id"))
    fresh = sorted(wanted - known)
    Met.objects.bulk_create([Met(network=network, a_id=a, b_id=b, on=on) for a, b in fresh], ignore_conflicts=True)
    if fresh:
        record(events.PAIRS_MET, by=by, network=network, data={"n": len(fresh)})
    return len(fresh)


def let_go_of_ticks(*, by: Person) -> None:
    """``by`` leaves the house: what was said for the seat stays, without who said it."""
    KnowledgeTick.objects.filter(by=by).update(by=None)


belonging(
    Belonging(
        name="relations.knowledge",
        label=_("what you ticked after talking in pairs"),
        export=own_ticks,
        leave=lambda person: let_go_of_ticks(by=person),
        stays=_("What your organisation has said about knowing others stays with its seat, without your name."),
    )
)
