"""What the clock looks for, and what waits for one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from kutomo.core.networks.models import Network, Representation
from kutomo.ground.clock import now, today

from ..models import Advice, Ballot, Decision, Stance, Turn
from ..rules import Method, State


def due(at: datetime) -> list[Ballot]:
    """Open ballots whose time is up."""
    rows = Ballot.objects.filter(closed_at=None, closes_at__lte=at).select_related("decision__network", "round")
    return list(rows.order_by("closes_at"))


def closing_before(at: datetime) -> list[Ballot]:
    """Open ballots of our own methods that close between now and ``at``; consent reminds of its rounds itself."""
    rows = Ballot.objects.filter(closed_at=None, closes_at__gt=now(), closes_at__lte=at, round=None)
    return list(rows.select_related("decision__network"))


def coming_back(on: date) -> list[Decision]:
    """Decisions in force whose review day has come and for which the clock has not spoken yet."""
    rows = Decision.objects.filter(state=State.PUBLISHED, review_on__lte=on)
    fresh = rows.filter(Q(came_back_on=None) | Q(came_back_on__lt=F("review_on")))
    return list(fresh.select_related("network", "author").order_by("review_on"))


def published_since(network: Network, at: datetime) -> list[Decision]:
    """Decisions published from ``at`` on and still in force, in their order; one query."""
    rows = Decision.objects.filter(network=network, state=State.PUBLISHED, published_at__gte=at)
    return list(rows.order_by("published_at"))


def waiting_in(person: Any, among: Iterable[Network]) -> list[tuple[Any, str]]:
    """What waits for ``person`` in ``among``, with why: "answer", "advise", "decide", "publish" or "review"; one query.

    Each decision has ``.closes_at`` of its open ballot, or None. Consent and consensus wait as rounds of core/consent.
    """
    mine = Representation.objects.current().filter(person=person).values("seat")
    ballot = Ballot.objects.filter(decision=OuterRef("pk"), closed_at=None)
    spoken = Stance.objects.filter(Q(person=person) | Q(seat__in=mine), ballot__decision=OuterRef("pk"))
    turned = Turn.objects.filter(Q(person=person) | Q(seat__in=mine), ballot__decision=OuterRef("pk"))
    open_now = {"ballot__closed_at": None}
    sits = Representation.objects.current().filter(person=person, seat__network=OuterRef("network"))
    advice = Advice.objects.filter(decision=OuterRef("pk"), person=person, words="")
    voices = Q(method__in=[Method.GRADIENTS, Method.CHOICE, Method.DATES]) & Exists(sits)
    ask = Q(state=State.OPEN) & Exists(ballot) & voices
    ask &= ~Exists(spoken.filter(**open_now)) & ~Exists(turned.filter(**open_now))
    advise = Q(state=State.OPEN, method=Method.ADVICE) & Exists(advice)
    decide = Q(decider=person, decider_since=None, method=Method.ADVICE) & Q(state__in=[State.DRAFT, State.OPEN])
    runs = Q(author=person) | Q(decider=person)
    publish = Q(state=State.CLOSED) & runs
    review = Q(state=State.PUBLISHED, review_on__lte=today()) & runs
    rows = Decision.objects.filter(ask | advise | decide | publish | review, network__in=list(among))
    rows = rows.annotate(closes_at=Subquery(ballot.values("closes_at")[:1]))
    return [(row, _why_waits(row, person)) for row in rows.order_by("moved_at")[:20]]


def _why_waits(row: Decision, person: Any) -> str:
    if row.method == Method.ADVICE and row.decider_id == person.pk and row.decider_since is None:
        return "decide"
    if row.state == State.CLOSED:
        return "publish"
    if row.state == State.PUBLISHED:
        return "review"
    return "advise" if row.method == Method.ADVICE else "answer"
