"""Versions of the ground rules: in force, coming, in the making, past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, Role, gate
from kutomo.core.consent import queries as consents
from kutomo.core.consent.models import Round, Voice
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Representation
from kutomo.ground.clock import today
from kutomo.ground.errors import NotFound

from ..models import Acceptance, Rule, RuleSet, StateWord
from .starters import reading_language, starters


@dataclass(frozen=True)
class Line:
    """One rule in the reader's language, or in its own when it has no other."""

    order: int
    card: str
    text: str
    in_practice: str
    when_broken: str
    language: str


@dataclass(frozen=True)
class Pair:
    """The same place in two versions; one side may be empty."""

    before: Line | None
    after: Line | None

    @property
    def is_same(self) -> bool:
        if self.before is None or self.after is None:
            return False
        return (self.before.text, self.before.in_practice, self.before.when_broken) == (
            self.after.text,
            self.after.in_practice,
            self.after.when_broken,
        )


@dataclass(frozen=True)
class Accepted:
    """How many of today's seats have somebody who has accepted; never who has not."""

    organisations: int
    seated: int
    mine: Acceptance | None = None


def _sets(network: Network) -> QuerySet[RuleSet]:
    return RuleSet.objects.filter(network=network).select_related("network").prefetch_related("lines")


def visible_rule_sets(person: Any) -> QuerySet[RuleSet]:
    """The versions that ``person`` may read: all of the networks where the person has a seat or a role."""
    return RuleSet.objects.filter(network__in=networks.visible_to(person)).select_related("network")


def get(network: Network, number: int) -> RuleSet:
    """The version of that number; NotFound otherwise."""
    found = _sets(network).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no such version of the ground rules."))
    return found


def by_pk(pk: int) -> RuleSet:
    """The version of that row, for the clock; NotFound otherwise."""
    found = RuleSet.objects.filter(pk=pk).select_related("network").first()
    if found is None:
        raise NotFound(_("There is no such version of the ground rules."))
    return found


def in_making(network: Network) -> RuleSet | None:
    """The version that is being written or agreed now, or None."""
    return _sets(network).filter(state__in=[StateWord.DRAFT, StateWord.PROPOSED]).first()


def current_rules(network: Network) -> RuleSet | None:
    """The version in force today, or None."""
    return _sets(network).filter(state=StateWord.AGREED, in_force_on__lte=today()).order_by("-number").first()


def upcoming(network: Network) -> RuleSet | None:
    """The version that has been agreed and comes into force later, or None."""
    return _sets(network).filter(state=StateWord.AGREED, in_force_on__gt=today()).order_by("-number").first()


def versions(network: Network) -> list[RuleSet]:
    """All agreed versions, newest first."""
    return list(_sets(network).filter(state=StateWord.AGREED).order_by("-number"))


def lines(rule_set: RuleSet, language: str = "") -> list[Line]:
    """The rules of a version in the reader's language, or in ``language``."""
    return [_line(row, language or reading_language()) for row in rule_set.lines.all()]


def _line(row: Rule, code: str) -> Line:
    starter = starters().get(row.card)
    if starter is None:
        return Line(row.order, row.card, row.text, row.in_practice, row.when_broken, row.language)
    translated = not row.text
    own_words = row.in_practice or row.when_broken
    return Line(
        row.order,
        row.card,
        row.text or starter.texts[code],
        row.in_practice or starter.in_practice[row.language if own_words else code],
        row.when_broken or starter.when_broken[row.language if own_words else code],
        code if translated else row.language,
    )


def objections(rule_set: RuleSet) -> list[Voice]:
    """The reasoned objections that the next text should answer."""
    last = consents.latest(("commitments.ruleset", rule_set.pk))
    return [voice for voice in consents.voices(last) if voice.is_blocking] if last and not last.is_open else []


def needs_note(rule_set: RuleSet) -> bool:
    """Whether the text replaces an earlier one, so that it says what has changed and why."""
    return rule_set.number > 1 or bool(rounds(rule_set))


def rounds(rule_set: RuleSet) -> list[Round]:
    """The consent rounds about this version, newest first."""
    return consents.history(("commitments.ruleset", rule_set.pk))


