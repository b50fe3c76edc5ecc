"""The letters of decisions: asked, soon closing, decided, time to look again. Answers need no sign-in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.consent.models import StanceWord
from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person
from kutomo.ground.clock import now

from .. import queries
from ..models import DEGREES, Ballot, Decision, MethodWord
from ..rules import Method, State

LINK = "decisions.answer"  # what the token in a letter is for; its target is the decision
FOLDER = "decisions/letters"


def write_to(name: str, decision: Decision, person: Person, *, turn: str = "1", nudge: bool = False) -> Any:
    """One letter to one person, in their language; the same ``turn`` never twice."""
    title = decision.summaries.get(person.language, {}).get("title") or decision.title
    text = decision.summaries.get(person.language, {}).get("text") or decision.outcome
    return letters.send(
        letter=f"{FOLDER}/{name}.md",
        to=letters.Addressee.of(person),
        network=decision.network,
        context={
            "decision": decision,
            "title": title,
            "text": text,
            "ballot": queries.open_ballot(decision),
            "token": people.token_for(person, purpose=LINK, target=str(decision.pk), days=60),
            "answers": answers(decision),
        },
        key=f"{FOLDER}/{name}:{decision.pk}:{person.pk}:{turn}",
        nudge=nudge,
    )


def write_to_all(
    name: str, decision: Decision, ballot: Ballot | None, to: Iterable[Person], *, but: Any = None, nudge: bool = False
) -> int:
    """The same letter to many; to how many it went."""
    turn = str(ballot.number if ballot else 1)
    rows = [write_to(name, decision, one, turn=turn, nudge=nudge) for one in to if but is None or one.pk != but.pk]
    return sum(row is not None for row in rows)


def answers(decision: Decision) -> list[tuple[str, Any]]:
    """What can be tapped in the letter: value and words; the tap leads to a page where it is confirmed."""
    if decision.is_round:
        return [(code, label) for code, label in StanceWord.choices]
    if decision.method == Method.GRADIENTS:
        return [(str(int(degree)), label) for degree, label in DEGREES.items()]
    if decision.method == Method.CHOICE and decision.pk:
        return [(option.key, option.text) for option in queries.options(decision)]
    return []


@transaction.atomic
def remind(*, by: None, ballot: Ballot) -> int:
    """The clock reminds those who have not answered, once a ballot and within the nudge budget. To how many."""
    decision = ballot.decision
    return write_to_all("soon", decision, ballot, queries.still_asked(decision, ballot), nudge=True)


def _example() -> dict[str, Any]:
    marjut = Person(name="Marjut Oinosvaara", language="fi")
    network = Network(name="Kynnyksen yli", slug="kynnyksen-yli")
    decision = Decision(
        pk=1,
        network=network,
        title="Kuka vetää seuraavan tapaamisen?",
        proposal="Kokeilemme kiertävää vetovuoroa kolmen tapaamisen ajan.",
        reasons="Yksi vetäjä väsyy, ja moni on sanonut haluavansa kokeilla.",
        outcome="Vetovuoro kiertää kolme tapaamista.",
        why="Kukaan ei nähnyt haittaa, ja neljä ilmoittautui.",
        method=MethodWord.CONSENT,
        language="fi",
        state=State.OPEN,
        author=marjut,
        review_on=date(2026, 9, 1),
    )
    ballot = Ballot(decision=decision, number=1, opened_by=marjut, opened_at=now(), closes_at=now() + timedelta(days=7))
    shown = {"title": decision.title, "text": decision.outcome, "ballot": ballot, "answers": answers(decision)}
    return {"decision": decision, "network": network, "token": "example", **shown}


preview(f"{FOLDER}/opened.md", _example, title=_("You are asked to decide"))
preview(f"{FOLDER}/soon.md", _example, title=_("A decision closes soon"))
preview(f"{FOLDER}/outcome.md", _example, title=_("A decision and its reasons"))
preview(f"{FOLDER}/review.md", _example, title=_("Time to look at a decision again"))
preview(f"{FOLDER}/deciding.md", _example, title=_("You are asked to decide after taking advice"))
