from .answers import Answer, Part, PrivateAnswer, PulseAnswer, Rung
from .knowledge import Met
from .report import Frozen, Received
from .traces import KnowledgeTick, Reading, ScreenTime
from .waves import FormWord, MapWish, Wave, WaveSeat

__all__ = [
    "Answer",
    "FormWord",
    "Frozen",
    "KnowledgeTick",
    "MapWish",
    "Met",
    "Part",
    "PrivateAnswer",
    "PulseAnswer",
    "Reading",
    "Received",
    "Rung",
    "ScreenTime",
    "Wave",
    "WaveSeat",
]
