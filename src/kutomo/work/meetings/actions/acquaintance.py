"""What rounds of pairs tell the room of relations: whose seats have met, and what they now know of each other."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Representation
from kutomo.ground.clock import local
from kutomo.work.relations.actions import knowledge

from ..models import Meeting, Participant, Place


def tell_tick(*, by: Participant, known: int, is_known: bool) -> None:
    """ "I now know what they do" is said for the seats too, when both are here as sitters of two seats."""
    other = Participant.objects.select_related("person", "meeting__network").get(pk=known)
    network = other.meeting.network
    if by.person is None or other.person is None or not gate.may(by.person, Can.ANSWER, network):
        return
    theirs, mine = networks.seat_of(other.person, network), networks.seat_of(by.person, network)
    if theirs is not None and mine is not None and theirs.pk != mine.pk:
        knowledge.tick_knowledge(by=by.person, network=network, seat=theirs, knows=is_known)


def tell_met(*, by: Any, meeting: Meeting) -> None:
    """At closing: which seats sat together, so that whoever did not tick on the phone may do it afterwards."""
    sits: dict[int, int] = {}
    current = Representation.objects.current().filter(seat__network=meeting.network)
    for person, seat in current.order_by("seat__organisation_id", "pk").values_list("person_id", "seat_id"):
        sits[person] = seat
    groups: dict[tuple[int, int, int], set[int]] = {}
    places = Place.objects.filter(step__meeting=meeting, participant__person__isnull=False)
    for step, round_no, group, person in places.values_list("step", "round_no", "group_no", "participant__person"):
        if person in sits:
            groups.setdefault((step, round_no, group), set()).add(sits[person])
    pairs = {pair for seats in groups.values() for pair in combinations(sorted(seats), 2)}
    if pairs:
        on = local(meeting.opened_at or meeting.starts_at).date()
        knowledge.note_met(by=by, network=meeting.network, pairs=pairs, on=on)
