"""Writing, agreeing and accepting a version of the ground rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import get_language, gettext, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.consent import actions as consent, queries as consents
from kutomo.core.consent.rules import Outcome
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.core.people.models import Person
from kutomo.ground.clock import local, now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries, rules
from ..models import Acceptance, Rule, RuleSet, StateWord
from . import letters

THING = "commitments.ruleset"


def _new(network: Network, by: Person | None) -> RuleSet:
    last = RuleSet.objects.filter(network=network).order_by("-number").first()
    number = last.number + 1 if last else 1
    made = RuleSet.objects.create(network=network, number=number, begun_at=now(), begun_by=by)
    record(events.DRAFT_BEGUN, by=by, network=network, thing=(THING, made.pk), title=str(number))
    return made


def begin_first(network: Network, by: Person | None) -> RuleSet | None:
    """The first version of a network begins by itself with the first choice; None once rules have been agreed."""
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)
    if RuleSet.objects.filter(network=network, state=StateWord.AGREED).exists():
        return None
    return queries.in_making(network) or _new(network, by)


@transaction.atomic
def begin(*, by: Person, network: Network) -> RuleSet:
    """Begin a new version; a change starts from the rules in force. Any member may.

    Raises RuleBroken while another version is in the making.
    """
    gate.require(by, Can.PROPOSE, network)
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)
    if queries.in_making(network):
        raise RuleBroken(_("A new version is being written already. Join in there."))
    current = queries.upcoming(network) or queries.current_rules(network)
    made = _new(network, by)
    for row in current.lines.all() if current else []:
        row.pk, row.rule_set = None, made
        row.save(force_insert=True)
    return made


def _may_compose(by: Person, rule_set: RuleSet) -> None:
    gate.require(by, Can.PROPOSE, rule_set.network)


@transaction.atomic
def compose(
    *,
    by: Person,
    rule_set: RuleSet,
    lines: Iterable[Mapping[str, str]],
    note: str = "",
    seen: int | None = None,
    language: str = "",
) -> RuleSet:
    """Write the proposal: at most seven lines of card, text, in_practice, when_broken.

    ``seen``: the revision that the form showed, so that two who write at once do not lose each other's words.
    Raises RuleBroken with more than seven rules, too long texts, or when somebody has saved meanwhile.
    """
    _may_compose(by, rule_set)
    fresh = _locked(rule_set)
    if fresh.state != StateWord.DRAFT:
        raise RuleBroken(_("The proposal has been made. It is written again only if it is not agreed."))
    if seen is not None and seen != fresh.revision:
        raise RuleBroken(_("Somebody saved the ground rules meanwhile. Both texts are shown: choose, then save again."))
    rows = [_row(line, order, language) for order, line in enumerate(_filled(lines), 1)]
    if len(rows) > rules.MOST_RULES:
        raise RuleBroken(_("At most %(most)s ground rules. Leave some out."), params={"most": rules.MOST_RULES})
    fresh.lines.all().delete()
    for row in rows:
        row.rule_set = fresh
    Rule.objects.bulk_create(rows)
    fresh.note, fresh.revision = note.strip()[:1000], fresh.revision + 1
    fresh.save(update_fields=["note", "revision"])
    record(events.RULES_COMPOSED, by=by, network=fresh.network, thing=(THING, fresh.pk), title=str(fresh.number))
    return fresh


def _filled(lines: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    rows = [{key: " ".join(str(line.get(key, "")).split()) for key in _FIELDS} for line in lines]
    return [row for row in rows if row["text"] or row["card"]]


_FIELDS = ("card", "text", "in_practice", "when_broken")


def _row(line: dict[str, str], order: int, language: str) -> Rule:
    """A starter's unchanged words are stored empty, so that each reader gets them in their own language."""
    for key, most in [("text", rules.RULE_LENGTH), ("in_practice", 300), ("when_broken", 300)]:
        if len(line[key]) > most:
            raise RuleBroken(
                _("Rule %(order)s: say it in at most %(most)s characters."), params={"order": order, "most": most}
            )
    starter = queries.starters().get(line["card"])
    if starter is not None:
        for key, known in (
            ("text", starter.texts),
            ("in_practice", starter.in_practice),
            ("when_broken", starter.when_broken),
        ):
            if line[key] in known.values():
                line[key] = ""
    elif not line["text"]:
        raise RuleBroken(_("Rule %(order)s has no text."), params={"order": order})
    return Rule(order=order, language=language or get_language() or "fi", **line)


