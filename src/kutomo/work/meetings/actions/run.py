"""Running the meeting from the host's place. Every deed moves all screens along by one version."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.ground.clock import now
from kutomo.ground.errors import RuleBroken

from .. import events, queries
from ..models import Answer, Meeting, Participant, Place, Sealed, Step, Turn, rewrite_in_random_order
from ..rules import agenda, codes, kinds, pairing
from ..rules.kinds import Kind, State
from . import canvas
from .plan import THING, bump

ROUND_SECONDS = 6 * 60


def _hold(by: Any, meeting: Meeting) -> Meeting:
    """The meeting, locked, when ``by`` may run it and it is open."""
    gate.require(by, Can.HOST, meeting.network)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state != State.OPEN:
        raise RuleBroken(_("The meeting is not open."))
    held.network = meeting.network
    return held


@transaction.atomic
def open(*, by: Any, meeting: Meeting) -> Meeting:
    """Open the meeting: it gets a code, stands on its first step, and phones may come in.

    Raises NotAllowed without HOST, RuleBroken when it has no agenda or was opened before.
    """
    gate.require(by, Can.HOST, meeting.network)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.state != State.PLANNED:
        raise RuleBroken(_("The meeting has been opened already."))
    first = held.steps.first()
    if first is None:
        raise RuleBroken(_("Add at least one point to the agenda first."))
    held.network = meeting.network
    taken = set(Meeting.objects.exclude(code="").values_list("code", flat=True))
    held.state, held.code = State.OPEN, codes.draw(secrets.randbelow, taken)
    held.opened_at = now()
    held.save(update_fields=["state", "code", "opened_at"])
    _stand_on(held, first, run_timer=False)
    record(events.OPENED, by=by, network=held.network, thing=(THING, held.pk), title=held.title)
    return held


def _stand_on(meeting: Meeting, step: Step, *, run_timer: bool = True) -> None:
    seconds = step.minutes * 60
    meeting.step = step
    meeting.timer_ends_at = now() + timedelta(seconds=seconds) if run_timer else None
    meeting.timer_held = None if run_timer else seconds
    meeting.save(update_fields=["step", "timer_ends_at", "timer_held"])
    if kinds.is_asking(step.kind) and not step.is_revealed and not step.is_answering:
        step.is_answering = True
        step.save(update_fields=["is_answering"])
    bump(meeting)


@transaction.atomic
def go(*, by: Any, meeting: Meeting, step: Step) -> Meeting:
    """Stand on ``step``, forward or back; its timer runs and answering opens unless it was revealed.

    The target is named, so that a double press or two hosts move one step only.
    """
    held = _hold(by, meeting)
    if step.meeting_id != held.pk:
        raise RuleBroken(_("There is no such point on the agenda any more."))
    if held.step_id != step.pk:
        _stand_on(held, step)
    return held


@transaction.atomic
def start_timer(*, by: Any, meeting: Meeting) -> Meeting:
    """Let the timer run on from where it was held."""
    held = _hold(by, meeting)
    if held.timer_held is not None:
        held.timer_ends_at, held.timer_held = now() + timedelta(seconds=held.timer_held), None
        held.save(update_fields=["timer_ends_at", "timer_held"])
        bump(held)
    return held


@transaction.atomic
def pause_timer(*, by: Any, meeting: Meeting) -> Meeting:
    """Hold the timer where it is."""
    held = _hold(by, meeting)
    if held.timer_ends_at is not None:
        held.timer_held, held.timer_ends_at = agenda.seconds_left(held.timer_ends_at, None, now()), None
        held.save(update_fields=["timer_ends_at", "timer_held"])
        bump(held)
    return held


@transaction.atomic
def extend_timer(*, by: Any, meeting: Meeting, minutes: int = 2) -> Meeting:
    """Give more time: added to what is left, from now when the time was up."""
    held = _hold(by, meeting)
    if not 0 < minutes <= 60:
        raise RuleBroken(_("Give 1 to 60 minutes more."))
    left = (agenda.seconds_left(held.timer_ends_at, held.timer_held, now()) or 0) + minutes * 60
    if held.timer_held is not None:
        held.timer_held = left
    else:
        held.timer_ends_at = now() + timedelta(seconds=left)
    held.save(update_fields=["timer_ends_at", "timer_held"])
    bump(held)
    return held


@transaction.atomic
def set_answering(*, by: Any, meeting: Meeting, step: Step, is_open: bool) -> Step:
    """Open or close answering. What was shown once is not asked again: it would no longer be blind."""
    held = _hold(by, meeting)
    if is_open and step.is_revealed:
        raise RuleBroken(_("The answers have been shown. New ones would not be blind any more."))
    if is_open and not kinds.is_asking(step.kind):
        raise RuleBroken(_("Nothing is asked at this point."))
    step.is_answering = is_open
    step.save(update_fields=["is_answering"])
    bump(held)
    return step


@transaction.atomic
def reveal(*, by: Any, meeting: Meeting, step: Step) -> Step:
    """Show the answers on every screen and take no more. The pulse is never shown here."""
    held = _hold(by, meeting)
    if step.kind in kinds.CONFIDENTIAL:
        raise RuleBroken(_("This result is shown to everybody when the meeting has ended."))
    if not kinds.is_asking(step.kind):
        raise RuleBroken(_("Nothing is asked at this point."))
    step.is_answering, step.is_revealed = False, True
    step.save(update_fields=["is_answering", "is_revealed"])
    forget_order(step)
    canvas.reveal(by=by, step=step, network=held.network)
    bump(held)
    return step


def forget_order(step: Step) -> None:
    """Open what is sealed; lay answers and turns anew, each shuffled: no order or transaction joins them (A9)."""
    sealed = list(Sealed.objects.filter(step=step))
    Answer.objects.bulk_create(row.opened() for row in sealed)
    Sealed.objects.filter(step=step).delete()
    rewrite_in_random_order(Answer, list(Answer.objects.filter(step=step)))
    rewrite_in_random_order(Turn, _renamed(step))


def _renamed(step: Step) -> list[Turn]:
    """The step's turns under new keys: an older copy of the database has other ones."""
    turns = list(Turn.objects.filter(step=step))
    Turn.objects.filter(step=step).delete()
    for turn in turns:
        turn.key = secrets.token_hex(16)
    return turns


