"""Choosing from the deck. Choosing is open: everybody sees who wants what."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.actions import record
from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.ground.clock import now
from kutomo.ground.errors import RuleBroken

from .. import events, queries, rules
from ..models import Choice, OwnCard, RuleSet, StateWord
from .rule_sets import begin_first

By = Person | Respondent


def _respondent(by: By, network: Network) -> Respondent:
    """The one who acts. A guest has been let in by the meeting, which knows its code; a person passes the gate."""
    respondent = by if isinstance(by, Respondent) else Respondent.of(by)
    if respondent.person is not None:
        gate.require(respondent.person, Can.PROPOSE, network)
    return respondent


def _text_of(network: Network, card: str) -> str:
    starter = queries.starters().get(card)
    if starter is not None:
        return starter.texts[queries.reading_language()]
    return queries.own_card(network, card).text


def _making(network: Network, respondent: Respondent) -> RuleSet:
    making = queries.in_making(network) or begin_first(network, respondent.person)
    if making is None:
        raise RuleBroken(_("Ground rules are in force. Begin a change of them first."))
    if making.state != StateWord.DRAFT:
        raise RuleBroken(_("The proposal has been made already. Say what you think of it in the consent round."))
    return making


@transaction.atomic
def add_card(*, by: By, network: Network, text: str, language: str = "") -> OwnCard:
    """Put a ground rule of the network's own into the deck. The same wording twice gives the one that is there.

    Raises RuleBroken when the text is empty or over 200 characters.
    """
    respondent = _respondent(by, network)
    text = " ".join(text.split())
    if not text:
        raise RuleBroken(_("Write the ground rule."), field="text")
    if len(text) > rules.RULE_LENGTH:
        raise RuleBroken(_("Say it in at most %(most)s characters."), field="text", params={"most": rules.RULE_LENGTH})
    card, created = OwnCard.objects.get_or_create(
        network=network,
        text=text,
        defaults={"language": language or get_language() or "fi", "by": respondent.person, "at": now()},
    )
    if created:
        record(events.CARD_ADDED, by=respondent.person, network=network, title=text)
    return card


@transaction.atomic
def choose(*, by: By, network: Network, card: str) -> Choice:
    """Choose ``card`` (a key of the deck) for the version in the making; at most seven each.

    The first choice of a new network begins its first version. Choosing twice changes nothing.
    Raises RuleBroken with the eighth card and when no version is being written.
    """
    respondent = _respondent(by, network)
    title = _text_of(network, card)
    making = RuleSet.objects.select_for_update(no_key=True).get(pk=_making(network, respondent).pk)
    mine = list(making.choices.filter(respondent=respondent.key))
    if known := next((row for row in mine if row.card == card), None):
        return known
    if len(mine) >= rules.MOST_RULES:
        raise RuleBroken(
            _("You have chosen %(most)s ground rules already. Leave one out first."),
            params={"most": rules.MOST_RULES},
        )
    facts: dict[str, Any] = {"rule_set": making, "card": card, "respondent": respondent.key}
    try:
        with transaction.atomic():
            choice = Choice.objects.create(**facts, name=respondent.name[:120], at=now())
    except IntegrityError:  # two taps at once
        return Choice.objects.get(**facts)
    data = {"name": respondent.name, "card": card, "person": respondent.person.pk if respondent.person else None}
    record(events.CARD_CHOSEN, by=respondent.person, network=network, title=title, data=data)
    return choice


@transaction.atomic
def unchoose(*, by: By, network: Network, card: str) -> None:
    """Take one's choice back; nothing happens when there is none."""
    respondent = _respondent(by, network)
    title = _text_of(network, card)
    gone, _rows = Choice.objects.filter(
        rule_set=_making(network, respondent), card=card, respondent=respondent.key
    ).delete()
    if gone:
        data = {"name": respondent.name, "card": card, "person": respondent.person.pk if respondent.person else None}
        record(events.CARD_UNCHOSEN, by=respondent.person, network=network, title=title, data=data)
