"""What the members of the example network talk about, in Finnish and in Swedish."""

from kutomo.core.people.demo import Cast

from . import actions
from .models import Post


def weave(cast: Cast) -> None:
    """Each conversation with its answers, at its own hours."""
    for number, row in enumerate(cast.material["talk"]["thread"], 1):
        _converse(cast, number, row)


def _converse(cast: Cast, number: int, row: dict) -> None:
    thread, posts = None, []
    for place, said in enumerate(row["post"], 1):
        author, key = cast.people[said["person"]], f"example-{number}-{place}"
        with cast.on(row["day"], 10 + said.get("hours", 0)):
            if thread is None:
                thread = actions.start(
                    by=author,
                    network=cast.network,
                    title=row["title"],
                    body=said["body"],
                    language=said["language"],
                    key=key,
                    thing=cast.things.get(row.get("on", "")),
                )
                posts.append(Post.objects.get(key=key))
                continue
            answered = posts[said["answers"] - 1] if "answers" in said else None
            posts.append(
                actions.write(
                    by=author, thread=thread, body=said["body"], language=said["language"], key=key, answers=answered
                )
            )
