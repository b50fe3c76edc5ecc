"""Who knows us, counted in batches (rules.own) and frozen on the roster, so that no single answer shows."""

from __future__ import annotations

from collections import Counter

from ..models import Wave, WaveSeat
from ..queries import raw
from ..queries.waves import finished_seats
from ..rules import own


def count_anew(wave: Wave, *, is_last: bool = False) -> None:
    """Take the counts again if a whole batch of seats has finished since; at closing over all that have answered."""
    done = finished_seats(wave)
    size = len(done) if is_last else own.batch(len(done))
    if size < own.FEWEST or (size <= wave.batch and not is_last):
        return
    counted = set(done[:size])
    knows, works = Counter[int](), Counter[int]()
    rungs = raw.read_rungs(wave, task="own counts", reason="who knows us, told to each seat in words")
    for (seat, about), rung in rungs.items():
        if seat in counted:
            knows[about] += rung >= 1
            works[about] += rung == 2
    rows = list(WaveSeat.objects.filter(wave=wave))
    for row in rows:
        row.seen_of = size - (row.pk in counted)
        row.seen_knows, row.seen_works = knows[row.pk], works[row.pk]
    WaveSeat.objects.bulk_update(rows, ["seen_of", "seen_knows", "seen_works"], batch_size=200)
    wave.batch = size
    wave.save(update_fields=["batch"])
