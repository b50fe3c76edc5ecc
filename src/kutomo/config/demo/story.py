"""The story of the example network month by month. Days are working days, counted back from the end of its part:

the first three months end ``FOUNDED`` days before today, the others today.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from kutomo.across.fabric import actions as fabric
from kutomo.core.networks import demo as networks
from kutomo.core.networks.models import Network
from kutomo.core.organisations import actions as organisation_deeds, demo as organisations
from kutomo.core.people import demo as people
from kutomo.core.people.demo import Cast
from kutomo.core.people.models import Person
from kutomo.core.promises import demo as promises
from kutomo.core.talk import demo as talk
from kutomo.work.candidates import demo as candidates
from kutomo.work.commitments import demo as commitments
from kutomo.work.decisions import demo as decisions
from kutomo.work.exchange import demo as exchange
from kutomo.work.founding import demo as founding
from kutomo.work.ideas import demo as ideas
from kutomo.work.introductions import demo as introductions
from kutomo.work.meetings import demo as meetings
from kutomo.work.profiles import demo as profiles
from kutomo.work.relations import demo as relations

from ..plain import gettext as _, say as say_plainly
from . import material

FOUNDED = 180  # working days from the end of month 3 to today, at the end of month 12


class NotADemo(RuntimeError):
    """The example network was asked for in a real installation."""


def cast() -> dict[str, Person]:
    """Whom one may enter as, by part: leader, member, observer, operator; empty before the network is built."""
    return {person.part: person for person in Person.objects.filter(is_example=True).exclude(part="")}


def build(say: Callable[[str], None] = say_plainly) -> bool:
    """Build the example network whole or not at all; False when it is there already.

    Raises NotADemo outside the demo: its letters would be real and its people would stand beside real ones.
    """
    if Network.objects.filter(is_example=True).exists():
        return False
    if not settings.DEMO:
        raise NotADemo("Set KUTOMO_DEMO=1, or use the command `kutomo demo`.")
    told = Cast(material=material.read(), say=say)
    told.earlier = FOUNDED
    for month in (first_month, second_month, third_month):
        month(told)
    told.earlier = 0
    for months in (to_the_sixth_month, to_the_twelfth_month):
        months(told)
    with transaction.atomic():
        told.play()
        fabric.weave_all()
        people.label(told)
    say(_("The example network is ready."))
    return True


def first_month(told: Cast) -> None:
    """A challenge, a draft, a list of names, and the answers to the invitations."""
    told.at(65, 9, _start)
    told.at(63, 12, profiles.look_alone)
    told.at(63, 13, founding.draft)
    told.at(61, 10, candidates.weave, 61)
    told.at(49, 9, _settle)
    told.at(48, 10, profiles.ask_form, 48)


def _start(told: Cast) -> None:
    told.say(_("Month 1: a leader starts the network and invites 44 people."))
    people.weave(told)
    home = told.material["organisations"]["organisation"][0]
    told.things["home"] = organisation_deeds.meet(by=told.leader, name=home["name"], is_example=True)
    networks.weave(told)
    networks.offer_roles(told)


def _settle(told: Cast) -> None:
    """All are in: what organisations tell of themselves, who sits how, and that all of it is invented."""
    organisations.weave(told)
    networks.sit(told)
    people.introduce(told)
    talk.weave(told)


def second_month(told: Cast) -> None:
    """Blind answers, the meeting, the proposal, two consent rounds."""
    told.at(42, 10, _call)
    told.at(41, 8.5, founding.open_questions, 41)
    told.at(38, 19, founding.answer_from_afar)
    told.at(37, 11.5, meetings.hold, 37)
    told.at(36, 9, meetings.write_up)
    told.at(35, 11, candidates.ask_more, 35)
    told.at(34, 13, founding.write_proposal)
    told.at(33, 14, commitments.compose_rules)
    told.at(32, 9, founding.propose, 32)
    told.at(31, 9, commitments.propose_rules, 31)
    told.at(25, 12, founding.agree)
    told.at(24, 12, commitments.agree_rules, 24)


def _call(told: Cast) -> None:
    told.say(_("Month 2: 31 people hold the first meeting, and a text and seven rules are agreed."))
    meetings.convene(told, 37)
    networks.move_on(told, "launch")


def third_month(told: Cast) -> None:
    """Commitment cards, talk, and the first relationship survey."""
    told.at(23, 10, _build)
    told.at(20, 8, commitments.give_cards, 20)
    promises.settle_meeting(told)
    decisions.weave(told, "third")
    relations.hold(told, 1)


def _build(told: Cast) -> None:
    told.say(_("Month 3: 28 organisations say what they bring, and who knows whom."))
    networks.move_on(told, "building")


def to_the_sixth_month(told: Cast) -> None:
    """A round of needs and offers, unfinished ideas, introductions, and the second survey."""
    exchange.hold_round(told)
    ideas.weave(told)
    introductions.weave(told)
    told.at(126, 8, _look_again)
    relations.hold(told, 2)


def _look_again(told: Cast) -> None:
    told.say(_("Month 6: people have been introduced to each other, and the network asks again."))


def to_the_twelfth_month(told: Cast) -> None:
    """The third survey, and what comes next."""
    told.at(17, 8, _look_back)
    promises.weave(told)
    decisions.weave(told, "last")
    decisions.look_back(told)
    exchange.weave(told)
    relations.hold(told, 3)
    told.at(12, 13, meetings.plan_next, 9)
    told.at(5, 9, relations.leave_the_map)
    told.at(4, 12, introductions.wish)
    told.at(2, 12, introductions.lay_aside)
    told.at(1, 5, introductions.read_blocks)
    told.at(2, 15, networks.begin_another)


def _look_back(told: Cast) -> None:
    told.say(_("Month 12: the third survey shows a network that holds without its leader."))
