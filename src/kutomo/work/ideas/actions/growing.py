"""An idea from its first words on: planted, changed, answered, rested, woken, and taken off for harm by two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.activity.kinds import Kind
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Language, Person
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.seal import claims

from .. import events, queries, rules
from ..models import Answer, Idea, MaturityWord
from ..rules import Maturity, Reply, Signed, Want
from .letters import ask_author, tell_author


def _worded(text: str, field: str, most: int) -> str:
    text = text.strip()
    if not text:
        raise RuleBroken(_("Write something first."), field=field)
    if len(text) > most:
        raise RuleBroken(_("Say it in at most %(most)s characters."), field=field, params={"most": most})
    return text


def _language(code: str) -> str:
    return code if code in Language.values else (get_language() or "fi")[:2]


def _wants(codes: Sequence[str]) -> list[str]:
    return [want.value for want in Want if want.value in codes]


@transaction.atomic
def plant(
    *,
    by: Person,
    network: Network,
    title: str,
    text: str,
    maturity: str = Maturity.SPARK,
    wants: Sequence[str] = (),
    signed: str = Signed.NAMED,
    code: str = "",
    language: str = "",
    parent: Idea | None = None,
    credit: str = "",
) -> Idea:
    """Put an idea on the shelf; the same ``code`` again gives the same idea.

    ``text``: at most 600 characters; ``signed``: named, with the organisation only, or anonymous: then nothing is
    stored of ``by`` nor of the hour, and ``code`` (a claim code that stays with the author) alone opens it again;
    ``parent`` and ``credit``: the idea it grows from, and a line about what is owed to it.
    Raises RuleBroken for missing words, a missing line of credit, or an organisation that ``by`` does not have.
    """
    gate.require(by, Can.ANSWER, network)
    facts: dict[str, Any] = {
        "title": _worded(" ".join(title.split()), "title", rules.LONGEST_TITLE),
        "text": _worded(text, "text", rules.LONGEST),
        "language": _language(language),
        "wants": _wants(wants),
    }
    if maturity not in set(Maturity) - {Maturity.RESTING} or signed not in set(Signed):
        raise RuleBroken(_("Choose one of what is offered."))
    if parent is not None:
        if parent.network_id != network.pk:
            raise RuleBroken(_("Build on an idea of this network."))
        credit = _worded(" ".join(credit.split()), "credit", rules.LONGEST_CREDIT)
    facts |= {"parent": parent, "credit": credit if parent else "", "began": maturity, "maturity": maturity}
    idea = _stored(by, network, facts, signed, claims.tidy(code))
    if not idea.is_anonymous:
        seat: dict[str, Any] = {"seat": idea.seat_id} if idea.seat_id else {}
        _tell(by=by, kind=events.PLANTED, idea=idea, **seat)
    return idea


def _stored(by: Person, network: Network, facts: dict[str, Any], signed: str, code: str) -> Idea:
    if not claims.is_code(code):
        raise RuleBroken(_("The code of this form has been lost. Open the form again."), field="code")
    key = claims.key_of(code)
    if (again := Idea.objects.filter(claim=key, network=network).first()) is not None:
        again.network = network
        return again
    if signed == Signed.ANONYMOUS:
        facts |= {"claim": key}
    else:
        seat = _seat(by, network)
        if signed == Signed.HOUSE and seat is None:
            raise RuleBroken(_("You sit here for no organisation. Choose another way to sign."), field="signed")
        facts |= {"claim": key, "author": by, "seat": seat}
    try:
        with transaction.atomic():
            return Idea.objects.create(network=network, signed=signed, made_on=today(), moved_on=today(), **facts)
    except IntegrityError:  # the same form, sent twice in the same moment
        raise RuleBroken(_("The code of this form has been lost. Open the form again."), field="code") from None


def _seat(person: Person, network: Network) -> Seat | None:
    seat = networks.seat_of(person, network)
    return seat if seat is not None and seat.organisation_id else None


def _tell(*, by: Any, kind: Kind, idea: Idea, reason: str = "", **data: Any) -> None:
    """One line in the log. What its author does to an anonymous idea is told by nobody."""
    thing = (queries.THING, idea.pk)
    record(kind, by=by, network=idea.network, thing=thing, title=idea.title, data=data, reason=reason)


def _held(idea: Idea) -> Idea:
    fresh = Idea.objects.select_for_update(of=("self",), no_key=True).get(pk=idea.pk)
    if fresh.hidden_on is not None:
        raise RuleBroken(_("Two people have taken this idea off the shelf."))
    fresh.network = idea.network
    return fresh


def _moved(idea: Idea, *fields: str) -> None:
    idea.moved_on, idea.revision = today(), idea.revision + 1
    idea.save(update_fields=[*fields, "moved_on", "revision"])


def _own(by: Person, idea: Idea, code: str) -> None:
    """``by`` is its author, or holds the code of an anonymous one."""
    gate.require(by, Can.ANSWER, idea.network)
    if idea.is_anonymous:
        if claims.key_of(claims.tidy(code)) != idea.claim:
            raise RuleBroken(_("This code does not open the idea. Check the code."), field="code")
    elif not queries.owns(by, idea):
        raise NotAllowed(
            _("Its author owns the words. You can ask, add, connect, or build on it."), network=idea.network
        )


@transaction.atomic
def change(
    *,
    by: Person,
    idea: Idea,
    seen: int,
    title: str,
    text: str,
    maturity: str,
    wants: Sequence[str] = (),
    code: str = "",
    show_name: bool = False,
) -> Idea:
    """The author changes the words, how far it has grown and what it wants. ``seen``: the revision of the form.

    ``code``: opens an anonymous idea; ``show_name``: from now on it stands under the author's own name.
    """
    idea = _held(idea)
    _own(by, idea, code)
    if seen != idea.revision:
        raise RuleBroken(_("Somebody changed this while you were writing. Look at it again and save once more."))
    if maturity not in set(Maturity):
        raise RuleBroken(_("Choose one of what is offered."), field="maturity")
    grew, hidden_author = maturity != idea.maturity, idea.is_anonymous and not show_name
    if maturity == Maturity.RESTING and grew:
        idea.rested_from = idea.maturity
    idea.title = _worded(" ".join(title.split()), "title", rules.LONGEST_TITLE)
    idea.text = _worded(text, "text", rules.LONGEST)
    idea.maturity, idea.wants, idea.asked_on = maturity, _wants(wants), None
    if show_name:
        idea.signed, idea.author, idea.seat = Signed.NAMED, by, _seat(by, idea.network)
    _moved(idea, "title", "text", "maturity", "rested_from", "wants", "asked_on", "signed", "author", "seat")
    if grew and not hidden_author:
        kind = events.RESTED if idea.is_resting else events.GREW
        _tell(by=by, kind=kind, idea=idea, state=str(MaturityWord(maturity).label))
    return idea


@transaction.atomic
def reply(*, by: Person, idea: Idea, kind: str, text: str, language: str = "") -> Answer:
    """Ask, add or connect; judge only when the author wishes for it. The same words again are one answer."""
    gate.require(by, Can.TALK, idea.network)
    idea = _held(idea)
    text = _worded(text, "text", rules.LONGEST_REPLY)
    if kind not in set(Reply):
        raise RuleBroken(_("Choose one of these."), field="kind")
    if Reply(kind) not in rules.replies(idea.wants):
        raise RuleBroken(_("Its author has not asked for an evaluation. Ask, add or connect."), field="kind")
    if again := idea.answers.filter(by=by, kind=kind, text=text).first():
        return again
    seat = _seat(by, idea.network)
    row = Answer.objects.create(
        idea=idea, kind=kind, text=text, language=_language(language), by=by, seat=seat, at=now()
    )
    _moved(idea)
    _tell(by=by, kind=events.REPLIED, idea=idea)
    tell_author(idea, row)
    return row


@transaction.atomic
def wake(*, by: Person, idea: Idea) -> Idea:
    """Anybody who may answer wakes a resting idea; it is as far grown as when it went to rest."""
    gate.require(by, Can.ANSWER, idea.network)
    idea = _held(idea)
    if not idea.is_resting:
        raise RuleBroken(_("It is awake already."))
    idea.maturity, idea.rested_from = idea.rested_from or Maturity.SPARK, ""
    _moved(idea, "maturity", "rested_from")
    _tell(by=by, kind=events.WOKEN, idea=idea)
    return idea


@transaction.atomic
def tend(*, by: None, idea: Idea) -> None:
    """The clock: what has been silent for 60 days goes to rest; after 14 its author is asked once, in private."""
    idea = _held(idea)
    if rules.rests(Maturity(idea.maturity), idea.moved_on, today()):
        idea.rested_from, idea.maturity = idea.maturity, Maturity.RESTING
        idea.save(update_fields=["rested_from", "maturity"])
        _tell(by=None, kind=events.RESTED, idea=idea)
    elif idea.asked_on is None and rules.is_silent(Maturity(idea.maturity), idea.moved_on, today()):
        idea.asked_on = today()
        idea.save(update_fields=["asked_on"])
        ask_author(idea)


@transaction.atomic
def tell_harm(*, by: Person, idea: Idea, reason: str) -> Idea:
    """A leader says what harm an idea does; somebody else decides. For harm only, never for quality."""
    gate.require(by, Can.SETTLE, idea.network)
    idea = _held(idea)
    if idea.harm:
        raise RuleBroken(_("A second person has been asked already."))
    idea.harm, idea.harm_by = _worded(reason, "reason", 500), by
    idea.save(update_fields=["harm", "harm_by"])
    record(events.HARM_TOLD, by=by, network=idea.network, thing=(queries.THING, idea.pk), reason=idea.harm)
    return idea


@transaction.atomic
def judge_harm(*, by: Person, idea: Idea, harmful: bool) -> Idea:
    """The second key: another member takes it off the shelf, or lets it stay."""
    gate.require(by, Can.ANSWER, idea.network)
    idea = _held(idea)
    if not idea.harm:
        raise RuleBroken(_("Nobody has said that this idea does harm."))
    if idea.harm_by_id == by.pk or queries.owns(by, idea):
        raise NotAllowed(_("Somebody else turns the second key."), network=idea.network)
    if harmful:
        idea.hidden_on = today()
        record(events.HIDDEN, by=by, network=idea.network, thing=(queries.THING, idea.pk), reason=idea.harm)
    else:
        idea.harm, idea.harm_by = "", None
        _tell(by=by, kind=events.KEPT, idea=idea)
    idea.save(update_fields=["harm", "harm_by", "hidden_on"])
    return idea


@transaction.atomic
def let_go(*, by: Person) -> None:
    """``by`` removes the own account: ideas and answers stay without the name."""
    Idea.objects.filter(author=by).update(author=None)
    Idea.objects.filter(harm_by=by).update(harm_by=None)
    Answer.objects.filter(by=by).update(by=None)
