"""What can be done with goals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext as _t, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.activity.kinds import Kind
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Language, Person
from kutomo.core.talk import actions as talk, queries as threads
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from . import events, queries, rules
from .models import ChoiceWord, Evidence, Goal, Owner, RungWord, StateWord, TypeWord
from .rules import Choice, Grade, Rung, State

THING, FOLDER = queries.THING, "results/letters"


def _worded(text: str, field: str, most: int) -> str:
    text = text.strip()
    if not text:
        raise RuleBroken(_("Write something first."), field=field)
    if len(text) > most:
        raise RuleBroken(_("Say it in at most %(most)s characters."), field=field, params={"most": most})
    return text


def _held(goal: Goal, *states: State) -> Goal:
    """The locked row as it stands now; RuleBroken unless it is in one of ``states``."""
    fresh = Goal.objects.select_for_update(of=("self",), no_key=True).get(pk=goal.pk)
    fresh.network = goal.network
    if states and State(fresh.state) not in states:
        raise RuleBroken(
            _("This stands otherwise now: %(state)s. Look at its page and go on from there."),
            params={"state": fresh.get_state_display()},
        )
    return fresh


def _moved(goal: Goal, *fields: str) -> None:
    goal.moved_at = now()
    goal.save(update_fields=[*fields, "moved_at"])


def _tell(*, by: Any, kind: Kind, goal: Goal, **data: Any) -> None:
    record(kind, by=by, network=goal.network, thing=(THING, goal.pk), title=goal.title, data=data)


def _chair(person: Person, network: Network, field: str) -> Seat:
    seat = queries.seat_in(person, network)
    if seat is None:
        raise RuleBroken(_("Owners sit in the network: choose somebody with a seat."), field=field)
    return seat


def _owning(by: Person, goal: Goal) -> None:
    gate.require(by, Can.ANSWER, goal.network)
    if not queries.owns(by, goal):
        raise NotAllowed(_("Its two owners do this."), network=goal.network)


@transaction.atomic
def write(
    *,
    by: Person,
    network: Network,
    title: str,
    type: str,
    rung: str,
    enough: str,
    benefit: str,
    rule: str,
    due_on: date,
    partner: Person,
    language: str = "",
    raised_from: Goal | None = None,
    capacity: str = "",
) -> Goal:
    """Write a goal; it is under way when ``partner``, from another organisation, has said yes to owning it too.

    ``enough``: the sentence "enough when …", at most 240 characters; ``benefit``: whose; ``rule``: what shows it;
    ``raised_from`` and ``capacity``: the goal that is raised, and what is new for it. The same words by the same
    person within a day are one goal. Raises RuleBroken for what is missing, NotAllowed.
    """
    gate.require(by, Can.PROPOSE, network)
    if type not in TypeWord.values or rung not in set(Rung):
        raise RuleBroken(_("Choose one of what is offered."))
    if due_on <= today():
        raise RuleBroken(_("Choose a day in the future."), field="due_on")
    facts = {
        "title": _worded(" ".join(title.split()), "title", rules.LONGEST),
        "enough": _worded(enough, "enough", rules.LONGEST_ENOUGH),
        "benefit": _worded(benefit, "benefit", rules.LONGEST),
        "rule": _worded(rule, "rule", rules.LONGEST_ENOUGH),
        "capacity": _worded(capacity, "capacity", rules.LONGEST) if raised_from else "",
    }
    own, other = _chair(by, network, ""), _chair(partner, network, "partner")
    if own.pk == other.pk or by.pk == partner.pk:
        raise RuleBroken(_("The two owners come from two organisations."), field="partner")
    same = Goal.objects.filter(author=by, network=network, raised_from=raised_from, title=facts["title"])
    same = same.filter(state=State.DRAFT, made_at__gte=now() - timedelta(days=1))
    if (again := same.first()) is not None:
        again.network = network
        return again
    code = language if language in Language.values else (get_language() or "fi")[:2]
    goal = Goal.objects.create(
        network=network, type=type, rung=rung, due_on=due_on, language=code, author=by, raised_from=raised_from,
        made_at=now(), moved_at=now(), **facts,
    )  # fmt: skip
    Owner.objects.create(goal=goal, person=by, seat=own, yes_on=today())
    _ask_to_own(goal, partner, other)
    _tell(by=by, kind=events.WRITTEN, goal=goal)
    return goal


def _ask_to_own(goal: Goal, partner: Person, seat: Seat) -> None:
    Owner.objects.create(goal=goal, person=partner, seat=seat)
    _send("own", goal, partner, str(goal.pk))


@transaction.atomic
def answer_owning(*, by: Person, goal: Goal, accept: bool) -> Goal:
    """The one who was asked says yes or no; nobody owns a goal without a yes."""
    gate.require(by, Can.ANSWER, goal.network)
    goal = _held(goal, State.DRAFT)
    row = goal.owners.filter(person=by, yes_on=None).first()
    if row is None:
        raise NotAllowed(_("Only the one who was asked can answer this."), network=goal.network)
    if accept:
        row.yes_on, goal.state = today(), StateWord.OPEN
        row.save(update_fields=["yes_on"])
        _moved(goal, "state")
        _tell(by=by, kind=events.OWNED, goal=goal, name=by.name, person=by.pk)
    else:
        row.delete()
        _tell(by=None, kind=events.NOT_OWNED, goal=goal)
    return goal


@transaction.atomic
def find_owner(*, by: Person, goal: Goal, partner: Person) -> Goal:
    """Ask somebody else to own it too; whoever was asked before and has not answered is asked no more."""
    goal = _held(goal, State.DRAFT)
    _owning(by, goal)
    seat = _chair(partner, goal.network, "partner")
    if goal.owners.filter(seat=seat, yes_on__isnull=False).exists() or partner.pk == by.pk:
        raise RuleBroken(_("The two owners come from two organisations."), field="partner")
    goal.owners.filter(yes_on=None).delete()
    _ask_to_own(goal, partner, seat)
    return goal


@transaction.atomic
def tell_evidence(*, by: Person, goal: Goal, text: str, claimed: int, source: str = "", language: str = "") -> Evidence:
    """Tell what shows it. It is a claim until somebody from another organisation has turned the second key.

    ``claimed``: 0 or 1 words, 2 a document or an artefact, 3 an outsider; ``source``: where it can be seen or asked,
    needed for 2 and 3 and for every figure in ``text``. The same words again are one piece of evidence.
    """
    gate.require(by, Can.ANSWER, goal.network)
    goal = _held(goal, State.OPEN, State.ASKING, State.HELD)
    text = _worded(text, "text", rules.LONGEST_TEXT)
    if claimed not in set(Grade):
        raise RuleBroken(_("Choose one of what is offered."), field="claimed")
    if rules.needs_source(text, source):
        raise RuleBroken(_("A figure needs its source: say where it comes from."), field="source")
    if claimed >= Grade.DOCUMENT and not source.strip():
        raise RuleBroken(_("Name the document, or whom one may ask outside the network."), field="source")
    if again := goal.evidence.filter(by=by, text=text).first():
        return again
    row = Evidence.objects.create(
        goal=goal, text=text, claimed=claimed, source=" ".join(source.split())[:300], by=by,
        seat=queries.seat_in(by, goal.network), at=now(),
        language=language if language in Language.values else (get_language() or "fi")[:2],
    )  # fmt: skip
    _moved(goal)
    _tell(by=by, kind=events.EVIDENCE_GIVEN, goal=goal)
    return row


@transaction.atomic
def confirm(*, by: Person, evidence: Evidence) -> Evidence:
    """Turn the second key; only somebody from another organisation than the one that told it."""
    goal = evidence.goal
    gate.require(by, Can.ANSWER, goal.network)
    row = Evidence.objects.select_for_update(of=("self",), no_key=True).get(pk=evidence.pk)
    row.goal = goal
    if row.confirmed_on is not None:
        return row
    seat = queries.seat_in(by, goal.network)
    if not queries.may_confirm(by, row, seat):
        raise NotAllowed(_("The second key is turned by somebody from another organisation."), network=goal.network)
    row.confirmed_by, row.confirmed_seat, row.confirmed_on = by, seat, today()
    row.save(update_fields=["confirmed_by", "confirmed_seat", "confirmed_on"])
    _tell(by=by, kind=events.EVIDENCE_CONFIRMED, goal=goal)
    return row


@transaction.atomic
def check_halfway(*, by: Person, goal: Goal, words: str) -> Goal:
    """What the owners see at half-time; it can be written again."""
    goal = _held(goal, State.OPEN)
    _owning(by, goal)
    goal.halfway, goal.halfway_on = _worded(words, "words", rules.LONGEST_TEXT), today()
    _moved(goal, "halfway", "halfway_on")
    _tell(by=by, kind=events.CHECKED, goal=goal)
    return goal


@transaction.atomic
def ask_enough(*, by: Person, goal: Goal) -> Goal:
    """Ask all seats whether this is enough, by consent, with the evidence before them.

    Raises RuleBroken while nothing has been confirmed by a second key.
    """
    goal = _held(goal, State.OPEN)
    _owning(by, goal)
    rows = [row for row in queries.shown_evidence(goal) if row.grade >= Grade.BOTH]
    if not rows:
        raise RuleBroken(_("Nothing is confirmed yet: evidence counts when another organisation turns the second key."))
    told = "\n".join(f"- {row.text} ({row.grade_words})" for row in rows)
    goal.round = consent.open(
        by=by, network=goal.network, thing=(THING, goal.pk), title=goal.title, text=f"{goal.enough}\n\n{told}",
        question=_t("Is this enough?"), language=goal.language, can=Can.PROPOSE,
    )  # fmt: skip
    goal.state = StateWord.ASKING
    _moved(goal, "round", "state")
    _tell(by=by, kind=events.ASKED, goal=goal)
    return goal


@transaction.atomic
def settle(*, by: None, goal: Goal) -> Goal:
    """The clock: the question is over, or whoever runs it has closed it. Enough, or under way again."""
    goal = _held(goal)
    if goal.state != State.ASKING:
        return goal
    if goal.round is None:
        return _answered(goal, enough=False)
    goal.round.network = goal.network
    if goal.round.is_open:
        if not goal.round.time_is_up:
            return goal
        consent.close(by=None, round=goal.round)
        goal.round.refresh_from_db()
        goal.round.network = goal.network
    return _answered(goal, enough=rounds.outcome(goal.round).adopted)


def _answered(goal: Goal, *, enough: bool) -> Goal:
    goal.state = StateWord.ENOUGH if enough else StateWord.OPEN
    _moved(goal, "state")
    _tell(by=None, kind=events.ENOUGH if enough else events.NOT_YET, goal=goal)
    if not enough:
        goal.round = None
        goal.save(update_fields=["round"])
    return goal


@transaction.atomic
def choose(*, by: Person, goal: Goal, choice: str, why: str, learnt: str = "") -> Goal:
    """An owner writes what follows and why: stop and celebrate, hold, raise (then write the new goal), wind down."""
    goal = _held(goal)
    _owning(by, goal)
    if choice not in set(Choice) or Choice(choice) not in rules.choices(State(goal.state)):
        raise RuleBroken(_("Choose one of these."), field="choice")
    goal.why = _worded(why, "why", rules.LONGEST_TEXT)
    goal.learnt = learnt.strip()[: rules.LONGEST_TEXT]
    goal.state = StateWord(rules.AFTER[Choice(choice)])
    goal.ended_on = None if goal.state == State.HELD else today()
    _moved(goal, "why", "learnt", "state", "ended_on")
    _tell(by=by, kind=events.CHOSEN, goal=goal, choice=str(ChoiceWord(choice).label))
    return goal


@transaction.atomic
def drop(*, by: Person, goal: Goal) -> Goal:
    """An owner takes a goal back before it was asked about."""
    goal = _held(goal, State.DRAFT, State.OPEN)
    _owning(by, goal)
    goal.state, goal.ended_on = StateWord.DROPPED, today()
    _moved(goal, "state", "ended_on")
    _tell(by=by, kind=events.DROPPED, goal=goal)
    return goal


@transaction.atomic
def say(*, by: Person, goal: Goal, body: str, language: str, key: str) -> Any:
    """Write into the conversation about a goal; the first post starts it."""
    gate.require(by, Can.TALK, goal.network)
    thing, thread = (THING, goal.pk), threads.on((THING, goal.pk))
    if thread is None:
        return talk.start(
            by=by, network=goal.network, title=goal.title, body=body, language=language, key=key, thing=thing
        )
    thread.network = goal.network
    return talk.write(by=by, thread=thread, body=body, language=language, key=key)


@transaction.atomic
def ask_for_evidence(*, by: None, goal: Goal) -> None:
    """The clock: a month before the date, with nothing confirmed, both owners are asked once."""
    goal = _held(goal, State.OPEN)
    goal.asked_on = today()
    goal.save(update_fields=["asked_on"])
    for row in goal.owners.exclude(yes_on=None).select_related("person"):
        _send("evidence", goal, row.person, str(goal.pk), nudge=True)


@transaction.atomic
def let_go(*, by: Person) -> None:
    """``by`` removes the own account: goals and evidence stay without the name, an ownership ends."""
    Owner.objects.filter(person=by).delete()
    Goal.objects.filter(author=by).update(author=None)
    Evidence.objects.filter(by=by).update(by=None)
    Evidence.objects.filter(confirmed_by=by).update(confirmed_by=None)


def _send(name: str, goal: Goal, person: Person, key: str, *, nudge: bool = False) -> None:
    letters.send(
        letter=f"{FOLDER}/{name}.md",
        to=letters.Addressee.of(person),
        network=goal.network,
        context={"goal": goal},
        key=f"{FOLDER}/{name}:{key}:{person.pk}",
        nudge=nudge,
    )


def _example() -> dict[str, Any]:
    network = Network(pk=1, name="Kynnyksen yli", slug="kynnyksen-yli")
    goal = Goal(
        pk=1, network=network, title="Yksi numero yksin asuvalle", type=TypeWord.INFLUENCING, rung=RungWord.JOINT,
        enough="Kolmessa kunnassa vastaa sama numero arkisin.", benefit="yksin asuvat", rule="soittokokeet",
        due_on=today() + timedelta(days=30), language="fi", author=Person(name="Marjut Oinosvaara"), made_at=now(),
    )  # fmt: skip
    return {"network": network, "goal": goal}


preview(f"{FOLDER}/own.md", _example, title=_("You are asked to own a goal"))
preview(f"{FOLDER}/evidence.md", _example, title=_("A goal's day is near and nothing is confirmed"))
