"""What the clock does for introductions."""

from kutomo.ground.jobs import job

from . import actions, queries


@job()
def leave(pk: int, version: int) -> None:
    """Ten minutes after sending: the letters leave, unless they were taken back."""
    row = queries.by_pk(pk)
    if row is not None:
        actions.leave(by=None, introduction=row, version=version)


@job()
def tend() -> None:
    """Daily: questions whose last day has passed go away; after thirty days people are asked what came of it."""
    for row in queries.to_lapse():
        actions.lapse(by=None, introduction=row)
    for row in queries.to_ask_after():
        actions.ask_after(by=None, introduction=row)


@job()
def read_blocks() -> None:
    """Nightly: the building blocks of every network, for its home page."""
    for network in queries.to_read():
        actions.read_blocks(by=None, network=network)
