"""Who is asked, by which link, and what of the survey one has done oneself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person
from kutomo.ground.errors import NotAllowed, NotFound

from ..models import MapWish, Part, Wave, WaveSeat

LINK = "relations.survey"  # a respondent's own link; target: the wave
PAPER = "relations.paper"  # a recorder's link for one paper form; target: wave and respondent

_ONLY_THEY = _("This person has answered already. Only they see their answers.")


@dataclass(frozen=True)
class Ticket:
    """Whose answers of which wave a link opens; ``recorder``: who enters them from paper."""

    token: str
    wave: Wave
    person: Person
    recorder: Person | None = None


def link_for(person: Person, wave: Wave) -> str:
    """The token of ``person``'s own way into the survey, for a day's work on this device."""
    return people.token_for(person, purpose=LINK, target=str(wave.pk), days=2)


def paper_link(recorder: Person, wave: Wave, person: Person) -> str:
    """The token with which ``recorder`` enters the paper form of ``person``. NotAllowed when there are answers."""
    gate.require(recorder, Can.RECORD, wave.network)
    require_unread(part_of(person, wave), wave, recorder)
    return people.token_for(recorder, purpose=PAPER, target=f"{wave.pk}:{person.pk}", days=1)


def ticket(token: str) -> Ticket:
    """Whom and what a link is for. NotFound when it is broken or its wave has gone, RuleBroken when it is too old.

    A recorder's link opens only what the recorder is entering: NotAllowed once the form is finished.
    """
    held = ticket_after(token)
    if held.recorder:
        require_unread(part_of(held.person, held.wave), held.wave, held.recorder)
    return held


def require_unread(part: Part | None, wave: Wave, recorder: Person | None) -> None:
    """Pass for the person's own hand, and for the recorder who is entering this very form; NotAllowed otherwise."""
    if recorder and part and (part.recorded_by_id != recorder.pk or part.finished_at is not None):
        raise NotAllowed(_ONLY_THEY, can=Can.RECORD, network=wave.network)


def ticket_after(token: str) -> Ticket:
    """The same for the page after the last question, where a recorder sees that the form is stored, and no more."""
    purpose, target = _open(token)
    holder = people.person_by(token, purpose=purpose, target=target)
    key, _colon, whom = target.partition(":")
    wave = Wave.objects.select_related("network").filter(pk=int(key)).exclude(status=Wave.Status.PLANNED).first()
    person: Person | None = holder
    if purpose == PAPER:
        person = Person.objects.filter(pk=int(whom), is_active=True).first()
    if wave is None or person is None:
        raise NotFound(_("This survey is not there any more."))
    gate.require(holder, Can.RECORD if purpose == PAPER else Can.ANSWER, wave.network)
    return Ticket(token, wave, person, holder if purpose == PAPER else None)


def _open(token: str) -> tuple[str, str]:
    """Which of the two kinds of link this is; a broken one is NotFound."""
    try:
        return LINK, people.target_of(token, purpose=LINK)
    except NotFound:
        return PAPER, people.target_of(token, purpose=PAPER)


def part_of(person: Any, wave: Wave) -> Part | None:
    """The person's own part in the wave, or None before it is begun."""
    part = Part.objects.filter(wave=wave, person=person).select_related("seat").first()
    if part is not None:
        part.wave = wave
    return part


def part(held: Ticket) -> Part:
    """The part that a link opens. NotFound when it has not been begun: consent comes first."""
    found = part_of(held.person, held.wave)
    if found is None:
        raise NotFound(_("Read first who sees your answers, and begin."))
    return found


def seat_in(person: Any, wave: Wave) -> WaveSeat | None:
    """The row of the roster for which ``person`` answers today."""
    seat = networks.seat_of(person, wave.network)
    return WaveSeat.objects.filter(wave=wave, seat=seat).select_related("seat__network").first() if seat else None


def map_wish(person: Any, wave_or_network: Any) -> bool | None:
    """What the seat of ``person`` has said about the map; None when nothing."""
    seat = networks.seat_of(person, getattr(wave_or_network, "network", wave_or_network))
    row = MapWish.objects.filter(seat=seat).first() if seat else None
    return row.on_map if row else None


def timed_screens(part: Part) -> list[str]:
    """The screens whose time has been logged for this part."""
    return part.timed.split()


def still_silent(wave: Wave) -> list[Person]:
    """Those who sit in the network and have not finished; each person is asked, also in one organisation."""
    finished = set(Part.objects.filter(wave=wave, finished_at__isnull=False).values_list("person", flat=True))
    return [person for person in networks.members(wave.network) if person.pk not in finished]


def askable_on_paper(recorder: Any, wave: Wave) -> list[Person]:
    """People whose paper form ``recorder`` may enter: who have not begun, or whose form this recorder has begun."""
    parts = {part.person_id: part for part in Part.objects.filter(wave=wave)}
    mine = {pk for pk, part in parts.items() if part.recorded_by_id == recorder.pk and part.finished_at is None}
    return [person for person in networks.members(wave.network) if person.pk not in parts or person.pk in mine]


def names(wave: Wave) -> list[str]:
    """Everybody who is asked about, for the paper form: the roster, or before opening the seats of today."""
    rows = list(WaveSeat.objects.filter(wave=wave).order_by("name").values_list("name", flat=True))
    return rows or sorted(seat.name for seat in networks.seats(wave.network))
