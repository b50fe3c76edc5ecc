"""What happens to decisions when somebody leaves the house (methods § A14)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from kutomo.core.people.models import Person

from ..models import Advice, Ballot, Decision, Interest, Stance, Turn, Verdict


@transaction.atomic
def let_go(*, by: Person) -> None:
    """``by`` removes the own account. Decisions stay, without the name; an own stance leaves an open question.

    An organisation's stance stays the organisation's. What was answered anonymously cannot be told from the rest.
    """
    own = Q(person=by) | Q(seat__organisation=None, taken_by=by)
    Stance.objects.filter(own, ballot__closed_at=None).delete()
    Stance.objects.filter(taken_by=by, seat__organisation__isnull=False).update(taken_by=None)
    Stance.objects.filter(recorded_by=by, checked_at__isnull=False).update(recorded_by=None)
    Turn.objects.filter(person=by).delete()
    Advice.objects.filter(person=by, words="").delete()
    Advice.objects.filter(person=by).update(person=None)
    Advice.objects.filter(recorded_by=by).update(recorded_by=None)
    Interest.objects.filter(person=by).delete()
    Verdict.objects.filter(by=by).update(by=None)
    for field in ("author", "decider", "published_by"):
        Decision.objects.filter(**{field: by}).update(**{field: None})
    for field in ("opened_by", "closed_by"):
        Ballot.objects.filter(**{field: by}).update(**{field: None})
