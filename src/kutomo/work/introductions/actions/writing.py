"""Whoever introduces: writes to both, may take the letters back, lays suggestions aside."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Person
from kutomo.ground import jobs
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries
from ..models import Introduction, Rest, Side
from ..rules import course
from ..rules.course import State
from . import letters

THING = "introductions.introduction"
_MEANWHILE = _("This introduction has changed meanwhile. Open it again.")


def require_introducer(by: Person, network: Network, pair: tuple[int, int]) -> None:
    """Pass for weavers and leaders, and for a shared contact of the two as the newest report shows it."""
    if gate.may(by, Can.INTRODUCE, network):
        return
    gate.require(by, Can.PROPOSE, network)
    if not queries.may_connect(by, network, pair):
        raise NotAllowed(
            _("A weaver, a leader, or somebody who works with both writes an introduction."),
            can=Can.INTRODUCE,
            network=network,
        )


def _pair(network: Network, a: int, b: int) -> tuple[Seat, Seat]:
    seats = {seat.pk: seat for seat in networks.seats(network)}
    if a == b or not {a, b} <= seats.keys():
        raise RuleBroken(_("Choose two members of the network."))
    low, high = sorted((a, b))
    return seats[low], seats[high]


@transaction.atomic
def write(*, by: Person, network: Network, a: int, b: int, words: str) -> Introduction:
    """Keep the words of an introduction of two seats (by key); nothing is sent yet.

    A wish of one of the two is taken up. Raises RuleBroken for a pair that has left the map, that has been asked
    before or has enough introductions under way, NotAllowed for somebody who may not introduce them.
    """
    low, high = _pair(network, a, b)
    require_introducer(by, network, (low.pk, high.pk))
    text = _checked(words)
    row = (
        Introduction.objects.select_for_update(of=("self",), no_key=True)
        .filter(a=low, b=high, state__in=course.OPEN)
        .first()
    )
    if row is not None and row.state not in course.EDITABLE:
        raise RuleBroken(_("Somebody is introducing these two already."))
    if row is None:
        queries.check_may_be_asked(network, (low.pk, high.pk))
        row = _create(network, low, high, by)
    row.network = network
    if row.state == State.DRAFT and row.by_id not in (None, by.pk):
        raise RuleBroken(_("Somebody is introducing these two already."))
    row.state, row.by, row.words, row.language = State.DRAFT, by, text, get_language() or "fi"
    row.save(update_fields=["state", "by", "words", "language"])
    record(events.DRAFTED, by=by, network=network, thing=(THING, row.pk))
    return row


def _checked(words: str) -> str:
    text = words.strip()
    if not text:
        raise RuleBroken(_("Write a few words to both: why should they know each other?"), field="words")
    if len(text) > course.LONGEST_WORDS:
        raise RuleBroken(
            _("Say it in at most %(most)s characters."), field="words", params={"most": course.LONGEST_WORDS}
        )
    return text


def _create(network: Network, low: Seat, high: Seat, by: Person) -> Introduction:
    try:
        with transaction.atomic():
            return Introduction.objects.create(network=network, a=low, b=high, by=by, at=now())
    except IntegrityError:  # two weavers in the same moment
        raise RuleBroken(_("Somebody is introducing these two already.")) from None


@transaction.atomic
def send(*, by: Person, introduction: Introduction) -> Introduction:
    """Let the letters leave in ten minutes; until then ``take_back`` undoes it. Only the writer sends.

    Raises RuleBroken when there is nobody to ask on a seat, or the pair may not be asked any more.
    """
    row = _locked(introduction)
    _check_writer(by, row)
    if row.state != State.DRAFT:
        raise RuleBroken(_MEANWHILE)
    queries.check_may_be_asked(row.network, (row.a_id, row.b_id), own=row.pk)
    asked = queries.whom_to_ask(row)
    if any(person is None for person in asked.values()):
        raise RuleBroken(_("Nobody sits on one of the seats now, so there is nobody to ask."))
    for seat, person in asked.items():
        Side.objects.update_or_create(introduction=row, seat_id=seat, defaults={"person": person})
    row.state, row.leaves_at = State.LEAVING, course.leaves_at(now())
    row.save(update_fields=["state", "leaves_at"])
    jobs.at(row.leaves_at, "kutomo.work.introductions.tasks.leave", row.pk, row.version)
    record(events.SENT, by=by, network=row.network, thing=(THING, row.pk))
    return row


@transaction.atomic
def take_back(*, by: Person, introduction: Introduction) -> Introduction:
    """Undo before the letters leave: the words stay as a draft, nobody has heard of anything."""
    row = _locked(introduction)
    _check_writer(by, row)
    if not row.may_undo:
        raise RuleBroken(_("The letters have left already."))
    row.state, row.leaves_at, row.version = State.DRAFT, None, row.version + 1
    row.save(update_fields=["state", "leaves_at", "version"])
    row.sides.all().delete()
    record(events.TAKEN_BACK, by=by, network=row.network, thing=(THING, row.pk))
    return row


@transaction.atomic
def leave(*, by: None, introduction: Introduction, version: int) -> None:
    """The clock: the ten minutes are over, both are asked. Nothing happens if it was taken back meanwhile."""
    row = _locked(introduction)
    if row.state != State.LEAVING or row.version != version:
        return
    row.state, row.asked_on, row.closes_on = State.ASKED, today(), course.closes_on(today())
    row.save(update_fields=["state", "asked_on", "closes_on"])
    one, other = queries.sides(row)
    if row.wished_by_id is not None:  # who asked for it has said yes already
        for side in (one, other):
            if side.person_id == row.wished_by_id:
                side.reply, side.replied_at = course.Reply.YES, now()
                side.save(update_fields=["reply", "replied_at"])
    for side, far in ((one, other), (other, one)):
        if not side.reply:
            letters.asked(side, far)
    record(events.LEFT, by=row.by, network=row.network, thing=(THING, row.pk))


@transaction.atomic
def drop(*, by: Person, introduction: Introduction) -> Introduction:
    """Lay a draft, a wish or letters that have not left aside. Nobody is told; the wisher sees that it rests."""
    row = _locked(introduction)
    if row.by_id != by.pk:
        gate.require(by, Can.INTRODUCE, row.network)
    if row.state not in course.EDITABLE and not row.may_undo:
        raise RuleBroken(_MEANWHILE)
    kind = events.WISH_LAID_ASIDE if row.state == State.WISHED else events.DROPPED
    row.state, row.ended_on = State.DROPPED, today()
    row.save(update_fields=["state", "ended_on"])
    record(kind, by=by, network=row.network, thing=(THING, row.pk))
    return row


@transaction.atomic
def lay_aside(*, by: Person, network: Network, a: int, b: int, for_good: bool = False) -> Rest:
    """ "Not now" (three weeks) or "never this" to a suggestion; can be brought back."""
    low, high = _pair(network, a, b)
    require_introducer(by, network, (low.pk, high.pk))
    until = None if for_good else today() + timedelta(days=course.NOT_NOW_DAYS)
    facts = {"network": network, "by": by, "until": until, "at": now()}
    rest, _created = Rest.objects.update_or_create(a=low, b=high, is_silent=False, defaults=facts)
    record(events.LAID_ASIDE, by=by, network=network)
    return rest


@transaction.atomic
def bring_back(*, by: Person, network: Network, rest: Rest) -> None:
    """Take "not now" or "never this" to a suggestion back."""
    if rest.by_id != by.pk:
        gate.require(by, Can.INTRODUCE, network)
    Rest.objects.filter(pk=rest.pk, is_silent=False).delete()
    record(events.BROUGHT_BACK, by=by, network=network)


def _locked(introduction: Introduction) -> Introduction:
    row = (
        Introduction.objects.select_for_update(of=("self",), no_key=True)
        .select_related("network", "by", "a__organisation", "b__organisation")
        .get(pk=introduction.pk)
    )
    return row


def _check_writer(by: Person, row: Introduction) -> None:
    if row.by_id != by.pk:
        raise NotAllowed(_("Whoever wrote the letters sends them or takes them back."), network=row.network)
    require_introducer(by, row.network, (row.a_id, row.b_id))
