"""The bridge to founding and ground rules: such steps write where those rooms keep their own."""

from __future__ import annotations

from typing import Any

from kutomo.core.access.respondents import Respondent
from kutomo.ground.clock import today
from kutomo.work.commitments import actions as commitments
from kutomo.work.founding import actions as founding

from .. import queries
from ..models import Meeting, Participant, Step
from ..rules.kinds import Kind
from .plan import THING


def respondent(participant: Participant) -> Respondent:
    """The participant as other rooms know one who answers: a person with an account, or a guest."""
    if participant.person_id:
        return Respondent.of(participant.person)
    return Respondent.guest(participant.uid, participant.name)


def reveal(*, by: Any, step: Step, network: Any) -> None:
    """Reveal the question on the canvas too, when the step asks one."""
    canvas = queries.open_canvas(step, network)
    if canvas is not None:
        founding.reveal(by=by, canvas=canvas, question=step.question)


def answer(*, by: Participant, question: Any, text: str, code: str) -> None:
    """Give an answer to the canvas; the same ``code`` again is the same answer."""
    key = f"person:{by.person_id}" if by.person_id else f"guest:{by.uid}"
    founding.answer_quickly(
        by=Respondent(key=key, name=by.name), question=question, text=text, code=code, language=by.language
    )


def choose(*, by: Participant, step: Step, cards: list[str]) -> None:
    """Choose ground rules: exactly ``cards`` afterwards. Choosing is open, with the name."""
    network, one = step.meeting.network, respondent(by)
    held = {card.key for card in queries.chosen_cards(network, one)}
    for card in sorted(held - set(cards)):
        commitments.unchoose(by=one, network=network, card=card)
    for card in dict.fromkeys(cards):
        if card not in held:
            commitments.choose(by=one, network=network, card=card)


def note_acquaintance(*, by: Any, meeting: Meeting) -> None:
    """Tell the room of commitments that people have met in pairs: the commitment cards open."""
    if meeting.steps.filter(kind=Kind.PAIRS, round_no__gt=0).exists():
        commitments.note_acquaintance_round(by=by, network=meeting.network, held_on=today(), source=(THING, meeting.pk))
