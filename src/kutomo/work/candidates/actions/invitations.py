"""Asking: letters, paper, reminders, and what can go wrong with a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can
from kutomo.core.activity.actions import record
from kutomo.core.letters import actions as letters
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken, TooMany

from .. import events, queries
from ..models import Candidate, Invitation
from ..queries.invitations import INVITATION, expiry, paragraphs
from ..rules.states import Deed, State, move

REMIND_AFTER = timedelta(days=7)
TWICE = timedelta(minutes=10)
AGAIN_A_DAY = 3  # new invitations that an invited person may ask for in a day


def _require(by: Any, candidate: Candidate) -> None:
    if not queries.may_invite(by, candidate):
        raise NotAllowed(
            _("The one who agreed to invite, or the network's leader, sends this invitation."),
            can=Can.INVITE,
            network=candidate.network,
        )


def _issue(by: Any, candidate: Candidate, channel: str, words: str) -> Invitation:
    to = move(State(candidate.state), Deed.INVITE)
    if to is None:
        raise RuleBroken(
            _("%(name)s has answered already. A “no” is not asked again; the person can still turn it."),
            params={"name": candidate.title},
        )
    invitation = Invitation(
        candidate=candidate, channel=channel, words=words, by=by, created_at=now(), expires_at=expiry()
    )
    invitation.set_token()
    invitation.save()
    candidate.state = to
    candidate.save(update_fields=["state"])
    return invitation


def _send(invitation: Invitation) -> None:
    """Raises RuleBroken when the addressee has said "never this" to invitations."""
    candidate = invitation.candidate
    letter = letters.send(
        letter=INVITATION,
        to=letters.Addressee(candidate.email, candidate.name, candidate.language),
        network=candidate.network,
        context={
            "candidate": candidate,
            "by": invitation.by,
            "paragraphs": paragraphs(invitation.words),
            "token": invitation.token,
            "expires_on": invitation.expires_at,
        },
        key=f"candidates.invitation:{invitation.pk}",
    )
    if letter is None:
        raise RuleBroken(
            _("%(name)s does not want invitations by e-mail. Call, or print the invitation."),
            params={"name": candidate.title},
        )


def _just_sent(candidate: Candidate, words: str) -> Invitation | None:
    """The same letter of a moment ago: a button pressed twice is one deed."""
    return candidate.invitations.filter(words=words, created_at__gte=now() - TWICE, channel="mail").first()


@transaction.atomic
def invite(*, by: Any, candidates: Iterable[Candidate], words: Mapping[str, str]) -> list[Invitation]:
    """Send each candidate a personal letter; ``words``: the inviter's own, by language.

    All or none. Raises NotAllowed for somebody else's candidate, RuleBroken for one without an address or
    with an answer.
    """
    sent = []
    for one in candidates:
        candidate = Candidate.objects.select_for_update().select_related("network").get(pk=one.pk)
        _require(by, candidate)
        if not candidate.email:
            raise RuleBroken(
                _("%(name)s has no e-mail address. Call, or print the invitation."),
                params={"name": candidate.title},
            )
        text = words.get(candidate.language) or queries.draft_words(candidate.network, candidate.language)
        if len(text) > 3000:
            raise RuleBroken(_("The letter has more than 3,000 characters. Shorten it."))
        if (pressed_twice := _just_sent(candidate, text.strip())) is not None:
            sent.append(pressed_twice)
            continue
        invitation = _issue(by, candidate, Invitation.Channel.MAIL, text.strip())
        _send(invitation)
        record(
            events.INVITED,
            by=by,
            network=candidate.network,
            thing=("candidates.candidate", candidate.pk),
            title=candidate.title,
        )
        sent.append(invitation)
    return sent


@transaction.atomic
def invite_on_paper(*, by: Any, candidate: Candidate) -> Invitation:
    """An invitation to print, with a code and a short address; it can be answered by phone as well."""
    candidate = Candidate.objects.select_for_update().select_related("network").get(pk=candidate.pk)
    _require(by, candidate)
    invitation = _issue(
        by, candidate, Invitation.Channel.PAPER, queries.draft_words(candidate.network, candidate.language)
    )
    record(
        events.INVITED,
        by=by,
        network=candidate.network,
        thing=("candidates.candidate", candidate.pk),
        title=candidate.title,
    )
    return invitation


def note_opened(*, by: Any = None, invitation: Invitation) -> None:
    """Keep when the invitation was first opened. Who opened it cannot be known."""
    if invitation.opened_at is None:
        Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=now())


@transaction.atomic
def not_me(*, by: Any = None, invitation: Invitation) -> None:
    """Whoever holds the link says that it is not theirs; the leaders are told once."""
    candidate = invitation.candidate
    note = str(_("The invitation reached somebody else."))
    if note not in candidate.note:
        candidate.note = f"{candidate.note} {note}".strip()[:1000]
        candidate.save(update_fields=["note"])
        record(
            events.NOT_ME,
            by=None,
            network=candidate.network,
            thing=("candidates.candidate", candidate.pk),
            title=candidate.title,
        )


@transaction.atomic
def again(*, by: Any = None, invitation: Invitation) -> Invitation:
    """A new invitation to the same address, asked for by whoever holds an old link; the old one stays dead.

    Raises TooMany beyond three a day, RuleBroken when the first went on paper.
    """
    candidate = Candidate.objects.select_for_update().select_related("network").get(pk=invitation.candidate_id)
    if not candidate.email:
        raise RuleBroken(_("We have no e-mail address of yours. Call the one who invited you."))
    if candidate.state == Candidate.State.SEATED:
        raise RuleBroken(_("You have a seat in the network already. Sign in with your e-mail address."))
    today = candidate.invitations.filter(created_at__gte=now() - timedelta(days=1)).count()
    if today >= AGAIN_A_DAY:
        raise TooMany(
            _("Three invitations have been sent today. Look in your mail, the junk folder too."), retry_after=86400
        )
    fresh = Invitation(
        candidate=candidate,
        channel=Invitation.Channel.MAIL,
        words=invitation.words,
        by=invitation.by,
        created_at=now(),
        expires_at=expiry(),
    )
    fresh.set_token()
    fresh.save()
    _send(fresh)
    record(
        events.ASKED_AGAIN,
        by=None,
        network=candidate.network,
        thing=("candidates.candidate", candidate.pk),
        title=candidate.title,
    )
    return fresh


@transaction.atomic
def remind(*, by: Any = None, invitation: Invitation) -> bool:
    """The one reminder of an unanswered letter, within the nudge budget. Returns whether one was queued."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("candidate__network", "by")
        .get(pk=invitation.pk)
    )
    candidate = invitation.candidate
    if invitation.reminded_at or invitation.is_expired or candidate.state != Candidate.State.INVITED:
        return False
    invitation.reminded_at = now()
    invitation.save(update_fields=["reminded_at"])
    letter = letters.send(
        letter="candidates/letters/reminder.md",
        to=letters.Addressee(candidate.email, candidate.name, candidate.language),
        network=candidate.network,
        context={
            "candidate": candidate,
            "by": invitation.by,
            "token": invitation.token,
            "expires_on": invitation.expires_at,
        },
        key=f"candidates.reminder:{invitation.pk}",
        nudge=True,
    )
    if letter is not None:
        record(
            events.REMINDED,
            by=None,
            network=candidate.network,
            thing=("candidates.candidate", candidate.pk),
            title=candidate.title,
        )
    return letter is not None


def remind_all(*, by: Any = None) -> int:
    """Remind everybody whose latest letter has waited a week without an answer. Returns how many."""
    waiting = Invitation.objects.filter(
        candidate__state=Candidate.State.INVITED,
        channel=Invitation.Channel.MAIL,
        reminded_at=None,
        created_at__lte=now() - REMIND_AFTER,
        expires_at__gt=now(),
    ).exclude(candidate__invitations__reminded_at__isnull=False)
    latest = {invitation.candidate_id: invitation for invitation in waiting.order_by("created_at", "pk")}
    return sum(remind(invitation=invitation) for invitation in latest.values())
