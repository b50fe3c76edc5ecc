"""What happens here when a person leaves the house."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from kutomo.core.people.models import Person
from kutomo.ground.clock import today

from ..models import Introduction, Rest, Side
from ..rules.course import EDITABLE, State


@transaction.atomic
def let_go(*, by: Person) -> None:
    """``by`` leaves: what was not sent goes, what has been sent stays without the person's name and words."""
    unsent = Introduction.objects.filter(Q(by=by) | Q(wished_by=by), state__in=[*EDITABLE, State.LEAVING])
    unsent.delete()
    mine = Side.objects.filter(person=by)
    Introduction.objects.filter(sides__in=mine, state__in=[State.LEAVING, State.ASKED]).update(
        state=State.LAPSED, ended_on=today()
    )
    mine.update(person=None, reply="", replied_at=None, talked=None, knows=None, did=None, told_at=None)
    Side.objects.filter(recorded_by=by).update(recorded_by=None)
    Introduction.objects.filter(wished_by=by).update(wished_by=None, wish="")
    Introduction.objects.filter(by=by).update(by=None, words="")
    Rest.objects.filter(by=by).update(by=None)
