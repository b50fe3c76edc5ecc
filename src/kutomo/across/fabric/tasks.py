from kutomo.ground.jobs import job

from . import actions


@job()
def weave() -> None:
    """Weave the weeks of the networks in which something has happened."""
    actions.weave_all()
