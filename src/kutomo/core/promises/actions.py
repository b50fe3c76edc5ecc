"""What can be done to promises. Nobody can be given one: for another it stays a proposal until that person says yes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.actions import record
from kutomo.core.activity.kinds import Kind
from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person, Reach
from kutomo.core.things.register import Reference
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from . import events, queries, rules
from .models import Promise, StateWord, Step
from .rules import Deed, State

THING = "promises.promise"
LINK = "promises.answer"  # what the token in a letter is for; its target is the promise
HOUSE = Respondent(key="house")  # offers what a leaver owed; the leaver is named nowhere
LETTER_PROPOSED = "promises/letters/proposed.md"
LETTER_SOON = "promises/letters/soon.md"
LETTER_DONE = "promises/letters/done.md"
LETTER_CHANGED = "promises/letters/changed.md"


@transaction.atomic
def propose(
    *,
    by: Person | Respondent,
    network: Network,
    doer: Person | Respondent,
    what: str,
    by_on: date | None = None,
    receiver: Person | None = None,
    thing: Reference | None = None,
    recorder: Person | None = None,
    language: str = "",
    key: str | None = None,
    came_from: Promise | None = None,
    tell: bool = True,
) -> Promise:
    """Put a promise into words. For oneself it is given at once; for another it is a proposal to accept.

    ``by``, ``doer``: people with an account, or guests whom the room of ``thing`` has let in and vouches for;
    ``by_on``: the day, None for no day; ``receiver``: for whom, None for the network; ``recorder``: writes down
    what the doer says aloud; counts as the doer's yes only for somebody who is not reached by e-mail;
    ``key``: the sending device's, so that the same promise is kept once; ``tell``: write to the doer.
    Raises RuleBroken on empty or long words, a day that has passed, a receiver who shares the doer's seat;
    NotAllowed without a role, or when the doer does not sit in the network.
    """
    speaker, owner = _respondent(by), _respondent(doer)
    _check_speaker(by, speaker, owner, recorder, network)
    facts = _checked(network, what, by_on, owner, receiver)
    if key is not None and (again := Promise.objects.filter(key=key).select_related("network", "doer").first()):
        return again
    heard = recorder is not None and _speaks_aloud(owner)
    given = speaker.key == owner.key and (recorder is None or heard)
    promise = Promise.objects.create(
        network=network,
        thing_kind=thing[0] if thing else "",
        thing_id=thing[1] if thing else None,
        **facts,
        language=language or (get_language() or "fi")[:2],
        state=State.ACCEPTED if given else State.PROPOSED,
        receiver=receiver,
        proposer=recorder if recorder is not None and not given else speaker.person,
        proposer_name="" if speaker.person else speaker.name,
        heard_by=recorder if given else None,
        first_on=by_on,
        by_on=by_on,
        made_at=now(),
        given_on=today() if given else None,
        came_from=came_from,
        key=key,
    )
    _tell(promise, events.GIVEN if given else events.PROPOSED, recorder or speaker.person)
    if not given and tell and owner.person is not None:
        _write(LETTER_PROPOSED, promise, owner.person, "1")
    return promise


def _respondent(who: Person | Respondent) -> Respondent:
    return who if isinstance(who, Respondent) else Respondent.of(who)


def _check_speaker(
    by: Person | Respondent, speaker: Respondent, owner: Respondent, recorder: Person | None, network: Network
) -> None:
    """A Respondent was let in by the room that calls; a Person passes the gate here."""
    if recorder is not None:
        gate.require(recorder, Can.RECORD, network)
    if isinstance(by, Person):
        gate.require(by, Can.ANSWER if speaker.key == owner.key else Can.PROPOSE, network)


def _checked(
    network: Network, what: str, by_on: date | None, owner: Respondent, receiver: Person | None
) -> dict[str, Any]:
    what = " ".join(what.split())
    if not what:
        raise RuleBroken(_("Write what is promised."), field="what")
    if len(what) > rules.LONGEST:
        raise RuleBroken(_("This is too long. Shorten it a little."), field="what")
    if by_on is not None and by_on < today():
        raise RuleBroken(_("Choose today or a later day."), field="by_on")
    seat = networks.seat_of(owner.person, network) if owner.person is not None else None
    if owner.person is not None and seat is None and not network.roles_of(owner.person):
        raise NotAllowed(_("A promise is given by somebody who takes part in this network."), network=network)
    if receiver is not None:
        _check_receiver(network, owner, receiver, seat)
    guest = {} if owner.person else {"guest": owner.key, "guest_name": owner.name[:180]}
    return {"what": what, "doer": owner.person, "seat": seat, **guest}


def _check_receiver(network: Network, owner: Respondent, receiver: Person, seat: Any) -> None:
    if owner.person is not None and owner.person.pk == receiver.pk:
        raise RuleBroken(_("Choose another receiver: the second key is somebody else's."), field="receiver")
    if not network.roles_of(receiver):
        raise RuleBroken(_("The receiver takes part in this network."), field="receiver")
    if seat is not None and any(row.person_id == receiver.pk for row in seat.representations.all() if row.is_current):
        raise RuleBroken(_("The receiver sits on the same seat. Choose somebody from another one."), field="receiver")


def _speaks_aloud(who: Respondent) -> bool:
    """Is the person reached by phone or on paper only? Then a recorder hears the yes."""
    return who.person is None or who.person.reach != Reach.MAIL


def _held(promise: Promise, deed: Deed) -> Promise:
    """The promise as it stands now, locked; RuleBroken when ``deed`` cannot follow."""
    fresh = (
        Promise.objects.select_for_update(of=("self",))
        .select_related("doer", "receiver", "proposer")
        .get(pk=promise.pk)
    )
    fresh.network = promise.network
    if not fresh.may(deed):
        raise RuleBroken(
            _("This promise is now %(state)s. Load the page again."), params={"state": fresh.get_state_display()}
        )
    return fresh


def _own(by: Person | Respondent, promise: Promise) -> Person | None:
    """``by`` is the doer, or a recorder who hears a doer without e-mail; gives the recorder, else None."""
    who = _respondent(by)
    if who.key == promise.respondent.key:
        return None
    if who.person is not None and promise.by_voice and gate.may(who.person, Can.RECORD, promise.network):
        return who.person
    raise NotAllowed(
        _("Only the person who would do it can answer. A promise is never given for another."),
        network=promise.network,
    )


@transaction.atomic
def accept(*, by: Person | Respondent, promise: Promise) -> Promise:
    """Say yes to a proposed promise: its doer, nobody else. For a doer without e-mail a recorder writes the yes."""
    if promise.state == StateWord.ACCEPTED:
        _own(by, promise)
        return promise
    promise = _held(promise, Deed.ACCEPT)
    promise.heard_by = _own(by, promise)
    promise.state, promise.given_on, promise.checked_at = State.ACCEPTED, today(), None
    promise.save(update_fields=["state", "given_on", "heard_by", "checked_at"])
    _step(promise, Deed.ACCEPT, by)
    _tell(promise, events.GIVEN, promise.heard_by or promise.doer)
    if promise.came_from is not None and promise.came_from.state == StateWord.ACCEPTED:
        _end(promise.came_from, by, "")
        _tell(promise, events.HANDED_OVER, promise.doer)
    return promise


@transaction.atomic
def decline(*, by: Person | Respondent, promise: Promise) -> Promise:
    """Say no to a proposal; no reason is asked. An own yes can be taken back so on its own day, later released."""
    if promise.state == StateWord.DECLINED:
        _own(by, promise)
        return promise
    promise = _held(promise, Deed.DECLINE)
    recorder = _own(by, promise)
    if promise.state == StateWord.ACCEPTED and promise.given_on != today():
        raise RuleBroken(_("This has been promised. Release it, and say so to those who wait."))
    promise.state, promise.heard_by = State.DECLINED, recorder
    promise.save(update_fields=["state", "heard_by"])
    _step(promise, Deed.DECLINE, by)
    _tell(promise, events.DECLINED, None)
    return promise


@transaction.atomic
def done(*, by: Person | Respondent, promise: Promise, words: str = "") -> Promise:
    """The doer says that it is done. The receiver is asked whether it came; only that makes it a result."""
    promise = _held(promise, Deed.DONE)
    recorder = _own(by, promise)
    promise.state, promise.done_on = State.DONE, today()
    promise.save(update_fields=["state", "done_on"])
    _step(promise, Deed.DONE, by, words=words)
    _tell(promise, events.DONE, recorder or promise.doer)
    turn = str(promise.steps.filter(kind=Deed.DONE).count())
    for person in queries.asked_whether_it_came(promise):
        _write(LETTER_DONE, promise, person, turn, words=words.strip())
    return promise


@transaction.atomic
def confirm(*, by: Person, promise: Promise, words: str = "") -> Promise:
    """The second key: the receiver says that it came. Refused to the doer and to those on the doer's seat."""
    gate.require(by, Can.ANSWER, promise.network)
    promise = _held(promise, Deed.CONFIRM)
    _check_second_key(by, promise)
    promise.state, promise.confirmed_by, promise.ended_on = State.CONFIRMED, by, today()
    promise.save(update_fields=["state", "confirmed_by", "ended_on"])
    _step(promise, Deed.CONFIRM, by, words=words)
    _tell(promise, events.CONFIRMED, by)
    return promise


