"""The plan: meetings of a network, their agendas and promises."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.networks import queries as networks
from kutomo.core.promises import queries as promises
from kutomo.core.promises.models import Promise
from kutomo.ground.errors import NotFound

from ..models import Meeting, Participant, Step
from ..rules import agenda as rules
from ..rules.kinds import State


@dataclass(frozen=True)
class Row:
    """One point of the agenda as a page shows it."""

    step: Step
    starts_at: datetime
    words: rules.Texts
    is_now: bool


def visible_to(person: Any) -> QuerySet[Meeting]:
    """The meetings of the networks that ``person`` may see."""
    return Meeting.objects.filter(network__in=networks.visible_to(person)).select_related("network")


def upcoming(network: Any) -> tuple[list[Meeting], list[Meeting]]:
    """The network's meetings: those to come or going on (next first), those held (newest first, 50)."""
    rows = Meeting.objects.filter(network=network)
    ahead = list(rows.exclude(state="closed").order_by("starts_at", "pk"))
    held = list(rows.filter(state="closed")[:50])
    for meeting in [*ahead, *held]:
        meeting.network = network
    return ahead, held


def going_on(among: Iterable[Any]) -> list[Meeting]:
    """The meetings of the networks ``among`` that are open now; one query."""
    return list(Meeting.objects.filter(network__in=list(among), state="open").order_by("starts_at", "pk"))


def starting_between(network: Any, first: datetime, last: datetime) -> list[Meeting]:
    """The network's planned meetings that start between two moments, next first; one query."""
    rows = Meeting.objects.filter(network=network, state="planned", starts_at__gte=first, starts_at__lt=last)
    return list(rows.order_by("starts_at", "pk"))


def next_of(network: Any) -> Meeting | None:
    """The meeting that is going on, else the next one planned, else None."""
    ahead = Meeting.objects.filter(network=network).exclude(state="closed")
    return ahead.order_by("state", "starts_at", "pk").first()  # "open" stands before "planned"


def get(network: Any, pk: int) -> Meeting:
    """One meeting of a network that the caller has fetched for the person; NotFound otherwise."""
    meeting = Meeting.objects.filter(network=network, pk=pk).select_related("step").first()
    if meeting is None:
        raise NotFound(_("There is no such meeting in this network."))
    meeting.network = network  # with its roles, already read
    return meeting


def steps(meeting: Meeting) -> list[Step]:
    """The steps in order."""
    return list(meeting.steps.all())


def step(meeting: Meeting, pk: int) -> Step:
    """One step of ``meeting``; NotFound otherwise."""
    found = meeting.steps.filter(pk=pk).first()
    if found is None:
        raise NotFound(_("There is no such point on the agenda any more."))
    return found


def agenda(meeting: Meeting, language: str = "") -> list[Row]:
    """The agenda with clock times and words in ``language`` (the reader's if empty); one query."""
    rows = steps(meeting)
    times = rules.times(meeting.starts_at, [(row.minutes, row.is_before) for row in rows])
    language = language or get_language() or "fi"
    return [Row(row, at, row.words(language), row.pk == meeting.step_id) for row, at in zip(rows, times, strict=True)]


def promise(meeting: Meeting, pk: int) -> Promise:
    """One promise given in ``meeting``; NotFound otherwise."""
    found = promises.one_on(("meetings.meeting", meeting.pk), pk)
    found.network = meeting.network
    return found


def promises_of(meeting: Meeting) -> list[Promise]:
    """The promises given in ``meeting``, in the order of giving."""
    return promises.on(("meetings.meeting", meeting.pk))


def promises_by(participant: Participant) -> list[Promise]:
    """What ``participant`` has promised or been asked to promise in the meeting."""
    return promises.of(("meetings.meeting", participant.meeting_id), participant.respondent)


def asking() -> list[Step]:
    """The steps of open meetings that take answers now, in all networks."""
    return list(Step.objects.filter(is_answering=True, meeting__state=State.OPEN))
