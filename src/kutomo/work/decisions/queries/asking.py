"""The asking as one person may see it. In the silence nobody, leaders included, sees what others say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.consent import queries as consent, rules as consent_rules
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Representation, Seat
from kutomo.core.people.models import Person
from kutomo.ground.clock import now
from kutomo.ground.errors import NotFound
from kutomo.ground.ui.dates import when

from .. import rules
from ..models import DEGREES, FITS, Advice, Ballot, Decision, Slip, Stance, Turn, Who
from ..rules import Method, Result
from .proposals import options


def open_ballot(decision: Decision) -> Ballot | None:
    """The ballot in which ``decision`` is being asked, or None."""
    return decision.ballots.filter(closed_at=None).select_related("round", "opened_by").first()


def last_ballot(decision: Decision) -> Ballot:
    """The latest asking, open or closed; NotFound while nobody has been asked."""
    found = decision.ballots.select_related("round", "opened_by").first()
    if found is None:
        raise NotFound(_("Nobody has been asked about this yet."))
    return found


@dataclass(frozen=True)
class Electorate:
    """Whose voices count today: seats, or members. ``keys`` are seats' or persons' keys."""

    seats: list[Seat]
    members: list[Person]

    @property
    def keys(self) -> set[int]:
        return {row.pk for row in self.seats} or {row.pk for row in self.members}


def electorate(decision: Decision) -> Electorate:
    """Today's voices of ``decision``; for advice those who were asked."""
    if decision.method == Method.ADVICE:
        return Electorate([], [row.person for row in decision.advice.all() if row.person])
    if decision.who == Who.MEMBERS:
        return Electorate([], networks.members(decision.network))
    return Electorate(networks.seats(decision.network), [])


def stances(ballot: Ballot) -> list[Stance]:
    """Every named stance with its owner (one query). Not to show in the silence."""
    return list(ballot.stances.select_related("seat__organisation", "person", "taken_by", "recorded_by"))


def stance(ballot: Ballot, pk: int) -> Stance:
    """One stance of ``ballot``; NotFound otherwise."""
    found = ballot.stances.filter(pk=pk).select_related("taken_by").first()
    if found is None:
        raise NotFound(_("There is no such stance in this round."))
    return found


def to_check(decision: Decision, person: Any) -> Stance:
    """The stance that a recorder wrote for ``person`` and that waits to be checked; NotFound otherwise."""
    rows = Stance.objects.filter(ballot__decision=decision, taken_by=person, recorded_by__isnull=False)
    found = rows.order_by("-pk").first()
    if found is None:
        raise NotFound(_("There is no such stance in this round."))
    return found


def counted(decision: Decision, ballot: Ballot) -> Result:
    """What the asking has given by now (consent and consensus: as core/consent counts)."""
    if ballot.round is not None:
        ended = consent.outcome(ballot.round)
        others = sum(voice.stance in ("object", "can_live") for voice in consent.voices(ballot.round))
        return rules.of_round(
            adopted=ended.adopted,
            too_few=ended.why in (consent_rules.Why.TOO_FEW, consent_rules.Why.TOO_EARLY),
            invited=ended.invited,
            answered=ended.answered,
            method=Method(decision.method),
            others=others,
        )
    voters = electorate(decision)
    if decision.method == Method.ADVICE:
        given = sum(bool(row.words) for row in decision.advice.all())
        return Result(rules.Why.ADVISED, len(voters.members), given)
    return _count(decision, _said(decision, ballot, voters), voters)


def _count(decision: Decision, said: list[dict[str, Any]], voters: Electorate) -> Result:
    keys = [option.key for option in options(decision)]
    invited = len(voters.keys)
    if decision.method == Method.GRADIENTS:
        return rules.of_degrees([int(one["degree"]) for one in said], invited, is_anonymous=decision.is_anonymous)
    if decision.method == Method.CHOICE:
        chosen = (str(one["option"]) for one in said)
        return rules.of_choice(chosen, keys, invited, is_anonymous=decision.is_anonymous)
    return rules.of_dates(said, keys, invited)


