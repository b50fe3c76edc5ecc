"""Putting aside what waits, and taking it back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from kutomo.ground.clock import now

from . import queries
from .models import Aside
from .rules import LATER, comes_back


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
