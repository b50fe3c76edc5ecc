"""What can be done to decisions: propose, ask and be asked, write what came of it, look at it again."""

from .asking import LINK, advise, check, check_advice, close, open, reopen, take
from .leaving import let_go
from .letters import remind
from .outcomes import come_back, publish, review, write
from .proposals import answer_deciding, change, declare, drop, propose, say

__all__ = [
    "LINK",
    "advise",
    "answer_deciding",
    "change",
    "check",
    "check_advice",
    "close",
    "come_back",
    "declare",
    "drop",
    "let_go",
    "open",
    "propose",
    "publish",
    "remind",
    "reopen",
    "review",
    "say",
    "take",
    "write",
]
