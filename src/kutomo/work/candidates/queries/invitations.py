"""Invitations opened by a link, the words of letters, and the public join link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network
from kutomo.ground.clock import now
from kutomo.ground.errors import NotFound
from kutomo.ground.mail.markdown import as_text
from kutomo.ground.mail.writing import write

from ..models import Candidate, Invitation, JoinLink, JoinRequest, hash_of

INVITATION = "candidates/letters/invitation.md"
DAYS = 60  # an invitation can be answered for so long


@dataclass(frozen=True)
class Opened:
    """What somebody who holds an invitation sees."""

    invitation: Invitation
    candidate: Candidate
    network: Network


def by_token(token: str) -> Opened:
    """The invitation behind a link or a code typed from paper; NotFound when there is none."""
    found = (
        Invitation.objects.filter(token_hash=hash_of(token))
        .select_related("candidate__network", "candidate__inviter", "candidate__organisation", "by")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such invitation. Check the link or the code, letter by letter."))
    return Opened(found, found.candidate, found.candidate.network)


def fresh(candidate: Candidate) -> Invitation | None:
    """The latest invitation that can still be answered."""
    latest = candidate.invitations.first()
    return latest if latest and not latest.is_expired else None


def draft_words(network: Network, language: str) -> str:
    """Words to begin with, in the invited person's language; the one who invites makes them personal."""
    with translation.override(language):
        words = [
            _("We are starting the network %(network)s and would like to have you in it.") % {"network": network.name}
        ]
        if network.challenge:
            words.append(_("The challenge that brings us together: %(challenge)s") % {"challenge": network.challenge})
        words.append(_("We begin by getting to know each other. Nothing is decided beforehand, and you may say no."))
        return "\n\n".join(words)


def paragraphs(words: str) -> list[str]:
    """The text cut at its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n")) if part.strip()]


def letter_text(candidate: Candidate, words: str, by: Any) -> tuple[str, str]:
    """(subject, text) of the letter as the candidate would get it; the link stands as an example."""
    context = {
        "network": candidate.network,
        "candidate": candidate,
        "by": by,
        "paragraphs": paragraphs(words),
        "token": "xxxx-xxxx-xxxx-xxxx",
        "to": {"name": candidate.name},
        "expires_on": expiry(),
    }
    written = write(INVITATION, context, candidate.language)
    return written.subject, as_text(written.body)


def expiry() -> datetime:
    """When an invitation made now ends."""
    return now() + timedelta(days=DAYS)


def get_join(token: str) -> JoinLink:
    """The public join link; NotFound when there is none (a closed one is found, and says so)."""
    found = JoinLink.objects.filter(token=token).select_related("network").first()
    if found is None:
        raise NotFound(_("There is no such join link. Ask for the right one from somebody in the network."))
    return found


def join_link(network: Network) -> JoinLink | None:
    """The network's join link, open or closed."""
    return JoinLink.objects.filter(network=network).first()


def requests(person: Any, network: Network) -> list[JoinRequest]:
    """Requests to join, those that wait first. Only for those who decide on them."""
    gate.require(person, Can.MANAGE_CANDIDATES, network)
    rows = JoinRequest.objects.filter(network=network).select_related("decided_by")[:200]
    return sorted(rows, key=lambda row: row.state != JoinRequest.State.WAITING)


def join_request(person: Any, network: Network, pk: int) -> JoinRequest:
    """One request; NotFound otherwise."""
    gate.require(person, Can.MANAGE_CANDIDATES, network)
    found = JoinRequest.objects.filter(network=network, pk=pk).select_related("network", "decided_by").first()
    if found is None:
        raise NotFound(gettext_lazy("There is no such request."))
    return found
