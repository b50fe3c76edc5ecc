"""Commitment cards: written, confirmed, paused, renewed, ended. They open when people have met."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks.models import Network, Representation
from kutomo.core.people import actions as people
from kutomo.core.people.models import Person
from kutomo.core.things.register import Reference
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries, rules
from ..models import AcquaintanceRound, BehalfWord, CommitmentCard, EarlierCard, Unlocking
from ..rules import CardState, Ending
from . import letters

THING = "commitments.card"


@transaction.atomic
def note_acquaintance_round(
    *, by: Person, network: Network, held_on: date, source: Reference | None = None
) -> AcquaintanceRound:
    """Note that people have met, which opens the cards. The room of meetings calls this; twice is once.

    ``source``: the thing where it happened, e.g. ("meetings.meeting", 3). Raises RuleBroken for a day to come.
    """
    gate.require(by, Can.HOST, network)
    if held_on > today():
        raise RuleBroken(_("An acquaintance round is noted when it has been held."), field="held_on")
    kind, pk = source or ("", None)
    facts: dict[str, Any] = {"held_on": held_on, "noted_by": by, "noted_at": now()}
    if source is None:
        held = AcquaintanceRound.objects.create(network=network, **facts)
        created = True
    else:
        held, created = AcquaintanceRound.objects.get_or_create(
            network=network, source_kind=kind, source_id=pk, defaults=facts
        )
    if created:
        record(events.ROUND_HELD, by=by, network=network, thing=source)
    return held


@transaction.atomic
def unlock(*, by: Person, network: Network, reason: str) -> Unlocking:
    """Open the cards although no round has been held; every member sees the reason (methods § 4).

    Raises RuleBroken without a reason or when the cards are open already.
    """
    gate.require(by, Can.LEAD_FOUNDING, network)
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)
    if queries.lock(network).is_open:
        raise RuleBroken(_("The commitment cards are open already."))
    if not reason.strip():
        raise RuleBroken(_("Say why: every member sees the reason."), field="reason")
    unlocking = Unlocking.objects.create(network=network, by=by, at=now(), reason=reason.strip()[:500])
    record(events.CARDS_UNLOCKED, by=by, network=network, reason=reason)
    return unlocking


def _named(card: CommitmentCard) -> dict[str, Any]:
    """In whose name the card is, with the person's key when it is a person's name."""
    return {"name": card.name} if card.is_organisations else {"name": card.name, "person": card.person_id}


def _sitting(person: Person, network: Network, seat: int | None) -> Representation:
    rows = Representation.objects.current().filter(seat__network=network, person=person)
    found = rows.select_related("seat__organisation").order_by("pk")
    mine = sorted(found, key=lambda row: row.seat.organisation_id is None)
    sitting = next((row for row in mine if seat is None or row.seat_id == seat), None)
    if sitting is None:
        raise NotAllowed(_("A commitment card belongs to a seat in the network."), can=Can.ANSWER, network=network)
    return sitting


@transaction.atomic
def write(
    *,
    by: Person,
    network: Network,
    behalf: str = BehalfWord.SELF,
    follows: bool = False,
    brings: str = "",
    seeks: str = "",
    hours: str = "",
    until: date | None = None,
    confirmer_name: str = "",
    confirmer_email: str = "",
    seat: int | None = None,
    on_behalf_of: Person | None = None,
    seen: int | None = None,
) -> CommitmentCard:
    """Write one's card, or adjust the one there is; what it said before is kept.

    ``behalf``: "self" or "organisation"; ``follows``: from the side, a full choice without hours;
    ``hours``: "0-1", "2-4", "5-8" or "more" a month; ``until``: its last day, a year on if None;
    ``confirmer_*``: who confirms for the organisation when the writer cannot bind it; ``seat``: for one who
    sits on several; ``on_behalf_of``: a recorder writes; ``seen``: the version that the form showed (0: none).
    An own card and one by somebody who can bind the organisation are confirmed at once.
    """
    person = on_behalf_of or by
    gate.require(by, Can.RECORD if person != by else Can.ANSWER, network)
    if not queries.lock(network).is_open:
        raise RuleBroken(_("The commitment cards open when the first acquaintance round has been held."))
    sitting = _sitting(person, network, seat)
    words = _words(sitting, behalf, follows, brings, seeks, hours, until)
    card = _store(network, sitting, words, by, seen)
    confirmer = {"confirmer_name": confirmer_name, "confirmer_email": confirmer_email}
    _ask_or_confirm(card, sitting, by, confirmer)
    record(events.CARD_WRITTEN, by=by, network=network, thing=(THING, card.pk), data=_named(card))
    if person != by:
        letters.written_for_you(card)
    return card


def _words(
    sitting: Representation, behalf: str, follows: bool, brings: str, seeks: str, hours: str, until: date | None
) -> dict[str, Any]:
    if behalf not in BehalfWord.values:
        raise RuleBroken(_("Say in whose name the card is given."), field="behalf")
    if behalf == BehalfWord.ORGANISATION and not sitting.seat.organisation_id:
        raise RuleBroken(_("You sit here as yourself. The card is given as yourself."), field="behalf")
    if not follows and hours not in set(rules.Hours):
        raise RuleBroken(_("Choose the hours a month, or that you follow from the side."), field="hours")
    if not follows and not brings.strip():
        raise RuleBroken(_("Write what you bring. A small thing is enough."), field="brings")
    if until is not None and until <= today():
        raise RuleBroken(_("Choose an end day in the future."), field="until")
    for name, text in (("brings", brings), ("seeks", seeks)):
        if len(text.strip()) > 500:
            raise RuleBroken(_("Say it in at most %(most)s characters."), field=name, params={"most": 500})
    return {
        "behalf": behalf,
        "follows": follows,
        "brings": brings.strip(),
        "seeks": seeks.strip(),
        "hours": "" if follows else hours,
        "until": until,
        "language": get_language() or "fi",
    }


def _store(
    network: Network, sitting: Representation, words: dict[str, Any], by: Person, seen: int | None
) -> CommitmentCard:
    person, chair = sitting.person, sitting.seat
    live = CommitmentCard.objects.select_for_update(no_key=True).filter(seat=chair, person=person)
    card = live.exclude(state=CardState.ENDED).first()
    if seen is not None and seen != (card.version if card else 0):
        raise RuleBroken(_("This card was changed meanwhile. Look at it and save again."))
    recorded = {"recorded_by": by if by != person else None, "checked_at": None}
    if card is None:
        try:
            with transaction.atomic():
                return CommitmentCard.objects.create(
                    network=network, seat=chair, person=person, written_at=now(), **words, **recorded
                )
        except IntegrityError:  # written twice in the same moment
            raise RuleBroken(_("This card was changed meanwhile. Look at it and save again.")) from None
    EarlierCard.objects.create(
        card=card,
        version=card.version,
        behalf=card.behalf,
        follows=card.follows,
        brings=card.brings,
        seeks=card.seeks,
        hours=card.hours,
        until=card.until,
        written_at=card.written_at,
        replaced_at=now(),
    )
    for key, value in {**words, **recorded}.items():
        setattr(card, key, value)
    card.version, card.written_at = card.version + 1, now()
    card.save()
    return card


def _ask_or_confirm(card: CommitmentCard, sitting: Representation, by: Person, confirmer: dict[str, str]) -> None:
    """Confirm what needs nobody else; otherwise ask whoever can bind the organisation."""
    binds = sitting.mandate == Representation.Mandate.BIND
    if card.follows or card.behalf == BehalfWord.SELF or binds:
        _set_confirmed(card, sitting.person)
        return
    card.confirmer_name = " ".join(confirmer["confirmer_name"].split())[:120]
    card.confirmer_email, card.confirmer = confirmer["confirmer_email"].strip(), None
    if card.confirmer_email:
        card.confirmer = _meet_confirmer(card, by)
    asked = [card.confirmer] if card.confirmer else _binders(card)
    if not asked:
        raise RuleBroken(_("Say who can bind the organisation and confirms the card."), field="confirmer_email")
    card.state, card.confirmed_at, card.confirmed_by, card.expires_on = CardState.PROPOSED, None, None, None
    card.save()
    for person in asked:
        letters.confirm_card(card, person)


def _binders(card: CommitmentCard) -> list[Person]:
    """Who can bind the organisation, of those who sit on the card's seat."""
    rows = Representation.objects.current().filter(seat=card.seat_id, mandate=Representation.Mandate.BIND)
    return [row.person for row in rows.exclude(person=card.person_id).select_related("person")]


