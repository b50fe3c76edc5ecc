"""What can be asked of consent rounds. During the silence nobody, leaders included, sees what others say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Representation, Seat
from kutomo.core.people.models import Person
from kutomo.core.things.register import Reference
from kutomo.ground.clock import now
from kutomo.ground.errors import NotFound

from . import rules
from .models import EarlierVoice, Round, StanceWord, Voice, Who


@dataclass(frozen=True)
class Count:
    """How many took one stance, and who: stances in a consent round are named."""

    stance: str
    label: str
    names: list[str]

    @property
    def number(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class Standing:
    """A round as one person may see it now.

    ``objections``, ``concerns``, ``counts`` and ``unanswered`` are empty while the silence lasts.
    ``is_coauthor``: the person's own objection stands, so the next text is theirs to write, too.
    ``unanswered``: names of organisations, for members only; ``unanswered_people``: how many others.
    """

    round: Round
    invited: int
    answered: int
    is_silent: bool
    outcome: rules.Outcome
    chairs: list[Representation] = field(default_factory=list)
    chair: Representation | None = None
    voice: Voice | None = None
    may_answer: bool = False
    must_speak_for: str = ""
    is_coauthor: bool = False
    may_run: bool = False
    may_record: bool = False
    objections: list[Voice] = field(default_factory=list)
    concerns: list[Voice] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    unanswered_people: int = 0


@dataclass(frozen=True)
class Electorate:
    """Whose voices count today."""

    seats: list[Seat]
    members: list[Person]

    @property
    def size(self) -> int:
        return len(self.seats) + len(self.members)

    def has(self, voice: Voice) -> bool:
        return (voice.seat_id or 0) in {seat.pk for seat in self.seats} or (voice.person_id or 0) in {
            person.pk for person in self.members
        }


def visible_to(person: Any) -> QuerySet[Round]:
    """The rounds of the networks that ``person`` may see."""
    return Round.objects.filter(network__in=networks.visible_to(person)).select_related("network")


def get(person: Any, network: Network, pk: int) -> Round:
    """The round of ``network``; NotFound for one that ``person`` may not see."""
    found = Round.objects.filter(network=network, pk=pk).select_related("network", "opened_by", "previous").first()
    if found is None or not gate.may(person, Can.SEE, network):
        raise NotFound(_("There is no such consent round here."))
    found.network = network  # keeps the roles that were read already
    return found


def current(thing: Reference) -> Round | None:
    """The open round about ``thing`` ("room.noun", pk), or None."""
    return Round.objects.filter(thing_kind=thing[0], thing_id=thing[1], status="open").select_related("network").first()


def latest(thing: Reference) -> Round | None:
    """The last round about ``thing``, open or closed, or None."""
    return (
        Round.objects.filter(thing_kind=thing[0], thing_id=thing[1])
        .select_related("network")
        .order_by("-number")
        .first()
    )


def history(thing: Reference) -> list[Round]:
    """All rounds about ``thing``, newest first."""
    return list(
        Round.objects.filter(thing_kind=thing[0], thing_id=thing[1]).select_related("network").order_by("-number")
    )


def of_network(person: Any, network: Network) -> list[Round]:
    """The rounds of ``network``, open ones first; nothing for a stranger."""
    if not gate.may(person, Can.SEE, network):
        return []
    rows = Round.objects.filter(network=network).order_by("-opened_at")
    return sorted(rows, key=lambda row: not row.is_open)


def due(kind: str, at: datetime | None = None) -> list[Round]:
    """Open rounds about things of ``kind`` ("room.noun") whose time is up; their room closes them."""
    rows = Round.objects.filter(thing_kind=kind, status="open", closes_at__lte=at or now())
    return list(rows.select_related("network").order_by("closes_at"))


def closing_before(at: datetime) -> list[Round]:
    """Open rounds that close between now and ``at``."""
    rows = Round.objects.filter(status="open", closes_at__gt=now(), closes_at__lte=at)
    return list(rows.select_related("network", "opened_by"))


def waiting_for(person: Any) -> list[Round]:
    """Open rounds in which ``person`` could speak and nobody has for the seat yet, next to close first."""
    sittings = networks.seats_of(person)
    seats = {row.seat_id: row.seat for row in sittings}
    nets = {row.seat.network_id for row in sittings}
    rounds = Round.objects.filter(status="open", network__in=nets).select_related("network").order_by("closes_at")
    spoken = Voice.objects.filter(round__status="open", round__network__in=nets)
    spoken_seats = set(spoken.filter(seat__in=seats).values_list("round_id", "seat_id"))
    spoken_self = set(spoken.filter(person=person).values_list("round_id", flat=True))
    wait = []
    for item in rounds:
        mine = [pk for pk, seat in seats.items() if seat.network_id == item.network_id]
        missing = [pk for pk in mine if (item.pk, pk) not in spoken_seats]
        if item.pk not in spoken_self if item.who == Who.MEMBERS else missing:
            wait.append(item)
    return wait


def waiting_in(person: Any, among: Iterable[Network]) -> list[Round]:
    """The open rounds of the networks ``among`` that wait for ``person``, next to close first; one query.

    A round waits while neither the person nor anybody on the person's seats there has spoken.
    """
    seats = Representation.objects.current().filter(person=person, seat__network=OuterRef("network"))
    mine = Representation.objects.current().filter(person=person).values("seat")
    spoken = Voice.objects.filter(Q(person=person) | Q(seat__in=mine), round=OuterRef("pk"))
    rounds = Round.objects.filter(Exists(seats), ~Exists(spoken), status="open", network__in=list(among))
    return list(rounds.order_by("closes_at"))


def electorate(round: Round) -> Electorate:
    """Today's seats, or today's members, whose voices count in ``round``."""
    if round.who == Who.MEMBERS:
        return Electorate([], networks.members(round.network))
    return Electorate(networks.seats(round.network), [])


def voices(round: Round) -> list[Voice]:
    """Every stance in ``round`` with its owner and its past (two queries). Not to show in the silence."""
    rows = round.voices.select_related("seat__organisation", "person", "taken_by", "recorded_by")
    return list(rows.prefetch_related("earlier"))


def outcome(round: Round) -> rules.Outcome:
    """How ``round`` ended, or how it would end now."""
    return _outcome(round, voices(round), electorate(round))


def _outcome(round: Round, said: Iterable[Voice], voters: Electorate) -> rules.Outcome:
    said = list(said)
    answered = sum(voters.has(voice) for voice in said)
    result = rules.outcome(
        (voice.said for voice in said),
        invited=voters.size,
        answered=answered,
        time_is_up=round.time_is_up,
        percent=round.needed_percent,
    )
    if round.is_open:
        return result
    return rules.Outcome(
        round.status == rules.Status.ADOPTED,
        rules.Why(round.why),
        round.invited or 0,
        round.answered or 0,
        result.objections,
        result.concerns,
    )


def chairs(person: Any, network: Network) -> list[Representation]:
    """Where ``person`` sits in ``network`` today, organisations' seats before an own one."""
    if person is None or person.pk is None:
        return []
    rows = Representation.objects.current().filter(seat__network=network, person=person)
    found = rows.select_related("seat__organisation", "person").order_by("pk")
    return sorted(found, key=lambda row: row.seat.organisation_id is None)


