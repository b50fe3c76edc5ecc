"""The asking itself: open, answer under one's name or without it, advise, close, ask again."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _t, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.core.networks.models import Representation
from kutomo.core.people.models import Person
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries, rules
from ..models import Advice, Ballot, Decision, Slip, Stance, Turn, Who, laid_anew
from ..rules import Deed, Degree, Fit, Method, Result, State
from .held import THING, asking, held, moved, running, tell
from .letters import LINK, write_to_all

__all__ = ["LINK", "advise", "check", "check_advice", "close", "end", "open", "reopen", "take"]


@transaction.atomic
def open(
    *, by: Person, decision: Decision, closes_at: datetime | None = None, silent_until: datetime | None = None
) -> Ballot:
    """Ask everybody. ``closes_at``: seven days on if None; ``silent_until``: until then all think alone.

    Raises RuleBroken for odd times or while the decider has not said yes; NotAllowed to those who do not run it.
    """
    decision = held(decision, Deed.OPEN)
    running(by, decision)
    ballot = _ask(by, decision, closes_at, silent_until, "")
    tell(by=by, kind=events.OPENED, decision=decision)
    return ballot


def _ask(by: Person, decision: Decision, closes_at: datetime | None, silent_until: datetime | None, why: str) -> Ballot:
    opened_at = now()
    closes_at = closes_at or opened_at + timedelta(days=rules.OPEN_DAYS)
    if closes_at <= opened_at:
        raise RuleBroken(_("Choose a closing time in the future."), field="closes_at")
    if silent_until is not None and silent_until > closes_at:
        raise RuleBroken(_("The silence must end before the round closes."), field="silent_until")
    if decision.method == Method.ADVICE and decision.decider_since is None:
        raise RuleBroken(_("The one who would decide has not said yes yet."))
    try:
        with transaction.atomic():
            ballot = Ballot.objects.create(
                decision=decision,
                number=decision.ballots.count() + 1,
                why=why,
                opened_by=by,
                opened_at=opened_at,
                silent_until=silent_until if decision.method != Method.ADVICE else None,
                closes_at=closes_at,
            )
    except IntegrityError:  # somebody else opened it in the same moment
        raise RuleBroken(_("This is being asked already.")) from None
    if decision.is_round:
        ballot.round = _open_round(by, decision, ballot)
        ballot.save(update_fields=["round"])
    decision.state = State.OPEN
    moved(decision, "state")
    write_to_all("opened", decision, ballot, queries.asked(decision), but=by)
    return ballot


def _open_round(by: Person, decision: Decision, ballot: Ballot) -> Any:
    percent = rules.NEEDED_PERCENT if decision.method == Method.CONSENT else rules.CONSENSUS_PERCENT
    question = _t("Is this good enough for now?") if decision.method == Method.CONSENT else _t("Do we all want this?")
    return consent.open(
        by=by,
        network=decision.network,
        thing=(THING, decision.pk),
        title=decision.title,
        text=decision.proposal,
        question=question,
        silent_until=ballot.silent_until,
        closes_at=ballot.closes_at,
        who=decision.who,
        needed_percent=percent,
        language=decision.language,
        tell=False,  # the decision's own letter asks
        can=Can.PROPOSE,
    )


@transaction.atomic
def take(
    *,
    by: Person,
    decision: Decision,
    on_behalf_of: Person | None = None,
    seat: int | None = None,
    speaks: bool = False,
    seen: int | None = None,
    reason: str = "",
    **said: Any,
) -> Any:
    """Say what one thinks; named stances can be changed while it is open, anonymous answers cannot.

    ``said``: what the method asks: ``stance``, ``harm``, ``change`` (consent, consensus); ``degree`` 1–5; ``option``
    (its key); ``fits`` {key: "yes" | "maybe" | "no"}. ``on_behalf_of``: a recorder enters what this person said on
    paper or by phone; ``seat``, ``speaks``, ``seen``: as in consent rounds.
    Raises RuleBroken when closed or answered already (anonymous), NotAllowed without a voice here.
    """
    decision = held(decision)
    ballot = asking(decision)
    if ballot.round is not None:
        return consent.take(
            by=by, round=ballot.round, on_behalf_of=on_behalf_of, seat=seat, speaks=speaks, seen=seen, **said
        )
    recorder = by if on_behalf_of is not None and on_behalf_of.pk != by.pk else None
    gate.require(by, Can.RECORD if recorder else Can.ANSWER, decision.network)
    speaker = on_behalf_of or by
    answer, reason = _answer(decision, said), reason.strip()
    if len(reason) > rules.LONGEST_REASON:
        most = {"most": rules.LONGEST_REASON}
        raise RuleBroken(_("Say it in at most %(most)s characters."), field="reason", params=most)
    owner = _owner(decision, speaker, seat, speaks, recorder)
    if decision.is_anonymous:
        return _cast(ballot, owner, answer, reason)
    stance = _keep(ballot, owner, answer, reason, speaker, recorder, seen)
    tell(by=by, kind=events.STANCE_TAKEN, decision=decision)
    return stance


def _answer(decision: Decision, said: dict[str, Any]) -> dict[str, Any]:
    """What was said, as the method takes it; RuleBroken beside the field when it is none of the choices."""
    keys = [option.key for option in queries.options(decision)]
    if decision.method == Method.GRADIENTS:
        if str(said.get("degree")) not in {str(int(degree)) for degree in Degree}:
            raise RuleBroken(_("Choose one of these."), field="degree")
        return {"degree": int(said["degree"])}
    if decision.method == Method.CHOICE:
        if str(said.get("option")) not in keys:
            raise RuleBroken(_("Choose one of these."), field="option")
        return {"option": str(said["option"])}
    fits = said.get("fits") or {}
    if decision.method != Method.DATES or set(fits) != set(keys) or not set(fits.values()) <= set(Fit):
        raise RuleBroken(_("Say of each day how it suits you."))
    return {key: str(fits[key]) for key in keys}


def _owner(
    decision: Decision, speaker: Person, seat: int | None, speaks: bool, recorder: Person | None
) -> dict[str, Any]:
    chairs = rounds.chairs(speaker, decision.network)
    chair = next((row for row in chairs if seat is None or row.seat_id == seat), None)
    if chair is None:
        raise NotAllowed(
            _("A stance belongs to a seat in the network. Others can speak through somebody who has one."),
            can=Can.ANSWER,
            network=decision.network,
        )
    if decision.who == Who.MEMBERS:
        return {"person": speaker, "seat": None}
    needs_mandate = chair.seat.organisation_id and chair.mandate == Representation.Mandate.SELF
    if needs_mandate and not (speaks or recorder or decision.is_anonymous):
        raise RuleBroken(
            _("Say that you may speak for %(name)s, or leave this to somebody who may."),
            field="speaks",
            params={"name": chair.seat.name},
        )
    return {"seat": chair.seat, "person": None}


def _cast(ballot: Ballot, owner: dict[str, Any], answer: dict[str, Any], reason: str) -> None:
    """Who and what go to two tables that nothing joins: no key, no time, no order, no line in the log (A9)."""
    if Turn.objects.filter(ballot=ballot, **owner).exists():
        raise RuleBroken(
            _("An anonymous answer has been given already. It cannot be changed, because nobody can tell which it is.")
        )
    laid_anew(ballot, [*ballot.turns.all(), Turn(ballot=ballot, **owner)])
    laid_anew(ballot, [*ballot.slips.all(), Slip(ballot=ballot, said=answer, reason=reason)])


def _keep(
    ballot: Ballot,
    owner: dict[str, Any],
    answer: dict[str, Any],
    reason: str,
    speaker: Person,
    recorder: Person | None,
    seen: int | None,
) -> Stance:
    """Store a named stance; what was said before goes to its history. Runs with the ballot locked."""
    stance = Stance.objects.filter(ballot=ballot, **owner).select_related("taken_by").first()
    facts = {"said": answer, "reason": reason, "at": now(), "taken_by": speaker, "recorded_by": recorder}
    if stance is None:
        return Stance.objects.create(ballot=ballot, **owner, **facts)
    if seen is not None and seen != stance.version and stance.taken_by != speaker:
        raise RuleBroken(
            _("Meanwhile %(name)s has answered from the same seat. Look at that answer and choose again."),
            params={"name": stance.taken_by.name if stance.taken_by else stance.name},
        )
    if (stance.said, stance.reason) == (answer, reason):
        return stance
    stance.earlier = [*stance.earlier, {"said": stance.said, "reason": stance.reason, "at": stance.at.isoformat()}]
    for name, value in facts.items():
        setattr(stance, name, value)
    stance.version, stance.checked_at = stance.version + 1, None
    stance.save()
    return stance


@transaction.atomic
def check(*, by: Person, decision: Decision, stance: Stance) -> Stance:
    """The person confirms what a recorder wrote for them."""
    gate.require(by, Can.ANSWER, decision.network)
    if stance.taken_by_id != by.pk:
        raise NotAllowed(_("Only the person whose words these are can check them."), network=decision.network)
    stance.checked_at = now()
    stance.save(update_fields=["checked_at"])
    tell(by=by, kind=events.STANCE_CHECKED, decision=decision)
    return stance


@transaction.atomic
def advise(*, by: Person, decision: Decision, words: str, on_behalf_of: Person | None = None) -> Advice:
    """Give advice to the one who decides; only those who were asked. It can be changed while it is open."""
    decision = held(decision)
    asking(decision)
    recorder = by if on_behalf_of is not None and on_behalf_of.pk != by.pk else None
    gate.require(by, Can.RECORD if recorder else Can.ANSWER, decision.network)
    speaker = on_behalf_of or by
    advice = decision.advice.filter(person=speaker).first()
    if advice is None:
        raise NotAllowed(_("Only those who were asked give advice here. Write in the conversation."))
    if not words.strip():
        raise RuleBroken(_("Write something first."), field="words")
    advice.words, advice.given_at = words.strip()[: rules.LONGEST], now()
    advice.recorded_by, advice.checked_at = recorder, None
    advice.save()
    tell(by=by, kind=events.ADVISED, decision=decision, name=speaker.name, person=speaker.pk)
    return advice


@transaction.atomic
def check_advice(*, by: Person, decision: Decision) -> Advice:
    """The person confirms the advice that a recorder wrote for them."""
    gate.require(by, Can.ANSWER, decision.network)
    advice = decision.advice.filter(person=by, recorded_by__isnull=False).first()
    if advice is None:
        raise NotAllowed(_("Only the person whose words these are can check them."), network=decision.network)
    advice.checked_at = now()
    advice.save(update_fields=["checked_at"])
    tell(by=by, kind=events.STANCE_CHECKED, decision=decision)
    return advice


@transaction.atomic
def close(*, by: Person | None, decision: Decision) -> Result:
    """End the asking and freeze what it gave. ``by`` None: the clock, once the time is up.

    Refused while there is time and voices are missing. Of two who close at once the second is told that it has
    been done, and what came of it stays.
    """
    decision = held(decision, Deed.CLOSE)
    if by is not None:
        running(by, decision)
    ballot = asking(decision)
    result = queries.counted(decision, ballot)
    answered = ballot.turns.count() if decision.is_anonymous else result.answered
    if not rules.may_close(answered=answered, invited=result.invited, now=now(), closes_at=ballot.closes_at):
        raise RuleBroken(_("Voices are missing and there is still time. Wait, or close when all have answered."))
    result = end(by, decision, ballot)
    decision.state = State.CLOSED
    moved(decision, "state")
    tell(by=by, kind=events.CLOSED, decision=decision)
    return result


def end(by: Person | None, decision: Decision, ballot: Ballot) -> Result:
    """Freeze the ballot's result, and the round's under it."""
    if ballot.round is not None and ballot.round.is_open:
        ballot.round.network = decision.network
        if ballot.round.time_is_up or not rounds.still_asked(ballot.round):
            consent.close(by=None if ballot.round.time_is_up else by, round=ballot.round)
        else:
            consent.drop(by=by, round=ballot.round)  # type: ignore[arg-type]  # the clock comes only when time is up
        ballot.round.refresh_from_db()
        ballot.round.network = decision.network
    result = queries.counted(decision, ballot)
    ballot.result = asdict(result)
    ballot.closed_by, ballot.closed_at = by, now()
    ballot.save(update_fields=["result", "closed_by", "closed_at"])
    return result


@transaction.atomic
def reopen(
    *,
    by: Person,
    decision: Decision,
    reason: str,
    proposal: str = "",
    closes_at: datetime | None = None,
    silent_until: datetime | None = None,
) -> Ballot:
    """Ask again, with the same text or a new one; what was said and decided before stays readable.

    ``reason``: why, seen by all. A published outcome is taken along as the start of the next one.
    """
    decision = held(decision, Deed.REOPEN)
    running(by, decision)
    if not reason.strip():
        raise RuleBroken(_("Say why it is asked again: every member sees the reason."), field="reason")
    if len(proposal.strip()) > rules.LONGEST:
        raise RuleBroken(_("Say it in at most %(most)s characters."), field="proposal", params={"most": rules.LONGEST})
    if proposal.strip():
        decision.proposal = proposal.strip()
    last = decision.ballots.first()
    if last is not None and decision.published_at is not None:
        last.result = last.result | {"outcome": decision.outcome, "reason": decision.why}
        last.save(update_fields=["result"])
    decision.published_at, decision.published_by, decision.came_back_on = None, None, None
    decision.state = State.OPEN
    decision.save(update_fields=["proposal", "published_at", "published_by", "came_back_on", "state"])
    decision.advice.update(words="", given_at=None, recorded_by=None, checked_at=None)
    ballot = _ask(by, decision, closes_at, silent_until, reason.strip()[:500])
    tell(by=by, kind=events.REOPENED, decision=decision)
    return ballot