def _said(decision: Decision, ballot: Ballot, voters: Electorate) -> list[dict[str, Any]]:
    if decision.is_anonymous:
        return list(Slip.objects.filter(ballot=ballot).values_list("said", flat=True))
    rows = ballot.stances.values_list("seat_id", "person_id", "said")
    return [said for seat, person, said in rows if (seat or person) in voters.keys]


def is_silent(decision: Decision, ballot: Ballot, answered: int, invited: int) -> bool:
    """Does everybody still think alone? An anonymous question is silent until it closes (A8: frozen results)."""
    if decision.is_anonymous:
        return ballot.is_open
    return ballot.is_open and consent_rules.is_silent(now(), ballot.silent_until, answered, invited)


@dataclass(frozen=True)
class ShownLine:
    """One row of a result in words: ``names`` of those who said so, only where it is named."""

    label: str
    number: int | None
    word: str
    percent: int | None
    names: list[str]
    is_chosen: bool


@dataclass(frozen=True)
class Standing:
    """A decision's asking as one person may see it now. ``consent``: the round's own standing, for two methods.

    ``lines`` and ``reasons`` are empty while the silence lasts; ``has_taken``: own answer given (anonymous: only
    that); ``may_answer``: there is a voice to give now.
    """

    ballot: Ballot
    invited: int
    answered: int
    is_silent: bool
    result: Result
    consent: Any = None
    chairs: list[Representation] = field(default_factory=list)
    chair: Representation | None = None
    stance: Stance | None = None
    advice: Advice | None = None
    has_taken: bool = False
    may_answer: bool = False
    may_record: bool = False
    may_close: bool = False
    must_speak_for: str = ""
    lines: list[ShownLine] = field(default_factory=list)
    reasons: list[Any] = field(default_factory=list)


def standing(decision: Decision, ballot: Ballot, person: Any, seat: int | None = None) -> Standing:
    """``ballot`` as ``person`` may see it; ``seat``: which of the person's seats, the first if None."""
    frozen = _frozen(ballot)
    if frozen is not None:
        return _closed(decision, ballot, frozen)
    if ballot.round is not None:
        ballot.round.network = decision.network
        inner = consent.standing(ballot.round, person, seat)
        result = Result(rules.Why.TOO_FEW, inner.invited, inner.answered)  # what it gives is said when it closes
        return Standing(
            ballot,
            inner.invited,
            inner.answered,
            inner.is_silent,
            result,
            consent=inner,
            chairs=inner.chairs,
            chair=inner.chair,
            has_taken=inner.voice is not None,
            may_answer=inner.may_answer,
            may_record=inner.may_record,
            may_close=rules.may_close(
                answered=inner.answered, invited=inner.invited, now=now(), closes_at=ballot.closes_at
            ),
            must_speak_for=inner.must_speak_for,
        )
    return _own_standing(decision, ballot, person, seat)


def _closed(decision: Decision, ballot: Ballot, result: Result) -> Standing:
    """What was found out; of a consent round the stances stand on the round's own page."""
    rows = [] if decision.is_anonymous or ballot.round_id else stances(ballot)
    reasons = [] if ballot.round_id else _reasons(decision, ballot, rows, result.answered)
    lines = _shown(decision, result, rows)
    return Standing(ballot, result.invited, result.answered, False, result, lines=lines, reasons=reasons)


