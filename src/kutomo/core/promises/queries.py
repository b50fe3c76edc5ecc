"""What can be asked of promises. Everybody with a role in the network sees them; figures are the network's only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, Role, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Representation
from kutomo.core.people.models import Person
from kutomo.core.things.register import Reference, kind_of
from kutomo.ground.clock import today
from kutomo.ground.errors import NotFound

from . import rules
from .models import Promise, StateWord
from .rules import Deed

A_PAGE = 50
WHOSE = ("mine", "to_me", "all")


@dataclass(frozen=True)
class Acts:
    """What one person may do to a promise now; a page draws a button for each that is true."""

    may_accept: bool = False
    may_decline: bool = False
    may_done: bool = False
    may_move: bool = False
    may_release: bool = False
    may_hand_over: bool = False
    may_confirm: bool = False
    may_check: bool = False

    @property
    def any(self) -> bool:
        return any(vars(self).values())


def _rows() -> QuerySet[Promise]:
    return Promise.objects.select_related("network", "doer", "receiver", "proposer", "seat__organisation")


def visible_to(person: Any) -> QuerySet[Promise]:
    """The promises of the networks that ``person`` may see."""
    return _rows().filter(network__in=networks.visible_to(person))


def get(person: Any, network: Network, pk: int) -> Promise:
    """One promise of ``network``; NotFound for one that ``person`` may not see."""
    found = _rows().select_related("heard_by", "confirmed_by", "came_from").filter(network=network, pk=pk).first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such promise here."))
    found.network = network  # keeps the roles that were read already
    return found


def on(thing: Reference) -> list[Promise]:
    """The promises given on ``thing``, in the order of giving; one query."""
    return list(_rows().filter(thing_kind=thing[0], thing_id=thing[1]).select_related("heard_by"))


def of(thing: Reference, who: Respondent) -> list[Promise]:
    """The promises of ``who`` given on ``thing``; a guest of a meeting has them, too."""
    return list(_rows().filter(_doer(who), thing_kind=thing[0], thing_id=thing[1]))


def one_on(thing: Reference, pk: int) -> Promise:
    """One promise given on ``thing``; NotFound otherwise."""
    found = _rows().filter(thing_kind=thing[0], thing_id=thing[1], pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such promise here."))
    return found


def _doer(who: Respondent) -> Q:
    return Q(doer=who.person) if who.person is not None else Q(guest=who.key, doer=None)


def listing(person: Any, network: Network, *, whose: str = "mine", state: str = "", page: str = "1") -> Page[Promise]:
    """The network's promises, 50 a page, the next day first and those without a day last; constant queries.

    ``whose``: "mine", "to_me" (I am the receiver, or asked to promise) or "all"; ``state``: a state's code,
    "open" for those that are owed, or all of them.
    """
    rows = _rows().filter(network=network)
    if whose == "mine":
        rows = rows.filter(doer=person)
    elif whose == "to_me":
        rows = rows.filter(Q(receiver=person) | Q(receiver=None, proposer=person)).exclude(doer=person)
    if state == "open":
        rows = rows.filter(state__in=[*rules.OPEN, rules.State.PROPOSED])
    elif state in StateWord.values:
        rows = rows.filter(state=state)
    found = Paginator(rows.order_by("by_on", "pk") if state == "open" else rows.order_by("-pk"), A_PAGE).get_page(page)
    for row in found:
        row.network = network
    return found


def acts(person: Any, promise: Promise) -> Acts:
    """What ``person`` may do to ``promise`` now."""
    network = promise.network
    if not gate.may(person, Can.ANSWER, network):
        return Acts()
    own = promise.doer_id == person.pk or (promise.by_voice and gate.may(person, Can.RECORD, network))
    return Acts(
        may_accept=own and promise.may(Deed.ACCEPT),
        may_decline=own and promise.state == StateWord.PROPOSED,
        may_done=own and promise.may(Deed.DONE),
        may_move=own and promise.may(Deed.MOVE),
        may_release=own and promise.may(Deed.RELEASE),
        may_hand_over=promise.doer_id == person.pk and promise.may(Deed.HAND_OVER),
        may_confirm=promise.may(Deed.CONFIRM) and turns_second_key(person, promise),
        may_check=promise.doer_id == person.pk and promise.waits_for_check,
    )


def turns_second_key(person: Any, promise: Promise) -> bool:
    """May ``person`` say that it came? The receiver; of a promise to the network, anybody from another seat.

    A recorder says it for a receiver without e-mail. Nobody who shares the doer's seat can (methods § A5).
    """
    if promise.doer_id == person.pk or shares_seat(person, promise):
        return False
    if promise.receiver is None or promise.receiver_id == person.pk:
        return True
    return promise.receiver.reach != "mail" and gate.may(person, Can.RECORD, promise.network)


def shares_seat(person: Any, promise: Promise) -> bool:
    """Does ``person`` sit on a seat on which the doer sits, or on which the promise was given?"""
    theirs = Q(seat=promise.seat_id) if promise.seat_id else Q(pk=None)
    if promise.doer_id:
        sat = Representation.objects.current().filter(person=promise.doer_id, seat__network=promise.network)
        theirs |= Q(seat__in=sat.values("seat"))
    return Representation.objects.current().filter(theirs, person=person, seat__network=promise.network).exists()


def asked_whether_it_came(promise: Promise) -> list[Person]:
    """To whom "did it come?" is sent: the receiver, else who proposed it, else the leaders; never the doer."""
    if promise.receiver:
        return [promise.receiver]
    if promise.proposer and promise.proposer_id != promise.doer_id and not shares_seat(promise.proposer, promise):
        return [promise.proposer]
    leaders = networks.holders(promise.network, Role.LEADER) + networks.holders(promise.network, Role.CO_LEADER)
    return [one for one in leaders if one.pk != promise.doer_id and not shares_seat(one, promise)][:1]


def place_of(person: Any, promise: Promise) -> dict[str, Any] | None:
    """Where it was given, as ``person`` may see it: label, title and address of the thing; None for no thing."""
    kind = kind_of(promise.thing_kind) if promise.thing_kind else None
    thing = kind.visible(person).filter(pk=promise.thing_id).first() if kind else None
    if kind is None or thing is None:
        return None
    return {"label": kind.label, "title": kind.title(thing), "url": kind.url(thing)}


def kept(network: Network) -> rules.Kept:
    """Kept promises of ``network`` over the last 180 days, with the denominator; one query."""
    day = today()
    spoken = Promise.objects.filter(network=network, by_on__gte=day - timedelta(days=rules.WINDOW_DAYS))
    due = spoken.filter(Q(first_on__lt=day) | Q(state=rules.State.CONFIRMED))
    given = due.exclude(state__in=[rules.State.PROPOSED, rules.State.DECLINED])
    rows: Iterable[Any] = given.values_list("state", "first_on", "by_on", "moves", "moved_late", "done_on", "ended_on")
    return rules.kept((rules.Record(*row) for row in rows), day)


def waiting_in(person: Any, among: Iterable[Network]) -> list[Promise]:
    """What waits for ``person`` in ``among``: proposals to answer, "did it come?", days that are near; one query."""
    near = today() + timedelta(days=rules.REMIND_DAYS)
    mine = Q(doer=person) & (Q(state="proposed") | Q(state="accepted", by_on__lte=near))
    came = Q(state="done") & (Q(receiver=person) | Q(receiver=None, proposer=person) & ~Q(doer=person))
    rows = Promise.objects.filter(mine | came, network__in=list(among)).select_related("doer")
    return list(rows.order_by("by_on", "pk")[:20])


def to_remind(on: date) -> list[Promise]:
    """Promises whose day is five days ahead of ``on``, or nearer and not yet spoken of; their doers have accounts."""
    near = on + timedelta(days=rules.REMIND_DAYS)
    rows = _rows().filter(state="accepted", by_on__gte=on, by_on__lte=near, doer__isnull=False)
    return list(rows.order_by("by_on", "pk"))


def without_doer() -> list[Promise]:
    """Promises still owed by people who sit in the network no more."""
    sits = Representation.objects.current().filter(person=OuterRef("doer"), seat__network=OuterRef("network"))
    rows = _rows().filter(~Exists(sits), state__in=["proposed", "accepted"], doer__isnull=False, seat__isnull=False)
    return list(rows.order_by("pk"))


def heirs(promise: Promise) -> list[Person]:
    """Who sits on the promise's seat now, representatives first."""
    rows = Representation.objects.current().filter(seat=promise.seat_id).exclude(person=promise.doer_id)
    return [row.person for row in rows.select_related("person").order_by("kind", "pk")]


def own_rows(person: Any) -> list[dict[str, Any]]:
    """Promises that ``person`` gave, got or proposed, with their histories, for the person's own export."""
    mine = Q(doer=person) | Q(receiver=person) | Q(proposer=person)
    rows = _rows().filter(mine).prefetch_related("steps").order_by("pk")
    return [
        {
            "network": row.network.name,
            "what": row.what,
            "doer": row.doer_name,
            "receiver": str(row.receiver.name) if row.receiver else "",
            "by": row.by_on.isoformat() if row.by_on else "",
            "state": row.state,
            "history": [
                {"at": step.at.isoformat(), "what": step.kind, "words": step.words, "to": str(step.to_on or "")}
                for step in row.steps.all()
            ],
        }
        for row in rows
    ]


def network_of(slug: str, pk: int) -> Promise:
    """The promise behind a mailed link; the caller has yet to check for whom the link speaks."""
    found = _rows().filter(network__slug=slug, pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such promise here."))
    return found
