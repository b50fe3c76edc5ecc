"""A person's own part in a wave: consent, answers at every tap, the end. Nothing of it is ever logged."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.people.models import Person
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events
from ..models import Answer, Part, PrivateAnswer, PulseAnswer, ScreenTime, Wave
from ..queries.roster import earlier_values, own_values
from ..queries.survey import part_of, require_unread, seat_in, timed_screens
from ..rules import asking, keeping
from ..rules.asking import LEVELS, Facet, Question
from . import letters
from .counts import count_anew
from .places import place

PRIVATE = {Question.TRUSTS: "trusts", Question.FACET: "facet", Question.COMMITS: "commits"}


@transaction.atomic
def begin(*, by: Person, wave: Wave, on_map: bool, recorder: Person | None = None) -> Part:
    """``by`` has read who sees what, and begins; ``on_map``: whether the own seat may be on the map.

    ``recorder``: enters a paper form for ``by``, and then may not open what ``by`` has answered alone.
    Begun already: only the wish about the map is taken. Raises RuleBroken when the wave is not open, NotAllowed
    without a seat on its roster.
    """
    _require(by, wave, recorder)
    seat = seat_in(by, wave)
    if seat is None:
        raise NotAllowed(_("The survey is answered for a seat in the network."), can=Can.ANSWER, network=wave.network)
    part = part_of(by, wave)
    if part is None:
        part, _new = Part.objects.get_or_create(
            wave=wave,
            person=by,
            defaults={"seat": seat, "facet": _facet(by, wave), "consented_at": now(), "recorded_by": recorder},
        )
    require_unread(part, wave, recorder)
    place(by=by, seat=seat.seat, on_map=on_map)
    return part


def _facet(person: Person, wave: Wave) -> str:
    """One of the two, by chance, and the same in every wave of the network."""
    dice = salted_hmac("relations.facet", f"{wave.network_id}:{person.pk}").digest()[0]
    return (Facet.OPENNESS, Facet.SHARED_AIM)[dice % 2].value


def _require(by: Person, wave: Wave, recorder: Person | None) -> None:
    gate.require(by, Can.ANSWER, wave.network)
    if recorder is not None:
        gate.require(recorder, Can.RECORD, wave.network)
    if wave.is_planned:
        raise RuleBroken(_("The survey has not opened yet."))
    if not wave.is_open:
        raise RuleBroken(_("The survey has closed. Answers can no longer be changed."))


def _locked(by: Person, part: Part, recorder: Person | None) -> Part:
    """The part itself, and nobody else at it in this transaction; the checks of every answer are made here."""
    row = Part.objects.select_for_update(of=("self",), no_key=True).select_related("wave").get(pk=part.pk)
    row.wave.network = part.wave.network
    if row.person_id != by.pk:
        raise NotAllowed(_("Everybody answers only for themselves."), can=Can.ANSWER, network=row.wave.network)
    _require(by, row.wave, recorder)
    require_unread(row, row.wave, recorder)
    return row


@transaction.atomic
def put(
    *, by: Person, part: Part, question: Question, values: Mapping[int, int | None], recorder: Person | None = None
) -> int:
    """Keep the answers to one question, by WaveSeat key; what is not mentioned stays as it is, None takes one back.

    A partner who is no longer known (K 0), or with whom there was no contact (E 0), loses the later answers.
    Answers about partners who have not passed on to the question are left out. Returns how many were kept.
    Raises RuleBroken for a level that does not exist, a seat that is not asked about, or a closed wave.
    """
    row = _locked(by, part, recorder)
    given = {about: value for about, value in values.items() if value is not None}
    if question not in asking.screens(asks_trust=row.wave.asks_trust, asks_pulse=False):
        raise RuleBroken(_("This is not asked in this survey."))
    if not set(given.values()) <= LEVELS[question]:
        raise RuleBroken(_("There is no such answer."))
    if not set(values) <= set(row.wave.seats.exclude(pk=row.seat_id).values_list("pk", flat=True)):
        raise RuleBroken(_("This is not asked about them: the list of members has changed. Load the page again."))
    _take_back(row, question, set(values) - set(given))
    return _keep(row, question, given)


def _take_back(part: Part, question: Question, about: set[int]) -> None:
    """These are not answered again, and so are the later questions about them."""
    if about and question in PRIVATE:
        PrivateAnswer.objects.filter(part=part, about__in=about).update(**{PRIVATE[question]: None})
    elif about:
        facts = {"works": None} if question is Question.WORKS else {"knows": None, "works": None}
        Answer.objects.filter(part=part, about__in=about).update(**facts)
        _forget(part, about)


def _keep(part: Part, question: Question, values: Mapping[int, int]) -> int:
    if question is Question.KNOWS:
        _keep_known(part, values)
        return len(values)
    told = dict(Answer.objects.filter(part=part).values_list("about", "works" if question in PRIVATE else "knows"))
    due = {about: value for about, value in values.items() if (told.get(about) or 0) >= 1}
    if question is Question.WORKS:
        for value in set(due.values()):
            same = [about for about in due if due[about] == value]
            Answer.objects.filter(part=part, about__in=same).update(works=value)
        _forget(part, [about for about, value in due.items() if value == 0])
    else:
        column = PRIVATE[question]
        PrivateAnswer.objects.bulk_create(
            [PrivateAnswer(part=part, about_id=about, **{column: value}) for about, value in due.items()],
            update_conflicts=True,
            unique_fields=["part", "about"],
            update_fields=[column],
        )
    return len(due)


def _keep_known(part: Part, values: Mapping[int, int]) -> None:
    for is_zero in (True, False):
        rows = [
            Answer(part=part, about_id=about, knows=value) for about, value in values.items() if (value == 0) == is_zero
        ]
        Answer.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["part", "about"],
            update_fields=["knows", "works"] if is_zero else ["knows"],
        )
    _forget(part, [about for about, value in values.items() if value == 0])


def _forget(part: Part, about: Collection[int]) -> None:
    PrivateAnswer.objects.filter(part=part, about__in=about).delete()


@transaction.atomic
def rest_as_zero(*, by: Person, part: Part, question: Question, recorder: Person | None = None) -> int:
    """Answer 0 about everybody not answered yet, because the person has asked for it. Returns about how many."""
    row = _locked(by, part, recorder)
    if question not in asking.HAS_ZERO:
        raise RuleBroken(_("Here nobody can be answered with a zero."))
    return _keep(row, question, {about: 0 for about, value in own_values(row, question).items() if value is None})


@transaction.atomic
def keep_earlier(*, by: Person, part: Part, question: Question, recorder: Person | None = None) -> int:
    """Confirm the answers of the person's previous wave where nothing is answered yet. Returns how many."""
    row = _locked(by, part, recorder)
    now_said, before = own_values(row, question), earlier_values(row, question)
    return _keep(row, question, {pk: level for pk, level in before.items() if now_said.get(pk, level) is None})


