"""What is not kept: tables that were left lying, requests that were declined, people who leave the house."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from kutomo.core.activity.actions import retitle
from kutomo.ground.clock import now

from ..models import Candidate, Import, Invitation, JoinRequest

TABLES = timedelta(days=7)  # a table that is being checked
DECLINED = timedelta(days=30)  # a declined request, so that the letter can still be answered
SILENT = timedelta(days=365)  # somebody who said no, or who never answered


@transaction.atomic
def tidy(*, by: Any = None) -> int:
    """Erase what has had its time. Returns how many rows went; an organisation's name and answer may stay."""
    moment = now()
    tables, _kinds = Import.objects.filter(state=Import.State.PREVIEW, changed_at__lt=moment - TABLES).delete()
    declined, _kinds = JoinRequest.objects.filter(
        state=JoinRequest.State.DECLINED, decided_at__lt=moment - DECLINED
    ).delete()
    silent = 0
    said_no = Q(state=Candidate.State.DECLINED, replied_at__lt=moment - SILENT)
    unanswered = Q(state=Candidate.State.INVITED) & ~Q(invitations__created_at__gte=moment - SILENT)
    for candidate in Candidate.objects.filter(said_no | unanswered).exclude(name="", email="", phone="").distinct():
        forget(candidate)
        silent += 1
    return tables + declined + silent


def forget(candidate: Candidate) -> None:
    """Erase the person of a candidate. The organisation's line stays; without one the whole line goes."""
    if not candidate.organisation_name:
        candidate.delete()
        return
    Invitation.objects.filter(candidate=candidate).delete()
    for field in ("name", "email", "phone", "note", "reply_words", "worth", "need", "offer", "access_needs"):
        setattr(candidate, field, "")
    candidate.person = None
    candidate.save()


@transaction.atomic
def leave_all(*, by: Any, addresses: list[str]) -> None:
    """``by`` leaves the house: the own lines are erased, and others invite those whom ``by`` was to invite."""
    addresses, names = [one for one in addresses if one], {str(by.name)}
    for candidate in Candidate.objects.filter(Q(person=by) | Q(email__in=addresses)):
        names.add(candidate.name)
        forget(candidate)
    asked = JoinRequest.objects.filter(email__in=addresses)
    names |= set(asked.values_list("name", flat=True))
    asked.delete()
    for name in names:
        retitle(by=by, kinds="candidates.", name=name)
    Candidate.objects.filter(inviter=by).update(inviter=None, inviter_agreed_at=None)
    _unsign(by)
    _strike({*names, *addresses} - {""})


def _unsign(by: Any) -> None:
    """``by``'s name under one's own words of invitation; somebody else may send them again."""
    for invitation in Invitation.objects.filter(by=by, words__contains=str(by.name)):
        invitation.words = invitation.words.replace(str(by.name), "").rstrip()
        invitation.save(update_fields=["words"])


def _strike(words: set[str]) -> None:
    """Empty the cells with these words in tables that are being checked; the rows keep their places."""
    low = {word.lower() for word in words}
    for table in Import.objects.exclude(rows=[]):
        kept = [["" if str(cell).strip().lower() in low else cell for cell in row] for row in table.rows]
        if kept != table.rows:
            table.rows = kept
            table.save(update_fields=["rows"])
