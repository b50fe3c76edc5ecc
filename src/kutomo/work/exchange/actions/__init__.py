"""What can be done in mutual help."""

from .areas import settle_area
from .leaving import let_go
from .listings import change, lapse, move, post, say, warn
from .tasks import propose, step, tell_how, tend

__all__ = [
    "change",
    "lapse",
    "let_go",
    "move",
    "post",
    "propose",
    "say",
    "settle_area",
    "step",
    "tell_how",
    "tend",
    "warn",
]
