"""Before the asking: the proposal, who gains by it, who decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.core.talk import actions as talk, queries as threads
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, rules
from ..models import Advice, Decision, Interest, Option, Who
from ..rules import Deed, Method, State
from .asking import end
from .held import THING, held, moved, running, tell
from .letters import write_to


@transaction.atomic
def propose(
    *,
    by: Person,
    network: Network,
    title: str,
    proposal: str,
    reasons: str,
    method: str,
    alternatives: str = "",
    who: str = Who.SEATS,
    is_anonymous: bool = False,
    language: str = "",
    options: Sequence[str | datetime] = (),
    decider: Person | None = None,
    advisers: Sequence[Person] = (),
) -> Decision:
    """Begin a proposal; nobody is asked yet.

    ``reasons``: why, needed from the start; ``alternatives``: what else was weighed; ``options``: words to choose
    from, or days; ``decider`` and ``advisers``: for advice only; the decider is asked and may say no.
    Raises RuleBroken for a lack of words or options, or for anonymity that the method cannot keep; NotAllowed.
    """
    gate.require(by, Can.PROPOSE, network)
    facts = _checked(title, proposal, reasons, method, who, is_anonymous)
    _check_people(method, decider, advisers, network)
    decision = Decision.objects.create(
        network=network,
        **facts,
        alternatives=alternatives.strip(),
        language=language or (get_language() or "fi")[:2],
        author=by,
        made_at=now(),
        moved_at=now(),
        decider=decider,
        decider_since=now() if decider is not None and decider.pk == by.pk else None,
    )
    _lay_options(decision, options)
    Advice.objects.bulk_create([Advice(decision=decision, person=person) for person in dict.fromkeys(advisers)])
    tell(by=by, kind=events.PROPOSED, decision=decision)
    if decider is not None and decision.decider_since is None:
        write_to("deciding", decision, decider)
    return decision


def _checked(title: str, proposal: str, reasons: str, method: str, who: str, is_anonymous: bool) -> dict[str, Any]:
    title = " ".join(title.split())
    for field, words, most in (
        ("title", title, 160),
        ("proposal", proposal.strip(), rules.LONGEST),
        ("reasons", reasons.strip(), rules.LONGEST),
    ):
        if not words:
            raise RuleBroken(_("Write this, too: a decision without a reason is not ready."), field=field)
        if len(words) > most:
            raise RuleBroken(_("Say it in at most %(most)s characters."), field=field, params={"most": most})
    if method not in set(Method):
        raise RuleBroken(_("Choose how it is decided."), field="method")
    if is_anonymous and method not in rules.MAY_BE_ANONYMOUS:
        raise RuleBroken(_("This way of deciding is named. Choose another one to answer anonymously."), field="method")
    named = method in rules.ROUNDS and who not in Who.values
    return {
        "title": title,
        "proposal": proposal.strip(),
        "reasons": reasons.strip(),
        "method": method,
        "who": Who.SEATS if named else Who.MEMBERS if method == Method.DATES else who,
        "is_anonymous": is_anonymous,
    }


def _check_people(method: str, decider: Person | None, advisers: Sequence[Person], network: Network) -> None:
    if method != Method.ADVICE:
        return
    if decider is None:
        raise RuleBroken(_("Say who decides. They are asked whether they will."), field="decider")
    if not advisers:
        raise RuleBroken(_("Ask at least one for advice: somebody whom this concerns."), field="advisers")
    if decider in advisers:
        raise RuleBroken(_("The one who decides asks others for advice."), field="advisers")
    if not all(network.roles_of(person) for person in (decider, *advisers)):
        raise RuleBroken(_("Choose people who take part in this network."), field="advisers")


def _lay_options(decision: Decision, options: Sequence[str | datetime]) -> None:
    given = [" ".join(row.split()) if isinstance(row, str) else row for row in options]
    given = [row for row in dict.fromkeys(given) if row]
    if decision.method not in rules.WITH_OPTIONS:
        return
    if not 2 <= len(given) <= rules.MOST_OPTIONS:
        raise RuleBroken(
            _("Give from two to %(most)s to choose from."), field="options", params={"most": rules.MOST_OPTIONS}
        )
    decision.options.all().delete()
    Option.objects.bulk_create(
        Option(decision=decision, place=place, text=row[:200] if isinstance(row, str) else "", at=_day(row))
        for place, row in enumerate(given, 1)
    )


def _day(row: str | datetime) -> datetime | None:
    return None if isinstance(row, str) else row


@transaction.atomic
def change(
    *,
    by: Person,
    decision: Decision,
    seen: int,
    title: str,
    proposal: str,
    reasons: str,
    alternatives: str = "",
    who: str = Who.SEATS,
    is_anonymous: bool = False,
    language: str = "",
    options: Sequence[str | datetime] = (),
    decider: Person | None = None,
    advisers: Sequence[Person] = (),
) -> Decision:
    """Change a draft that nobody has been asked about; its author only. ``seen``: the revision the form showed."""
    gate.require(by, Can.PROPOSE, decision.network)
    decision = held(decision, Deed.CHANGE)
    if decision.author_id != by.pk:
        raise NotAllowed(_("Only its author changes a proposal. Say in the conversation what you would change."))
    check_seen(decision, seen)
    facts = _checked(title, proposal, reasons, decision.method, who, is_anonymous)
    _check_people(decision.method, decider, advisers, decision.network)
    for name, value in facts.items():
        setattr(decision, name, value)
    decision.alternatives = alternatives.strip()
    decision.language = language or decision.language
    asked_anew = decider is not None and decider.pk != decision.decider_id
    if asked_anew and decider is not None:
        decision.decider, decision.decider_since = decider, now() if decider.pk == by.pk else None
    _lay_options(decision, options)
    decision.advice.exclude(person__in=advisers).delete()
    known = set(decision.advice.values_list("person_id", flat=True))
    Advice.objects.bulk_create(Advice(decision=decision, person=one) for one in advisers if one.pk not in known)
    moved(decision, *facts, "alternatives", "language", "decider", "decider_since")
    tell(by=by, kind=events.CHANGED, decision=decision)
    if asked_anew and decider is not None and decision.decider_since is None:
        write_to("deciding", decision, decider)
    return decision


def check_seen(decision: Decision, seen: int) -> None:
    """Refuse to overwrite what somebody else has saved since the form was shown."""
    if seen != decision.revision:
        raise RuleBroken(
            _("Somebody saved this while you were writing. Your words are still here: look at theirs, then save again.")
        )


@transaction.atomic
def drop(*, by: Person, decision: Decision, reason: str) -> Decision:
    """Take a proposal back before it has been decided; its page stays, with the reason."""
    decision = held(decision, Deed.DROP)
    running(by, decision)
    if not reason.strip():
        raise RuleBroken(_("Say why: every member sees the reason."), field="reason")
    if ballot := decision.ballots.filter(closed_at=None).first():
        ballot.decision = decision
        end(by, decision, ballot)
    decision.state, decision.why = State.DROPPED, reason.strip()[: rules.LONGEST]
    moved(decision, "state", "why")
    tell(by=by, kind=events.DROPPED, decision=decision)
    return decision


@transaction.atomic
def answer_deciding(*, by: Person, decision: Decision, accept: bool) -> Decision:
    """Say yes or no to deciding after asking for advice; only the one who was asked can."""
    gate.require(by, Can.ANSWER, decision.network)
    decision = held(decision)
    if decision.decider_id != by.pk or decision.decider_since is not None:
        raise NotAllowed(_("Only the one who was asked to decide can answer this."), network=decision.network)
    if accept:
        decision.decider_since = now()
        tell(by=by, kind=events.DECIDER_ACCEPTED, decision=decision, name=by.name, person=by.pk)
    else:
        decision.decider = None
        tell(by=None, kind=events.DECIDER_DECLINED, decision=decision)
    moved(decision, "decider", "decider_since")
    return decision


@transaction.atomic
def declare(*, by: Person, decision: Decision, words: str, steps_aside: bool = False) -> Interest:
    """Declare one's own interest: what one gains or loses by it, and whether one steps aside. It can be changed."""
    gate.require(by, Can.ANSWER, decision.network)
    if decision.state in rules.ARCHIVE:
        raise RuleBroken(_("This is no longer being decided."))
    if not words.strip():
        raise RuleBroken(_("Say what your interest is."), field="words")
    interest, _new = Interest.objects.update_or_create(
        decision=decision,
        person=by,
        defaults={"words": words.strip()[:300], "steps_aside": steps_aside, "at": now()},
    )
    tell(by=by, kind=events.INTEREST_DECLARED, decision=decision, name=by.name, person=by.pk)
    return interest


@transaction.atomic
def say(*, by: Person, decision: Decision, body: str, language: str, key: str) -> Any:
    """Write into the conversation about it; the first post starts the thread."""
    gate.require(by, Can.TALK, decision.network)
    thing = (THING, decision.pk)
    thread = threads.on(thing)
    if thread is None:
        title = decision.title
        return talk.start(
            by=by, network=decision.network, title=title, body=body, language=language, key=key, thing=thing
        )
    thread.network = decision.network
    return talk.write(by=by, thread=thread, body=body, language=language, key=key)
