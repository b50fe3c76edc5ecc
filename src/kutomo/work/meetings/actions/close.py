"""After the meeting: freezing, notes, letters."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _t, gettext_lazy as _, override

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.actions import record
from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks import queries as networks
from kutomo.core.promises import queries as promises
from kutomo.core.promises.models import StateWord
from kutomo.ground.clock import moment, now
from kutomo.ground.errors import RuleBroken
from kutomo.ground.text import plain

from .. import events, queries
from ..models import Answer, Meeting, Participant, Turn
from ..rules import pulse
from ..rules.kinds import Kind, State
from . import acquaintance, canvas
from .plan import THING, bump
from .run import forget_order

LETTER = "meetings/letters/notes.md"


@transaction.atomic
def close(*, by: Any, meeting: Meeting) -> Meeting:
    """End the meeting: no more answers, the pulse frozen by A8, notes begun from what was said.

    Raises NotAllowed without HOST, RuleBroken when the meeting is not open.
    """
    gate.require(by, Can.HOST, meeting.network)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state != State.OPEN:
        raise RuleBroken(_("The meeting is not open."))
    held.network = meeting.network
    held.steps.filter(is_answering=True).update(is_answering=False)  # waits for answers on their way
    for step in held.steps.all():
        forget_order(step)
    held.pulse = _read_pulse(held)
    held.state, held.closed_at = State.CLOSED, now()
    held.timer_ends_at = held.timer_held = None
    if not held.notes:
        held.notes = draft_notes(held)
    held.save(update_fields=["pulse", "state", "closed_at", "timer_ends_at", "timer_held", "notes"])
    canvas.note_acquaintance(by=by, meeting=held)
    acquaintance.tell_met(by=by, meeting=held)
    bump(held)
    record(events.CLOSED, by=by, network=held.network, thing=(THING, held.pk), title=held.title)
    return held


def _read_pulse(meeting: Meeting) -> dict[str, Any]:
    """What may be shown of the pulse, computed once; who took part is counted without what was said."""
    items: dict[str, Any] = {}
    turns = Turn.objects.filter(step__meeting=meeting, step__kind=Kind.PULSE)
    took_part = Participant.objects.filter(pk__in=turns.values("participant"))
    houses = {one.organisation.casefold() or f"own {one.pk}" for one in took_part}
    for code in ("P1", "P2"):
        given = list(
            Answer.objects.filter(step__meeting=meeting, step__kind=Kind.PULSE, slot=code).values_list(
                "number", flat=True
            )
        )
        if given:
            read = pulse.read([number or 0 for number in given], len(houses))
            items[code] = {"word": read.word, "percent": read.percent, "unsure": read.unsure, "split": read.split}
    partial = pulse.is_partial(took_part.count(), meeting.participants.count())
    return {"items": items, "is_partial": partial} if items else {}


def draft_notes(meeting: Meeting) -> str:
    """Notes to begin with, in the network's first language: what was promised, missing, needed, offered."""
    language = (meeting.network.working_languages or ["fi"])[0]
    with override(language):
        parts = [_promises(meeting), *_collected(meeting)]
    return "\n\n".join(part for part in parts if part)


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"## {title}", "", *(f"- {line}" for line in lines)]) if lines else ""


def _promises(meeting: Meeting) -> str:
    rows = [row for row in promises.on((THING, meeting.pk)) if row.state == StateWord.ACCEPTED]
    lines = [
        _t("%(name)s: %(what)s (by %(day)s)")
        % {"name": row.doer_name, "what": row.what, "day": f"{row.by_on:%-d.%-m.%Y}"}
        if row.by_on
        else f"{row.doer_name}: {row.what}"
        for row in rows
    ]
    return _section(_t("Promises"), lines)


