"""What the clock does for notices."""

import logging

from kutomo.core.letters import actions as sending, queries as letters
from kutomo.core.networks import queries as networks
from kutomo.ground.jobs import job

from . import actions, queries

A_JOB = 50  # people whose letters one job writes; others wait meanwhile, so a job takes seconds, not minutes
log = logging.getLogger(__name__)


@job(retries=2)
def tidy() -> None:
    """What was put aside and has come back is forgotten."""
    actions.forget_old()


@job()
def weekly() -> None:
    """Each morning: the letters of those whose day it is, so many a job. May run twice: a letter has one key a week."""
    keys = list(networks.readers().values_list("pk", flat=True))
    for start in range(0, len(keys), A_JOB):
        some = keys[start : start + A_JOB]
        write_some.later(some[0], some[-1])


@job(retries=6, priority=-10)
def write_some(first: int, last: int) -> None:
    """The letters of the people from the key ``first`` to ``last``; each in a transaction of its own.

    Stopped in the middle it begins again and finds what is written. One letter that fails stops no other.
    """
    people = queries.due(list(networks.readers(first - 1, upto=last)))
    written = letters.last_written(actions.WEEKLY, people)
    chronicles, failed, ready = queries.Chronicles(), 0, []
    for person in people:
        try:
            letter = actions.write_week(by=None, person=person, last=written.get(person.pk), chronicles=chronicles)
        except Exception:
            failed += 1
            log.exception("A weekly letter could not be written.")
            continue
        if letter is not None:
            ready.append(letter)
    sending.deliver_many(letters=ready)
    if failed:
        raise RuntimeError(f"{failed} weekly letters of {len(people)} could not be written")