def _chairs_among(voters: Electorate, person: Any) -> list[Representation]:
    """The same from seats that were read already."""
    rows = [row for seat in voters.seats for row in seat.sitting() if person and row.person_id == person.pk]
    return sorted(rows, key=lambda row: (row.seat.organisation_id is None, row.pk))


def standing(round: Round, person: Any, seat: int | None = None) -> Standing:
    """``round`` as ``person`` may see it now; ``seat``: which of the person's seats, the first if None."""
    said, voters = voices(round), electorate(round)
    result = _outcome(round, said, voters)
    silent = round.is_open and rules.is_silent(now(), round.silent_until, result.answered, result.invited)
    mine = _chairs_among(voters, person) if round.who == Who.SEATS else chairs(person, round.network)
    chair = next((row for row in mine if row.seat_id == seat), mine[0] if mine else None)
    own = _own(round, said, person, chair)
    speaks = round.who == Who.MEMBERS or chair is None or not chair.seat.organisation_id
    shown: dict[str, Any] = {} if silent else _shown(said, voters, person, round)
    return Standing(
        round=round,
        invited=result.invited,
        answered=result.answered,
        is_silent=silent,
        outcome=result,
        chairs=mine if round.who == Who.SEATS else [],
        chair=chair,
        voice=own,
        may_answer=round.is_open and chair is not None and gate.may(person, Can.ANSWER, round.network),
        must_speak_for=""
        if speaks or chair is None or chair.mandate != Representation.Mandate.SELF
        else chair.seat.name,
        is_coauthor=own is not None and own.is_blocking,
        may_run=gate.may(person, Can.HOST, round.network) or (person is not None and round.opened_by_id == person.pk),
        may_record=round.is_open and gate.may(person, Can.RECORD, round.network),
        **shown,
    )


