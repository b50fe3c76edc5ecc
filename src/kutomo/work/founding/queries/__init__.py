"""What can be asked of founding. The meeting room uses current, question, board and turns."""

from .board import Board, ShownAnswer, board, board_of, hints_for, weave_of
from .canvas import (
    answered_number,
    current,
    drafts_for,
    due,
    get,
    in_force,
    may_lead,
    may_read_draft,
    own_answers,
    question,
    questions,
    turn_of,
    turns_of,
    versions,
    visible_to,
)
from .page import Block, Opened, blocks, signs_of
from .profile import profiles_due
from .proposal import Line, canvas_text, lines, proposal_text

__all__ = [
    "Block",
    "Board",
    "Line",
    "Opened",
    "ShownAnswer",
    "answered_number",
    "blocks",
    "board",
    "board_of",
    "canvas_text",
    "current",
    "drafts_for",
    "due",
    "get",
    "hints_for",
    "in_force",
    "lines",
    "may_lead",
    "may_read_draft",
    "own_answers",
    "profiles_due",
    "proposal_text",
    "question",
    "questions",
    "signs_of",
    "turn_of",
    "turns_of",
    "versions",
    "visible_to",
    "weave_of",
]
