"""The ladder, one goal with its evidence, what the clock looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat
from kutomo.core.talk import queries as talk
from kutomo.ground.clock import local, today
from kutomo.ground.errors import NotFound

from . import rules
from .models import Evidence, Goal, Owner, RungWord
from .rules import Choice, Grade, Rung, State

THING = "results.goal"


def _rows() -> QuerySet[Goal]:
    owners = Owner.objects.select_related("person", "seat__organisation")
    return Goal.objects.select_related("author", "round").prefetch_related(Prefetch("owners", owners))


def visible_to(person: Any) -> QuerySet[Goal]:
    """The goals of the networks that ``person`` may see."""
    return Goal.objects.select_related("network").filter(network__in=networks.visible_to(person))


def get(person: Any, network: Network, pk: int) -> Goal:
    """One goal of ``network``; NotFound for one that ``person`` may not see."""
    found = _rows().filter(network=network, pk=pk).first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such goal here."))
    found.network = network
    return found


def evidence_of(goal: Goal, pk: int) -> Evidence:
    found = goal.evidence.select_related("by", "seat").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such evidence here."))
    found.goal = goal
    return found


@dataclass(frozen=True)
class Step:
    """One rung of the ladder with its goals."""

    code: str
    name: Any
    goals: list[Goal]


def ladder(network: Network) -> list[Step]:
    """All rungs from below, each with the goals that are under way; empty rungs too: one may stop anywhere."""
    found: dict[str, list[Goal]] = {rung.value: [] for rung in Rung}
    for goal in _rows().filter(network=network, state__in=rules.LIVE).prefetch_related("evidence"):
        goal.network = network
        found[goal.rung].append(goal)
    return [Step(code, RungWord(code).label, goals) for code, goals in found.items()]


def archive(network: Network) -> list[Goal]:
    """Goals that are over, the last ones first, at most a hundred."""
    rows = list(_rows().filter(network=network).exclude(state__in=rules.LIVE).order_by("-moved_at")[:100])
    for row in rows:
        row.network = network
    return rows


@dataclass(frozen=True)
class Sufficiency:
    """Of goals whose date has passed: how many were declared enough."""

    enough: int
    past: int


def sufficiency(network: Network) -> Sufficiency:
    past = Goal.objects.filter(network=network, due_on__lt=today()).exclude(state__in=[State.DRAFT, State.DROPPED])
    return Sufficiency(*rules.sufficiency(State(state) for state in past.values_list("state", flat=True)))


def seat_in(person: Any, network: Network) -> Seat | None:
    """The organisation's seat, or one's own, on which ``person`` sits."""
    return networks.seat_of(person, network)


def owner_of(person: Any, goal: Goal) -> Owner | None:
    return next((row for row in goal.owners.all() if person is not None and row.person_id == person.pk), None)


def owns(person: Any, goal: Goal) -> bool:
    """Has ``person`` said yes to owning it?"""
    row = owner_of(person, goal)
    return row is not None and row.yes_on is not None


def shown_evidence(goal: Goal) -> list[Evidence]:
    """The evidence with its people, firmest first."""
    rows = goal.evidence.select_related("by", "seat__organisation", "confirmed_by", "confirmed_seat__organisation")
    return sorted(rows, key=lambda row: (-row.grade, row.pk))


def firmest(goal: Goal) -> Grade | None:
    return rules.firmest(row.grade for row in goal.evidence.all())


def may_confirm(person: Any, row: Evidence, seat: Seat | None) -> bool:
    """May ``person``, who sits on ``seat``, turn the second key? Never for the own organisation's evidence."""
    if row.confirmed_on is not None or seat is None or row.by_id == person.pk:
        return False
    return row.seat_id is None or row.seat_id != seat.pk


def acts(person: Any, goal: Goal) -> dict[str, Any]:
    """What ``person`` may do to ``goal`` now."""
    state, member = State(goal.state), gate.may(person, Can.ANSWER, goal.network)
    asked = owner_of(person, goal)
    owner = owns(person, goal) and member
    return {
        "may_own": member and state is State.DRAFT and asked is not None and asked.yes_on is None,
        "may_find_owner": owner and state is State.DRAFT,
        "may_tell": member and state in (State.OPEN, State.ASKING, State.HELD),
        "may_check": owner and state is State.OPEN,
        "may_ask": owner and state is State.OPEN,
        "may_drop": owner and state in (State.DRAFT, State.OPEN),
        "choices": rules.choices(state) if owner else [],
        "may_raise": Choice.RAISE in rules.choices(state) and owner,
        "may_talk": gate.may(person, Can.TALK, goal.network),
    }


def halfway_due(goal: Goal) -> bool:
    """Has half of the time passed without a look?"""
    begun = local(goal.made_at).date()
    return goal.state == State.OPEN and goal.halfway_on is None and rules.half_time(begun, goal.due_on) <= today()


def conversation(goal: Goal) -> dict[str, Any]:
    posts = talk.last_posts((THING, goal.pk), 5)
    return {"thread": posts[0].thread if posts else None, "posts": posts}


def asking() -> list[Goal]:
    """Goals whose question may be over."""
    return list(_rows().select_related("network", "round").filter(state=State.ASKING))


def without_evidence() -> list[Goal]:
    """Goals that are due within 30 days, have nothing confirmed, and whose owners have not been asked."""
    rows = _rows().select_related("network").prefetch_related("evidence")
    soon = rows.filter(state=State.OPEN, due_on__lte=today() + rules.NEAR, asked_on=None)
    return [goal for goal in soon if (firmest(goal) or Grade.CLAIM) < Grade.BOTH]


def waiting_in(person: Any, among: Iterable[Network]) -> list[tuple[Goal, str]]:
    """What waits for ``person`` in ``among``: "own" (asked to own), "choose" (it is enough); one query."""
    mine = Q(owners__person=person)
    ask = mine & Q(state=State.DRAFT, owners__yes_on=None)
    choose = mine & Q(state=State.ENOUGH, owners__yes_on__isnull=False)
    rows = Goal.objects.filter(ask | choose, network__in=list(among)).distinct().order_by("moved_at")[:20]
    return [(row, "own" if row.state == State.DRAFT else "choose") for row in rows]


def own_rows(person: Any) -> list[dict[str, Any]]:
    """What ``person`` wrote, owns, told and confirmed, for the own export."""
    kinds: tuple[tuple[str, Any], ...] = (
        ("wrote", Goal.objects.filter(author=person).values("network__name", "title", "enough", "state")),
        ("owns", Owner.objects.filter(person=person).values("goal__title", "yes_on")),
        ("told", Evidence.objects.filter(by=person).values("goal__title", "text", "source", "claimed")),
        ("confirmed", Evidence.objects.filter(confirmed_by=person).values("goal__title", "text", "confirmed_on")),
    )
    return [
        {name: {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}}
        for name, rows in kinds
        for row in rows
    ]