def _locked(rule_set: RuleSet) -> RuleSet:
    fresh = RuleSet.objects.select_for_update(no_key=True).get(pk=rule_set.pk)
    fresh.network = rule_set.network
    return fresh


def text_to_agree(rule_set: RuleSet, code: str) -> dict[str, str]:
    """The proposal's title and plain text in one language; words without a translation stay as they are."""
    with translation.override(code):
        rows = [
            gettext("%(order)s. %(text)s\nIn practice: %(practice)s\nWhen broken, we: %(broken)s")
            % {
                "order": line.order,
                "text": line.text,
                "practice": line.in_practice or "–",
                "broken": line.when_broken or "–",
            }
            for line in queries.lines(rule_set, code)
        ]
        return {"title": str(rule_set), "text": "\n\n".join(rows)}


@transaction.atomic
def propose(
    *, by: Person, rule_set: RuleSet, silent_until: datetime | None = None, closes_at: datetime | None = None
) -> RuleSet:
    """Ask everybody whether these rules are good enough: opens a consent round.

    After a round without agreement the new text needs its note of what has changed and why.
    Raises RuleBroken without rules; NotAllowed for those who run neither the founding nor a meeting.
    """
    network = rule_set.network
    fresh = _locked(rule_set)
    last = consents.latest((THING, fresh.pk))
    if not gate.may(by, Can.HOST, network) and not (last and by in consents.co_writers(last)):
        gate.require(by, Can.LEAD_FOUNDING, network)
    if fresh.state != StateWord.DRAFT:
        raise RuleBroken(_("The proposal has been made already."))
    if not fresh.lines.exists():
        raise RuleBroken(_("Choose at least one ground rule first."))
    first, *others = network.working_languages or ["fi"]
    facts: dict[str, Any] = {
        **text_to_agree(fresh, first),
        "translations": {code: text_to_agree(fresh, code) for code in others},
        "silent_until": silent_until,
        "closes_at": closes_at,
    }
    if last is None:
        consent.open(by=by, network=network, thing=(THING, fresh.pk), language=first, **facts)
    else:
        last.network = network
        consent.reopen(by=by, round=last, note=fresh.note, **facts)
    fresh.state, fresh.proposed_at = StateWord.PROPOSED, fresh.proposed_at or now()
    fresh.save(update_fields=["state", "proposed_at"])
    record(events.RULES_PROPOSED, by=by, network=network, thing=(THING, fresh.pk), title=str(fresh.number))
    return fresh


@transaction.atomic
def rework(*, by: Person, rule_set: RuleSet) -> RuleSet:
    """Write the text again after an objection; objectors write with the others. The round stays as history.

    Whoever runs rounds may, and the authors of standing objections; it stops the round.
    """
    _may_compose(by, rule_set)
    fresh = _locked(rule_set)
    round = consents.latest((THING, fresh.pk))
    if fresh.state != StateWord.PROPOSED or round is None:
        raise RuleBroken(_("Nothing here waits to be written again."))
    round.network = fresh.network
    consent.stop(by=by, round=round)
    fresh.state = StateWord.DRAFT
    fresh.save(update_fields=["state"])
    record(events.RULES_REWORKED, by=by, network=fresh.network, thing=(THING, fresh.pk), title=str(fresh.number))
    return fresh


@transaction.atomic
def settle(*, by: Person | None, rule_set: RuleSet, review_on: date | None = None) -> Outcome:
    """Close the consent round; agreed rules come into force, others go back to writing.

    ``by`` None: the clock, once the time is up. ``review_on``: twelve months on if None. The first rules hold
    at once; a change holds one month after it was proposed. Raises RuleBroken while voices are missing.
    """
    fresh = _locked(rule_set)
    round = consents.latest((THING, fresh.pk))
    if fresh.state != StateWord.PROPOSED or round is None:
        raise RuleBroken(_("There is no proposal to settle."))
    round.network = fresh.network
    outcome = consent.close(by=by, round=round)
    if outcome.adopted:
        _agree(by, fresh, review_on)
    else:
        fresh.state = StateWord.DRAFT
        fresh.save(update_fields=["state"])
        thing = (THING, fresh.pk)
        record(events.RULES_REWORKED, by=by, network=fresh.network, thing=thing, title=str(fresh.number))
    return outcome


