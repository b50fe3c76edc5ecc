"""What the seats of the example network say of a text that is to be agreed."""

from __future__ import annotations

from typing import Any

from kutomo.core.people.demo import Cast
from kutomo.core.people.models import Person

from . import actions, queries


def weave(cast: Cast, days_ago: int, thing: tuple[str, int], story: dict[str, Any]) -> None:
    """One voice a seat within five days; ``story`` names those who do not simply support.

    An objection with reasons is withdrawn by its author a day before the round ends.
    """
    asked = queries.current(thing)
    asked.network = cast.network
    others = {row["person"]: row for row in story["voice"]}
    for place, person in enumerate(speakers(cast)):
        row = others.get(person.name, {"stance": "support"})
        if row["stance"] == "silent":
            continue
        with cast.on(days_ago - place % 5, 8.5 + place / 4):
            voice = actions.take(
                by=person,
                round=asked,
                stance=row["stance"],
                harm=row.get("harm", ""),
                change=row.get("change", ""),
                speaks=True,
            )
        if "withdrawn" in row:
            with cast.on(days_ago - 6, 14):
                actions.withdraw(by=person, round=asked, voice=voice, words=row["withdrawn"])


def speakers(cast: Cast) -> list[Person]:
    """One person a seat: those who sit as representatives, observe nothing only, and can be written to."""
    rows = cast.material["people"]["person"]
    speak = [row for row in rows if row["email"] and row.get("kind") != "substitute" and row.get("role") != "observer"]
    return [cast.people[row["name"]] for row in speak]
