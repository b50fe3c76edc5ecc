from .board import Cluster, Sentence, Wording
from .canvas import Answer, Canvas, Question, Sign, StateWord, Turn, TurnState
from .profile import OneView, ProfileAnswer, ProfileRound, ProfileTurn

__all__ = [
    "Answer",
    "Canvas",
    "Cluster",
    "OneView",
    "ProfileAnswer",
    "ProfileRound",
    "ProfileTurn",
    "Question",
    "Sentence",
    "Sign",
    "StateWord",
    "Turn",
    "TurnState",
    "Wording",
]
