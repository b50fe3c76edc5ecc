"""The list itself, and who invites whom. Nobody is made to invite: it is proposed, and agreed (methods § A3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks.models import Network
from kutomo.core.organisations import queries as organisations
from kutomo.core.organisations.rules import business_id as tidy_number
from kutomo.core.people.models import Reach
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries
from ..models import Candidate
from ..queries.imports import known
from ..queries.sentences import flaw
from ..rules.addresses import BadAddress, email
from ..rules.entries import Entry
from ..rules.likeness import matches

FACTS = (
    "organisation_name",
    "business_id",
    "municipality",
    "name",
    "email",
    "phone",
    "language",
    "reach",
    "note",
)


def tidy_email(text: str) -> str:
    """The address, or RuleBroken (field "email") with a precise word about what is wrong."""
    if not text.strip():
        return ""
    try:
        return email(text)
    except BadAddress as bad:
        params = {"suggestion": bad.suggestion, "letter": bad.letter, "text": text.strip()[:80]}
        raise RuleBroken(flaw(bad.flaw, params), field="email") from None


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Checked and tidied facts; the way of reaching follows from what is known unless it was said."""
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"not a fact of a candidate: {unknown}")
    facts = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if "email" in facts:
        facts["email"] = tidy_email(facts["email"])
    if facts.get("business_id"):
        if (number := tidy_number(facts["business_id"])) is None:
            raise RuleBroken(_("This is not a Finnish business ID: its last digit does not fit."), field="business_id")
        facts["business_id"] = number
    return facts


def likely_reach(facts: dict[str, Any]) -> str:
    """By mail when there is an address, else by phone, else on paper."""
    return Reach.MAIL if facts.get("email") else Reach.PHONE if facts.get("phone") else Reach.PAPER


@transaction.atomic
def add(*, by: Any, network: Network, suggested_by: Candidate | None = None, **facts: Any) -> Candidate:
    """Put somebody on the list. Any member may.

    Raises RuleBroken for an address that mail would not reach, a wrong business ID, nobody named, or somebody
    who is there already.
    """
    gate.require(by, Can.PROPOSE, network)
    return _add(by=by, network=network, facts=facts, suggested_by=suggested_by)


def _add(*, by: Any, network: Network, facts: dict[str, Any], suggested_by: Candidate | None = None) -> Candidate:
    facts = _facts(facts)
    if not any(facts.get(name) for name in ("organisation_name", "name", "email", "phone")):
        raise RuleBroken(_("Name an organisation, a person, an address or a phone number."), field="organisation_name")
    entry = Entry(
        0,
        organisation=facts.get("organisation_name", ""),
        business_id=facts.get("business_id", ""),
        person=facts.get("name", ""),
        email=facts.get("email", ""),
    )
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)  # the same name at once is the same
    found = matches([entry], known(network))[0]
    if found and found.is_same and suggested_by is None:
        where = (
            _("%(name)s has a seat in the network already.")
            if found.known.where == "seat"
            else _("%(name)s is on the list already.")
        )
        raise RuleBroken(where, params={"name": found.known.label})
    facts.setdefault("reach", likely_reach(facts))
    if not facts["reach"] or (facts["reach"] == Reach.MAIL and not facts.get("email")):
        facts["reach"] = likely_reach(facts)
    candidate = Candidate.objects.create(
        network=network,
        organisation=organisations.same(facts["organisation_name"], facts.get("business_id", ""))
        if facts.get("organisation_name")
        else None,
        added_by=by,
        added_at=now(),
        suggested_by=suggested_by,
        **facts,
    )
    record(
        events.SUGGESTED if by is None and suggested_by else events.ADDED,
        by=by,
        network=network,
        thing=("candidates.candidate", candidate.pk),
        title=candidate.title,
    )
    return candidate


