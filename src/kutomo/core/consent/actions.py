"""What can be done in a consent round."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.actions import record
from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks import actions as networks
from kutomo.core.networks.models import Network, Representation
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person
from kutomo.core.things.register import Reference
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken

from . import events, queries, rules
from .models import EarlierVoice, Round, StanceWord, StatusWord, Voice, Who
from .rules import Outcome, Resolution, Stance, Why

THING = "consent.round"


def _check_times(opened_at: datetime, silent_until: datetime | None, closes_at: datetime) -> None:
    if closes_at <= opened_at:
        raise RuleBroken(_("Choose a closing time in the future."), field="closes_at")
    if silent_until is not None and silent_until > closes_at:
        raise RuleBroken(_("The silence must end before the round closes."), field="silent_until")


def _check_runs(by: Any, network: Network, can: Can = Can.LEAD_FOUNDING, round: Round | None = None) -> None:
    """Hosts run the rounds of their meeting, and whoever opened a round runs that one; else ``can`` is needed."""
    if round is not None and round.opened_by_id == by.pk and gate.may(by, Can.PROPOSE, network):
        return
    if not gate.may(by, Can.HOST, network):
        gate.require(by, can, network)


@transaction.atomic
def open(
    *,
    by: Person,
    network: Network,
    thing: Reference,
    title: str,
    text: str,
    question: str = "",
    silent_until: datetime | None = None,
    closes_at: datetime | None = None,
    who: str = Who.SEATS,
    needed_percent: int = rules.NEEDED_PERCENT,
    language: str = "",
    translations: dict[str, dict[str, str]] | None = None,
    tell: bool = True,
    can: Can = Can.LEAD_FOUNDING,
) -> Round:
    """Ask whether ``text`` is good enough for twelve months.

    ``thing``: what the text belongs to; ``silent_until``: nobody sees others' stances before that, None for
    no silence; ``closes_at``: seven days on if None; ``who``: "seats" (one voice a seat) or "members";
    ``needed_percent``: share of those invited that must answer (default 60); ``translations``: the same
    in other languages, {"sv": {"title": ..., "text": ...}}; ``tell``: write to everybody (not in a meeting, where
    they sit in the same room); ``can``: what the room that asks needs of whoever opens a round on its thing.
    Raises RuleBroken on an empty text, odd times, or while another round about the thing is open; NotAllowed.
    """
    _check_runs(by, network, can)
    round = _open(
        by=by,
        network=network,
        thing=thing,
        title=title,
        text=text,
        question=question,
        silent_until=silent_until,
        closes_at=closes_at,
        who=who,
        needed_percent=needed_percent,
        language=language,
        translations=translations or {},
        previous=None,
        note="",
    )
    if tell:
        _tell(round)
    return round


def _open(
    *,
    by: Person,
    network: Network,
    thing: Reference,
    title: str,
    text: str,
    question: str,
    silent_until: datetime | None,
    closes_at: datetime | None,
    who: str,
    needed_percent: int,
    language: str,
    translations: dict[str, dict[str, str]],
    previous: Round | None,
    note: str,
) -> Round:
    opened_at = now()
    closes_at = closes_at or rules.earliest_end(opened_at)
    _check_times(opened_at, silent_until, closes_at)
    if not text.strip():
        raise RuleBroken(_("Write the text that is to be agreed."), field="text")
    earlier = queries.latest(thing)
    if earlier is not None and earlier.is_open:
        raise RuleBroken(_("A consent round about this is open already."))
    try:
        with transaction.atomic():
            round = Round.objects.create(
                network=network,
                thing_kind=thing[0],
                thing_id=thing[1],
                number=earlier.number + 1 if earlier else 1,
                previous=previous,
                title=title.strip()[:200],
                text=text.strip(),
                question=question.strip()[:200],
                language=language or get_language() or "fi",
                translations=translations,
                note=note.strip()[:1000],
                who=who,
                needed_percent=needed_percent,
                opened_by=by,
                opened_at=opened_at,
                silent_until=silent_until,
                closes_at=closes_at,
            )
    except IntegrityError:  # somebody else opened one in the same moment
        raise RuleBroken(_("A consent round about this is open already.")) from None
    kind = events.ROUND_REOPENED if previous else events.ROUND_OPENED
    record(kind, by=by, network=network, thing=(THING, round.pk), title=round.title)
    return round


def _locked(round: Round) -> Round:
    """The round as it is stored now, held until the transaction ends."""
    fresh = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    fresh.network = round.network
    return fresh


def _open_one(round: Round) -> Round:
    fresh = _locked(round)
    if not fresh.is_open:
        raise RuleBroken(_("This round has been closed. The result stands on its page."))
    return fresh


def _chair(round: Round, speaker: Person, seat: int | None) -> Representation:
    mine = queries.chairs(speaker, round.network)
    chair = next((row for row in mine if seat is None or row.seat_id == seat), None)
    if chair is None:
        raise NotAllowed(
            _("A stance belongs to a seat in the network. Others can speak through somebody who has one."),
            can=Can.ANSWER,
            network=round.network,
        )
    return chair


@transaction.atomic
def take(
    *,
    by: Person | Respondent,
    round: Round,
    stance: str,
    harm: str = "",
    change: str = "",
    on_behalf_of: Person | None = None,
    seat: int | None = None,
    speaks: bool = False,
    seen: int | None = None,
) -> Voice:
    """Take, or change, the stance of one's seat (or one's own in a round of members).

    ``harm`` and ``change``: the two questions of an objection; without an answer to either it is a concern.
    ``on_behalf_of``: a recorder enters what this person said by phone or on paper; the person can check it.
    ``seat``: which seat, for somebody who sits on several; ``speaks``: "I may speak for my organisation",
    needed from a sitter whose mandate does not say so yet; ``seen``: the version the form showed (0 for
    none), so that two who sit on one seat do not overwrite each other unseen.
    Raises RuleBroken when closed, NotAllowed without a seat, the mandate or (on behalf) the recorder's role.
    """
    person = by.person if isinstance(by, Respondent) else by
    if person is None:
        raise NotAllowed(_("A stance is taken under one's own name. Sign in, or ask the recorder."))
    round = _open_one(round)
    gate.require(person, Can.RECORD if on_behalf_of and on_behalf_of != person else Can.ANSWER, round.network)
    speaker = on_behalf_of or person
    said = _said(stance, harm, change)
    owner: dict[str, Any]
    if round.who == Who.MEMBERS:
        _chair(round, speaker, None)
        owner = {"person": speaker, "seat": None}
    else:
        chair = _chair(round, speaker, seat)
        if on_behalf_of is None or on_behalf_of == person:
            _check_mandate(chair, speaker, speaks)
        owner = {"seat": chair.seat, "person": None}
    voice = _say(round, owner, said, speaker, None if person == speaker else person, seen)
    record(events.VOICE_GIVEN, by=person, network=round.network, thing=(THING, round.pk), title=round.title)
    return voice


def _said(stance: str, harm: str, change: str) -> rules.Said:
    if stance not in set(Stance):
        raise RuleBroken(_("Choose one of the four."), field="stance")
    harm, change = harm.strip(), change.strip()
    for name, words in (("harm", harm), ("change", change)):
        if len(words) > rules.LONGEST_ANSWER:
            raise RuleBroken(
                _("Say it in at most %(most)s characters."), field=name, params={"most": rules.LONGEST_ANSWER}
            )
    if stance != Stance.OBJECT:
        harm = change = ""
    return rules.Said(Stance(stance), harm, change)


def _check_mandate(chair: Representation, speaker: Person, speaks: bool) -> None:
    if not chair.seat.organisation_id or chair.mandate != Representation.Mandate.SELF:
        return
    if not speaks:
        raise RuleBroken(
            _("Say that you may speak for %(name)s, or leave this to somebody who may."),
            field="speaks",
            params={"name": chair.seat.name},
        )
    networks.set_mandate(by=speaker, sitting=chair, mandate=Representation.Mandate.SPEAK, kind=chair.kind)


def _say(
    round: Round,
    owner: dict[str, Any],
    said: rules.Said,
    speaker: Person,
    recorder: Person | None,
    seen: int | None,
) -> Voice:
    """Store the stance; what was said before goes to its history. Runs with the round locked."""
    voice = Voice.objects.filter(round=round, **owner).select_related("taken_by").first()
    words = {"stance": said.stance, "harm": said.harm, "change": said.change}
    if voice is None:
        return Voice.objects.create(round=round, **owner, **words, at=now(), taken_by=speaker, recorded_by=recorder)
    if seen is not None and seen != voice.version and voice.taken_by != speaker:
        raise RuleBroken(
            _("Meanwhile %(name)s has answered from the same seat. Look at that answer and choose again."),
            params={"name": voice.taken_by.name if voice.taken_by else voice.name},
        )
    if all(getattr(voice, key) == value for key, value in words.items()) and not voice.resolution:
        return voice
    EarlierVoice.objects.create(
        voice=voice,
        version=voice.version,
        stance=voice.stance,
        harm=voice.harm,
        change=voice.change,
        resolution=voice.resolution,
        at=voice.at,
        until=now(),
        taken_by=voice.taken_by,
    )
    for key, value in words.items():
        setattr(voice, key, value)
    voice.at, voice.version = now(), voice.version + 1
    voice.taken_by, voice.recorded_by, voice.checked_at = speaker, recorder, None
    voice.resolution, voice.resolved_at, voice.resolution_words = "", None, ""
    voice.save()
    return voice


def _own_objection(by: Person, round: Round, voice: Voice) -> Voice:
    chairs = {row.seat_id for row in queries.chairs(by, round.network)}
    voice = (
        round.voices.select_for_update(of=("self",), no_key=True)
        .select_related("seat__organisation", "person")
        .get(pk=voice.pk)
    )
    if not (voice.seat_id in chairs or voice.person_id == by.pk or voice.taken_by_id == by.pk):
        raise NotAllowed(_("Only its author can say that an objection is answered."), network=round.network)
    if voice.stance != Stance.OBJECT or voice.resolution:
        raise RuleBroken(_("There is no open objection here."))
    return voice


def _rest(by: Person, round: Round, voice: Voice, resolution: Resolution, words: str) -> Voice:
    voice.resolution, voice.resolved_at = resolution, now()
    voice.resolution_words = words.strip()[: rules.LONGEST_ANSWER]
    voice.save(update_fields=["resolution", "resolved_at", "resolution_words"])
    standing = queries.standing(round, by)
    kind = events.VOICE_GIVEN if standing.is_silent else events.OBJECTION_RESTED
    record(
        kind,
        by=by,
        network=round.network,
        thing=(THING, round.pk),
        title=round.title,
        data={"name": voice.name}
        if voice.seat and voice.seat.organisation_id
        else {"name": voice.name, "person": by.pk},
    )
    return voice


@transaction.atomic
def withdraw(*, by: Person, round: Round, voice: Voice, words: str = "") -> Voice:
    """The author takes an objection back; its words stay on the record. Refused to anybody else."""
    gate.require(by, Can.ANSWER, round.network)
    round = _open_one(round)
    return _rest(by, round, _own_objection(by, round, voice), Resolution.WITHDRAWN, words)


@transaction.atomic
def resolve(*, by: Person, round: Round, voice: Voice, words: str) -> Voice:
    """The author says what has met the objection. Only the author can: the second key (methods § A5)."""
    gate.require(by, Can.ANSWER, round.network)
    round = _open_one(round)
    if not words.strip():
        raise RuleBroken(_("Say what answered the objection."), field="words")
    return _rest(by, round, _own_objection(by, round, voice), Resolution.MET, words)


@transaction.atomic
def check(*, by: Person, round: Round, voice: Voice) -> Voice:
    """The person confirms what a recorder wrote for them."""
    gate.require(by, Can.ANSWER, round.network)
    voice = Voice.objects.select_for_update(no_key=True).get(pk=voice.pk, round=round)
    if voice.taken_by_id != by.pk:
        raise NotAllowed(_("Only the person whose words these are can check them."), network=round.network)
    voice.checked_at = now()
    voice.save(update_fields=["checked_at"])
    record(events.VOICE_CHECKED, by=by, network=round.network, thing=(THING, round.pk), title=round.title)
    return voice


@transaction.atomic
def prolong(*, by: Person, round: Round, closes_at: datetime) -> Round:
    """Give more time; a round is never shortened, so that nobody is surprised."""
    _check_runs(by, round.network)
    round = _open_one(round)
    if closes_at <= round.closes_at:
        raise RuleBroken(_("Choose a later day than the present one."), field="closes_at")
    round.closes_at = closes_at
    round.save(update_fields=["closes_at"])
    record(events.ROUND_PROLONGED, by=by, network=round.network, thing=(THING, round.pk), title=round.title)
    return round


@transaction.atomic
def close(*, by: Person | None, round: Round) -> Outcome:
    """End the round and freeze its result. ``by`` None: the clock, once the time is up.

    Refused while there is time and voices are missing. Closing twice gives the same result again.
    Adoption: enough of those invited have answered and no reasoned objection stands.
    """
    round = _locked(round)
    if by is not None:
        _check_runs(by, round.network, round=round)
    result = queries.outcome(round)
    if not round.is_open:
        return result
    if result.why == Why.TOO_EARLY or (by is None and not round.time_is_up):
        raise RuleBroken(_("Voices are missing and there is still time. Wait, or close when all have answered."))
    _end(by, round, result)
    return result


def _end(by: Person | None, round: Round, result: Outcome) -> None:
    round.status = StatusWord.ADOPTED if result.adopted else StatusWord.NOT_ADOPTED
    round.closed_by, round.closed_at = by, now()
    round.why, round.invited, round.answered = result.why, result.invited, result.answered
    round.save(update_fields=["status", "closed_by", "closed_at", "why", "invited", "answered"])
    kind = events.ROUND_ADOPTED if result.adopted else events.ROUND_NOT_ADOPTED
    record(kind, by=by, network=round.network, thing=(THING, round.pk), title=round.title)


@transaction.atomic
def stop(*, by: Person, round: Round) -> Outcome:
    """End an open round before its time because a reasoned objection stands, so that the text can be rewritten.

    ``by``: whoever runs rounds, or the author of a standing objection. Refused during the silence and without
    an objection: then the round takes its time.
    """
    round = _open_one(round)
    if by not in queries.co_writers(round):
        _check_runs(by, round.network)
    standing = queries.standing(round, by)
    if standing.is_silent:
        raise RuleBroken(_("Everybody still thinks alone. Write again when the silence is over."))
    if not standing.outcome.objections:
        raise RuleBroken(_("No objection stands. Let the round end first."))
    result = replace(standing.outcome, adopted=False, why=Why.OBJECTION)
    _end(by, round, result)
    return result


@transaction.atomic
def drop(*, by: Person, round: Round) -> Outcome:
    """End an open round because its matter has been taken back: nothing is agreed. ``by``: whoever runs it."""
    round = _open_one(round)
    _check_runs(by, round.network, round=round)
    result = replace(queries.outcome(round), adopted=False, why=Why.TOO_FEW)
    _end(by, round, result)
    return result


@transaction.atomic
def reopen(
    *,
    by: Person,
    round: Round,
    text: str,
    note: str,
    title: str = "",
    silent_until: datetime | None = None,
    closes_at: datetime | None = None,
    translations: dict[str, dict[str, str]] | None = None,
    tell: bool = True,
) -> Round:
    """Bring a new text: a new round about the same thing, with the old one kept as its history.

    ``by``: whoever runs rounds, or the author of a standing objection, who is a writer of the next text;
    ``note``: what has changed and why. The standing objections are marked as met; their authors say in the
    new round whether that is so. Refused during the silence and for a text that has been agreed.
    """
    fresh = _locked(round)
    if by not in queries.co_writers(fresh):
        _check_runs(by, fresh.network)
    if fresh.status == StatusWord.ADOPTED:
        raise RuleBroken(_("This text has been agreed. Propose a new version instead."))
    if hasattr(fresh, "next"):
        raise RuleBroken(_("A newer round about this exists already."))
    if not note.strip():
        raise RuleBroken(_("Say what has changed and why."), field="note")
    if text.strip() == fresh.text:
        raise RuleBroken(_("The text is the same as before."), field="text")
    standing = queries.standing(fresh, by)
    if standing.is_silent:
        raise RuleBroken(_("Everybody still thinks alone. Bring a new text when the silence is over."))
    if fresh.is_open:
        why = Why.OBJECTION if standing.outcome.objections else Why.TOO_FEW
        _end(by, fresh, replace(standing.outcome, adopted=False, why=why))
    for voice in standing.objections:
        if not voice.resolution:
            voice.resolution, voice.resolved_at = Resolution.MET, now()
            voice.resolution_words = note.strip()[: rules.LONGEST_ANSWER]
            voice.save(update_fields=["resolution", "resolved_at", "resolution_words"])
    new = _open(
        by=by,
        network=fresh.network,
        thing=(fresh.thing_kind, fresh.thing_id),
        title=title or fresh.title,
        text=text,
        question=fresh.question,
        silent_until=silent_until,
        closes_at=closes_at,
        who=fresh.who,
        needed_percent=fresh.needed_percent,
        language=fresh.language,
        translations=translations or {},
        previous=fresh,
        note=note,
    )
    if tell:
        _tell(new)
    return new


@transaction.atomic
def remind(*, by: None, round: Round) -> int:
    """The clock reminds, once a round and within the nudge budget, those whose seat has not spoken yet.

    Returns to how many. Nothing happens after closing.
    """
    round = _locked(round)
    if not round.is_open or round.time_is_up:
        return 0
    people = queries.still_asked(round)
    sent = [_write(LETTER_REMINDER, round, person, nudge=True) for person in people]
    return sum(letter is not None for letter in sent)


LETTER_OPENED = "consent/letters/opened.md"
LETTER_REMINDER = "consent/letters/reminder.md"
LINK = "consent.stance"  # what the token in a letter is for; its target is the round


def _tell(round: Round) -> None:
    for person in queries.asked(round):
        if person.pk != round.opened_by_id:
            _write(LETTER_OPENED, round, person)


def _write(letter: str, round: Round, person: Person, *, nudge: bool = False) -> Any:
    token = people.token_for(person, purpose=LINK, target=str(round.pk), days=30)
    title, text, _language = round.in_language(person.language)
    return letters.send(
        letter=letter,
        to=letters.Addressee.of(person),
        network=round.network,
        context={
            "round": round,
            "title": title,
            "text": text,
            "token": token,
            "stances": StanceWord.choices,
            "asker": round.opened_by,
        },
        key=f"{letter.removesuffix('.md')}:{round.pk}:{person.pk}",
        nudge=nudge,
    )


def _example() -> dict[str, Any]:
    asker = Person(name="Marjut Oinosvaara", language="fi")
    round = Round(
        pk=1,
        network=Network(name="Kynnyksen yli", slug="kynnyksen-yli"),
        title="Perustehtävä",
        number=1,
        text="Ensimmäinen inhimillinen yhteys kahdessa viikossa.",
        opened_by=asker,
        opened_at=now(),
        closes_at=rules.earliest_end(now()),
        language="fi",
    )
    shown = {"title": round.title, "text": round.text}
    return shown | {
        "round": round,
        "network": round.network,
        "token": "example",
        "stances": StanceWord.choices,
        "asker": asker,
    }


preview(LETTER_OPENED, _example, title=_("Consent round: is this good enough?"))
preview(LETTER_REMINDER, _example, title=_("Consent round: reminder"))


@transaction.atomic
def let_go(*, by: Person) -> None:
    """``by`` removes the own account. In an open round an own voice is withdrawn; closed rounds keep theirs.

    An organisation's voice stays the organisation's, without who spoke. A personal voice of a closed round keeps
    its row, which by then names nobody.
    """
    own = Q(person=by) | Q(seat__organisation=None, taken_by=by)
    open_rounds = Round.objects.filter(status=StatusWord.OPEN)
    locked = open_rounds.filter(voices__in=Voice.objects.filter(own)).order_by("pk")
    for round in Round.objects.select_for_update(no_key=True).filter(pk__in=list(locked.values_list("pk", flat=True))):
        if round.is_open:
            round.voices.filter(own).delete()
    for model in (Voice, EarlierVoice):
        path = "seat" if model is Voice else "voice__seat"
        model._default_manager.filter(taken_by=by, **{f"{path}__organisation__isnull": False}).update(taken_by=None)
    Voice.objects.filter(recorded_by=by, checked_at__isnull=False).update(recorded_by=None)
    Round.objects.filter(opened_by=by).update(opened_by=None)
    Round.objects.filter(closed_by=by).update(closed_by=None)