def _agree(by: Person | None, rule_set: RuleSet, review_on: date | None) -> None:
    earlier = RuleSet.objects.filter(network=rule_set.network, state=StateWord.AGREED)
    rule_set.agreed_on = today()
    proposed_on = local(rule_set.proposed_at).date() if rule_set.proposed_at else today()
    rule_set.in_force_on = rules.in_force_from(
        proposed_on=proposed_on, agreed_on=rule_set.agreed_on, is_first=not earlier.exists()
    )
    rule_set.review_on = review_on or rules.months_later(rule_set.in_force_on, rules.REVIEW_MONTHS)
    if rule_set.review_on <= rule_set.in_force_on:
        raise RuleBroken(_("Choose a review day after the rules come into force."), field="review_on")
    rule_set.state = StateWord.AGREED
    rule_set.save(update_fields=["agreed_on", "in_force_on", "review_on", "state"])
    thing = (THING, rule_set.pk)
    record(events.RULES_AGREED, by=by, network=rule_set.network, thing=thing, title=str(rule_set.number))
    for person in networks.members(rule_set.network):
        letters.rules_agreed(rule_set, person)


@transaction.atomic
def drop(*, by: Person, rule_set: RuleSet) -> RuleSet:
    """Lay a version in the making aside; the rules in force go on. Whoever began it may, and leaders."""
    network = rule_set.network
    if by.pk != rule_set.begun_by_id:
        gate.require(by, Can.LEAD_FOUNDING, network)
    fresh = _locked(rule_set)
    if fresh.state != StateWord.DRAFT:
        raise RuleBroken(_("Only a version that is being written can be laid aside."))
    fresh.state = StateWord.DROPPED
    fresh.save(update_fields=["state"])
    record(events.RULES_DROPPED, by=by, network=network, thing=(THING, fresh.pk), title=str(fresh.number))
    return fresh


@transaction.atomic
def accept(*, by: Person, rule_set: RuleSet, on_behalf_of: Person | None = None) -> Acceptance:
    """Accept a version for oneself; a recorder enters it for somebody who said so on paper or by phone.

    Accepting twice changes nothing. Raises RuleBroken for a version that is not agreed or has been replaced.
    """
    network, person = rule_set.network, on_behalf_of or by
    gate.require(by, Can.RECORD if person != by else Can.ANSWER, network)
    if networks.seat_of(person, network) is None:
        raise NotAllowed(_("The rules are accepted by those who have a seat in the network."), network=network)
    asked = queries.upcoming(network) or queries.current_rules(network)
    if rule_set.state != StateWord.AGREED:
        raise RuleBroken(_("These rules have not been agreed yet."))
    if asked is not None and rule_set.number < asked.number and rule_set != queries.current_rules(network):
        raise RuleBroken(_("These rules have been replaced by a newer version. Read that one."))
    acceptance, created = Acceptance.objects.get_or_create(
        rule_set=rule_set, person=person, defaults={"at": now(), "recorded_by": by if person != by else None}
    )
    if created:
        record(events.RULES_ACCEPTED, by=by, network=network, thing=(THING, rule_set.pk), title=str(rule_set.number))
    return acceptance


@transaction.atomic
def check_acceptance(*, by: Person, rule_set: RuleSet) -> Acceptance:
    """The person confirms an acceptance that a recorder entered."""
    gate.require(by, Can.ANSWER, rule_set.network)
    acceptance = queries.acceptance_of(rule_set, by)
    if acceptance is None:
        raise RuleBroken(_("Nothing has been written for you here."))
    acceptance.checked_at = now()
    acceptance.save(update_fields=["checked_at"])
    record(events.CARD_CHECKED, by=by, network=rule_set.network, thing=(THING, rule_set.pk))
    return acceptance
