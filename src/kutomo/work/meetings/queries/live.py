"""The room while the meeting goes on. What phones ask every second is one indexed query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kutomo.core.promises import queries as promises
from kutomo.core.promises.models import Promise
from kutomo.ground.errors import NotFound

from ..models import Answer, Knows, Meeting, Participant, Place, Step, Turn
from ..rules import kinds
from ..rules.kinds import Kind, State
from .canvas import answered_on, table_mark

NO_MEETING = _("No meeting is open with this code. Check the six digits on the big screen.")


@dataclass(frozen=True)
class Stand:
    """Where a meeting stands: what every screen compares with what it shows."""

    meeting: int
    version: str
    is_open: bool


_STAND = (
    "SELECT m.id, m.version, m.state, m.network_id, s.kind, s.question, s.is_revealed"
    " FROM meetings_meeting m LEFT JOIN meetings_step s ON s.id = m.step_id"
    " WHERE m.code = %s ORDER BY m.opened_at DESC LIMIT 1"
)


def stand(code: str) -> Stand | None:
    """The stand of the open meeting with this code, or of the one that was just closed; None otherwise.

    The hottest question of the house: plain SQL, no objects. While revealed answers of the canvas lie on the
    table, each grouping and naming is part of the version: phones follow.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [code])
        row = cursor.fetchone()
    if row is None:
        return None
    pk, version, state, network, kind, question, is_revealed = row
    table = f"-{table_mark(network, question)}" if kind == Kind.CANVAS and is_revealed else ""
    return Stand(pk, f"{version}{table}", state == State.OPEN)


def live(code: str) -> Meeting:
    """The open meeting with this code; NotFound in the same words whether it never was or is over."""
    meeting = Meeting.objects.filter(code=code, state="open").select_related("step", "network").first()
    if meeting is None:
        raise NotFound(NO_MEETING)
    return meeting


def standing(code: str) -> Meeting:
    """The open meeting with this code, or the last one that had it (its phones still show the goodbye)."""
    meeting = (
        Meeting.objects.filter(code=code).select_related("step", "network").order_by("state", "-opened_at").first()
    )
    if meeting is None:
        raise NotFound(NO_MEETING)
    return meeting


def participant_of(meeting_id: int, uid: str) -> Participant | None:
    """The participant behind a phone's cookie, in this meeting only."""
    return Participant.objects.filter(meeting_id=meeting_id, uid=uid).first() if uid else None


def people_in(meeting: Meeting) -> list[Participant]:
    """Everybody in the room, in the order of joining."""
    return list(meeting.participants.all())


@dataclass
class Own:
    """What one phone sees and the others do not."""

    pair: list[Participant] = field(default_factory=list)
    knows: set[int] = field(default_factory=set)
    met: list[Participant] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    @property
    def everyone(self) -> list[Participant]:
        """Those of this round, then of earlier rounds, each once."""
        return list({one.pk: one for one in [*self.pair, *self.met]}.values())


def own(participant: Participant, step: Step | None) -> Own:
    """The participant's own part of a step: pair, ticks, promises. Two queries for pairs, one for promises."""
    if step is None:
        return Own()
    if step.kind == Kind.PAIRS:
        places = Place.objects.filter(step=step).select_related("participant")
        mine = {place.round_no: place.group_no for place in places if place.participant_id == participant.pk}
        with_me = [
            place
            for place in places
            if place.participant_id != participant.pk and mine.get(place.round_no) == place.group_no
        ]
        now = [place.participant for place in with_me if place.round_no == step.round_no]
        earlier = [place.participant for place in with_me if place.round_no != step.round_no]
        return Own(pair=now, met=earlier, knows=set(participant.knows.values_list("known", flat=True)))
    if step.kind == Kind.PROMISES:
        return Own(promises=promises.of(("meetings.meeting", participant.meeting_id), participant.respondent))
    return Own()


@dataclass
class Board:
    """A step as the big screen and the host see it. ``answered`` of ``present`` have answered."""

    present: int = 0
    answered: int = 0
    answers: list[Any] = field(default_factory=list)
    groups: list[list[Participant]] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    mark: str = ""


def count(meeting: Meeting, step: Step | None) -> tuple[int, int]:
    """How many are present, how many of them have answered in ``step``; people without a phone included."""
    present = meeting.participants.count()
    if step is None or not kinds.is_asking(step.kind):
        return present, 0
    on_canvas = answered_on(step, meeting.network)
    if on_canvas is not None:
        return present, on_canvas
    turns = Turn.objects.filter(step=step).aggregate(people=Count("participant", distinct=True))
    return present, turns["people"]


def board(meeting: Meeting, step: Step | None) -> Board:
    """What may be shown of ``step`` now: blind answers only after the reveal, the pulse never here."""
    present, answered = count(meeting, step)
    found = Board(present, answered)
    if step is None:
        return found
    if step.kind == Kind.PAIRS:
        found.groups = groups(step)
    elif step.kind == Kind.PROMISES:
        found.promises = promises.on(("meetings.meeting", meeting.pk))
    elif is_shown(step):
        found.answers = answers(step)
    newest = found.promises[-1].pk if found.promises else 0
    states = "".join(promise.state[0] for promise in found.promises)
    table = table_mark(meeting.network_id, step.question) if step.kind == Kind.CANVAS and step.is_revealed else ""
    found.mark = f"{meeting.version}.{present}.{answered}.{len(found.answers)}.{newest}.{states}.{table}"
    return found


def is_shown(step: Step) -> bool:
    """May the answers be shown? Named lines at once, blind ones after the reveal, confidential ones never here."""
    if step.kind in kinds.CONFIDENTIAL:
        return False
    return step.is_revealed or all(slot.named for slot in kinds.slots(step.kind))


def answers(step: Step) -> list[Answer]:
    """The answers of a step in an order that tells nothing (the key is a hash)."""
    return list(Answer.objects.filter(step=step).select_related("participant").order_by("key"))


def groups(step: Step) -> list[list[Participant]]:
    """The groups of the round that goes on."""
    found: dict[int, list[Participant]] = {}
    for place in Place.objects.filter(step=step, round_no=step.round_no).select_related("participant"):
        found.setdefault(place.group_no, []).append(place.participant)
    return [found[number] for number in sorted(found)]


def known_pairs(meeting: Meeting) -> set[frozenset[int]]:
    """Participants of ``meeting`` who know each other's work: ticked today, or as persons in an earlier meeting."""
    here = {one.person_id: one.pk for one in people_in(meeting) if one.person_id}
    found = set()
    rows = Knows.objects.filter(participant__meeting__network=meeting.network_id).values_list(
        "participant__meeting", "participant", "known", "participant__person", "known__person"
    )
    for held, one, other, person, another in rows:
        if held == meeting.pk:
            found.add(frozenset((one, other)))
        elif person in here and another in here:
            found.add(frozenset((here[person], here[another])))
    return found