@transaction.atomic
def miss(*, by: Person, promise: Promise, words: str = "") -> Promise:
    """The receiver has not got it yet: the promise is open again, and its doer can see why."""
    gate.require(by, Can.ANSWER, promise.network)
    promise = _held(promise, Deed.MISS)
    _check_second_key(by, promise)
    promise.state, promise.done_on = State.ACCEPTED, None
    promise.save(update_fields=["state", "done_on"])
    _step(promise, Deed.MISS, by, words=words)
    _tell(promise, events.MISSED, by)
    return promise


def _check_second_key(by: Person, promise: Promise) -> None:
    if not queries.turns_second_key(by, promise):
        raise NotAllowed(
            _("The receiver turns the second key, never the doer nor anybody on the doer's seat."),
            network=promise.network,
        )


@transaction.atomic
def move(*, by: Person | Respondent, promise: Promise, by_on: date, words: str = "") -> Promise:
    """Agree on a new day. Told before the day it is as good as kept; after it, it is late and stays so.

    ``by_on``: a day ahead, other than now set; ``words``: what the receiver should know.
    """
    promise = _held(promise, Deed.MOVE)
    recorder = _own(by, promise)
    if by_on < today() or by_on == promise.by_on:
        raise RuleBroken(_("Choose another day, today or later."), field="by_on")
    before, promise.by_on = promise.by_on, by_on
    if before is None:
        promise.first_on = by_on
    else:
        promise.moves += 1
        promise.moved_late = promise.moved_late or rules.is_late(before, today())
    promise.save(update_fields=["by_on", "first_on", "moves", "moved_late"])
    _step(promise, Deed.MOVE, by, words=words, from_on=before, to_on=by_on)
    _tell(promise, events.MOVED, recorder or promise.doer)
    _tell_receiver(promise, words)
    return promise


