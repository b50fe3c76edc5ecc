"""What waits for a person, what the person has put aside, and what a week's letter says."""

from .asks import Waiting
from .inbox import Inbox, Part, Put, aside_rows, inbox, put_just_now, waiting, waiting_one
from .week import Chronicles, Week, due, example, week_of

__all__ = [
    "Chronicles",
    "Inbox",
    "Part",
    "Put",
    "Waiting",
    "Week",
    "aside_rows",
    "due",
    "example",
    "inbox",
    "put_just_now",
    "waiting",
    "waiting_one",
    "week_of",
]