def compare(before: RuleSet, after: RuleSet) -> list[Pair]:
    """Two versions side by side: the same card on one line, then what was left out and what is new."""
    old, new = lines(before), lines(after)
    taken: set[int] = set()
    pairs = []
    for line in new:
        match = next(
            (row for row in old if row.order not in taken and _is_kin(row, line)),
            None,
        )
        if match:
            taken.add(match.order)
        pairs.append(Pair(match, line))
    return pairs + [Pair(row, None) for row in old if row.order not in taken]


def _is_kin(one: Line, other: Line) -> bool:
    return one.card == other.card if one.card or other.card else one.text == other.text


def accepted(rule_set: RuleSet, person: Any = None) -> Accepted:
    """ "Accepted by N of M organisations" today; ``mine``: the person's own acceptance."""
    seats = [seat for seat in networks.seats(rule_set.network) if seat.organisation_id]
    rows = list(rule_set.acceptances.select_related("recorded_by"))
    people = {row.person_id for row in rows}
    count = sum(any(sitting.person_id in people for sitting in seat.sitting()) for seat in seats)
    own = next((row for row in rows if person is not None and row.person_id == person.pk), None)
    return Accepted(count, len(seats), own)


def acceptance_of(rule_set: RuleSet, person: Any) -> Acceptance | None:
    """The person's own acceptance of this version, or None."""
    return rule_set.acceptances.filter(person=person).first()


def to_accept(person: Any, network: Network) -> RuleSet | None:
    """The version that ``person`` is asked to accept: the newest agreed one; None if done."""
    return next(iter(to_accept_in(person, [network])), None)


def to_accept_in(person: Any, among: Iterable[Network]) -> list[RuleSet]:
    """The newest agreed version of each network where ``person`` sits and has not accepted it yet; one query."""
    newest = RuleSet.objects.filter(network=OuterRef("network"), state=StateWord.AGREED).order_by("-number")
    sits = Representation.objects.current().filter(person=person, seat__network=OuterRef("network"))
    given = Acceptance.objects.filter(rule_set=OuterRef("pk"), person=person)
    rows = RuleSet.objects.filter(Exists(sits), ~Exists(given), network__in=list(among))
    return list(rows.filter(pk=Subquery(newest.values("pk")[:1])))


@dataclass(frozen=True)
class Overview:
    """The ground rules of a network as one reader sees them."""

    current: RuleSet | None
    upcoming: RuleSet | None
    making: RuleSet | None
    count: int
    asked: RuleSet | None
    accepted: Accepted | None
    round: Round | None
    sits: bool
    may_propose: bool
    may_run: bool
    may_record: bool

    @property
    def shown(self) -> list[Line]:
        return lines(self.current) if self.current else []

    @property
    def coming(self) -> list[Line]:
        return lines(self.upcoming) if self.upcoming else []

    @property
    def proposed(self) -> list[Line]:
        return lines(self.making) if self.making else []


def overview(person: Any, network: Network) -> Overview:
    """What is in force, coming and in the making, and what waits for ``person``; seven queries at most."""
    sets = list(_sets(network).exclude(state=StateWord.DROPPED).order_by("-number"))
    for one in sets:
        one.network = network
    agreed = [one for one in sets if one.state == StateWord.AGREED and one.in_force_on]
    current = next((one for one in agreed if one.in_force_on and one.in_force_on <= today()), None)
    coming = next((one for one in agreed if one.in_force_on and one.in_force_on > today()), None)
    making = next((one for one in sets if one.is_in_making), None)
    asked = coming or current
    member = gate.may(person, Can.ANSWER, network)
    return Overview(
        current=current,
        upcoming=coming,
        making=making,
        count=len(agreed),
        asked=asked,
        accepted=accepted(asked, person) if asked else None,
        round=consents.latest(("commitments.ruleset", making.pk)) if making else None,
        sits=member and Role.MEMBER in network.roles_of(person),
        may_propose=gate.may(person, Can.PROPOSE, network),
        may_run=gate.may(person, Can.HOST, network),
        may_record=gate.may(person, Can.RECORD, network),
    )
