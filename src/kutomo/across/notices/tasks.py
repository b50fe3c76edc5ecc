from kutomo.ground.jobs import job

from . import actions


@job(retries=2)
def tidy() -> None:
    """What was put aside and has come back is forgotten."""
    actions.forget_old()
