"""The report of a wave, made and made anew in the background."""

from __future__ import annotations

from kutomo.ground.jobs import job

from ..actions import freeze as actions
from ..models import Wave


def _wave(pk: int) -> Wave | None:
    return Wave.objects.filter(pk=pk).select_related("network").first()


@job(retries=8)
def freeze(wave: int) -> None:
    """Freeze the report of a wave that has closed."""
    found = _wave(wave)
    if found is not None and found.is_closed:
        actions.freeze(by=None, wave=found)


@job(retries=8)
def refresh(wave: int) -> None:
    """Make a report anew after somebody has withdrawn or left the map."""
    found = _wave(wave)
    if found is not None and found.is_closed:
        actions.refresh(by=None, wave=found)
