"""What can be done in founding. The meeting room uses answer, pass_question, cluster, name_cluster, reveal."""

from .answers import answer, change_answer, enter_paper, new_code, pass_question, put_answers, remove_answer, sign
from .board import cluster, mark_in_draft, name_cluster, write_note
from .canvas import (
    begin,
    close_answers,
    draft,
    freeze_challenge,
    mix,
    move_deadline,
    name_sparring,
    open,
    renew,
    reveal,
    send_half_time,
)
from .keeping import erase_raw
from .leaving import let_go
from .proposal import agree, choose_wording, drop_sentence, propose, rework, write_sentence
from .quick import answer_quickly

__all__ = [
    "agree",
    "answer",
    "answer_quickly",
    "begin",
    "change_answer",
    "choose_wording",
    "close_answers",
    "cluster",
    "draft",
    "drop_sentence",
    "enter_paper",
    "erase_raw",
    "freeze_challenge",
    "let_go",
    "mark_in_draft",
    "mix",
    "move_deadline",
    "name_cluster",
    "name_sparring",
    "new_code",
    "open",
    "pass_question",
    "propose",
    "put_answers",
    "remove_answer",
    "renew",
    "reveal",
    "rework",
    "send_half_time",
    "sign",
    "write_note",
    "write_sentence",
]