def _own(round: Round, said: list[Voice], person: Any, chair: Representation | None) -> Voice | None:
    if round.who == Who.MEMBERS:
        return next((voice for voice in said if person is not None and voice.person_id == person.pk), None)
    return next((voice for voice in said if chair is not None and voice.seat_id == chair.seat_id), None)


def _shown(said: list[Voice], voters: Electorate, person: Any, round: Round) -> dict[str, Any]:
    spoken = {voice.seat_id for voice in said}
    missing = [seat for seat in voters.seats if seat.pk not in spoken]
    member = gate.may(person, Can.ANSWER, round.network)
    named = [seat.name for seat in missing if seat.organisation_id] if member else []
    answered = sum(voters.has(voice) for voice in said)
    return {
        "objections": [voice for voice in said if rules.is_reasoned(voice.said)],
        "concerns": [voice for voice in said if voice.is_concern],
        "counts": [
            Count(code, str(label), [voice.name for voice in said if voice.stance == code])
            for code, label in StanceWord.choices
        ],
        "unanswered": named,
        "unanswered_people": voters.size - answered - len(named),
    }


def voice(round: Round, pk: int) -> Voice:
    """One voice of ``round``; NotFound otherwise."""
    found = round.voices.select_related("seat__organisation", "person", "taken_by").filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such stance in this round."))
    return found


def past(voice: Voice) -> list[EarlierVoice]:
    """What this voice said before, oldest first."""
    return list(voice.earlier.all())


def co_writers(round: Round) -> list[Person]:
    """Those whose reasoned objections stand: they take part in writing the next text."""
    blocking = [voice for voice in voices(round) if voice.is_blocking]
    writers = {voice.taken_by_id: voice.taken_by for voice in blocking if voice.taken_by}
    return sorted(writers.values(), key=lambda person: person.name)


def speakers(round: Round) -> list[Person]:
    """Whose stance a recorder may enter: everybody who sits in the network today."""
    return networks.members(round.network)


def asked(round: Round) -> list[Person]:
    """Whom the letter goes to: each seat's representatives (else substitutes), or all members."""
    if round.who == Who.MEMBERS:
        return networks.members(round.network)
    people: dict[int, Person] = {}
    for seat in networks.seats(round.network):
        sitting = seat.sitting()
        first = [row for row in sitting if row.kind == Representation.Kind.REPRESENTATIVE] or sitting
        people |= {row.person_id: row.person for row in first}
    return list(people.values())


def still_asked(round: Round) -> list[Person]:
    """Of those asked, the ones whose seat (or who themselves) have not spoken yet."""
    said = voices(round)
    spoken = {voice.person_id for voice in said}
    if round.who == Who.SEATS:
        seats = {voice.seat_id for voice in said}
        rows = Representation.objects.current().filter(seat__in=seats)
        spoken = set(rows.values_list("person_id", flat=True))
    return [person for person in asked(round) if person.pk not in spoken]


def own_rows(person: Any) -> list[dict[str, Any]]:
    """Every stance that ``person`` took, with what it said before, for the person's own export."""
    rows = Voice.objects.filter(Q(person=person) | Q(taken_by=person)).order_by("at", "pk")
    said = [
        {
            "network": row.round.network.name,
            "round": row.round.title,
            "speaks for": row.seat.name if row.seat else "",
            "at": row.at.isoformat(),
            **{name: getattr(row, name) for name in ("stance", "harm", "change", "resolution", "resolution_words")},
        }
        for row in rows.select_related("round__network", "seat__organisation")
    ]
    before = EarlierVoice.objects.filter(taken_by=person).select_related("voice__round__network").order_by("at", "pk")
    return said + [
        {
            "network": row.voice.round.network.name,
            "round": row.voice.round.title,
            "at": row.at.isoformat(),
            "until": row.until.isoformat(),
            **{name: getattr(row, name) for name in ("stance", "harm", "change", "resolution")},
        }
        for row in before
    ]