def _own_standing(decision: Decision, ballot: Ballot, person: Any, seat: int | None) -> Standing:
    voters = electorate(decision)
    rows = [] if decision.is_anonymous or decision.method == Method.ADVICE else stances(ballot)
    result = _counted_from(decision, ballot, voters, rows)
    answered = ballot.turns.count() if decision.is_anonymous else result.answered
    silent = is_silent(decision, ballot, answered, result.invited)
    mine = _chairs(decision, voters, person)
    chair = next((row for row in mine if row.seat_id == seat), mine[0] if mine else None)
    own = next((row for row in rows if _is_own(row, decision, person, chair)), None)
    asked = _asked(decision, person)
    voice = asked is not None if decision.method == Method.ADVICE else chair is not None
    taken = _has_turn(ballot, decision, person, chair) if decision.is_anonymous else own is not None
    speaks = decision.who == Who.MEMBERS or decision.is_anonymous or chair is None or not chair.seat.organisation_id
    if decision.method == Method.ADVICE or (chair is not None and chair.mandate != Representation.Mandate.SELF):
        speaks = True
    return Standing(
        ballot,
        result.invited,
        answered,
        silent,
        result,
        chairs=mine if decision.who == Who.SEATS and decision.method != Method.ADVICE else [],
        chair=chair,
        stance=own,
        advice=asked,
        has_taken=taken or bool(asked and asked.words),
        may_answer=ballot.is_open
        and voice
        and gate.may(person, Can.ANSWER, decision.network)
        and not (decision.is_anonymous and taken),
        may_record=ballot.is_open and gate.may(person, Can.RECORD, decision.network),
        may_close=rules.may_close(answered=answered, invited=result.invited, now=now(), closes_at=ballot.closes_at),
        must_speak_for="" if speaks or chair is None else chair.seat.name,
        lines=[] if silent else _shown(decision, result, rows),
        reasons=[] if silent else _reasons(decision, ballot, rows, answered),
    )


def _counted_from(decision: Decision, ballot: Ballot, voters: Electorate, rows: list[Stance]) -> Result:
    """The same as ``counted``, from stances that were read already; an anonymous question is counted when it closes."""
    if decision.method == Method.ADVICE:
        return counted(decision, ballot)
    if decision.is_anonymous:
        return Result(rules.Why.TOO_FEW, len(voters.keys), 0)
    said = [row.said for row in rows if (row.seat_id or row.person_id) in voters.keys]
    return _count(decision, said, voters)


def _asked(decision: Decision, person: Any) -> Advice | None:
    if decision.method != Method.ADVICE:
        return None
    return next((row for row in decision.advice.all() if row.person == person), None)


def _chairs(decision: Decision, voters: Electorate, person: Any) -> list[Representation]:
    """Where ``person`` sits, from seats that were read already; nobody sits for an advice."""
    if decision.method == Method.ADVICE or person is None:
        return []
    if not voters.seats:
        return consent.chairs(person, decision.network)
    rows = [row for seat in voters.seats for row in seat.sitting() if row.person_id == person.pk]
    return sorted(rows, key=lambda row: (row.seat.organisation_id is None, row.pk))


def _frozen(ballot: Ballot) -> Result | None:
    """The result as it was when the ballot closed; late changes move nothing."""
    if not ballot.result:
        return None
    lines = tuple(rules.Line(**row) for row in ballot.result["lines"])
    facts = {key: ballot.result[key] for key in ("invited", "answered", "chosen")}
    return Result(rules.Why(ballot.result["why"]), lines=lines, **facts)


def _is_own(row: Stance, decision: Decision, person: Any, chair: Representation | None) -> bool:
    if decision.who == Who.MEMBERS:
        return person is not None and row.person_id == person.pk
    return chair is not None and row.seat_id == chair.seat_id


def _has_turn(ballot: Ballot, decision: Decision, person: Any, chair: Representation | None) -> bool:
    if decision.who == Who.MEMBERS:
        return ballot.turns.filter(person=person).exists()
    return chair is not None and ballot.turns.filter(seat=chair.seat_id).exists()


def labels(decision: Decision) -> dict[str, str]:
    """The words of every key that a result's line can have."""
    if decision.method == Method.GRADIENTS:
        return {str(int(degree)): str(label) for degree, label in DEGREES.items()}
    return {option.key: when(option.at) if option.at else option.text for option in options(decision)}