@transaction.atomic
def put_pulse(*, by: Person, part: Part, values: Mapping[int, int | None], recorder: Person | None = None) -> int:
    """Keep answers to the pulse, by item 1-6: 1-5, 9 for "cannot say", None to take one back. Returns how many."""
    row = _locked(by, part, recorder)
    if not row.wave.asks_pulse:
        raise RuleBroken(_("This is not asked in this survey."))
    given = {item: value for item, value in values.items() if value is not None}
    if not set(values) <= {*asking.PULSE_ITEMS} or not set(given.values()) <= {*asking.PULSE_LEVELS, asking.CANNOT_SAY}:
        raise RuleBroken(_("There is no such answer."))
    PulseAnswer.objects.filter(part=row, item__in=values).delete()
    PulseAnswer.objects.bulk_create(PulseAnswer(part=row, item=item, value=value) for item, value in given.items())
    return len(given)


@transaction.atomic
def finish(*, by: Person, part: Part, recorder: Person | None = None) -> Part:
    """The person is ready; answers can still be changed while the wave is open. Needs one answer to K."""
    row = _locked(by, part, recorder)
    if not Answer.objects.filter(part=row, knows__isnull=False).exists():
        raise RuleBroken(_("Answer about at least one member first."))
    if row.finished_at is None:
        row.finished_at = now()
        row.save(update_fields=["finished_at"])
        letters.call_off(row.wave, by)
        if recorder is not None:
            facts: dict[str, Any] = {"number": row.wave.number}
            thing = ("relations.wave", row.wave_id)
            record(events.PAPER_ENTERED, by=recorder, network=row.wave.network, thing=thing, data=facts)
        count_anew(_wave_locked(row.wave))
    return row


def _wave_locked(wave: Wave) -> Wave:
    return Wave.objects.select_for_update(no_key=True).get(pk=wave.pk)


@transaction.atomic
def note_time(*, by: Person, part: Part, screen: str, rows: int, seconds: float) -> bool:
    """Log how long the first pass over a screen took: coarse, and apart from the person. Returns whether it was."""
    found = keeping.coarse(seconds)
    row = Part.objects.select_for_update(no_key=True).get(pk=part.pk)
    if found is None or screen in timed_screens(row) or row.recorded_by_id is not None:
        return False
    Part.objects.filter(pk=row.pk).update(timed=" ".join([*timed_screens(row), screen]))
    ScreenTime.objects.create(wave_id=row.wave_id, screen=screen, partners=-(-rows // 10) * 10, seconds=found)
    return True
