"""Before the meeting: calling it and laying its agenda."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks.models import Network
from kutomo.ground.errors import RuleBroken

from .. import events
from ..models import Meeting, Step
from ..rules import agenda
from ..rules.kinds import Kind, State

THING = "meetings.meeting"
MOST_STEPS = 60


def bump(meeting: Meeting) -> None:
    """Move every screen along: they compare this number with what they show."""
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)


@transaction.atomic
def convene(
    *,
    by: Any,
    network: Any,
    title: str,
    starts_at: datetime,
    template: str = "",
    place: str = "",
    link: str = "",
    occasion: str = Meeting.Occasion.REGULAR,
) -> Meeting:
    """Call a meeting; ``template`` ("full" 180 min, "short" 90 min) lays the agenda of a first meeting.

    The same meeting called twice, as by a form sent twice, is one. Raises NotAllowed without CONVENE, RuleBroken
    on an empty title or an unknown template.
    """
    gate.require(by, Can.CONVENE, network)
    if not title.strip():
        raise RuleBroken(_("Give the meeting a title."), field="title")
    if template and template not in agenda.templates():
        raise RuleBroken(_("There is no agenda of that name."), field="template")
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)
    called = Meeting.objects.filter(network=network, title=title.strip(), starts_at=starts_at, state=State.PLANNED)
    if twin := called.filter(convened_by=by).first():
        return twin
    meeting = Meeting.objects.create(
        network=network,
        title=title.strip(),
        starts_at=starts_at,
        place=place,
        link=link,
        occasion=Meeting.Occasion.FIRST if template else occasion,
        convened_by=by,
    )
    if template:
        Step.objects.bulk_create(
            Step(
                meeting=meeting,
                position=place_,
                kind=row.kind,
                key=row.key,
                minutes=row.minutes,
                is_before=row.before,
                question=row.question,
                rounds=row.rounds,
            )
            for place_, row in enumerate(agenda.plan(template))
        )
    record(events.CONVENED, by=by, network=network, thing=(THING, meeting.pk), title=meeting.title)
    return meeting


def _require_not_closed(meeting: Meeting) -> None:
    if meeting.state == State.CLOSED:
        raise RuleBroken(_("The meeting is over. Its agenda stays as it was."))


@transaction.atomic
def change(*, by: Any, meeting: Meeting, **facts: Any) -> Meeting:
    """Change title, time, place or remote link. Raises RuleBroken when the meeting is over."""
    gate.require(by, Can.CONVENE, meeting.network)
    _require_not_closed(meeting)
    if unknown := set(facts) - {"title", "starts_at", "place", "link"}:
        raise TypeError(f"not a fact of a meeting: {unknown}")
    if not facts.get("title", meeting.title).strip():
        raise RuleBroken(_("Give the meeting a title."), field="title")
    for field, value in facts.items():
        setattr(meeting, field, value)
    meeting.save(update_fields=sorted(facts))
    bump(meeting)
    record(events.CHANGED, by=by, network=meeting.network, thing=(THING, meeting.pk), title=meeting.title)
    return meeting


@transaction.atomic
def cancel(*, by: Any, meeting: Meeting) -> None:
    """Cancel a meeting that has not been opened; the log keeps that it was called."""
    gate.require(by, Can.CONVENE, meeting.network)
    if meeting.state != State.PLANNED:
        raise RuleBroken(_("A meeting that has been opened cannot be cancelled. Close it instead."))
    record(events.CANCELLED, by=by, network=meeting.network, title=meeting.title)
    meeting.delete()


def _agenda_changed(by: Any, meeting: Meeting) -> None:
    bump(meeting)
    record(events.AGENDA_CHANGED, by=by, network=meeting.network, thing=(THING, meeting.pk), title=meeting.title)


@transaction.atomic
def add_step(
    *,
    by: Any,
    meeting: Meeting,
    kind: str,
    minutes: int,
    title: str = "",
    text: str = "",
    how: str = "",
    question: int = 0,
) -> Step:
    """Add a point at the end of the agenda. A point that only talks needs a title; a canvas point a question."""
    gate.require(by, Can.CONVENE, meeting.network)
    _require_not_closed(meeting)
    if Kind(kind) in (Kind.TALK, Kind.LINES) and not title.strip():
        raise RuleBroken(_("Give the point a title."), field="title")
    if Kind(kind) == Kind.CANVAS and not 1 <= question <= 5:
        raise RuleBroken(_("Choose which of the five questions is asked."), field="question")
    if meeting.steps.count() >= MOST_STEPS:
        raise RuleBroken(_("The agenda is full. Remove a point first."))
    last = meeting.steps.aggregate(last=Max("position"))["last"]
    step = Step.objects.create(
        meeting=meeting,
        position=0 if last is None else last + 1,
        kind=kind,
        key=_key_for(kind, question),
        minutes=minutes,
        title=title.strip(),
        text=text,
        how=how,
        question=question if Kind(kind) == Kind.CANVAS else 0,
        rounds=3 if Kind(kind) == Kind.PAIRS else 0,
    )
    _agenda_changed(by, meeting)
    return step


def _key_for(kind: str, question: int) -> str:
    """The template's words for a kind, so that an added point is not bare; none for free points."""
    if Kind(kind) in (Kind.TALK, Kind.LINES):
        return ""
    plans = agenda.plan("full")
    return next((row.key for row in plans if row.kind == kind and row.question == question), "")


@transaction.atomic
def change_step(*, by: Any, step: Step, minutes: int, title: str = "", text: str = "", how: str = "") -> Step:
    """Change a point's minutes and words; empty words bring the template's back."""
    gate.require(by, Can.CONVENE, step.meeting.network)
    _require_not_closed(step.meeting)
    if not 0 < minutes <= agenda.LONGEST:
        raise RuleBroken(_("A point takes 1 to 240 minutes."), field="minutes")
    step.minutes, step.title, step.text, step.how = minutes, title.strip(), text.strip(), how.strip()
    step.save(update_fields=["minutes", "title", "text", "how"])
    _agenda_changed(by, step.meeting)
    return step


@transaction.atomic
def move_step(*, by: Any, step: Step, places: int) -> None:
    """Move a point ``places`` later (negative: earlier); at the ends it stays."""
    gate.require(by, Can.CONVENE, step.meeting.network)
    _require_not_closed(step.meeting)
    order = list(step.meeting.steps.values_list("pk", flat=True))
    for position, pk in enumerate(agenda.moved(order, step.pk, places)):
        Step.objects.filter(pk=pk).exclude(position=position).update(position=position)
    _agenda_changed(by, step.meeting)


@transaction.atomic
def remove_step(*, by: Any, step: Step) -> None:
    """Take a point off the agenda. One that has answers stays: answers are never thrown away unseen."""
    meeting = step.meeting
    gate.require(by, Can.CONVENE, meeting.network)
    _require_not_closed(meeting)
    if step.turns.exists() or step.places.exists():
        raise RuleBroken(_("People have already answered here. The point stays on the agenda."))
    if meeting.step_id == step.pk:
        raise RuleBroken(_("The meeting stands on this point. Move on first."))
    step.delete()
    _agenda_changed(by, meeting)
