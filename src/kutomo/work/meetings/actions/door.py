"""Coming in: the code, the name, the chair of a late joiner."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import now
from kutomo.ground.commit import together
from kutomo.ground.errors import NotFound, RuleBroken, TooMany

from .. import events, queries
from ..models import Meeting, Participant, Place, Step
from ..rules import codes, pairing
from ..rules.kinds import Kind, State
from .plan import THING, bump


def enter(*, code: str, address: str) -> Meeting:
    """The open meeting behind a typed code.

    Raises NotFound on a wrong code and counts it; after 30 wrong ones a minute from one address, TooMany.
    Right codes are never counted, so a whole hall behind one address gets in.
    """
    minute = int(now().timestamp()) // 60
    key = f"meetings.guess:{address}:{minute}"
    wrong = cache.get(key, 0)
    if codes.too_many(wrong):
        raise TooMany(_("Too many wrong codes from here. Wait a minute and try again."), retry_after=60)
    digits = codes.read(code)
    meeting = Meeting.objects.filter(code=digits, state=State.OPEN).select_related("network", "step").first()
    if not digits or meeting is None:
        cache.set(key, wrong + 1, 120)
        raise NotFound(queries.NO_MEETING)
    return meeting


def join(*, meeting: Meeting, name: str, organisation: str = "", person: Any = None) -> Participant:
    """Take part in an open meeting; a member with an account comes as oneself, twice is once.

    Somebody who comes in the middle of a round of pairs is sat down with the group that suits best.
    Raises RuleBroken without a name or when the meeting is not open, NotAllowed for one who only observes.
    """
    name = " ".join(name.split())[:60]
    if person is not None:
        gate.require(person, Can.ANSWER, meeting.network)
        seat = networks.seat_of(person, meeting.network)
        name, organisation = person.name[:60], seat.organisation.name if seat and seat.organisation else organisation
    if not name:
        raise RuleBroken(_("Write your first name."), field="name")
    return together(lambda: _sit(meeting, name, organisation, person))


def _sit(meeting: Meeting, name: str, organisation: str, person: Any) -> Participant:
    here = Meeting.objects.select_related("step").get(pk=meeting.pk)
    if here.state != State.OPEN:
        raise RuleBroken(_("The meeting is not open any more."))
    fresh = {
        "uid": secrets.token_urlsafe(18),
        "name": name,
        "organisation": " ".join(organisation.split())[:120],
        "language": (get_language() or "fi")[:2],
    }
    if person is not None:
        participant, created = Participant.objects.get_or_create(meeting=here, person=person, defaults=fresh)
    else:
        participant, created = Participant.objects.create(meeting=here, **fresh), True
    if created and here.step and here.step.kind == Kind.PAIRS and here.step.round_no:
        _sit_down_late(here, here.step, participant)
    return participant


def _sit_down_late(meeting: Meeting, step: Step, newcomer: Participant) -> None:
    """Sit a late joiner down with a pair of the running round."""
    Step.objects.select_for_update().get(pk=step.pk)
    groups = queries.groups(step)
    if not groups:
        return
    numbers = sorted(set(step.places.filter(round_no=step.round_no).values_list("group_no", flat=True)))
    people = [*(one for group in groups for one in group), newcomer]
    cost = pairing.cost_of((), queries.known_pairs(meeting), {one.pk: one.organisation.casefold() for one in people})
    chosen = pairing.join_late([tuple(one.pk for one in group) for group in groups], newcomer.pk, cost)
    Place.objects.create(step=step, round_no=step.round_no, group_no=numbers[chosen], participant=newcomer)
    bump(meeting)


@transaction.atomic
def join_on_paper(*, by: Any, meeting: Meeting, name: str, organisation: str = "") -> Participant:
    """Bring in somebody without a phone; the recorder writes for this person, who can check it on paper."""
    gate.require(by, Can.RECORD, meeting.network)
    name = " ".join(name.split())[:60]
    if not name:
        raise RuleBroken(_("Write the person's first name."), field="name")
    if meeting.state != State.OPEN:
        raise RuleBroken(_("The meeting is not open any more."))
    participant = Participant.objects.create(
        meeting=meeting,
        uid=secrets.token_urlsafe(18),
        name=name,
        organisation=" ".join(organisation.split())[:120],
        is_paper=True,
    )
    meeting = Meeting.objects.select_related("step", "network").get(pk=meeting.pk)
    if meeting.step and meeting.step.kind == Kind.PAIRS and meeting.step.round_no:
        _sit_down_late(meeting, meeting.step, participant)
    record(events.PAPER_JOINED, by=by, network=meeting.network, thing=(THING, meeting.pk), title=meeting.title)
    return participant
