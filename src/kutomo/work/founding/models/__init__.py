from .board import Cluster, Sentence, Wording
from .canvas import Answer, Canvas, Question, Sign, StateWord, Turn, TurnState
from .sealed import Sealed, name_of, shut

__all__ = [
    "Answer",
    "Canvas",
    "Cluster",
    "Question",
    "Sealed",
    "Sentence",
    "Sign",
    "StateWord",
    "Turn",
    "TurnState",
    "Wording",
    "name_of",
    "shut",
]