def _collected(meeting: Meeting) -> list[str]:
    titles = {
        "voice": _t("Voices that are missing"),
        "need": _t("Needs"),
        "offer": _t("Offers"),
        "have": _t("Skills that we have"),
        "lack": _t("Skills that we lack"),
        "enough": _t("We will say it was enough when"),
    }
    found: dict[str, list[str]] = {}
    for step in meeting.steps.filter(kind__in=[Kind.VOICES, Kind.HARVEST, Kind.SKILLS, Kind.GOAL]):
        for slot, rows in queries.by_slot(step).items():
            lines = [f"{row.text} ({row.participant})" if row.participant else row.text for row in rows if row.text]
            found.setdefault(slot, []).extend(lines)
    return [_section(title, found.get(slot, [])) for slot, title in titles.items()]


@transaction.atomic
def write_notes(
    *,
    by: Any,
    meeting: Meeting,
    notes: str,
    version: int,
    goal_rung: int | None = None,
    goal_enough: str = "",
    small_win: str = "",
) -> Meeting:
    """Write the notes and the goal as it stands (v0). ``version``: the one that the writer had before the eyes.

    Raises NotAllowed for others than recorder, host and leader; RuleBroken when somebody has saved since: the
    writer's own words stay in the form and the other's are shown.
    """
    gate.require(by, Can.RECORD, meeting.network)
    changed = Meeting.objects.filter(pk=meeting.pk, notes_version=version).update(
        notes=notes.strip(),
        goal_rung=goal_rung,
        goal_enough=goal_enough.strip(),
        small_win=small_win.strip(),
        notes_version=F("notes_version") + 1,
    )
    if not changed:
        raise RuleBroken(
            _("Somebody saved the notes while you were writing. Nothing is lost: join your words with theirs below."),
            field="notes",
        )
    record(events.NOTES_CHANGED, by=by, network=meeting.network, thing=(THING, meeting.pk), title=meeting.title)
    return Meeting.objects.select_related("network").get(pk=meeting.pk)


@transaction.atomic
def send_notes(*, by: Any, meeting: Meeting) -> int:
    """Send notes and everybody's own promises to all members and to those present with an account.

    Returns how many letters were queued; nobody gets the same notes twice. Raises RuleBroken before closing.
    """
    gate.require(by, Can.RECORD, meeting.network)
    if meeting.state != State.CLOSED:
        raise RuleBroken(_("End the meeting first. Then the notes are whole."))
    sent = sum(_write_to(meeting, person) for person in _readers(meeting))
    Meeting.objects.filter(pk=meeting.pk).update(sent_at=now())
    record(events.NOTES_SENT, by=by, network=meeting.network, thing=(THING, meeting.pk), title=meeting.title)
    return sent


def _readers(meeting: Meeting) -> list[Any]:
    """All members and those present with an account, each once."""
    present = meeting.participants.filter(person__isnull=False).select_related("person")
    people = {person.pk: person for person in networks.members(meeting.network)}
    return list((people | {one.person_id: one.person for one in present}).values())


def _write_to(meeting: Meeting, person: Any) -> bool:
    """One letter with the notes and the person's own promises; twice is once."""
    mine = promises.of((THING, meeting.pk), Respondent.of(person))
    letter = letters.send(
        letter=LETTER,
        to=letters.Addressee.of(person),
        network=meeting.network,
        context={
            "meeting": meeting,
            "notes": plain(meeting.notes),
            "own": [promise for promise in mine if promise.state == StateWord.ACCEPTED],
            "asked": [promise for promise in mine if promise.state == StateWord.PROPOSED],
            "address": meeting.get_absolute_url(),
        },
        key=f"meetings.notes:{meeting.pk}:{person.pk}",
    )
    return letter is not None


def _example() -> dict[str, Any]:
    at = moment(date(2026, 3, 17), time(13))
    promise = {"what": _t("Ask the library for a room"), "by_on": date(2026, 3, 27)}
    return {
        "meeting": {"title": _t("First meeting"), "starts_at": at},
        "notes": _t("We agreed on seven ground rules and on a small win within 60 days."),
        "own": [promise],
        "asked": [],
        "address": "/",
    }


preview(LETTER, _example, title=_("notes of a meeting"))
