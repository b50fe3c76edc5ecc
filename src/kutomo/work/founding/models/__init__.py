from .board import Cluster, Sentence, Wording
from .canvas import Answer, Canvas, Question, Sign, StateWord, Turn, TurnState

__all__ = [
    "Answer",
    "Canvas",
    "Cluster",
    "Question",
    "Sentence",
    "Sign",
    "StateWord",
    "Turn",
    "TurnState",
    "Wording",
]