@transaction.atomic
def release(*, by: Person | Respondent, promise: Promise, words: str = "") -> Promise:
    """Give a promise up. In time it is nobody's failure; the receiver is told."""
    promise = _held(promise, Deed.RELEASE)
    _own(by, promise)
    _end(promise, by, words)
    _tell(promise, events.RELEASED, None)
    _tell_receiver(promise, words)
    return promise


@transaction.atomic
def hand_over(*, by: Person, promise: Promise, to: Person, words: str = "") -> Promise:
    """Offer one's promise to somebody else. It stays one's own until they accept; gives the new proposal."""
    promise = _held(promise, Deed.HAND_OVER)
    if promise.doer_id != by.pk:
        raise NotAllowed(_("Only its doer can hand a promise over."), network=promise.network)
    if to.pk == by.pk:
        raise RuleBroken(_("Choose somebody else."), field="to")
    _step(promise, Deed.HAND_OVER, by, words=words)
    return _offer(promise, Respondent.of(by), to)


def _offer(promise: Promise, by: Respondent, to: Person) -> Promise:
    """The same promise, proposed to ``to``; a day that has passed is left open."""
    ahead = promise.by_on if promise.by_on and promise.by_on >= today() else None
    receiver = promise.receiver if promise.receiver_id != to.pk else None
    return propose(
        by=by,
        network=promise.network,
        doer=to,
        what=promise.what,
        by_on=ahead,
        receiver=receiver,
        thing=(promise.thing_kind, promise.thing_id or 0) if promise.thing_kind else None,
        language=promise.language,
        came_from=promise,
    )


def answer(
    *, by: Person | Respondent, promise: Promise, deed: str, words: str = "", by_on: date | None = None
) -> Promise:
    """One of the deeds above, as a form or a letter's link names it ("done", "move"); refusals are its own."""
    match deed:
        case Deed.ACCEPT:
            return accept(by=by, promise=promise)
        case Deed.DECLINE:
            return decline(by=by, promise=promise)
        case Deed.DONE:
            return done(by=by, promise=promise, words=words)
        case Deed.MOVE if by_on is not None:
            return move(by=by, promise=promise, by_on=by_on, words=words)
        case Deed.MOVE:
            raise RuleBroken(_("Choose the new day."), field="by_on")
        case Deed.RELEASE:
            return release(by=by, promise=promise, words=words)
    if deed not in (Deed.CONFIRM, Deed.MISS) or not isinstance(by, Person):
        raise RuleBroken(_("Choose one of these."), field="deed")
    return (confirm if deed == Deed.CONFIRM else miss)(by=by, promise=promise, words=words)