def _meet_confirmer(card: CommitmentCard, by: Person) -> Person:
    try:
        found = people.meet(by=by, email=card.confirmer_email, name=card.confirmer_name, language=card.person.language)
    except RuleBroken as broken:
        raise RuleBroken(broken.words, field="confirmer_email", params=broken.params) from None
    if found.pk == card.person_id:
        raise RuleBroken(_("Give the address of somebody else who can bind the organisation."), field="confirmer_email")
    return found


def _set_confirmed(card: CommitmentCard, by: Person) -> None:
    card.state, card.confirmed_at, card.confirmed_by = CardState.CONFIRMED, now(), by
    card.expires_on, card.reminded_on = rules.expires_on(today(), card.until), None
    card.save()


def _locked(card: CommitmentCard) -> CommitmentCard:
    fresh = CommitmentCard.objects.select_for_update(no_key=True).get(pk=card.pk)
    fresh.network = card.network
    return fresh


def _turn(card: CommitmentCard, to: CardState) -> None:
    if not rules.may_become(CardState(card.state), to):
        raise RuleBroken(_("The card has changed meanwhile, and this is no longer possible."))


def _check_confirmer(by: Person, card: CommitmentCard) -> None:
    """The named confirmer, or somebody on the seat who can bind the organisation; never the writer alone."""
    binds = Representation.objects.current().filter(seat=card.seat_id, person=by, mandate=Representation.Mandate.BIND)
    if by.pk != card.confirmer_id and not binds.exists():
        raise NotAllowed(_("Somebody who can bind the organisation confirms this."), network=card.network)