@transaction.atomic
def mix(*, step: Step) -> bool:
    """Lay who and what of a step that is being answered anew in shuffled order (A9).

    Who has the secret key besides the database could otherwise join the two by their order. Nothing changes for
    anybody: no gate, no line in the log. Returns whether there was anything to shuffle.
    """
    held = Step.objects.select_for_update().get(pk=step.pk)
    sealed = list(Sealed.objects.filter(step=held))
    if not sealed:
        return False
    rewrite_in_random_order(Sealed, sealed)
    rewrite_in_random_order(Turn, _renamed(held))
    return True


@transaction.atomic
def draw_pairs(*, by: Any, meeting: Meeting, step: Step) -> Step:
    """Draw the next round of pairs among all who are in; the round's timer starts.

    Raises RuleBroken when all rounds are held or fewer than two people are in.
    """
    held = _hold(by, meeting)
    step = Step.objects.select_for_update().get(pk=step.pk)
    if step.kind != Kind.PAIRS or step.round_no >= step.rounds:
        raise RuleBroken(_("All rounds have been held."))
    people = list(Participant.objects.filter(meeting=held))
    if len(people) < 2:
        raise RuleBroken(_("There is nobody to pair yet. Wait until at least two are in."))
    earlier: dict[tuple[int, int], list[int]] = {}
    for place in Place.objects.filter(step__meeting=held):
        earlier.setdefault((place.step_id, place.round_no * 1000 + place.group_no), []).append(place.participant_id)
    groups = pairing.pair(
        [one.pk for one in people],
        met=pairing.pairs_of(earlier.values()),
        known=queries.known_pairs(held),
        organisations={one.pk: one.organisation.casefold() for one in people},
        seed=step.pk * 10 + step.round_no,
    )
    step.round_no += 1
    step.save(update_fields=["round_no"])
    Place.objects.bulk_create(
        Place(step=step, round_no=step.round_no, group_no=number, participant_id=pk)
        for number, group in enumerate(groups, 1)
        for pk in group
    )
    held.timer_ends_at, held.timer_held = now() + timedelta(seconds=ROUND_SECONDS), None
    held.save(update_fields=["timer_ends_at", "timer_held"])
    bump(held)
    return step