def words_of(decision: Decision, said: dict[str, Any]) -> str:
    """One stance in words."""
    known = labels(decision)
    if decision.method == Method.DATES:
        return ", ".join(f"{known.get(key, key)}: {FITS[rules.Fit(fit)]}" for key, fit in said.items())
    return known.get(str(said.get("degree") or said.get("option")), "")


def _shown(decision: Decision, result: Result, rows: list[Stance]) -> list[ShownLine]:
    known = labels(decision)
    names: dict[str, list[str]] = {}
    for row in rows:
        keys = (
            [key for key, fit in row.said.items() if fit == rules.Fit.YES]
            if decision.method == Method.DATES
            else [str(row.said.get("degree") or row.said.get("option"))]
        )
        for key in keys:
            names.setdefault(key, []).append(row.name)
    return [
        ShownLine(
            known.get(line.key, line.key),
            line.number,
            line.word,
            line.percent,
            names.get(line.key, []),
            line.key == result.chosen,
        )
        for line in result.lines
    ]


def _reasons(decision: Decision, ballot: Ballot, rows: list[Stance], answered: int) -> list[dict[str, str]]:
    """The reasons given: with names, or (anonymous) without, from five answers on, in an order that tells nothing."""
    if not decision.is_anonymous:
        return [
            {"name": row.name, "said": words_of(decision, row.said), "reason": row.reason} for row in rows if row.reason
        ]
    if answered < rules.FEWEST:
        return []
    slips = Slip.objects.filter(ballot=ballot).exclude(reason="").order_by("key")
    return [{"name": "", "said": "", "reason": slip.reason} for slip in slips]


def history(decision: Decision) -> list[Ballot]:
    """Every time it was asked, newest first."""
    return list(decision.ballots.select_related("round", "opened_by", "closed_by"))


def found(decision: Decision, person: Any) -> dict[str, Any]:
    """What the asking gave, for whoever writes the outcome."""
    ballot = decision.ballots.select_related("round").first()
    if ballot is None:
        return {"ballot": None, "standing": None, "round": None}
    return {"ballot": ballot, "standing": standing(decision, ballot, person), "round": ballot.round}


def past(decision: Decision, person: Any) -> list[Standing]:
    """Every asking as ``person`` may see it, newest first."""
    return [standing(decision, ballot, person) for ballot in history(decision)]


def asked(decision: Decision) -> list[Person]:
    """Whom the letter goes to: each seat's representatives (else substitutes), the members, or those asked."""
    voters = electorate(decision)
    people: dict[int, Person] = {}
    for seat in voters.seats:
        sitting = seat.sitting()
        first = [row for row in sitting if row.kind == Representation.Kind.REPRESENTATIVE] or sitting
        people |= {row.person_id: row.person for row in first}
    return list(people.values()) or voters.members


def still_asked(decision: Decision, ballot: Ballot) -> list[Person]:
    """Of those asked, the ones whose seat (or who themselves) have not spoken yet."""
    if decision.method == Method.ADVICE:
        return [row.person for row in decision.advice.filter(words="").select_related("person") if row.person]
    model: Any = Turn if decision.is_anonymous else Stance
    spoken = model.objects.filter(ballot=ballot)
    people = set(spoken.filter(person__isnull=False).values_list("person_id", flat=True))
    seats = spoken.filter(seat__isnull=False).values("seat")
    people |= set(Representation.objects.current().filter(seat__in=seats).values_list("person_id", flat=True))
    return [person for person in asked(decision) if person.pk not in people]


def speakers(decision: Decision) -> list[Person]:
    """For whom a recorder may write: those who sit in the network, or were asked for advice."""
    return electorate(decision).members if decision.method == Method.ADVICE else networks.members(decision.network)
