"""The story of the example network month by month. Days are counted back from today."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kutomo.core.networks import demo as networks
from kutomo.core.networks.models import Network
from kutomo.core.organisations import actions as organisation_deeds, demo as organisations
from kutomo.core.people import demo as people
from kutomo.core.people.demo import Cast
from kutomo.core.people.models import Person
from kutomo.core.talk import demo as talk
from kutomo.work.candidates import demo as candidates
from kutomo.work.commitments import demo as commitments
from kutomo.work.founding import demo as founding
from kutomo.work.meetings import demo as meetings

from . import material


class NotADemo(RuntimeError):
    """The example network was asked for in a real installation."""


def cast() -> dict[str, Person]:
    """Whom one may enter as, by part: leader, member, observer, operator; empty before the network is built."""
    return {person.part: person for person in Person.objects.filter(is_example=True).exclude(part="")}


def build(say: Callable[[str], None] = print) -> bool:
    """Build the example network whole or not at all; False when it is there already.

    Raises NotADemo outside the demo: its letters would be real and its people would stand beside real ones.
    """
    if Network.objects.filter(is_example=True).exists():
        return False
    if not settings.DEMO:
        raise NotADemo("Set KUTOMO_DEMO=1, or use the command `kutomo demo`.")
    told = Cast(material=material.read(), say=say)
    with transaction.atomic():
        for words, month in (
            (_("The network starts and invites."), first_month),
            (_("The first meeting is held, and a text is agreed."), second_month),
            (_("Organisations commit themselves."), third_month),
        ):
            say(words)
            month(told)
    say(_("The example network is ready."))
    return True


def first_month(told: Cast) -> None:
    """A challenge, a draft, a list of names, and the answers to the invitations."""
    with told.on(92, 9):
        people.weave(told)
        home = told.material["organisations"]["organisation"][0]
        told.things["home"] = organisation_deeds.meet(by=told.leader, name=home["name"], is_example=True)
        networks.weave(told)
    with told.on(89, 13):
        founding.draft(told)
    candidates.weave(told, 86)
    with told.on(70, 12):
        organisations.weave(told)
        networks.sit(told)
        people.introduce(told)
    networks.offer_roles(told, 62)
    founding.ask_form(told, 69)


def second_month(told: Cast) -> None:
    """Blind answers, the meeting, the proposal, two consent rounds."""
    with told.on(60):
        meetings.convene(told, 52)
        networks.move_on(told, "launch")
    with told.on(58, 8.5):
        founding.open_questions(told, 58)
    with told.on(54, 19):
        founding.answer_from_afar(told)
    meetings.hold(told, 52)
    meetings.write_up(told, 51)
    founding.propose(told, 45)
    founding.consent_to_canvas(told, 45)
    commitments.propose_rules(told, 44)
    with told.on(36, 12):
        founding.agree(told)
    commitments.agree_rules(told, 35)


def third_month(told: Cast) -> None:
    """Commitment cards, talk, and what comes next."""
    with told.on(34):
        networks.move_on(told, "building")
    networks.offer_roles(told, 33)
    commitments.give_cards(told, 30)
    networks.offer_roles(told, 16)
    talk.weave(told)
    with told.on(9, 13):
        meetings.plan_next(told, 12)
    with told.on(2, 15):
        networks.begin_another(told)
