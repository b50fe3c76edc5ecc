from kutomo.ground.jobs import job

from . import actions


@job()
def file_new() -> None:
    """File what the log has named since the last time."""
    actions.file_new()


@job()
def file_all() -> None:
    """File everything again; what has not changed costs a look."""
    actions.file_all()
