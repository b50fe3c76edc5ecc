"""What can be asked of meetings: the plan (plan), the room while it goes on (live), what came of it (results)."""

from .live import (
    NO_MEETING,
    Stand,
    board,
    count,
    groups,
    is_shown,
    known_pairs,
    live,
    own,
    participant_of,
    people_in,
    stand,
    standing,
)
from .plan import Row, agenda, get, promise, promises_to, step, steps, upcoming, visible_to
from .results import harvest, ladder, pulse, ways, word_list

__all__ = [
    "NO_MEETING",
    "Row",
    "Stand",
    "agenda",
    "board",
    "count",
    "get",
    "groups",
    "harvest",
    "is_shown",
    "known_pairs",
    "ladder",
    "live",
    "own",
    "participant_of",
    "people_in",
    "promise",
    "promises_to",
    "pulse",
    "stand",
    "standing",
    "step",
    "steps",
    "upcoming",
    "visible_to",
    "ways",
    "word_list",
]
