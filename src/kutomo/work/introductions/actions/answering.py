"""The two sides: yes, not now, never this; and a month later what came of it."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.relations.actions.knowledge import tick_knowledge

from .. import events, queries
from ..models import Introduction, Rest, Side
from ..rules import course
from ..rules.course import Reply, State
from . import letters
from .writing import THING

KINDS = {Reply.YES: events.ACCEPTED, Reply.LATER: events.PUT_OFF, Reply.NEVER: events.REFUSED}


@transaction.atomic
def reply(*, by: Person, side: Side, says: str) -> Side:
    """Say yes, "not now" or "never this". Until the last day the answer may be changed, unless both have said yes.

    ``by``: somebody who sits on the seat that was asked (the address given is then theirs), or a recorder for somebody
    without an address. Addresses are shown, and both
    are told, only when both have said yes; anything else is told to nobody.
    """
    row = (
        Introduction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("network", "by")
        .get(pk=side.introduction_id)
    )
    mine, other = queries.sides(row, first=side.pk)
    _check_side(by, mine)
    if says not in KINDS:
        raise RuleBroken(_("Choose one of the answers."), field="says")
    if row.state == State.MET and says == Reply.YES:
        return mine
    if not row.is_waiting:
        raise RuleBroken(_("This question has gone away by itself. Nothing more is needed."))
    mine.reply, mine.replied_at = says, now()
    if _sits(by, mine):
        mine.person, mine.recorded_by = by, None
    else:
        mine.recorded_by = by
    mine.save(update_fields=["reply", "replied_at", "person", "recorded_by"])
    _remember(row, mine, other)
    record(KINDS[Reply(says)], by=by, network=row.network, thing=(THING, row.pk))
    if course.is_met([mine.reply, other.reply]):
        _meet(row, mine, other)
    return mine


def _remember(row: Introduction, mine: Side, other: Side) -> None:
    """ "Never this" keeps the pair out of the suggestions for good, silently; another answer takes that back."""
    never = Reply.NEVER in (mine.reply, other.reply)
    if never:
        facts = {"network": row.network, "by": None, "until": None, "at": now()}
        Rest.objects.update_or_create(a_id=row.a_id, b_id=row.b_id, is_silent=True, defaults=facts)
    else:
        Rest.objects.filter(a_id=row.a_id, b_id=row.b_id, is_silent=True).delete()


def _meet(row: Introduction, mine: Side, other: Side) -> None:
    row.state, row.met_on = State.MET, today()
    row.save(update_fields=["state", "met_on"])
    letters.made(mine, other)
    letters.made(other, mine)
    names = {"one": mine.seat.name, "other": other.seat.name}
    private = [side.person_id for side in (mine, other) if side.seat.organisation_id is None]
    if private:  # a private person's name goes when the person does
        names = {"one": _neutral(mine), "other": _neutral(other)}
    record(events.MADE, by=row.by, network=row.network, thing=(THING, row.pk), data=names)


def _neutral(side: Side) -> str:
    return side.seat.name if side.seat.organisation_id else "–"


def _sits(by: Person, side: Side) -> bool:
    return any(row.person_id == by.pk for row in side.seat.sitting())


def _check_side(by: Person, side: Side) -> None:
    network = side.introduction.network
    if not _sits(by, side):
        if side.person is not None and side.person.email:
            raise NotAllowed(_("Whoever sits on the seat that was asked answers."), network=network)
        gate.require(by, Can.RECORD, network)
        return
    gate.require(by, Can.ANSWER, network)


@transaction.atomic
def lapse(*, by: None, introduction: Introduction) -> None:
    """The clock: the last day has passed, or a seat was left. It did not come about; why is told to nobody."""
    row = (
        Introduction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("network", "by")
        .get(pk=introduction.pk)
    )
    if row.state not in course.OPEN:
        return
    row.state, row.ended_on = State.LAPSED if row.state == State.ASKED else State.DROPPED, today()
    row.save(update_fields=["state", "ended_on"])
    until = today() + timedelta(days=course.REST_DAYS)
    facts = {"network": row.network, "by": None, "until": until, "at": now()}
    Rest.objects.get_or_create(a_id=row.a_id, b_id=row.b_id, is_silent=True, defaults=facts)
    record(events.LAPSED, by=row.by, network=row.network, thing=(THING, row.pk))


@transaction.atomic
def ask_after(*, by: None, introduction: Introduction) -> None:
    """The clock: thirty days after both said yes each is asked once what came of it."""
    row = (
        Introduction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("network", "by")
        .get(pk=introduction.pk)
    )
    if row.state != State.MET or row.followed_up_on is not None:
        return
    row.followed_up_on = today()
    row.save(update_fields=["followed_up_on"])
    one, other = queries.sides(row)
    for side, far in ((one, other), (other, one)):
        if side.told_at is None:
            letters.outcome(side, far)
    record(events.ASKED_AFTER, by=None, network=row.network, thing=(THING, row.pk))


@transaction.atomic
def tell(*, by: Person, side: Side, talked: bool, knows: bool = False, did: bool = False) -> Side:
    """Say what came of it: have they talked, do they know whom to call, did they do something together.

    Counts when both say so (A5); "we know whom to call" is also ticked as mutual knowledge for the seat.
    """
    row = (
        Introduction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("network")
        .get(pk=side.introduction_id)
    )
    mine, other = queries.sides(row, first=side.pk)
    _check_side(by, mine)
    if row.state != State.MET:
        raise RuleBroken(_("This is asked when both have said yes."))
    mine.talked, mine.knows, mine.did, mine.told_at = talked, talked and knows, talked and did, now()
    mine.save(update_fields=["talked", "knows", "did", "told_at"])
    record(events.TOLD, by=by, network=row.network, thing=(THING, row.pk))
    sits = networks.seat_of(by, row.network)
    if mine.knows and sits is not None and sits.pk == mine.seat_id:
        tick_knowledge(by=by, network=row.network, seat=other.seat)
    return mine
