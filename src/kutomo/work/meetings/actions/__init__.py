"""What can be done to meetings: plan them, run them, take part in them, close them."""

from .answers import accept, answer, answer_all, decline, know, propose
from .chairs import hand_on
from .close import close, send_notes, write_notes
from .door import enter, join, join_on_paper
from .keeping import erase_raw
from .leaving import let_go
from .plan import add_step, cancel, change, change_step, convene, move_step, remove_step
from .run import draw_pairs, extend_timer, go, mix, open, pause_timer, reveal, set_answering, start_timer

__all__ = [
    "accept",
    "add_step",
    "answer",
    "answer_all",
    "cancel",
    "change",
    "change_step",
    "close",
    "convene",
    "decline",
    "draw_pairs",
    "enter",
    "erase_raw",
    "extend_timer",
    "go",
    "hand_on",
    "join",
    "join_on_paper",
    "know",
    "let_go",
    "mix",
    "move_step",
    "open",
    "pause_timer",
    "propose",
    "remove_step",
    "reveal",
    "send_notes",
    "set_answering",
    "start_timer",
    "write_notes",
]
