"""What the example network decides: a day, two languages, an opening sentence; and what is being decided now."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kutomo.core.people.demo import Cast
from kutomo.core.people.models import Person
from kutomo.core.promises import actions as promises

from . import actions, queries
from .models import Decision
from .rules import Method


def weave(cast: Cast, part: str) -> None:
    """The decisions of one ``part`` of the story, each asked, answered, closed and published on its days."""
    for row in cast.material["decisions"]["decision"]:
        if row["part"] == part:
            cast.at(row["day"], 10, _propose, row, language=row.get("language", "fi"))


def look_back(cast: Cast) -> None:
    """Earlier decisions whose day has come: one is kept, one has done its task, one still waits."""
    for row in cast.material["decisions"]["decision"]:
        if "look_back" in row:
            cast.at(row["look_back"]["day"], 13, _review, row, language=row.get("language", "fi"))


def _review(cast: Cast, row: dict[str, Any]) -> None:
    decision = _fresh(cast, Decision.objects.get(network=cast.network, title=row["title"]))
    seen = row["look_back"]
    until = cast.day(seen["until"]) if "until" in seen else None
    actions.review(
        by=cast.people[row["by"]], decision=decision, keeps=until is not None, words=seen["words"], review_on=until
    )


def _propose(cast: Cast, row: dict[str, Any]) -> None:
    author = cast.people[row["by"]]
    options = row.get("options") or [cast.moment(days, 13) for days in row.get("days", [])]
    advisers = [cast.people[name] for name in row.get("advisers", {})]
    decision = actions.propose(
        by=author,
        network=cast.network,
        title=row["title"],
        proposal=row["proposal"],
        reasons=row["reasons"],
        alternatives=row.get("alternatives", ""),
        method=row["method"],
        is_anonymous=row.get("is_anonymous", False),
        options=options,
        decider=author if advisers else None,
        advisers=advisers,
    )
    if "interest" in row:
        who = cast.people[row["interest"]["person"]]
        actions.declare(by=who, decision=decision, words=row["interest"]["words"])
    actions.open(by=author, decision=decision)
    _schedule(cast, decision, row)


def _schedule(cast: Cast, decision: Decision, row: dict[str, Any]) -> None:
    day = row["day"]
    for place, (person, said) in enumerate(_said(cast, row)):
        cast.at(max(day - 1 - place % 3, 0), 9 + place / 8, _answer, decision, person, said, language=person.language)
    if "post" in row:
        cast.at(max(day - 2, 0), 12, _say, decision, row["post"])
    if "close" in row:
        cast.at(row["close"], 9, _close, decision, row)


def _said(cast: Cast, row: dict[str, Any]) -> list[tuple[Person, dict[str, Any]]]:
    """Who says what: named people in the story, else the seats in their order."""
    if "advisers" in row:
        return [(cast.people[name], {"words": words}) for name, words in row["advisers"].items()]
    everybody = _speakers(cast)
    if "stances" in row:
        rest = {person.name: "support" for person in everybody} if "close" in row else {}
        said = rest | row["stances"]
        return [(cast.people[name], {"stance": stance}) for name, stance in said.items()]
    return [(person, _one(row["method"], words)) for person, words in zip(everybody, row["answers"], strict=False)]


def _one(method: str, words: str) -> dict[str, Any]:
    if method == Method.DATES:
        return {"fits": {str(place): fit for place, fit in enumerate(words.split(","), 1)}}
    return {"degree": words} if method == Method.GRADIENTS else {"option": words}


def _speakers(cast: Cast) -> list[Person]:
    """One person a seat: those who sit as representatives and can be written to."""
    rows = cast.material["people"]["person"]
    speak = [row for row in rows if row["email"] and row.get("kind") != "substitute" and row.get("role") != "observer"]
    return [cast.people[row["name"]] for row in speak]


def _fresh(cast: Cast, decision: Decision) -> Decision:
    decision = Decision.objects.get(pk=decision.pk)
    decision.network = cast.network
    return decision


def _answer(cast: Cast, decision: Decision, person: Person, said: dict[str, Any]) -> None:
    decision = _fresh(cast, decision)
    if decision.method == Method.ADVICE:
        actions.advise(by=person, decision=decision, **said)
    else:
        actions.take(by=person, decision=decision, speaks=True, **said)


def _say(cast: Cast, decision: Decision, post: dict[str, str]) -> None:
    who, key = cast.people[post["person"]], f"example-decision-{decision.pk}"
    actions.say(by=who, decision=_fresh(cast, decision), body=post["body"], language=post["language"], key=key)


def _close(cast: Cast, decision: Decision, row: dict[str, Any]) -> None:
    author, decision = cast.people[row["by"]], _fresh(cast, decision)
    if decision.state == "open":  # the clock may have closed it already
        actions.close(by=author, decision=decision)
    other = "fi" if decision.language == "sv" else "sv"
    decision = _fresh(cast, decision)
    decision = actions.write(
        by=author,
        decision=decision,
        seen=decision.revision,
        outcome=row["outcome"],
        why=row["why"],
        not_chosen=row["not_chosen"],
        review_on=cast.day(row["review"]),
        summaries={other: {"title": row[f"title_{other}"], "text": row[f"text_{other}"]}},
    )
    actions.publish(by=author, decision=decision, seen=decision.revision)
    if "owner" in row:
        _own(cast, decision, row["owner"])


def _own(cast: Cast, decision: Decision, owner: dict[str, Any]) -> None:
    who = cast.people[owner["person"]]
    promise = promises.propose(
        by=who,
        network=cast.network,
        doer=who,
        what=owner["what"],
        by_on=cast.day(0) + dt.timedelta(days=owner["days"]),
        thing=(queries.THING, decision.pk),
        language=decision.language,
    )
    if "done" in owner:
        cast.at(owner["done"], 15, _keep, promise, owner)


def _keep(cast: Cast, promise: Any, owner: dict[str, Any]) -> None:
    promise.network = cast.network
    done = promises.done(by=cast.people[owner["person"]], promise=promise)
    promises.confirm(by=cast.people[owner["confirmed_by"]], promise=done)
