"""What can be done about introductions."""

from .answering import ask_after, lapse, reply, tell
from .leaving import let_go
from .letters import ANSWER, target_of
from .reading import read_blocks
from .wishes import take_wish_back, wish
from .writing import THING, bring_back, drop, lay_aside, leave, require_introducer, send, take_back, write

__all__ = [
    "ANSWER",
    "THING",
    "ask_after",
    "bring_back",
    "drop",
    "lapse",
    "lay_aside",
    "leave",
    "let_go",
    "read_blocks",
    "reply",
    "require_introducer",
    "send",
    "take_back",
    "take_wish_back",
    "target_of",
    "tell",
    "wish",
    "write",
]
