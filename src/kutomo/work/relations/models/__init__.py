from .answers import Answer, FacetWord, Part, PrivateAnswer, PulseAnswer, Rung
from .knowledge import Met
from .traces import KnowledgeTick, Reading, ScreenTime
from .waves import FormWord, MapWish, Wave, WaveSeat

__all__ = [
    "Answer",
    "FacetWord",
    "FormWord",
    "KnowledgeTick",
    "MapWish",
    "Met",
    "Part",
    "PrivateAnswer",
    "PulseAnswer",
    "Reading",
    "Rung",
    "ScreenTime",
    "Wave",
    "WaveSeat",
]
