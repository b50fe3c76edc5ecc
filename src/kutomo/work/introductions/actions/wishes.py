"""Members ask to be introduced. A wish is a proposal for somebody who introduces people."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, Role, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries
from ..models import Introduction
from ..rules import course
from ..rules.course import State
from . import letters
from .writing import THING

LONGEST = 300


@transaction.atomic
def wish(*, by: Person, network: Network, seat: int, words: str = "") -> Introduction:
    """Ask to be introduced to another seat (by key). Weavers are told, or leaders where there are none.

    By wishing one has said yes oneself. Raises RuleBroken for the own seat, a third wish at the same time, a pair
    that is being introduced or rests, or more than 300 characters.
    """
    gate.require(by, Can.PROPOSE, network)
    mine = networks.seat_of(by, network)
    if mine is None:
        raise NotAllowed(_("An introduction is between two seats of the network."), can=Can.ANSWER, network=network)
    seats = {one.pk: one for one in networks.seats(network)}
    if seat not in seats or seat == mine.pk:
        raise RuleBroken(_("Choose another member of the network."), field="seat")
    if len(words.strip()) > LONGEST:
        raise RuleBroken(_("Say it in at most %(most)s characters."), field="words", params={"most": LONGEST})
    low, high = sorted((mine.pk, seat))
    queries.check_may_be_asked(network, (low, high), wished=True)
    if queries.wishes_of(mine).count() >= course.WISHES_AT_ONCE:
        raise RuleBroken(_("Two wishes at a time are enough. Take one back, or wait until somebody has taken it up."))
    facts = {"network": network, "state": State.WISHED, "wished_by": by, "wish": words.strip(), "at": now()}
    try:
        with transaction.atomic():
            row = Introduction.objects.create(a_id=low, b_id=high, **facts)
    except IntegrityError:
        raise RuleBroken(_("Somebody is introducing these two already.")) from None
    title = seats[seat].name
    sitting = [] if seats[seat].organisation_id else seats[seat].sitting()
    data = {"person": sitting[0].person_id} if sitting else {}
    record(events.WISHED, by=by, network=network, thing=(THING, row.pk), title=title, data=data)
    for person in networks.holders(network, Role.WEAVER) or networks.holders(network, Role.LEADER):
        if person.pk != by.pk:
            letters.wished(row, mine, seats[seat], person)
    return row


@transaction.atomic
def take_wish_back(*, by: Person, introduction: Introduction) -> None:
    """The wish is taken back before anybody has written."""
    row = Introduction.objects.select_for_update(of=("self",), no_key=True).get(pk=introduction.pk)
    if row.wished_by_id != by.pk:
        raise NotAllowed(_("Only whoever wished it takes it back."), network=introduction.network)
    if row.state != State.WISHED:
        raise RuleBroken(_("Somebody has taken it up already."))
    row.state, row.ended_on = State.DROPPED, today()
    row.save(update_fields=["state", "ended_on"])
    record(events.WISH_TAKEN_BACK, by=by, network=introduction.network, thing=(THING, row.pk))
