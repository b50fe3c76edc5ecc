"""What waits for a person, and what the person has put aside."""

from .asks import Waiting
from .inbox import Inbox, Part, Put, aside_rows, inbox, put_just_now, waiting, waiting_one

__all__ = [
    "Inbox",
    "Part",
    "Put",
    "Waiting",
    "aside_rows",
    "inbox",
    "put_just_now",
    "waiting",
    "waiting_one",
]
