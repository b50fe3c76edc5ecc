"""Putting aside what waits and taking it back; writing the weekly letter."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kutomo.core.letters import actions as letters, preview
from kutomo.ground.clock import local, now, week
from kutomo.ground.mail.address import Addressee

from . import queries
from .models import Aside
from .rules import LATER, begins, comes_back

WEEKLY = "notices/letters/weekly.md"
THIS_MORNING = dt.timedelta(hours=10)  # a letter that finds no place on its day is not written at all


@transaction.atomic
def put_aside(*, by: Any, key: str, for_good: bool = False) -> Aside:
    """ "Not now", or with ``for_good`` "never this": the thing ``key`` is not shown to ``by`` until its moment.

    Nobody else is told, and the thing itself does not change. May be repeated. Raises NotFound when ``key``
    does not wait for ``by``.
    """
    item = queries.waiting_one(by, key)
    at = now()
    until = None if for_good else comes_back(at, item.closes_at)
    row, _made = Aside.objects.update_or_create(person=by, key=key, defaults={"put_at": at, "until": until})
    return row


@transaction.atomic
def bring_back(*, by: Any, key: str) -> None:
    """Show the thing ``key`` again; nothing happens when ``by`` had not put it aside."""
    Aside.objects.filter(person=by, key=key).delete()


@transaction.atomic
def forget_old() -> int:
    """Erase what came back by itself, and what was put aside for good over a year ago; returns how many."""
    at = now()
    old = Aside.objects.filter(Q(until__lte=at) | Q(until=None, put_at__lt=at - 52 * LATER))
    return old.delete()[0]


@transaction.atomic
def let_go(*, by: Any) -> None:
    """``by`` removes the own account: what was put aside is erased."""
    Aside.objects.filter(person=by).delete()


@transaction.atomic
def write_week(*, by: Any = None, person: Any, last: dt.datetime | None, chronicles: queries.Chronicles) -> Any:
    """Write the weekly letter of ``person``, or nothing when there is nothing to say.

    ``by`` is None: the house writes. ``last``: when the person's last weekly letter was written, or None;
    ``chronicles``: what has been read of the networks in this run. The letter takes the week's one place for
    automatic letters (methods § A10); where a reminder has it already, what is left unsaid goes into the
    next letter. Returns the letter, for ``letters.deliver_many``, the earlier
    one when this week's was written before, or None.
    """
    at = now()
    since = local(begins(at, last)).replace(minute=0, second=0, microsecond=0)
    with translation.override(person.language):
        found = queries.week_of(person, since, chronicles)
    if not found.parts:
        return None
    return letters.send(
        letter=WEEKLY,
        to=Addressee.of(person),
        context={"week": found},
        key=f"weekly:{person.pk}:{week(local(at).date())}",
        nudge=True,
        patience=THIS_MORNING,
        in_bulk=True,
    )


preview(WEEKLY, lambda: {"week": queries.example()}, title=_("weekly letter"), sender="Kutomo")
