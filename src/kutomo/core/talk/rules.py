"""Pure rules of talk."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

LONGEST = 10_000  # characters in a post


def mentioned(body: str, names: Mapping[int, str]) -> list[int]:
    """Keys of those whose whole name stands after an @ in ``body``, in any case of letters, each once.

    ``names``: key to name of everybody who can be mentioned. Of two names that begin alike the longer wins.
    """
    found: dict[int, int] = {}
    words = body.casefold()
    taken: set[int] = set()
    for key, name in sorted(names.items(), key=lambda row: -len(row[1])):
        for place in _places(words, f"@{name.casefold()}"):
            if place not in taken:
                taken.add(place)
                found.setdefault(key, place)
    return sorted(found, key=lambda key: found[key])


def _places(words: str, name: str) -> Iterator[int]:
    """Where ``name`` stands in ``words`` as a whole: a Finnish ending may follow it, a letter may not come before."""
    place = words.find(name) if len(name) > 1 else -1
    while place >= 0:
        if place == 0 or not words[place - 1].isalnum():
            yield place
        place = words.find(name, place + 1)


def is_same_breath(written_at: datetime, now: datetime) -> bool:
    """Whether an edit still counts as correcting the same breath: within two minutes no history is kept."""
    return now - written_at <= timedelta(minutes=2)
