"""The example network's three relationship surveys, at months 3, 6 and 12: answered, closed and reported.

Who knows whom is in the story (waves.toml). The rest follows from it by a seeded chance, the same at every building:
how closely those who know each other work, and trust and readiness that are plausible and mean nothing.
"""

from __future__ import annotations

from random import Random
from typing import Any

from kutomo.core.networks.models import Seat
from kutomo.core.people.demo import Cast
from kutomo.core.people.models import Person

from .actions import answering, places, waves
from .models import Wave, WaveSeat
from .rules.asking import TOO_EARLY, Question

Pair = tuple[int, int]
UNTO, SOLVEIG = "Unto Rauhalampi", "Solveig Granudd"  # they sit as themselves


def known_pairs(cast: Cast, until: int) -> dict[Pair, int]:
    """Pairs of organisations (by number) that both say they know whom to call in wave ``until``: since which wave."""
    found = {}
    for number, row in enumerate(cast.material["waves"]["wave"][:until], 1):
        for word in row["known"].split():
            a, b = map(int, word.split("-"))
            found[a, b] = number
    return found


def hold(cast: Cast, number: int) -> None:
    """Write a whole wave into the diary: planned and opened, one answer after another, closed by the leader."""
    row = cast.material["waves"]["wave"][number - 1]
    days = row["opens"] - row["closes"]
    cast.at(row["opens"], 9, _open, number, row["closes"])
    if number == 1:
        cast.at(row["opens"] - 1, 8, _agree_to_the_map)
    speakers = [home["number"] for home in cast.material["organisations"]["organisation"]]
    for place, home in enumerate([*(one for one in speakers if one not in row["silent"]), UNTO, SOLVEIG]):
        day = row["opens"] - 1 - place % (days - 1)
        cast.at(day, 9.5 + place / 4, _answer, number, home)
    cast.at(row["closes"], 15, _close, number)


def leave_the_map(cast: Cast) -> None:
    """One private member has thought it over: the map is drawn anew without him, earlier ones too."""
    places.wish_map(by=cast.people[UNTO], network=cast.network, on_map=False)


def _open(cast: Cast, number: int, closes: int) -> None:
    row = cast.material["waves"]["wave"][number - 1]
    wave = waves.plan(
        by=cast.leader,
        network=cast.network,
        purpose=row["purpose"],
        opens_on=cast.day(row["opens"]),
        closes_on=cast.day(closes),
        shows_answered=True,
    )
    cast.things[f"wave {number}"] = waves.open(by=cast.leader, wave=wave)


def _agree_to_the_map(cast: Cast) -> None:
    """Those who will not have time to answer have nothing against standing on the map."""
    for number in cast.material["waves"]["wave"][0]["silent"]:
        places.wish_map(by=_speaker(cast, number), network=cast.network, on_map=True)


def _speaker(cast: Cast, home: int | str) -> Person:
    if isinstance(home, str):
        return cast.people[home]
    rows = cast.material["organisations"]["organisation"]
    return cast.people[next(row["speaker"] for row in rows if row["number"] == home)]


def _wave(cast: Cast, number: int) -> Wave:
    return Wave.objects.select_related("network").get(pk=cast.things[f"wave {number}"].pk)


def _close(cast: Cast, number: int) -> None:
    waves.close(by=cast.leader, wave=_wave(cast, number))


def _answer(cast: Cast, number: int, home: int | str) -> None:
    """Somebody goes through the five screens; one without an address is asked by the recorder."""
    person, wave = _speaker(cast, home), _wave(cast, number)
    recorder = None if person.email else cast.people[cast.material["canvas"]["recorder"]]
    facts: dict[str, Any] = {"by": person, "recorder": recorder}
    part = answering.begin(wave=wave, on_map=home != SOLVEIG, **facts)
    said = _said(cast, number, home, _roster(cast, wave))
    for question in (Question.KNOWS, Question.WORKS, Question.TRUSTS, Question.FACET, Question.COMMITS):
        if values := {about: levels[question] for about, levels in said.items() if question in levels}:
            answering.put(part=part, question=question, values=values, **facts)
    dice = Random(f"pulse {number} {home}")
    levels = [3, 3, 4, 4, 5, 9] if number > 1 else [2, 3, 3, 4, 9]
    answering.put_pulse(part=part, values={item: dice.choice(levels) for item in range(1, 7)}, **facts)
    answering.finish(part=part, **facts)


def _roster(cast: Cast, wave: Wave) -> dict[int | str, int]:
    """Organisation number or private member's name -> WaveSeat key."""
    homes = {organisation.pk: number for number, organisation in cast.organisations.items()}
    rows = WaveSeat.objects.filter(wave=wave).values_list("pk", "name", "seat__organisation")
    return {homes.get(organisation, name): pk for pk, name, organisation in rows}


def _said(cast: Cast, number: int, home: int | str, roster: dict[int | str, int]) -> dict[int, dict[Question, int]]:
    """What one respondent says of every other: by WaveSeat key, by question."""
    since, share = known_pairs(cast, number), cast.material["waves"]["wave"][number - 1]["share"]
    found = {}
    for other, pk in roster.items():
        if other == home:
            continue
        pair = (min(home, other), max(home, other)) if isinstance(home, int) and isinstance(other, int) else None
        dice = Random(f"{number} {home} {other}")
        if pair in since:
            found[pk] = _closely(dice, pair, number - since[pair])
        elif dice.random() > 0.03:  # a few are left unanswered
            found[pk] = {Question.KNOWS: _from_afar(dice, share, is_first=pair is not None and home == pair[0])}
            if found[pk][Question.KNOWS]:
                found[pk][Question.WORKS] = 0
    return found


def _from_afar(dice: Random, share: float, *, is_first: bool) -> int:
    """Of somebody whom the two do not both know: nothing, or what they do; sometimes one side knows more."""
    if is_first and dice.random() < 0.05:
        return 2
    return 1 if dice.random() < share else 0


def _closely(dice: Random, pair: Pair, age: int) -> dict[Question, int]:
    """Of somebody known since ``age`` waves: the longer, the more has been done together."""
    level = min(3, age + Random(f"{pair}").choice([0, 1, 1, 2]))
    said = {Question.KNOWS: 3 if level > 1 and dice.random() < 0.6 else 2, Question.WORKS: level}
    if level:
        said[Question.WORKS] = max(1, min(3, level + dice.choice([-1, 0, 0, 0, 1])))
        said[Question.TRUSTS] = dice.choice([1, 2, 2, 2, 3, 3, TOO_EARLY])
        said[Question.FACET] = dice.choice([1, 2, 2, 3, 3, TOO_EARLY])
        said[Question.COMMITS] = dice.choice([0, 1, 1, 2, 2, 3])
    return said


def seats_by_number(cast: Cast) -> dict[int, Seat]:
    """The organisations' seats by their number in the story."""
    homes = {organisation.pk: number for number, organisation in cast.organisations.items()}
    rows = Seat.objects.current().filter(network=cast.network).exclude(organisation=None)
    return {homes[seat.organisation_id]: seat for seat in rows if seat.organisation_id in homes}
