"""Pure rules of talk."""

import re
from datetime import datetime, timedelta

LONGEST = 10_000  # characters in a post
_MENTION = re.compile(r"@\[[^\]\n]{1,120}\]\(person:(\d{1,18})\)")


def mentioned(body: str) -> list[int]:
    """Keys of the persons mentioned as ``@[Name](person:12)``, once each, in order."""
    return list(dict.fromkeys(int(key) for key in _MENTION.findall(body)))


def is_same_breath(written_at: datetime, now: datetime) -> bool:
    """Whether an edit still counts as correcting the same breath: within two minutes no history is kept."""
    return now - written_at <= timedelta(minutes=2)
