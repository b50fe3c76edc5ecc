"""What happens to ground rules and cards when somebody leaves the house (methods § A14)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from kutomo.core.people.models import Person

from .. import queries
from ..models import (
    Acceptance,
    AcquaintanceRound,
    BehalfWord,
    CardStateWord,
    Choice,
    CommitmentCard,
    EarlierCard,
    OwnCard,
    RuleSet,
    StateWord,
)
from ..rules import Ending
from .cards import _set_ended


@transaction.atomic
def let_go(*, by: Person, addresses: list[str]) -> None:
    """``by`` removes the own account: cards end, and what was said in the own name is erased.

    A card for an organisation keeps its words, without who wrote it. ``addresses``: where ``by`` was asked to
    confirm others' cards; those wait for somebody else.
    """
    for card in CommitmentCard.objects.filter(person=by).exclude(state=CardStateWord.ENDED).order_by("pk"):
        _set_ended(CommitmentCard.objects.select_for_update(no_key=True).get(pk=card.pk), Ending.LEFT)
    own = Q(behalf=BehalfWord.SELF) | Q(seat__organisation=None)
    CommitmentCard.objects.filter(own, person=by).update(brings="", seeks="")
    EarlierCard.objects.filter(Q(behalf=BehalfWord.SELF) | Q(card__seat__organisation=None), card__person=by).delete()
    asked = Q(confirmer=by) | Q(confirmer_email__in=[one for one in addresses if one])
    CommitmentCard.objects.filter(asked).update(confirmer=None, confirmer_name="", confirmer_email="")
    Acceptance.objects.filter(person=by).delete()
    chosen = Choice.objects.filter(respondent__in=queries.keys_of(by))
    chosen.filter(rule_set__state=StateWord.DRAFT).delete()
    chosen.update(name="")
    for rows in (CommitmentCard.objects, Acceptance.objects):
        rows.filter(recorded_by=by, checked_at__isnull=False).update(recorded_by=None)
    OwnCard.objects.filter(by=by).update(by=None)
    RuleSet.objects.filter(begun_by=by).update(begun_by=None)
    AcquaintanceRound.objects.filter(noted_by=by).update(noted_by=None)
