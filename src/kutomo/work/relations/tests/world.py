"""Closed waves with a frozen report, made through the deeds that people do.

``waved(network, answers)`` takes what each seat says about another, by the numbers of the seats in the order of
joining (from 0): ``{(0, 1): (K, E, T, C)}``, shorter tuples for less. A pair that is not mentioned is answered "we do
not know it"; ``silent`` seats answer nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from tests import make

from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.clock import today
from kutomo.work.relations.actions import answering, freeze, waves
from kutomo.work.relations.models import Part, Wave, WaveSeat
from kutomo.work.relations.rules.asking import Question

Levels = Sequence[int | None]
Answers = Mapping[tuple[int, int], Levels]
ASKED = (Question.KNOWS, Question.WORKS, Question.TRUSTS, Question.COMMITS)


def peopled(n: int, name: str = "Kynnyksen yli") -> Network:
    """A network of ``n`` organisations with one person each; the first leads it."""
    network = make.network(name=name, organisation=make.organisation("Järjestö 00 ry"))
    for number in range(1, n):
        make.member(network, f"Jäsen {number:02}", make.organisation(f"Järjestö {number:02} ry"))
    return network


def opened(network: Network, **settings: object) -> Wave:
    """An open wave."""
    leader = make.leader_of(network)
    facts = {"purpose": "Missä verkosto on nyt?", "opens_on": today(), "closes_on": today() + dt.timedelta(days=14)}
    return waves.open(by=leader, wave=waves.plan(by=leader, network=network, **{**facts, **settings}))


def answer(wave: Wave, seat: WaveSeat, said: Mapping[int, Levels], *, on_map: bool = True, pulse: int = 0) -> Part:
    """The first who sits on ``seat`` answers the whole survey; ``said`` is by WaveSeat key."""
    person = networks.seat(wave.network, seat.seat_id).sitting()[0].person
    part = answering.begin(by=person, wave=wave, on_map=on_map)
    for place, question in enumerate(ASKED):
        if place > 1 and question is Question.TRUSTS and not wave.asks_trust:
            continue
        values = {about: value for about, row in said.items() if (value := _at(row, place)) is not None}
        if values:
            answering.put(by=person, part=part, question=question, values=values)
        if question is Question.TRUSTS and values:
            answering.put(by=person, part=part, question=Question.FACET, values=values)
    if pulse and wave.asks_pulse:
        answering.put_pulse(by=person, part=part, values=dict.fromkeys(range(1, 7), pulse))
    return answering.finish(by=person, part=part)


def _at(row: Levels, place: int) -> int | None:
    return row[place] if place < len(row) else None


def waved(
    network: Network,
    answers: Answers | None = None,
    *,
    silent: Collection[int] = (),
    off_map: Collection[int] = (),
    **settings: object,
) -> Wave:
    """A wave that has been answered, closed and reported. ``silent`` and ``off_map``: numbers of seats."""
    wave = opened(network, **{"shows_answered": True, **settings})
    rows = list(WaveSeat.objects.filter(wave=wave).order_by("order"))
    said: dict[int, dict[int, Levels]] = {row.pk: {} for row in rows}
    for (a, b), levels in (invented(len(rows)) if answers is None else answers).items():
        said[rows[a].pk][rows[b].pk] = levels
    for row in rows:
        if row.order in silent:
            continue
        everybody = {other.pk: said[row.pk].get(other.pk, (0,)) for other in rows if other.pk != row.pk}
        answer(wave, row, everybody, on_map=row.order not in off_map, pulse=1 + row.order % 5)
    return closed(wave)


def closed(wave: Wave) -> Wave:
    """``wave``, closed by the leader and reported."""
    wave = waves.close(by=make.leader_of(wave.network), wave=wave)
    freeze.freeze(by=None, wave=wave)
    wave.refresh_from_db()
    return wave


def invented(n: int) -> dict[tuple[int, int], Levels]:
    """Two rings and some bridges: everybody works with two or three, some trust, a few commit; one contradiction."""
    found: dict[tuple[int, int], Levels] = {}
    for a in range(n):
        for step in (1, 2, 5):
            b = (a + step) % n
            if a == b or (a + step) % 7 == 6:
                continue
            found[a, b] = (2 + step % 2, 1 + a % 3, 1 + (a + b) % 3, (a * b) % 4)
            found[b, a] = (2, 1 + b % 3, 1 + (a * b) % 3, (a + b) % 4)
    if n > 4:
        found[0, n - 2] = (2, 1, 2, 1)
        found.pop((n - 2, 0), None)
    return found