@transaction.atomic
def change(*, by: Any, candidate: Candidate, **facts: Any) -> Candidate:
    """Correct the facts. Raises NotAllowed for others than the list's manager, the adder and the inviter."""
    if not queries.may_change(by, candidate):
        raise NotAllowed(
            _("The one who added the candidate, the one who invites and the network's leader correct the facts."),
            can=Can.MANAGE_CANDIDATES,
            network=candidate.network,
        )
    for field, value in _facts(facts).items():
        setattr(candidate, field, value)
    if not candidate.title:
        raise RuleBroken(_("Name an organisation, a person, an address or a phone number."), field="organisation_name")
    if candidate.organisation_name:
        candidate.organisation = organisations.same(candidate.organisation_name, candidate.business_id)
    candidate.save(update_fields=[*facts, "organisation"])
    record(
        events.CHANGED,
        by=by,
        network=candidate.network,
        thing=("candidates.candidate", candidate.pk),
        title=candidate.title,
    )
    return candidate


@transaction.atomic
def remove(*, by: Any, candidate: Candidate, reason: str) -> None:
    """Take somebody off the list whom nobody has asked yet; every member sees the reason."""
    candidate = Candidate.objects.select_for_update().select_related("network").get(pk=candidate.pk)
    if candidate.state != Candidate.State.POTENTIAL:
        raise RuleBroken(_("The candidate has been invited already and stays on the list, with the answer."))
    if not queries.may_remove(by, candidate):
        raise NotAllowed(
            _("The one who added the candidate and the network's leader take candidates off the list."),
            can=Can.MANAGE_CANDIDATES,
            network=candidate.network,
        )
    record(events.REMOVED, by=by, network=candidate.network, title=candidate.title, reason=reason)
    candidate.delete()


@transaction.atomic
def propose_inviter(*, by: Any, network: Network, candidates: Iterable[Candidate], person: Any) -> int:
    """Ask ``person`` to invite ``candidates``; naming oneself is agreeing. Returns how many were given.

    Whoever manages the list may ask anybody who sits in the network; a member may take candidates that
    nobody invites. Those that have answered already are passed over.
    """
    if person != by:
        gate.require(by, Can.MANAGE_CANDIDATES, network)
        if not network.roles_of(person):
            raise RuleBroken(_("Only somebody who sits in the network can invite for it."), field="person")
    gate.require(by, Can.INVITE, network)
    given = 0
    for candidate in candidates:
        row = Candidate.objects.select_for_update().filter(pk=candidate.pk, network=network).first()
        if row is None or row.state not in (Candidate.State.POTENTIAL, Candidate.State.LATER):
            continue
        if row.is_agreed and row.inviter_id != person.pk and not gate.may(by, Can.MANAGE_CANDIDATES, network):
            continue
        if row.inviter_id == person.pk and (row.is_agreed or person != by):
            continue
        row.inviter, row.inviter_agreed_at = person, now() if person == by else None
        row.save(update_fields=["inviter", "inviter_agreed_at"])
        kind = events.INVITER_AGREED if person == by else events.INVITER_PROPOSED
        record(
            kind,
            by=by,
            network=network,
            thing=("candidates.candidate", row.pk),
            title=row.title,
            data={} if person == by else {"name": person.name, "person": person.pk},
        )
        given += 1
    return given


@transaction.atomic
def agree(*, by: Any, candidate: Candidate) -> Candidate:
    """Agree to invite; only the one who was asked can."""
    return _answer(by, candidate, agreed=True)


@transaction.atomic
def pass_on(*, by: Any, candidate: Candidate) -> Candidate:
    """Leave the inviting to others, before or after agreeing; no reason is asked."""
    return _answer(by, candidate, agreed=False)


def _answer(by: Any, candidate: Candidate, *, agreed: bool) -> Candidate:
    candidate = Candidate.objects.select_for_update().select_related("network").get(pk=candidate.pk)
    if candidate.inviter_id is None or candidate.inviter_id != by.pk:
        raise NotAllowed(_("Only the one who was asked to invite can answer this."), network=candidate.network)
    candidate.inviter_agreed_at = now() if agreed else None
    if not agreed:
        candidate.inviter = None
    candidate.save(update_fields=["inviter", "inviter_agreed_at"])
    record(
        events.INVITER_AGREED if agreed else events.INVITER_PASSED,
        by=by,
        network=candidate.network,
        thing=("candidates.candidate", candidate.pk),
        title=candidate.title,
    )
    return candidate