@transaction.atomic
def check(*, by: Person, promise: Promise) -> Promise:
    """The doer confirms what a recorder wrote down for them."""
    gate.require(by, Can.ANSWER, promise.network)
    if promise.doer_id != by.pk:
        raise NotAllowed(_("Only the person whose words these are can check them."), network=promise.network)
    promise.checked_at = now()
    promise.save(update_fields=["checked_at"])
    record(events.CHECKED, by=by, network=promise.network, thing=(THING, promise.pk), title=promise.what)
    return promise


@transaction.atomic
def remind(*, by: None, promise: Promise) -> bool:
    """The clock: five days before the day, once for each day set, within the nudge budget. Was it sent?"""
    if promise.doer is None:
        return False
    return _write(LETTER_SOON, promise, promise.doer, str(promise.by_on), nudge=True) is not None


@transaction.atomic
def pass_on(*, by: None, promise: Promise) -> Promise | None:
    """The clock: the doer sits in the network no more. What was owed is released and offered to the seat."""
    held = Promise.objects.select_for_update(of=("self",)).select_related("doer").get(pk=promise.pk)
    held.network = promise.network
    leaver, owed = held.doer, held.state == StateWord.ACCEPTED
    if held.state == StateWord.PROPOSED:
        held.state = State.DECLINED
        held.save(update_fields=["state"])
        return None
    if not owed or leaver is None:
        return None
    _end(held, leaver, "")
    _tell(held, events.RELEASED, None)
    heir = next(iter(queries.heirs(held)), None)
    return _offer(held, HOUSE, heir) if heir is not None else None


def _end(promise: Promise, by: Person | Respondent, words: str) -> None:
    promise.state, promise.ended_on = State.RELEASED, today()
    promise.save(update_fields=["state", "ended_on"])
    _step(promise, Deed.RELEASE, by, words=words)


def _step(promise: Promise, deed: Deed, by: Person | Respondent, *, words: str = "", **days: date | None) -> None:
    words = words.strip()[: rules.LONGEST_WORDS]
    Step.objects.create(promise=promise, kind=deed, at=now(), by=_respondent(by).person, words=words, **days)


def _tell(promise: Promise, kind: Kind, by: Person | None) -> None:
    data: dict[str, Any] = {}
    if "%(name)s" in str(kind.sentence):
        data = {"name": promise.doer_name, "person": promise.doer_id}
    record(kind, by=by, network=promise.network, thing=(THING, promise.pk), title=promise.what, data=data)


def _tell_receiver(promise: Promise, words: str) -> None:
    """A move or a release is told to whoever waits by name."""
    if promise.receiver is not None:
        turn = str(promise.steps.count())
        _write(LETTER_CHANGED, promise, promise.receiver, turn, words=words.strip())


def _write(letter: str, promise: Promise, to: Person, turn: str, *, nudge: bool = False, words: str = "") -> Any:
    return letters.send(
        letter=letter,
        to=letters.Addressee.of(to),
        network=promise.network,
        context={
            "promise": promise,
            "words": words,
            "token": people.token_for(to, purpose=LINK, target=str(promise.pk), days=60),
        },
        key=f"{letter.removesuffix('.md')}:{promise.pk}:{to.pk}:{turn}",
        nudge=nudge,
    )


def _example() -> dict[str, Any]:
    marjut = Person(name="Marjut Oinosvaara", language="fi")
    network = Network(name="Kynnyksen yli", slug="kynnyksen-yli")
    promise = Promise(
        pk=1,
        network=network,
        what="Kysyn kirjastolta tilaa soittorinkille.",
        doer=Person(name="Joonas Hietarannikko", language="fi"),
        proposer=marjut,
        language="fi",
        state=State.ACCEPTED,
        by_on=date(2026, 3, 27),
        first_on=date(2026, 3, 20),
    )
    return {"network": network, "promise": promise, "token": "example", "words": "Avain on vahtimestarilla."}


preview(LETTER_PROPOSED, _example, title=_("A promise is proposed to you"))
preview(LETTER_SOON, _example, title=_("A promise's day is near"))
preview(LETTER_DONE, _example, title=_("Did it come?"))
preview(LETTER_CHANGED, _example, title=_("A promise to you has moved or been released"))


@transaction.atomic
def let_go(*, by: Person) -> None:
    """``by`` removes the own account: what is owed is released and offered to the seat; other rows lose the name."""
    owed = Promise.objects.filter(doer=by, state__in=["proposed", "accepted"]).select_related("network", "seat")
    for promise in owed:
        pass_on(by=None, promise=promise)
    for field in ("doer", "receiver", "proposer", "heard_by", "confirmed_by"):
        Promise.objects.filter(**{field: by}).update(**{field: None})
    Step.objects.filter(by=by).update(by=None)