def _check_version(card: CommitmentCard, version: int | None) -> None:
    if version is not None and version != card.version:
        raise RuleBroken(_("The card has been changed since this letter. The newest letter has the right link."))


@transaction.atomic
def confirm(*, by: Person, card: CommitmentCard, version: int | None = None) -> CommitmentCard:
    """Confirm a card for the organisation: the second key. Confirming twice changes nothing.

    ``version``: the one that the letter showed. Raises NotAllowed for anybody but the named confirmer and
    those who can bind the organisation.
    """
    card = _locked(card)
    _check_version(card, version)
    _check_confirmer(by, card)
    if card.state == CardState.CONFIRMED:
        return card
    _turn(card, CardState.CONFIRMED)
    _set_confirmed(card, by)
    facts = {"seat": card.seat_id} if card.is_organisations else {"seat": card.seat_id, "person": card.person_id}
    record(events.CARD_CONFIRMED, by=by, network=card.network, thing=(THING, card.pk), title=card.name, data=facts)
    return card


@transaction.atomic
def decline(*, by: Person, card: CommitmentCard, version: int | None = None) -> CommitmentCard:
    """The organisation does not confirm; the card ends, and its writer may write another."""
    card = _locked(card)
    _check_version(card, version)
    _check_confirmer(by, card)
    if card.state != CardState.PROPOSED:
        raise RuleBroken(_("The card has changed meanwhile, and this is no longer possible."))
    _set_ended(card, Ending.DECLINED)
    record(events.CARD_DECLINED, by=by, network=card.network, thing=(THING, card.pk), title=card.name)
    letters.card_declined(card)
    return card


def _check_holder(by: Person, card: CommitmentCard) -> None:
    if by.pk != card.person_id:
        gate.require(by, Can.RECORD, card.network)
        card.recorded_by, card.checked_at = by, None


