"""What happens to needs, offers and tasks when somebody leaves the house (methods § A14)."""

from __future__ import annotations

from django.db import transaction

from kutomo.core.people.models import Person
from kutomo.ground.clock import now

from ..models import Feedback, Listing, Step, Task
from ..rules import course
from ..rules.course import Open
from .tasks import end_of


@transaction.atomic
def let_go(*, by: Person) -> None:
    """``by`` removes the own account. What an organisation has listed stays the organisation's; one's own ends."""
    end_of(by)
    own = Listing.objects.filter(author=by, seat=None).exclude(state__in=course.OVER)
    own.update(state=Open.WITHDRAWN, ended_at=now(), moved_at=now())
    Listing.objects.filter(author=by).update(author=None)
    Task.objects.filter(giver=by).update(giver=None)
    Task.objects.filter(receiver=by).update(receiver=None)
    Step.objects.filter(by=by).update(by=None)
    Feedback.objects.filter(by=by).update(by=None, may_show=False)
