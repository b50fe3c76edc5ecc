"""The one door to raw rows for anybody but their author: the analysis. Every read leaves a line in the log.

Nothing of what comes out here may be shown, exported or written down row by row; only what stands in the frozen
report leaves the analysis. No view imports this file (held by a test).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from kutomo.ground.clock import now

from ..models import Answer, Part, PrivateAnswer, PulseAnswer, Reading, Rung, Wave


@dataclass(frozen=True)
class Row:
    """What one respondent says about one seat; None is "not answered", 9 (TOO_EARLY) is "too early to say"."""

    part: int  # whose: distinguishes several respondents of one seat
    seat: int  # pk of the networks.Seat that speaks
    about: int  # pk of the networks.Seat spoken of
    knows: int | None
    works: int | None
    trusts: int | None
    facet: int | None
    commits: int | None


@dataclass(frozen=True)
class Raw:
    """All raw rows of one wave."""

    rows: tuple[Row, ...]
    parts: dict[int, int]  # part -> pk of the networks.Seat, of all who consented, answered or not
    facets: dict[int, str]  # part -> which facet of trust it was asked
    pulse: tuple[tuple[int, int, int], ...]  # part, item 1-6, value 1-5 or 9 (cannot say)

    @property
    def answered(self) -> frozenset[int]:
        """Seats that have answered: with at least one answer to K."""
        return frozenset(row.seat for row in self.rows if row.knows is not None)


@transaction.atomic
def read(wave: Wave, *, task: str, reason: str) -> Raw:
    """All raw rows of ``wave``, for the analysis. Logs that ``task`` read them, and why (both in English, short)."""
    parts = {pk: (seat, facet) for pk, seat, facet in _parts(wave)}
    private = {
        (part, about): (trusts, facet, commits)
        for part, about, trusts, facet, commits in PrivateAnswer.objects.filter(part__wave=wave).values_list(
            "part_id", "about__seat_id", "trusts", "facet", "commits"
        )
    }
    said = {
        (part, about): (knows, works)
        for part, about, knows, works in Answer.objects.filter(part__wave=wave).values_list(
            "part_id", "about__seat_id", "knows", "works"
        )
    }
    rows = tuple(
        Row(
            part,
            parts[part][0],
            about,
            *said.get((part, about), (None, None)),
            *private.get((part, about), (None,) * 3),
        )
        for part, about in sorted(said.keys() | private.keys())
    )
    pulse = PulseAnswer.objects.filter(part__wave=wave).order_by("part", "item").values_list("part", "item", "value")
    found = Raw(
        rows=rows,
        parts={pk: seat for pk, (seat, _facet) in parts.items()},
        facets={pk: facet for pk, (_seat, facet) in parts.items()},
        pulse=tuple(pulse),
    )
    Reading.objects.create(wave=wave, task=task, reason=reason, rows=len(rows) + len(found.pulse), at=now())
    return found


def _parts(wave: Wave) -> list[tuple[int, int, str]]:
    return list(Part.objects.filter(wave=wave).order_by("pk").values_list("pk", "seat__seat_id", "facet"))


@transaction.atomic
def read_open(wave: Wave, *, task: str, reason: str) -> Raw:
    """K and E of every respondent, for counting ties again: trust and commitment are not read.

    When the raw rows are gone, what is left of them: K as "known" or not, E as "worked together" or not, by seats.
    """
    if wave.raw_erased_at is not None:
        left = Rung.objects.filter(rater__wave=wave).values_list("rater__seat_id", "about__seat_id", "rung")
        rows = tuple(
            Row(0, seat, about, 2 if rung else 0, (1 if rung == 2 else 0) if rung else None, None, None, None)
            for seat, about, rung in left
        )
        Reading.objects.create(wave=wave, task=task, reason=reason, rows=len(rows), at=now())
        return Raw(rows=rows, parts={}, facets={}, pulse=())
    parts = {pk: seat for pk, seat, _facet in _parts(wave)}
    said = Answer.objects.filter(part__wave=wave).values_list("part", "about__seat_id", "knows", "works")
    rows = tuple(Row(part, parts[part], about, k, e, None, None, None) for part, about, k, e in said)
    Reading.objects.create(wave=wave, task=task, reason=reason, rows=len(rows), at=now())
    return Raw(rows=rows, parts=parts, facets={}, pulse=())


@transaction.atomic
def read_rungs(wave: Wave, *, task: str, reason: str) -> dict[tuple[int, int], int]:
    """How far each seat gets with each other by K and E: 0, 1 knows (K >= 2), 2 works with (E >= 1), by WaveSeat keys.

    The highest of a seat's respondents. Trust and commitment are not read.
    """
    rungs: dict[tuple[int, int], int] = {}
    said = Answer.objects.filter(part__wave=wave).values_list("part__seat", "about", "knows", "works")
    for seat, about, knows, works in said:
        rung = 2 if (works or 0) >= 1 else int((knows or 0) >= 2)
        rungs[seat, about] = max(rung, rungs.get((seat, about), 0))
    Reading.objects.create(wave=wave, task=task, reason=reason, rows=len(said), at=now())
    return rungs
