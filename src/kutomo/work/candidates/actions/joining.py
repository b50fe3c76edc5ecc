"""The public join link: opened and closed by the leader, asked through by anybody, decided by people."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, Role, gate
from kutomo.core.activity.actions import record
from kutomo.core.letters import actions as letters
from kutomo.core.networks import actions as networks, queries as network_queries
from kutomo.core.networks.models import Network, Representation
from kutomo.core.organisations import actions as organisations
from kutomo.core.people import actions as people
from kutomo.ground.clock import now
from kutomo.ground.errors import RuleBroken, TooMany

from .. import events
from ..models import Candidate, JoinLink, JoinRequest
from ..queries.invitations import paragraphs
from ..rules.states import State
from .people import tidy_email
from .replies import welcome

MOST_WAITING = 200  # so many unanswered requests are a sign of abuse, not of interest


@transaction.atomic
def open_link(*, by: Any, network: Network, questions: list[str], words: str = "", reason: str) -> JoinLink:
    """Open the link, or change it while it is open; every member sees the reason. At most three questions."""
    gate.require(by, Can.MANAGE_CANDIDATES, network)
    asked = [" ".join(question.split())[:160] for question in questions if question.strip()][:3]
    link, _created = JoinLink.objects.get_or_create(network=network, defaults={"token": secrets.token_urlsafe(9)})
    link.is_open, link.questions, link.welcome, link.changed_at = True, asked, words.strip()[:1000], now()
    link.save()
    record(events.JOIN_OPENED, by=by, network=network, title=network.name, reason=reason)
    return link


@transaction.atomic
def close_link(*, by: Any, network: Network, reason: str) -> JoinLink:
    """Close the link; requests that wait are still decided."""
    gate.require(by, Can.MANAGE_CANDIDATES, network)
    link = JoinLink.objects.select_for_update().filter(network=network).first()
    if link is None or not link.is_open:
        raise RuleBroken(_("The link is closed already."))
    link.is_open, link.changed_at = False, now()
    link.save(update_fields=["is_open", "changed_at"])
    record(events.JOIN_CLOSED, by=by, network=network, title=network.name, reason=reason)
    return link


@transaction.atomic
def renew_link(*, by: Any, network: Network, reason: str) -> JoinLink:
    """A new address; the old one no longer leads anywhere."""
    gate.require(by, Can.MANAGE_CANDIDATES, network)
    link = JoinLink.objects.select_for_update().filter(network=network).first()
    if link is None:
        raise RuleBroken(_("There is no link yet. Open one first."))
    link.token, link.changed_at = secrets.token_urlsafe(9), now()
    link.save(update_fields=["token", "changed_at"])
    record(events.JOIN_OPENED, by=by, network=network, title=network.name, reason=reason)
    return link


@transaction.atomic
def ask(
    *,
    by: Any = None,
    link: JoinLink,
    name: str,
    email: str,
    language: str = "fi",
    organisation_name: str = "",
    municipality: str = "",
    answers: list[str] | None = None,
    words: str = "",
) -> JoinRequest:
    """Ask to join. The same address twice corrects the first request.

    Raises RuleBroken when the link is closed or the address broken, TooMany when far too many wait.
    """
    # Held: one request at a time, so that the same form sent twice is one.
    held = JoinLink.objects.select_for_update(of=("self",), no_key=True)
    link = held.select_related("network").get(pk=link.pk)
    if not link.is_open:
        raise RuleBroken(_("This network does not take requests just now. Ask somebody whom you know in it."))
    address = tidy_email(email)
    if not address:
        raise RuleBroken(_("Tell your e-mail address: the answer comes to it."), field="email")
    network = link.network
    waiting = JoinRequest.objects.filter(network=network, state=JoinRequest.State.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise TooMany(_("Very many have asked just now. Try again tomorrow."), retry_after=86400)
    given = [" ".join(answer.split())[:300] for answer in answers or []]
    facts = {
        "name": name.strip()[:120],
        "language": language,
        "organisation_name": organisation_name.strip()[:200],
        "municipality": municipality,
        "answers": [list(pair) for pair in zip(link.questions, given, strict=False)],
        "words": words.strip()[:500],
        "at": now(),
    }
    row = waiting.select_for_update().filter(email__iexact=address).first()
    if row is not None:
        for field, value in facts.items():
            setattr(row, field, value)
        row.save()
        return row
    row = JoinRequest.objects.create(network=network, email=address, **facts)
    record(events.JOIN_ASKED, by=None, network=network, title=row.title)
    _tell(row)
    return row


def _tell(row: JoinRequest) -> None:
    """A receipt to the one who asked, and a letter to those who decide."""
    letters.send(
        letter="candidates/letters/join_received.md",
        to=letters.Addressee(row.email, row.name, row.language),
        network=row.network,
        context={"request": row},
        key=f"candidates.join_received:{row.pk}",
    )
    for role in (Role.LEADER, Role.CO_LEADER):
        for leader in network_queries.holders(row.network, role):
            letters.send(
                letter="candidates/letters/join_asked.md",
                to=letters.Addressee.of(leader),
                network=row.network,
                context={"request": row},
                key=f"candidates.join_asked:{row.pk}:{leader.pk}",
            )


def _waiting(row: JoinRequest) -> JoinRequest:
    row = JoinRequest.objects.select_for_update(of=("self",)).select_related("network").get(pk=row.pk)
    if row.state != JoinRequest.State.WAITING:
        raise RuleBroken(_("Somebody has decided on this request already."))
    return row


@transaction.atomic
def accept(*, by: Any, request: JoinRequest) -> JoinRequest:
    """Let the person in: a seat, and a letter of welcome. If they stand on the list, the list follows."""
    gate.require(by, Can.MANAGE_CANDIDATES, request.network)
    row = _waiting(request)
    network = row.network
    person = people.meet(by=by, email=row.email, name=row.name, language=row.language)
    organisation = None
    if row.organisation_name:
        organisation = organisations.meet(
            by=by, name=row.organisation_name, municipality=row.municipality, is_example=network.is_example
        )
    sitting = networks.seat(
        by=by, network=network, person=person, organisation=organisation, mandate=Representation.Mandate.SELF
    )
    row.state, row.decided_by, row.decided_at = JoinRequest.State.ACCEPTED, by, now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    Candidate.objects.filter(network=network, email__iexact=row.email).exclude(state=State.SEATED).update(
        state=State.SEATED, person=person, seat=sitting.seat
    )
    record(events.JOIN_ACCEPTED, by=by, network=network, title=row.title)
    welcome(network, person, f"candidates.join_welcome:{row.pk}")
    return row


@transaction.atomic
def decline(*, by: Any, request: JoinRequest, reason: str, words: str = "") -> JoinRequest:
    """Decline, with a reason that members see and words that the person gets."""
    gate.require(by, Can.MANAGE_CANDIDATES, request.network)
    row = _waiting(request)
    row.state, row.decided_by, row.decided_at = JoinRequest.State.DECLINED, by, now()
    row.reason = reason.strip()[:300]
    # What was told in confidence is not kept of somebody who was not let in.
    row.answers, row.words, row.municipality = [], "", ""
    row.save()
    record(events.JOIN_DECLINED, by=by, network=row.network, reason=reason)
    letters.send(
        letter="candidates/letters/join_declined.md",
        to=letters.Addressee(row.email, row.name, row.language),
        network=row.network,
        context={"request": row, "paragraphs": paragraphs(words[:1000])},
        key=f"candidates.join_declined:{row.pk}",
    )
    return row
