"""Jobs for the tests of the queue."""

from kutomo.ground.jobs import job
from kutomo.ground.jobs.models import Appointment

ran: list[int] = []
NO_LINES: list = []


@job(retries=2)
def note(number: int) -> None:
    ran.append(number)


@job(retries=2)
def break_down(number: int) -> None:
    ran.append(number)
    raise OSError(f"no line to {number}")


@job()
def note_then_more(number: int) -> None:
    ran.append(number)
    if number:
        note_then_more.later(number - 1)


@job()
def count_up(name: str) -> None:
    """Leaves a mark that another process or thread can see."""
    Appointment.objects.create(name=name, next_at="2026-01-01T00:00Z")
