"""What is asked, of whom and in which order: questions, levels, screens, who passes on. Pure.

Source: specs, network analysis, 1.3 (the short instrument). A cell has three states: a level (0-3), ``TOO_EARLY``
(no experience yet; trust and its facets only) and None (not answered). None and too early are never zero.
"""

from __future__ import annotations

import enum

TOO_EARLY = 9  # trust and facets: "too early to say"
CANNOT_SAY = 9  # pulse
PULSE_ITEMS = (1, 2, 3, 4, 5, 6)
PULSE_LEVELS = (1, 2, 3, 4, 5)


class Question(enum.StrEnum):
    """The relational questions in the order in which they are asked."""

    KNOWS = "K"  # 0-3, of every seat but one's own
    WORKS = "E"  # 0-3, of those with K >= 1
    TRUSTS = "T"  # 1-3 or TOO_EARLY, of those with E >= 1
    FACET = "F"  # 1-3 or TOO_EARLY, of those with E >= 1; one of two wordings, drawn for each respondent
    COMMITS = "C"  # 0-3, of those with E >= 1


class Facet(enum.StrEnum):
    """The rotated facet of trust; each respondent gets one, at random, and keeps it over waves."""

    OPENNESS = "openness"
    SHARED_AIM = "aim"


class Form(enum.StrEnum):
    """Who speaks: for the organisation ("we"), or each for oneself ("I")."""

    ORGANISATION = "organisation"
    PERSON = "person"


PULSE = "pulse"  # the last screen
LEVELS: dict[Question, frozenset[int]] = {
    Question.KNOWS: frozenset({0, 1, 2, 3}),
    Question.WORKS: frozenset({0, 1, 2, 3}),
    Question.TRUSTS: frozenset({1, 2, 3, TOO_EARLY}),
    Question.FACET: frozenset({1, 2, 3, TOO_EARLY}),
    Question.COMMITS: frozenset({0, 1, 2, 3}),
}
HAS_ZERO = frozenset({Question.KNOWS, Question.WORKS, Question.COMMITS})  # "answer the rest as 0" is offered


def screens(*, asks_trust: bool, asks_pulse: bool) -> tuple[str, ...]:
    """The screens of a wave in order, by code."""
    trust = (Question.TRUSTS.value, Question.FACET.value) if asks_trust else ()
    pulse = (PULSE,) if asks_pulse else ()
    return (Question.KNOWS.value, Question.WORKS.value, *trust, Question.COMMITS.value, *pulse)


def is_due(question: Question, knows: int | None, works: int | None) -> bool:
    """Whether a partner has passed on to ``question``: E needs K >= 1; T, its facet and C need E >= 1."""
    if question is Question.KNOWS:
        return True
    if question is Question.WORKS:
        return (knows or 0) >= 1
    return (knows or 0) >= 1 and (works or 0) >= 1
