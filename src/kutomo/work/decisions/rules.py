"""How a decision is asked, counted, published and looked at again. Pure arithmetic, no database.

Source: methods of the house (§ A3 owners accept, § A8 small groups, § A9 anonymity, § A12 languages, § 7.4 record).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

LONGEST = 4000  # characters of a proposal
LONGEST_REASON = 600
OPEN_DAYS = 7
REVIEW_DAYS = 365
NEEDED_PERCENT = 60
CONSENSUS_PERCENT = 80
MOST_OPTIONS = 8
FEWEST, SHARES_FROM = 5, 15  # A8: nothing, words, shares rounded to ten


class Method(StrEnum):
    """The six ways of asking."""

    CONSENT = "consent"  # no reasoned objection stands
    CONSENSUS = "consensus"  # everybody supports it
    ADVICE = "advice"  # one decides after asking those concerned
    GRADIENTS = "gradients"  # how strongly, from 1 to 5
    CHOICE = "choice"  # one of a few
    DATES = "dates"  # which days suit


ROUNDS = frozenset({Method.CONSENT, Method.CONSENSUS})  # run by core/consent
MAY_BE_ANONYMOUS = frozenset({Method.GRADIENTS, Method.CHOICE})
WITH_OPTIONS = frozenset({Method.CHOICE, Method.DATES})


class State(StrEnum):
    """Where a decision stands."""

    DRAFT = "draft"
    OPEN = "open"  # people are being asked
    CLOSED = "closed"  # all have been asked; the outcome is being written
    PUBLISHED = "published"
    ENDED = "ended"  # no longer in force
    DROPPED = "dropped"  # a proposal that was taken back


ARCHIVE = frozenset({State.ENDED, State.DROPPED})


class Deed(StrEnum):
    """What moves a decision on."""

    CHANGE = "change"
    DROP = "drop"
    OPEN = "open"
    CLOSE = "close"
    WRITE = "write"
    PUBLISH = "publish"
    REOPEN = "reopen"
    REVIEW = "review"


FROM: dict[Deed, frozenset[State]] = {
    Deed.CHANGE: frozenset({State.DRAFT}),
    Deed.DROP: frozenset({State.DRAFT, State.OPEN, State.CLOSED}),
    Deed.OPEN: frozenset({State.DRAFT}),
    Deed.CLOSE: frozenset({State.OPEN}),
    Deed.WRITE: frozenset({State.CLOSED}),
    Deed.PUBLISH: frozenset({State.CLOSED}),
    Deed.REOPEN: frozenset({State.CLOSED, State.PUBLISHED}),
    Deed.REVIEW: frozenset({State.PUBLISHED}),
}


def may(deed: Deed, state: State) -> bool:
    """Whether ``deed`` can follow ``state``."""
    return state in FROM[deed]


class Degree(IntEnum):
    """Gradients of agreement."""

    AGAINST = 1
    DOUBTS = 2
    ACCEPT = 3
    AGREE = 4
    WHOLEHEARTED = 5


class Fit(StrEnum):
    """How a day suits."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class Why(StrEnum):
    """What the asking gave."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    TOO_FEW = "too_few"
    TIE = "tie"
    ADVISED = "advised"


class Share(StrEnum):
    """How many, in a word (A8)."""

    NONE = "none"
    FEW = "few"
    SOME = "some"
    HALF = "half"
    MOST = "most"
    NEARLY_ALL = "nearly_all"


@dataclass(frozen=True)
class Line:
    """One row of a result: ``key`` is a degree or an option.

    Named: ``number``. Anonymous: ``number`` is None; ``word`` from 5 answers, ``percent`` (rounded to ten) from 15.
    """

    key: str
    number: int | None = None
    word: str = ""
    percent: int | None = None


@dataclass(frozen=True)
class Result:
    """What was found out, frozen at closing, with its denominators. ``chosen``: the option that leads, if one does."""

    why: Why
    invited: int
    answered: int
    lines: tuple[Line, ...] = ()
    chosen: str = ""


def word_for(count: int, of: int) -> Share:
    """The word for ``count`` of ``of``; cuts at 12.5, 37.5, 62.5 and 87.5 per cent (methods § 7.3)."""
    if not count:
        return Share.NONE
    share = count / of
    cuts = ((0.125, Share.FEW), (0.375, Share.SOME), (0.625, Share.HALF), (0.875, Share.MOST))
    return next((word for cut, word in cuts if share < cut), Share.NEARLY_ALL)


def lines(counts: Mapping[str, int], answered: int, *, is_anonymous: bool) -> tuple[Line, ...]:
    """The rows of a result. Anonymous ones say nothing under five answers and never a count (A8)."""
    if not is_anonymous:
        return tuple(Line(key, number) for key, number in counts.items())
    if answered < FEWEST:
        return ()
    return tuple(
        Line(
            key,
            word=word_for(number, answered),
            percent=round(number * 10 / answered) * 10 if answered >= SHARES_FROM else None,
        )
        for key, number in counts.items()
    )


def has_quorum(answered: int, invited: int, percent: int = NEEDED_PERCENT) -> bool:
    """Whether at least ``percent`` % of those asked have answered."""
    return invited > 0 and answered * 100 >= invited * percent


def of_degrees(degrees: Sequence[int], invited: int, *, is_anonymous: bool) -> Result:
    """Gradients: agreed when the median is 4 or more and nobody is against it."""
    counts = {str(int(degree)): sum(one == degree for one in degrees) for degree in sorted(Degree, reverse=True)}
    found = lines(counts, len(degrees), is_anonymous=is_anonymous)
    if not has_quorum(len(degrees), invited) or (is_anonymous and len(degrees) < FEWEST):
        return Result(Why.TOO_FEW, invited, len(degrees), found)
    middle = sorted(degrees)[(len(degrees) - 1) // 2]
    agreed = middle >= Degree.AGREE and Degree.AGAINST not in degrees
    return Result(Why.AGREED if agreed else Why.NOT_AGREED, invited, len(degrees), found)


def of_choice(chosen: Iterable[str], options: Sequence[str], invited: int, *, is_anonymous: bool) -> Result:
    """Simple choice: the option that most chose; a tie chooses none."""
    said = list(chosen)
    counts = {option: said.count(option) for option in options}
    found = lines(counts, len(said), is_anonymous=is_anonymous)
    if not has_quorum(len(said), invited) or (is_anonymous and len(said) < FEWEST):
        return Result(Why.TOO_FEW, invited, len(said), found)
    most = max(counts.values(), default=0)
    first = [option for option, number in counts.items() if number == most]
    if len(first) != 1:
        return Result(Why.TIE, invited, len(said), found)
    return Result(Why.AGREED, invited, len(said), found, first[0])


def of_dates(answers: Sequence[Mapping[str, str]], options: Sequence[str], invited: int) -> Result:
    """Dates: the day with the most yes, then the fewest no; a tie goes to the earlier. Always named."""
    counts = {option: sum(one.get(option) == Fit.YES for one in answers) for option in options}
    found = lines(counts, len(answers), is_anonymous=False)
    if not answers:
        return Result(Why.TOO_FEW, invited, 0, found)
    nos = {option: sum(one.get(option) == Fit.NO for one in answers) for option in options}
    best = max(options, key=lambda option: (counts[option], -nos[option], -list(options).index(option)))
    return Result(Why.AGREED, invited, len(answers), found, best)


def of_round(*, adopted: bool, too_few: bool, invited: int, answered: int, method: Method, others: int) -> Result:
    """Consent as the round ended; consensus only when, besides, nobody objected or merely can live with it.

    ``others``: voices that object or can live with it.
    """
    agreed = adopted and (method == Method.CONSENT or not others)
    why = Why.AGREED if agreed else Why.TOO_FEW if too_few else Why.NOT_AGREED
    return Result(why, invited, answered)


def may_close(*, answered: int, invited: int, now: datetime, closes_at: datetime) -> bool:
    """Not before the time is up, unless everybody has been heard."""
    return now >= closes_at or (invited > 0 and answered >= invited)


class Lack(StrEnum):
    """What a decision still needs before it can be published."""

    OUTCOME = "outcome"
    WHY = "why"
    REVIEW = "review_on"
    SUMMARY = "summary"


def lacks(
    *,
    outcome: str,
    why: str,
    review_on: date | None,
    written_in: str,
    languages: Sequence[str],
    summaries: Iterable[str],
) -> list[tuple[Lack, str]]:
    """What is missing, each with the language it is missing in ("" for none): no reason, no decision.

    ``languages``: the network's working languages; ``summaries``: those that have one (A12).
    """
    found = [
        (lack, "")
        for lack, there in ((Lack.OUTCOME, outcome.strip()), (Lack.WHY, why.strip()), (Lack.REVIEW, review_on))
        if not there
    ]
    have = set(summaries) | {written_in}
    return found + [(Lack.SUMMARY, code) for code in languages if code not in have]


def default_review(today: date) -> date:
    """A year on."""
    return today + timedelta(days=REVIEW_DAYS)
