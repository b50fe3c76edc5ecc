"""The example network's ground rules, and the commitment cards of its organisations."""

from __future__ import annotations

from typing import Any

from kutomo.core.consent.demo import weave as weave_consent
from kutomo.core.people.demo import Cast

from . import actions, queries
from .models import RuleSet


def choose(cast: Cast) -> None:
    """Everybody in the room picks cards of the deck, at most seven each."""
    rows = cast.material["rules"]
    wanted = {row["card"]: row["choosers"] for row in [*rows["rule"], *rows["also"]]}
    hands = [cast.people[row["name"]] for row in cast.material["people"]["person"] if row["present"]]
    free = {person.pk: 7 for person in hands}
    for card, count in sorted(wanted.items(), key=lambda pair: -pair[1]):
        roomy = sorted(hands, key=lambda person: -free[person.pk])
        for person in roomy[:count]:
            actions.choose(by=person, network=cast.network, card=card)
            free[person.pk] -= 1


def propose_rules(cast: Cast, days_ago: int) -> None:
    """Seven cards, each with its own words, are proposed; the seats answer."""
    story = cast.material["rules"]
    with cast.on(days_ago + 1, 13):
        lines = [
            {key: row.get(key, "") for key in ("card", "text", "in_practice", "when_broken")} for row in story["rule"]
        ]
        actions.compose(
            by=cast.people[cast.material["canvas"]["hands"][0]],
            rule_set=queries.in_making(cast.network),
            lines=lines,
            note=story["note"],
            language=story["language"],
        )
    with cast.on(days_ago, 9.5):
        made = actions.propose(
            by=cast.leader,
            rule_set=queries.in_making(cast.network),
            silent_until=cast.moment(days_ago - 1, 9),
            closes_at=cast.moment(days_ago - 8, 16),
        )
    weave_consent(cast, days_ago, (actions.THING, made.pk), cast.material["consent"]["rules"])


def agree_rules(cast: Cast, days_ago: int) -> None:
    """The rules are agreed; most members accept them for themselves, some through the recorder."""
    with cast.on(days_ago, 13):
        made = queries.in_making(cast.network)
        actions.settle(by=cast.leader, rule_set=made)
        made = RuleSet.objects.select_related("network").get(pk=made.pk)
    sitting = [row for row in cast.material["people"]["person"] if row.get("role") != "observer"]
    recorder = cast.people[cast.material["canvas"]["recorder"]]
    for place, row in enumerate(sitting[: cast.material["rules"]["accepted_by"]]):
        person = cast.people[row["name"]]
        with cast.on(days_ago - 1 - place % 14, 9 + place / 5):
            if row["email"]:
                actions.accept(by=person, rule_set=made)
            else:
                actions.accept(by=recorder, rule_set=made, on_behalf_of=person)


def give_cards(cast: Cast, days_ago: int) -> None:
    """One card an organisation: most are confirmed, some follow from the side, three wait for a confirmer."""
    for place, row in enumerate(cast.material["cards"]["card"]):
        with cast.on(days_ago - place * 3 // 4, 9 + place % 6, cast.people[row["person"]].language):
            card = _write(cast, row)
        if row["outcome"] == "confirmed" and card.confirmer is not None:
            with cast.on(days_ago - place * 3 // 4 - 2, 12):
                actions.confirm(by=card.confirmer, card=card)


def _write(cast: Cast, row: dict[str, Any]) -> Any:
    writer = cast.people[row["person"]]
    by = cast.people[cast.material["canvas"]["recorder"]] if row.get("on_paper") else writer
    return actions.write(
        by=by,
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
