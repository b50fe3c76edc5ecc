"""Letters to the members, the dates of the path without a meeting, and sweeping traces after a reveal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from kutomo.core.access.respondents import Respondent
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.core.letters import actions as letters, queries as letters_of
from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.ground.clock import months_before, today
from kutomo.ground.errors import RuleBroken
from kutomo.ground.jobs import job
from kutomo.ground.mail.address import Addressee

from . import actions, queries
from .models import Canvas, TurnState
from .rules.canvas import path_until

PURPOSE = "founding.answer"
NUDGES = {"half_time", "revealed"}  # automatic ones go through the nudge budget; the rest are deeds


@job(retries=8)
def write_to_members(pk: int, what: str) -> None:
    """One letter to each member about a step of the canvas; ``what`` names the template. Never twice.

    The letter about the proposal is the consent room's own.
    """
    canvas = Canvas.objects.select_related("network").filter(pk=pk).first()
    if canvas is None:
        return
    number = max(queries.answered_number(canvas).values(), default=0)
    for person in networks.members(canvas.network):
        if what == "half_time" and not _is_missing(canvas, person):
            continue
        letters.send(
            letter=f"founding/letters/{what}.md",
            to=Addressee.of(person),
            network=canvas.network,
            context=_context(canvas, person, number),
            key=f"founding:{canvas.pk}:{what}:{person.pk}",
            nudge=what in NUDGES,
        )


def _is_missing(canvas: Canvas, person: Any) -> bool:
    taken = queries.turns_of(Respondent.of(person), canvas)
    return any(turn.state == TurnState.WAITING for turn in taken.values()) or not taken


def _context(canvas: Canvas, person: Any, number: int) -> dict[str, Any]:
    token = ""
    if canvas.is_open:
        token = people.token_for(person, purpose=PURPOSE, target=str(canvas.pk), days=30)
    return {"canvas": canvas, "token": token, "number": number}


@job(retries=3)
def keep_dates() -> None:
    """Every morning: half-time notes, closings whose day has passed, consent rounds whose time is up."""
    for canvas in queries.opened():
        opened, closes = canvas.opened_on or today(), canvas.closes_on or today()  # both are there while it is open
        dates = {step.code: step.starts for step in path_until(opened, closes)}
        if closes >= today() and letters_of.was_written(f"founding:{canvas.pk}:opened:"):
            write_to_members.later(canvas.pk, "opened")  # whoever has joined since; nobody gets it twice
        if closes < today():
            _quietly(actions.close_answers, canvas=canvas)
        elif canvas.half_time_on is None and dates["half_time"] <= today():
            _quietly(actions.send_half_time, canvas=canvas)
    for round in rounds.due("founding.canvas"):
        _quietly(consent.close, round=round)


def _quietly(deed: Any, **arguments: Any) -> None:
    """One canvas that somebody has moved by hand in this moment must not stop the others."""
    try:
        deed(by=None, **arguments)
    except RuleBroken:
        return


@job(retries=3)
def erase_raw() -> None:
    """Every night: raw answers whose loop closed long ago are erased (A14)."""
    limit = months_before(today(), settings.ANSWER_MONTHS)
    if any([actions.erase_raw(canvas=canvas, limit=limit) for canvas in queries.with_raw(limit)]):
        _forget_leftovers()


@job(retries=3)
def mix() -> None:
    """Every ten minutes: the order in which answers came is shuffled away while their questions are open."""
    if any([actions.mix(question=question) for question in queries.unrevealed()]):
        _forget_leftovers()


@job(retries=5)
def sweep() -> None:
    """After a reveal: the database's own leftovers of the old order go too (SQLite's log, PostgreSQL's dead rows)."""
    _forget_leftovers()


def _forget_leftovers() -> None:
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        elif connection.vendor == "postgresql":
            cursor.execute("VACUUM founding_answer, founding_turn, founding_sealed")
