"""What the members of the example network talk about, in Finnish and in Swedish."""

from __future__ import annotations

from typing import Any

from kutomo.core.people.demo import Cast

from . import actions
from .models import Post


def weave(cast: Cast) -> None:
    """Each conversation begins on its day; the answers come at their own hours."""
    for number, row in enumerate(cast.material["talk"]["thread"], 1):
        first = row["post"][0]
        cast.at(row["day"], 10, _start, row, f"example-{number}", language=cast.people[first["person"]].language)


def _start(cast: Cast, row: dict[str, Any], key: str) -> None:
    first, *answers = row["post"]
    thread = actions.start(
        by=cast.people[first["person"]],
        network=cast.network,
        title=row["title"],
        body=first["body"],
        language=first["language"],
        key=f"{key}-1",
    )
    for place, said in enumerate(answers, 2):
        cast.at(row["day"], 10 + said["hours"], _write, thread, said, key, place, language=said["language"])


def _write(cast: Cast, thread: Any, said: dict[str, Any], key: str, place: int) -> None:
    actions.write(
        by=cast.people[said["person"]],
        thread=thread,
        body=said["body"],
        language=said["language"],
        key=f"{key}-{place}",
        answers=Post.objects.get(key=f"{key}-{said['answers']}") if "answers" in said else None,
    )
