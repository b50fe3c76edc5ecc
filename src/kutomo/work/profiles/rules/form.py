"""The form profile: seven readings, seven forms, how near they lie (method: near-concept profile).

Formula: similarity = 1 - sqrt(sum of w(x - p)^2 / sum of 16w). The vectors are an assumption to calibrate.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median, quantiles

READINGS = ("C", "G", "L", "B", "O", "A", "D")
WEIGHTS = {"C": 1.0, "G": 1.0, "L": 1.0, "B": 0.75, "O": 0.75, "A": 0.75, "D": 0.5}
HIGHEST = 4
FORMS: dict[str, tuple[int, ...]] = {
    "swarm": (0, 3, 1, 4, 4, 3, 0),
    "tribe": (3, 1, 1, 3, 2, 2, 3),
    "community": (2, 1, 2, 2, 1, 4, 4),
    "group": (3, 3, 3, 0, 0, 3, 2),
    "stakeholder": (1, 2, 1, 1, 4, 0, 3),
    "partnership": (4, 4, 4, 0, 2, 3, 3),
    "network": (2, 3, 2, 2, 3, 4, 3),
}
BETWEEN = 0.06  # two forms nearer each other than this are named together
DISAGREEMENT = 2.0  # interquartile range that makes a reading a topic of conversation
DRIFT = 0.15  # distance from the year before that is worth twenty minutes
FEWEST_PEOPLE, FEWEST_ORGANISATIONS, SHARES_FROM = 5, 3, 15

Vector = Mapping[str, float]


class Shown(StrEnum):
    """What a group of this size may see of itself (small groups are silent)."""

    NOTHING = "nothing"
    WORDS = "words"
    SHARES = "shares"


class Governance(StrEnum):
    SHARED = "shared"
    LEAD = "lead"
    SEPARATE = "separate"


class Trust(StrEnum):
    WIDE = "wide"
    THIN = "thin"


@dataclass(frozen=True)
class Match:
    """How near a vector lies to each form, nearest first."""

    ranking: tuple[tuple[str, float], ...]

    @property
    def best(self) -> str:
        return self.ranking[0][0]

    @property
    def second(self) -> str:
        return self.ranking[1][0]

    @property
    def is_between(self) -> bool:
        return round(self.ranking[0][1] - self.ranking[1][1], 9) < BETWEEN

    @property
    def nearest(self) -> tuple[str, ...]:
        """One form, or two when they are too near each other to choose."""
        return (self.best, self.second) if self.is_between else (self.best,)


@dataclass(frozen=True)
class Governing:
    """A hint for governing, with what speaks for it and what nobody has said yet."""

    model: Governance | None
    unknown: tuple[str, ...]


def vector(code: str) -> dict[str, float]:
    """The seven readings of a form."""
    return dict(zip(READINGS, map(float, FORMS[code]), strict=True))


def is_whole(readings: Mapping[str, object]) -> bool:
    """True if all seven readings are there and each is a whole number from 0 to 4."""
    return set(readings) == set(READINGS) and all(
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST for value in readings.values()
    )


def similarity(one: Vector, other: Vector) -> float:
    """Likeness of two vectors, 0 (opposite ends of every reading) to 1 (the same)."""
    far = sum(WEIGHTS[key] * (one[key] - other[key]) ** 2 for key in READINGS)
    return 1 - math.sqrt(far / sum(HIGHEST**2 * weight for weight in WEIGHTS.values()))


def distance(one: Vector, other: Vector) -> float:
    return 1 - similarity(one, other)


def has_drifted(before: Vector, now: Vector) -> bool:
    """True if the form has moved enough since the year before to be talked about."""
    return round(distance(before, now), 9) >= DRIFT


def match(readings: Vector | None) -> Match | None:
    """The forms in order of likeness; None when there is nothing to compare."""
    if readings is None:
        return None
    near = ((code, similarity(readings, vector(code))) for code in FORMS)
    return Match(tuple(sorted(near, key=lambda pair: (-pair[1], pair[0]))))


def middle(answers: Sequence[Vector]) -> dict[str, float] | None:
    """The median of each reading; None without answers."""
    if not answers:
        return None
    return {key: float(median(answer[key] for answer in answers)) for key in READINGS}


def disagreements(answers: Sequence[Vector]) -> tuple[str, ...]:
    """Readings on which the middle half of the answers lies two steps or more apart. Needs four answers."""
    if len(answers) < 4:
        return ()
    return tuple(key for key in READINGS if spread(answers, key) >= DISAGREEMENT)


def spread(answers: Sequence[Vector], key: str) -> float:
    """The interquartile range of one reading; needs two answers."""
    low, _, high = quantiles((answer[key] for answer in answers), n=4, method="inclusive")
    return high - low


def gap(now: Vector, wanted: Vector) -> tuple[str, ...]:
    """Readings that would have to move by a step or more, the longest way first."""
    steps = [(abs(wanted[key] - now[key]) * WEIGHTS[key], key) for key in READINGS if abs(wanted[key] - now[key]) >= 1]
    return tuple(key for _, key in sorted(steps, key=lambda pair: (-pair[0], READINGS.index(pair[1]))))


def shown(people: int, organisations: int, *, fewest: int = FEWEST_PEOPLE) -> Shown:
    """What may be shown of ``people`` answers from ``organisations`` organisations.

    ``fewest``: a network may raise the limit of five, never lower it.
    """
    if people < max(fewest, FEWEST_PEOPLE) or organisations < FEWEST_ORGANISATIONS:
        return Shown.NOTHING
    return Shown.SHARES if people >= SHARES_FROM else Shown.WORDS


def coarse(readings: Vector, how: Shown) -> dict[str, float] | None:
    """The readings as finely as may be shown: half steps from fifteen answers, whole steps below, else None."""
    if how is Shown.NOTHING:
        return None
    step = 2 if how is Shown.SHARES else 1
    return {key: math.floor(readings[key] * step + 0.5) / step for key in READINGS}


def governing(
    *, organisations: int, trust: Trust | None, goal_spread: float | None, joint_work: float | None
) -> Governing:
    """Which way of governing fits, after the conditions of Provan and Kenis.

    ``goal_spread``: interquartile range of goal-orientation (under 1 high agreement, under 2 fair);
    ``joint_work``: median level of collaboration 0-4 (3 or more is much common work). The model is None
    when the conditions point to none of the three, or when too little is known to tell them apart.
    """
    unknown = tuple(
        name
        for name, value in (("trust", trust), ("agreement", goal_spread), ("joint_work", joint_work))
        if value is None
    )
    fits = {
        Governance.SHARED: (
            organisations <= 8,
            None if trust is None else trust is Trust.WIDE,
            None if goal_spread is None else goal_spread < 1,
            None if joint_work is None else joint_work < 3,
        ),
        Governance.LEAD: (
            organisations <= 30,
            None if trust is None else trust is Trust.THIN,
            None if goal_spread is None else goal_spread >= 1,
        ),
        Governance.SEPARATE: (
            organisations > 8,
            None if goal_spread is None else goal_spread < 2,
            None if joint_work is None else joint_work >= 3,
        ),
    }
    possible = [model for model, conditions in fits.items() if False not in conditions]
    certain = [model for model in possible if None not in fits[model]]
    if len(certain) == 1 and (len(possible) == 1 or Governance.SEPARATE in certain):
        return Governing(certain[0], unknown)
    return Governing(possible[0] if len(possible) == 1 and not unknown else None, unknown)
