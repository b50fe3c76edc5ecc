"""Suggestions as a person may see them, and whether a pair may be asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network, Seat
from kutomo.ground.clock import today
from kutomo.ground.errors import RuleBroken
from kutomo.work.relations.queries.knowledge import off_map
from kutomo.work.relations.rules.gates import TOO_FEW
from kutomo.work.relations.rules.shape import Report

from ..models import Introduction, Rest
from ..rules import course, suggestions as rules
from ..rules.course import State
from ..rules.suggestions import Pair, Suggestion
from .material import Material
from .reasons import needs_of
from .wording import reasons

UNDER_WAY = (State.LEAVING, State.ASKED)


@dataclass(frozen=True)
class Card:
    """One suggestion on the page: the two seats, why, who could introduce them, and what the reader may do."""

    suggestion: Suggestion
    a: Seat
    b: Seat
    contacts: list[Seat]
    reasons: list[str]
    may_write: bool
    wish_for: Seat | None  # the other seat, when the reader sits on one of the two


@dataclass(frozen=True)
class Offered:
    """What there is to suggest. ``why`` is a code when there is nothing: no_report, too_few, none."""

    report: Report | None
    cards: list[Card] = field(default_factory=list)
    why: str = ""

    @property
    def triangles(self) -> list[Card]:
        return [card for card in self.cards if card.suggestion.is_triangle]

    @property
    def bridges(self) -> list[Card]:
        return [card for card in self.cards if not card.suggestion.is_triangle]


def offered(material: Material, begun: Collection[tuple[int, int, str]]) -> Offered:
    """The suggestions that the reader may see: all for those who introduce people, else those of the own seat.

    ``begun``: seats and state of the network's introductions. Two queries besides the material.
    """
    report = material.newest
    if report is None:
        return Offered(None, why="no_report")
    if report.gate == TOO_FEW:
        return Offered(report, why="too_few")
    introduces = gate.may(material.person, Can.INTRODUCE, material.network)
    own = material.mine.pk if material.mine else 0
    cards = []
    for one in _suggestions(material, report, begun):
        connects = own in one.contacts
        if not (introduces or connects or own in one.pair):
            continue
        seats, names = material.seats, material.names
        wish_for = next((seats[seat] for seat in one.pair if own in one.pair and seat != own), None)
        contacts = [seats[seat] for seat in one.contacts if seat in seats]
        may_write = introduces or connects
        cards.append(Card(one, seats[one.a], seats[one.b], contacts, reasons(one, names), may_write, wish_for))
    return Offered(report, cards, "" if cards else "none")


def _suggestions(material: Material, report: Report, begun: Collection[tuple[int, int, str]]) -> list[Suggestion]:
    resting = set(_resting(material.network).values_list("a_id", "b_id"))
    times: dict[int, int] = {}
    for a, b, state in begun:
        if state not in (State.DROPPED, State.LAPSED):
            resting.add((a, b))
        if state in UNDER_WAY:
            times[a], times[b] = times.get(a, 0) + 1, times.get(b, 0) + 1
    full = {seat for seat, count in times.items() if count >= rules.MOST_A_MEMBER}
    present = material.seats.keys() - material.off_map
    chosen = rules.suggest(report, without=resting, only=present, needs=needs_of(material), full=full)
    return rules.with_reach(report, chosen)


def _resting(network: Network) -> QuerySet[Rest]:
    return Rest.objects.filter(Q(until=None) | Q(until__gt=today()), network=network)


def suggestion_for(material: Material, pair: Pair) -> Suggestion | None:
    """What speaks for one pair, wherever it stands in the list; None without a report or off the map."""
    report = material.newest
    if report is None or not {*pair} <= report.by_seat.keys():
        return None
    others = {(a, b) for a in report.by_seat for b in report.by_seat if a < b} - {pair}
    chosen = rules.suggest(report, without=others, needs=needs_of(material), most=1)
    return rules.with_reach(report, chosen)[0] if chosen else None


def may_connect(person: Any, network: Network, pair: Pair) -> bool:
    """Whether the seat of ``person`` works with both, as the newest report shows to all."""
    material = Material(person, network)
    mine, report = material.mine, material.newest
    return mine is not None and report is not None and rules.may_connect(report, mine.pk, pair)


def check_may_be_asked(network: Network, pair: Pair, *, own: int = 0, wished: bool = False) -> None:
    """Pass when the two may be asked, else RuleBroken. ``own``: the introduction that asks; ``wished``: by one of them.

    The words never tell what either of them has said.
    """
    rows = Introduction.objects.filter(a=pair[0], b=pair[1]).exclude(pk=own)
    states = set(rows.values_list("state", flat=True))
    if states & course.OPEN:
        raise RuleBroken(_("Somebody is introducing these two already."))
    if State.MET in states:
        raise RuleBroken(_("These two have been introduced to each other already."))
    if Rest.objects.filter(Q(until=None) | Q(until__gt=today()), a=pair[0], b=pair[1], is_silent=True).exists():
        raise RuleBroken(_("These two have been asked before. Let it rest for now."))
    if {*pair} & off_map(network):
        raise RuleBroken(_("One of them does not want to be on the map, and is not introduced by others either."))
    if not wished and _is_full(pair, own):
        raise RuleBroken(_("One of them has two introductions under way. Wait until they have been answered."))


def _is_full(pair: Pair, own: int) -> bool:
    rows = Introduction.objects.filter(state__in=UNDER_WAY).exclude(pk=own)
    return any(rows.filter(Q(a=seat) | Q(b=seat)).count() >= rules.MOST_A_MEMBER for seat in pair)


def laid_aside(person: Any, network: Network) -> QuerySet[Rest]:
    """Suggestions laid aside: all for those who introduce people, else one's own."""
    rows = _resting(network).filter(is_silent=False).select_related("by", "a__organisation", "b__organisation")
    rows = rows.prefetch_related("a__representations__person", "b__representations__person")
    return rows if gate.may(person, Can.INTRODUCE, network) else rows.filter(by=person)
