"""What the clock does for waves: opens and closes them, reminds, deletes what has been kept long enough."""

from __future__ import annotations

import contextlib

from kutomo.ground.clock import today
from kutomo.ground.errors import RuleBroken
from kutomo.ground.jobs import job

from ..actions import letters, places, waves
from ..queries import waves as queries


@job(retries=3)
def keep_dates() -> None:
    """Every morning: waves open and close on their days, and those who have joined since are asked too."""
    for wave in queries.due(today()):
        with contextlib.suppress(RuleBroken):  # too few seats, or somebody did it by hand in this moment
            waves.close(by=None, wave=wave) if wave.is_open else waves.open(by=None, wave=wave)
    for wave in queries.running():
        waves.seat_newcomers(by=None, wave=wave)


@job(retries=3)
def remind() -> None:
    """Every morning: half-way and near the end, those who have not finished are reminded by the house."""
    for wave in queries.running():
        letters.remind(by=None, wave=wave, on=today())


@job(retries=3)
def erase_raw() -> None:
    """Every night: raw answers whose time is up, and private answers of people who have left the network."""
    rows = queries.with_raw_rows()
    for wave in rows:
        places.erase_raw(by=None, wave=wave)
    for network in {wave.network_id: wave.network for wave in rows}.values():
        places.forget_leavers(by=None, network=network)
