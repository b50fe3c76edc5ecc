"""The example network's ground rules, and the commitment cards of its organisations."""

from __future__ import annotations

from typing import Any

from kutomo.core.consent.demo import weave as weave_consent
from kutomo.core.people.demo import Cast

from . import actions, queries
from .models import CommitmentCard, RuleSet


def compose_rules(cast: Cast) -> None:
    """The seven cards that most chose, each with the network's own words."""
    story = cast.material["rules"]
    actions.compose(
        by=cast.people[cast.material["canvas"]["hands"][0]],
        rule_set=queries.in_making(cast.network),
        lines=[{key: row.get(key, "") for key in LINE} for row in story["rule"]],
        note=story["note"],
        language=story["language"],
    )


LINE = ("card", "text", "in_practice", "when_broken")


def propose_rules(cast: Cast, days_ago: int) -> None:
    """The seats are asked, first in silence, a week in all."""
    made = actions.propose(
        by=cast.leader,
        rule_set=queries.in_making(cast.network),
        silent_until=cast.moment(days_ago - 1, 9),
        closes_at=cast.moment(days_ago - 6, 16),
    )
    weave_consent(cast, days_ago, (actions.THING, made.pk), cast.material["consent"]["rules"])


def agree_rules(cast: Cast, days_ago: int) -> None:
    """The rules are agreed; most members accept them for themselves, some through the recorder."""
    made = queries.in_making(cast.network)
    actions.settle(by=cast.leader, rule_set=made)
    sitting = [row for row in cast.material["people"]["person"] if row.get("role") != "observer"]
    for place, row in enumerate(sitting[: cast.material["rules"]["accepted_by"]]):
        cast.at(days_ago - 1 - place % 10, 9 + place / 5, _accept, made.pk, row)


def _accept(cast: Cast, pk: int, row: dict[str, Any]) -> None:
    made, person = RuleSet.objects.select_related("network").get(pk=pk), cast.people[row["name"]]
    if row["email"]:
        actions.accept(by=person, rule_set=made)
    else:
        actions.accept(by=cast.people[cast.material["canvas"]["recorder"]], rule_set=made, on_behalf_of=person)


def give_cards(cast: Cast, days_ago: int) -> None:
    """One card an organisation: most are confirmed, some follow from the side, three wait for a confirmer."""
    for place, row in enumerate(cast.material["cards"]["card"]):
        day = days_ago - place // 2
        cast.at(day, 9 + place % 6, _write, day, row, language=cast.people[row["person"]].language)


def _write(cast: Cast, days_ago: int, row: dict[str, Any]) -> None:
    writer, recorder = cast.people[row["person"]], cast.people[cast.material["canvas"]["recorder"]]
    card = actions.write(
        by=recorder if row.get("on_paper") else writer,
        network=cast.network,
        behalf="organisation",
        follows=row["outcome"] == "follows",
        brings=row["brings"],
        seeks=row["seeks"],
        hours=row["hours"],
        confirmer_name=row.get("confirmer", ""),
        confirmer_email=row.get("confirmer_email", ""),
        on_behalf_of=writer if row.get("on_paper") else None,
    )
    if row["outcome"] == "confirmed" and card.confirmer is not None:
        cast.at(days_ago - 1, 12, _confirm, card)


def _confirm(cast: Cast, card: CommitmentCard) -> None:
    actions.confirm(by=card.confirmer, card=card)
