"""What the clock does for ideas."""

from kutomo.ground.jobs import job

from . import actions, queries
from .rules import SILENT_FOR


@job()
def tend() -> None:
    """Daily: authors of silent ideas are asked once; what has been silent for long goes to rest."""
    for idea in queries.silent(SILENT_FOR):
        actions.tend(by=None, idea=idea)
