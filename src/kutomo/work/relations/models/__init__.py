from .answers import Answer, FacetWord, Part, PrivateAnswer, PulseAnswer, Rung
from .traces import KnowledgeTick, Reading, ScreenTime
from .waves import FormWord, MapWish, Wave, WaveSeat

__all__ = [
    "Answer",
    "FacetWord",
    "FormWord",
    "KnowledgeTick",
    "MapWish",
    "Part",
    "PrivateAnswer",
    "PulseAnswer",
    "Reading",
    "Rung",
    "ScreenTime",
    "Wave",
    "WaveSeat",
]
