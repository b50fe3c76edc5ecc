"""An attacker who holds everything that some members can fetch, and asks which answers follow from it.

A ``Story`` is what happened: up to two waves, who was silent, who withdrew afterwards. A publisher turns it into what
everybody sees (``public``: every report, and every report again after a withdrawal) and what each seat alone sees.
The attacker knows the story but for the answers on trust and commitment of those who are not in the coalition, and
knows how the publisher works. An answer is **determined** when no other story agrees with all that the coalition
sees. To show that it is not, one such story is enough: the attacker looks for it (``escapes``); where few answers are
hidden, all assignments are gone through (``possible``).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from kutomo.work.relations.rules import analysis
from kutomo.work.relations.rules.asking import TOO_EARLY
from kutomo.work.relations.rules.scoring import Cell
from kutomo.work.relations.rules.structure import Earlier

from .invented import Said, given

Key = tuple[int, int, int]  # wave, who answers, about whom
Private = tuple[int | None, ...]  # T, C, and the facet of T
LEVELS = ((1, 2, 3, TOO_EARLY, None), (0, 1, 2, 3, None), (1, 2, 3, TOO_EARLY, None))
PARTS = (0, 1, 2)


@dataclass(frozen=True)
class Story:
    """``answers``: T and C of each wave, of pairs that work together. ``works``: by wave, pairs (a < b) that both say
    so. ``withdrawn``: (wave, seat), in the order in which it happens, after the wave was closed."""

    n: int
    works: tuple[frozenset[tuple[int, int]], ...]
    answers: Mapping[Key, Private]
    silent: tuple[frozenset[int], ...] = (frozenset(), frozenset())
    withdrawn: tuple[tuple[int, int], ...] = ()

    def but(self, changes: Mapping[Key, Private]) -> Story:
        """The same story with some answers changed."""
        return replace(self, answers={**self.answers, **changes})


@dataclass(frozen=True)
class Seen:
    """What was published: to all, and to each seat alone."""

    public: Any
    own: Mapping[int, Any] = field(default_factory=dict)

    def by(self, coalition: Collection[int]) -> Any:
        return self.public, [self.own.get(seat) for seat in sorted(coalition)]


Publisher = Callable[[Story], Seen]


def told(n: int, works: frozenset[tuple[int, int]], seed: int, *, waves: int = 1, same: Private | None = None) -> Story:
    """A story with answers by chance, or all the same."""
    dice = random.Random(seed)
    answers = {
        (wave, x, y): same or tuple(dice.choice(levels) for levels in LEVELS)
        for wave in range(waves)
        for pair in sorted(works)
        for x, y in (pair, pair[::-1])
    }
    return Story(n, (works,) * waves, answers)


def everybody(n: int) -> frozenset[tuple[int, int]]:
    """All work with all."""
    return frozenset((a, b) for a in range(1, n + 1) for b in range(a + 1, n + 1))


def star(n: int) -> frozenset[tuple[int, int]]:
    """All work with the first, and with nobody else."""
    return frozenset((1, other) for other in range(2, n + 1))


def near(n: int, seed: int, density: float) -> frozenset[tuple[int, int]]:
    """Pairs by chance."""
    dice = random.Random(seed)
    return frozenset(pair for pair in sorted(everybody(n)) if dice.random() < density)


def rows(story: Story, wave: int) -> list[Said]:
    """The raw rows of a wave."""
    found = []
    for a in range(1, story.n + 1):
        if a in story.silent[wave]:
            continue
        for b in range(1, story.n + 1):
            if (min(a, b), max(a, b)) in story.works[wave]:
                trust, commit, facet = story.answers[wave, a, b]
                found.append(Said(a, a, b, 2, 2, trust, facet, commit))
            elif a != b:
                found.append(Said(a, a, b, 0))
    return found


def kutomo(story: Story, *, floor: int = 5) -> Seen:
    """What Kutomo publishes: the reports as they are frozen, and again after each withdrawal."""
    public, own, before = [], {}, None
    for wave in range(len(story.works)):
        facts = {"wave": wave + 1, "number": wave + 1, "before": before, "floor": floor, "tells_answered": True}
        raw = rows(story, wave)
        outcome = analysis.analyse(given(story.n, raw, **facts))
        versions = [outcome.report.to_json()]
        own |= {(seat, wave): figure for seat, figure in outcome.received.items()}
        report, gone = outcome.report, set[int]()
        for of, seat in story.withdrawn:
            if of == wave:
                gone.add(seat)
                left = given(story.n, [row for row in raw if row.seat not in gone], **facts)
                report = analysis.made_anew(left, report, withdrawn=True, on=report.closed_on).report
                versions.append(report.to_json())
        public.append(versions)
        answers = outcome.answers
        assert answers is not None
        counted = outcome.counted or (before.counted if before else frozenset())
        before = analysis.Before(report, Earlier(wave + 1, answers.seats, answers.rungs.clip(max=2)), counted)
    return Seen(public, {seat: [figure for (s, _), figure in own.items() if s == seat] for seat, _ in own})


def hidden(story: Story, coalition: Collection[int], part: int = 0) -> list[Key]:
    """Answers that the coalition does not know of itself. Whether somebody passed a facet over is no secret."""
    return [
        key
        for key, answer in story.answers.items()
        if key[1] not in coalition and key[1] not in story.silent[key[0]] and not (part == 2 and answer[2] is None)
    ]


def relies(trust: int | None) -> bool:
    return Cell(2, 1, trust).relies


def with_part(answer: Private, part: int, level: int | None) -> Private:
    return (*answer[:part], level, *answer[part + 1 :])


def turned(answer: Private, part: int) -> Private:
    """The yes turned into a no, or the no into a yes."""
    if part == 1:
        return with_part(answer, 1, 0 if (answer[1] or 0) >= 2 else 3)
    return with_part(answer, part, 1 if relies(answer[part]) else 3)


def undetermined_level(story: Story, key: Key, part: int, coalition: Collection[int], publish: Publisher) -> bool:
    """Whether another level of that part of the answer agrees with all that the coalition sees."""
    seen, answer = publish(story).by(coalition), story.answers[key]
    return any(
        publish(story.but({key: with_part(answer, part, level)})).by(coalition) == seen
        for level in LEVELS[part]
        if level != answer[part]
    )


def escapes(
    story: Story, key: Key, part: int, coalition: Collection[int], publish: Publisher, seed: int = 1, tries: int = 400
) -> Story | None:
    """A story in which that yes or no is the other way round, and the coalition sees the same; None if none is found.

    Tried: turning it alone, then together with one or several other hidden ones of the same wave.
    """
    seen = publish(story).by(coalition)
    dice = random.Random(seed)
    others = [other for other in hidden(story, coalition, part) if other[0] == key[0] and other != key]
    start = {key: turned(story.answers[key], part)}
    attempts: list[list[Key]] = [[], *([other] for other in dice.sample(others, len(others)))]
    attempts += [dice.sample(others, min(len(others), dice.randint(2, 6))) for _ in range(tries)]
    for chosen in attempts:
        for pattern in {part, 1 - part} & {0, 1} or {part}:
            changes = {**start, **{other: turned(story.answers[other], pattern) for other in chosen}}
            found = story.but(changes)
            if publish(found).by(coalition) == seen:
                return found
    return None


def possible(story: Story, key: Key, coalition: Collection[int], publish: Publisher) -> set[int | None]:
    """Every level of T that ``key`` may have: all assignments of the hidden answers about trust are gone through."""
    unknown = hidden(story, coalition)
    assert len(unknown) <= 6, "too many to go through"
    seen = publish(story).by(coalition)
    found: set[int | None] = set()
    for levels in product(LEVELS[0][:-1], repeat=len(unknown)):
        changes = {cell: with_part(story.answers[cell], 0, level) for cell, level in zip(unknown, levels, strict=True)}
        if changes[key][0] not in found and publish(story.but(changes)).by(coalition) == seen:
            found.add(changes[key][0])
    return found
