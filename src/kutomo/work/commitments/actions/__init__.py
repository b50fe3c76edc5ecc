"""What can be done with ground rules and commitment cards."""

from .cards import (
    check_card,
    confirm,
    decline,
    end,
    expire,
    note_acquaintance_round,
    pause,
    remind,
    renew,
    resume,
    unlock,
    write,
)
from .deck import add_card, choose, unchoose
from .leaving import let_go
from .letters import CONFIRM, target_of
from .rule_sets import THING, accept, begin, check_acceptance, compose, drop, propose, rework, settle

__all__ = [
    "CONFIRM",
    "THING",
    "accept",
    "add_card",
    "begin",
    "check_acceptance",
    "check_card",
    "choose",
    "compose",
    "confirm",
    "decline",
    "drop",
    "end",
    "expire",
    "let_go",
    "note_acquaintance_round",
    "pause",
    "propose",
    "remind",
    "renew",
    "resume",
    "rework",
    "settle",
    "target_of",
    "unchoose",
    "unlock",
    "write",
]