@transaction.atomic
def pause(*, by: Person, card: CommitmentCard) -> CommitmentCard:
    """Put the card on pause; its hours do not count meanwhile. No reason is asked."""
    card = _locked(card)
    _check_holder(by, card)
    _turn(card, CardState.PAUSED)
    card.state = CardState.PAUSED
    card.save()
    record(events.CARD_PAUSED, by=by, network=card.network, thing=(THING, card.pk), data=_named(card))
    return card


@transaction.atomic
def resume(*, by: Person, card: CommitmentCard) -> CommitmentCard:
    """Take up a paused card again, as it was."""
    card = _locked(card)
    _check_holder(by, card)
    if card.state != CardState.PAUSED:
        raise RuleBroken(_("The card has changed meanwhile, and this is no longer possible."))
    card.state = CardState.CONFIRMED
    card.save()
    record(events.CARD_RESUMED, by=by, network=card.network, thing=(THING, card.pk), data=_named(card))
    return card


@transaction.atomic
def renew(*, by: Person, card: CommitmentCard) -> CommitmentCard:
    """Renew as it is for twelve months; for an organisation its confirmer is asked again."""
    card = _locked(card)
    _check_holder(by, card)
    if card.state not in (CardState.CONFIRMED, CardState.PAUSED):
        raise RuleBroken(_("The card has changed meanwhile, and this is no longer possible."))
    sitting = _sitting(card.person, card.network, card.seat_id)
    card.until = None
    confirmer = {"confirmer_name": card.confirmer_name, "confirmer_email": card.confirmer_email}
    _ask_or_confirm(card, sitting, by, confirmer)
    record(events.CARD_RENEWED, by=by, network=card.network, thing=(THING, card.pk), data=_named(card))
    return card


def _set_ended(card: CommitmentCard, ending: Ending) -> None:
    card.state, card.ended_on, card.ending = CardState.ENDED, today(), ending
    card.save()


@transaction.atomic
def end(*, by: Person, card: CommitmentCard) -> CommitmentCard:
    """End the card. It takes a moment, and no reason is asked."""
    card = _locked(card)
    _check_holder(by, card)
    _turn(card, CardState.ENDED)
    _set_ended(card, Ending.OWN)
    record(events.CARD_ENDED, by=by, network=card.network, thing=(THING, card.pk), data=_named(card))
    return card


@transaction.atomic
def expire(*, by: None, card: CommitmentCard) -> CommitmentCard:
    """The clock ends a card whose last day has passed or whose holder has left the seat; later is never."""
    card = _locked(card)
    sits = Representation.objects.current().filter(seat=card.seat_id, person=card.person_id).exists()
    over = card.expires_on is not None and card.expires_on < today()
    if card.state == CardState.ENDED or (sits and not over):
        return card
    _set_ended(card, Ending.LEFT if not sits else Ending.EXPIRED)
    record(events.CARD_ENDED, by=by, network=card.network, thing=(THING, card.pk), data=_named(card))
    return card


@transaction.atomic
def remind(*, by: None, card: CommitmentCard) -> CommitmentCard:
    """The clock asks the holder once, within the nudge budget: renew, adjust or let end?"""
    card = _locked(card)
    if card.reminded_on is None and card.ends_soon:
        card.reminded_on = today()
        card.save(update_fields=["reminded_on"])
        letters.card_ends(card)
        record(events.CARD_REMINDED, by=card.person, network=card.network, thing=(THING, card.pk))
    return card


@transaction.atomic
def check_card(*, by: Person, card: CommitmentCard) -> CommitmentCard:
    """The person confirms what a recorder wrote for them."""
    gate.require(by, Can.ANSWER, card.network)
    card = _locked(card)
    if by.pk != card.person_id:
        raise NotAllowed(_("Only the person whose card this is can check it."), network=card.network)
    card.checked_at = now()
    card.save(update_fields=["checked_at"])
    record(events.CARD_CHECKED, by=by, network=card.network, thing=(THING, card.pk))
    return card
