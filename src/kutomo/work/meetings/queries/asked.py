"""What a step asks, with the words of its choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import NotFound

from ..models import AGREEMENT, DEGREES, SLOT_LABELS, Answer, Meeting, Participant, Step, Turn
from ..rules import agenda, kinds
from ..rules.kinds import Kind
from .canvas import deck
from .live import NO_MEETING, answers


@dataclass(frozen=True)
class Field:
    """One thing to fill in. ``choices``: (value, label, hint); without choices it is words."""

    code: str
    label: Any
    length: int
    is_named: bool
    most: int
    choices: tuple[tuple[Any, Any, Any], ...] = ()
    hint: str = ""
    input: str = "radio"

    @property
    def is_long(self) -> bool:
        return self.length > 60


def fields(step: Step, language: str) -> list[Field]:
    """What the phone asks at ``step``, in order."""
    return [
        Field(
            slot.code,
            _label(step, slot.code, language),
            slot.length,
            slot.named,
            slot.most,
            _choices(step, slot, language),
            agenda.options(language)[slot.code][1] if step.kind == Kind.UPKEEP else "",
            "checkbox" if step.kind == Kind.RULES else "radio",
        )
        for slot in kinds.slots(step.kind)
    ]


def _label(step: Step, code: str, language: str) -> Any:
    if step.kind == Kind.UPKEEP:
        return agenda.options(language)[code][0]
    if step.kind == Kind.PULSE:
        return agenda.items(language)[code]
    return SLOT_LABELS[Kind(step.kind), code]


def _choices(step: Step, slot: kinds.Slot, language: str) -> tuple[tuple[Any, Any, Any], ...]:
    if step.kind == Kind.RULES:
        return tuple((card.key, card.text, "") for card in deck(step.meeting.network))
    if step.kind == Kind.UPKEEP:
        return tuple((number, label, "") for number, label in DEGREES.items())
    if step.kind == Kind.PULSE:
        return tuple((number, label, "") for number, label in AGREEMENT.items())
    if slot.code == "rung":
        return tuple(
            (number, name, text) for number, (name, text) in sorted(agenda.rungs(language).items(), reverse=True)
        )
    return ()


def asked(meeting: Meeting, language: str) -> list[tuple[Step, agenda.Texts, list[Field]]]:
    """Every step that takes answers now, for the recorder's page."""
    rows = meeting.steps.filter(is_answering=True)
    return [(row, row.words(language), fields(row, language)) for row in rows if kinds.is_asking(row.kind)]


def answered_steps(participant: Participant) -> set[int]:
    """The steps in which the participant has answered: whether, never what."""
    return set(Turn.objects.filter(participant=participant).values_list("step", flat=True))


def on_paper(meeting: Meeting, pk: int) -> Participant:
    """Somebody without a phone in ``meeting``; NotFound otherwise."""
    found = meeting.participants.filter(pk=pk, is_paper=True).first()
    if found is None:
        raise NotFound(_("There is nobody without a phone by that number in this meeting."))
    found.meeting = meeting
    return found


_PRESENT = (
    "SELECT p.id, p.meeting_id, p.uid, p.person_id, p.name, p.organisation, p.language, p.is_paper"
    " FROM meetings_participant p JOIN meetings_meeting m ON m.id = p.meeting_id WHERE p.uid = %s AND m.code = %s"
)


def present(code: str, uid: str) -> Participant:
    """The participant behind a phone in the meeting with this code; NotFound for a phone that is not in.

    Plain SQL: a whole hall asks this in the second in which everybody presses "send".
    """
    row = None
    if uid:
        with connection.cursor() as cursor:
            cursor.execute(_PRESENT, [uid, code])
            row = cursor.fetchone()
    if row is None:
        raise NotFound(NO_MEETING)
    names = ["id", "meeting_id", "uid", "person_id", "name", "organisation", "language", "is_paper"]
    return Participant.from_db(connection.alias, names, row)


def shown_answers(step: Step, language: str) -> list[Answer]:
    """The words of a revealed step for the phones; numbers are shown as pictures instead."""
    return [row for row in answers(step) if row.text] if step.kind != Kind.RULES else []
