"""Answers: by the invited person through a link, or entered on behalf of somebody who answered otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can
from kutomo.core.activity.actions import record
from kutomo.core.letters import actions as letters
from kutomo.core.networks import actions as networks
from kutomo.core.networks.models import Representation
from kutomo.core.organisations import actions as organisations
from kutomo.core.people import actions as people
from kutomo.core.people.models import Person, Reach
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries
from ..models import Candidate
from ..rules.states import DEED_OF, Deed, Reply, State, move
from .people import _add, tidy_email

_KIND = {
    Reply.YES: events.SAID_YES,
    Reply.LATER: events.SAID_LATER,
    Reply.NO: events.SAID_NO,
    Reply.SOMEONE_ELSE: events.NAMED_ANOTHER,
}


@transaction.atomic
def reply(
    *, by: Any = None, candidate: Candidate, reply: str, words: str = "", ask_again_on: date | None = None
) -> Candidate:
    """The invited person's answer; may be changed until there is a seat. ``by`` is None: no account is needed.

    Raises RuleBroken when there is a seat already.
    """
    return _reply(candidate, Reply(reply), words, ask_again_on, entered_by=None)


@transaction.atomic
def record_reply(
    *, by: Any, candidate: Candidate, reply: str, words: str = "", ask_again_on: date | None = None
) -> Candidate:
    """Enter an answer that was given by phone or on paper (methods § A13). The log says who entered it."""
    if not queries.may_record(by, candidate):
        raise NotAllowed(
            _("A recorder, the one who invites or the network's leader enters answers."),
            can=Can.RECORD,
            network=candidate.network,
        )
    return _reply(candidate, Reply(reply), words, ask_again_on, entered_by=by)


def _reply(candidate: Candidate, answer: Reply, words: str, ask_again_on: date | None, *, entered_by: Any) -> Candidate:
    candidate = Candidate.objects.select_for_update().select_related("network").get(pk=candidate.pk)
    to = move(State(candidate.state), DEED_OF[answer])
    if to is None:
        raise RuleBroken(
            _("%(name)s has a seat in the network already. Leaving it takes a minute on the seat's own page."),
            params={"name": candidate.title},
        )
    if ask_again_on is not None and ask_again_on <= today():
        raise RuleBroken(_("Choose a day in the future."), field="ask_again_on")
    same = candidate.reply == answer and candidate.state == to and candidate.reply_words == words.strip()
    candidate.state, candidate.reply, candidate.replied_at = to, answer, now()
    candidate.reply_words = words.strip()[:500]
    candidate.ask_again_on = ask_again_on if answer == Reply.LATER else None
    candidate.entered_by = entered_by
    candidate.save(update_fields=["state", "reply", "replied_at", "reply_words", "ask_again_on", "entered_by"])
    if not same:  # the same answer pressed twice is one deed
        record(
            events.ANSWER_ENTERED if entered_by else _KIND[answer],
            by=entered_by,
            network=candidate.network,
            thing=("candidates.candidate", candidate.pk),
            title=candidate.title,
        )
    return candidate


@transaction.atomic
def suggest(
    *,
    by: Any = None,
    candidate: Candidate,
    name: str = "",
    organisation_name: str = "",
    email: str = "",
    phone: str = "",
    words: str = "",
) -> Candidate:
    """ "Somebody else would be right": the named one comes onto the list; the answer of ``candidate`` says so.

    Somebody who is on the list already is not added twice. Raises RuleBroken when nobody is named or the
    address is broken.
    """
    if not any(text.strip() for text in (name, organisation_name, email, phone)):
        raise RuleBroken(_("Tell at least a name."), field="name")
    _reply(candidate, Reply.SOMEONE_ELSE, words, None, entered_by=by)
    facts = {
        "name": name,
        "organisation_name": organisation_name or candidate.organisation_name,
        "email": tidy_email(email),
        "phone": phone,
        "note": words[:500],
        "language": candidate.language,
    }
    earlier = Candidate.objects.filter(
        suggested_by=candidate, name=name.strip(), email=facts["email"], phone=phone.strip()
    ).first()
    return earlier or _add(by=by, network=candidate.network, facts=facts, suggested_by=candidate)


@transaction.atomic
def sit(
    *,
    by: Any = None,
    candidate: Candidate,
    name: str,
    email: str = "",
    language: str = "fi",
    as_oneself: bool = False,
    organisation_name: str = "",
    mandate: str = Representation.Mandate.SELF,
    worth: str = "",
    need: str = "",
    offer: str = "",
    access_needs: str = "",
) -> Candidate:
    """A "yes" completed: the person is met, sits for the organisation or as oneself, and is welcomed by letter.

    ``by``: None for the invited person, else who enters it on behalf. Twice changes nothing. Raises
    RuleBroken without a name, with a broken address, or when the answer was not "yes".
    """
    rows = Candidate.objects.select_for_update(of=("self",)).select_related("network", "organisation")
    candidate = rows.get(pk=candidate.pk)
    if candidate.state == State.SEATED:
        return candidate
    to = move(State(candidate.state), Deed.SIT)
    if to is None:
        raise RuleBroken(_("Say yes to the invitation first."))
    if by is not None and not queries.may_record(by, candidate):
        raise NotAllowed(_("A recorder enters answers on behalf of others."), network=candidate.network)
    if not name.strip():
        raise RuleBroken(_("Tell your name: the others see it in the list of members."), field="name")
    person = _meet(candidate, name, tidy_email(email), language)
    organisation = None
    if not as_oneself and organisation_name.strip():
        organisation = organisations.meet(
            by=person,
            name=organisation_name,
            business_id=candidate.business_id,
            municipality=candidate.municipality,
            is_example=candidate.network.is_example,
        )
    sitting = _take_seat(candidate, person, organisation, mandate)
    candidate.state, candidate.person, candidate.seat = to, person, sitting.seat
    candidate.organisation, candidate.name, candidate.email = organisation, name.strip()[:120], person.email or ""
    candidate.organisation_name = organisation.name if organisation else ""
    candidate.worth, candidate.need, candidate.offer = worth[:200], need[:200], offer[:200]
    candidate.access_needs = access_needs[:200]
    candidate.save()
    record(
        events.SEATED,
        by=by or person,
        network=candidate.network,
        thing=("candidates.candidate", candidate.pk),
        title=candidate.title,
    )
    welcome(candidate.network, person, f"candidates.welcome:{candidate.pk}")
    return candidate


def _meet(candidate: Candidate, name: str, email: str, language: str) -> Person:
    """The person behind the address; without an address somebody who takes part by phone and paper only."""
    if email:
        person = people.meet(email=email, name=name, language=language)
        if not person.name:
            person.name = name.strip()[:120]
            person.save(update_fields=["name"])
        return person
    if candidate.reach == Reach.MAIL:
        raise RuleBroken(_("Tell your e-mail address: you sign in with a code sent to it."), field="email")
    return Person.objects.create(
        name=name.strip()[:120],
        language=language,
        phone=candidate.phone,
        reach=candidate.reach,
        is_example=candidate.network.is_example,
    )


def _take_seat(candidate: Candidate, person: Person, organisation: Any, mandate: str) -> Representation:
    """The second who comes from one organisation sits as substitute; the seat's people change it themselves."""
    allowed = (Representation.Mandate.SELF, Representation.Mandate.SPEAK)
    seated = (
        Representation.objects.current()
        .filter(seat__network=candidate.network, seat__organisation=organisation, kind="representative")
        .exclude(person=person)
    )
    is_second = organisation is not None and seated.exists()
    return networks.seat(
        by=person,
        network=candidate.network,
        person=person,
        organisation=organisation,
        mandate=mandate if organisation is not None and mandate in allowed else Representation.Mandate.SELF,
        kind=Representation.Kind.SUBSTITUTE if is_second else Representation.Kind.REPRESENTATIVE,
    )


def welcome(network: Any, person: Person, key: str) -> None:
    """The letter that says what happens next and how to sign in."""
    letters.send(
        letter="candidates/letters/welcome.md",
        to=letters.Addressee.of(person),
        network=network,
        context={"person": person},
        key=key,
        stoppable=False,
    )
