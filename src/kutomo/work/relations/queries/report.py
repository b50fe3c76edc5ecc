"""The frozen reports of closed waves: the same for everybody who may see the network, the leader included.

Nothing here reads a raw row, a part, or whose answers were counted; only what the report itself holds comes out.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network
from kutomo.ground.errors import NotFound

from ..models import Frozen, Part, Received, Wave
from ..rules.analysis import STEPS
from ..rules.shape import Figure, Report

_NO_REPORT = _("There is no report yet. It is made when the survey has closed.")


def report_of(person: Any, wave: Wave) -> Report:
    """The report of ``wave``, the same for all; NotFound before it is made, and for who may not see the network."""
    found = Frozen.objects.filter(wave=wave, state=Frozen.State.READY).only("content").first()
    if found is None or found.content is None or not gate.may(person, Can.SEE, wave.network):
        raise NotFound(_NO_REPORT)
    return Report.from_json(found.content)


def reports(person: Any, network: Network) -> list[Report]:
    """All reports of the network in the order of their waves; empty for who may not see it. One query for reports."""
    return ready(network) if gate.may(person, Can.SEE, network) else []


def ready(network: Network) -> list[Report]:
    """All reports of the network in order, for whoever has been let in already (a signed link to the map)."""
    rows = Frozen.objects.filter(wave__network=network, state=Frozen.State.READY).order_by("wave__number")
    return [Report.from_json(content) for content in rows.values_list("content", flat=True) if content is not None]


def latest_before(wave: Wave) -> Report | None:
    """The report of the nearest wave before ``wave`` that has one."""
    rows = Frozen.objects.filter(
        wave__network=wave.network_id, wave__number__lt=wave.number, state=Frozen.State.READY
    ).order_by("-wave__number")
    content = rows.values_list("content", flat=True).first()
    return Report.from_json(content) if content is not None else None


def progress(wave: Wave) -> tuple[int, int] | None:
    """How many of how many steps of the making are done; None when the report is ready or nobody has asked for it."""
    found = Frozen.objects.filter(wave=wave).only("state", "step").first()
    return None if found is None or found.is_ready else (found.step, len(STEPS))


def received(person: Any, wave: Wave) -> Figure | None:
    """How the seat of ``person`` in ``wave`` is relied on, as that seat alone is told; None if nothing is."""
    seat = Part.objects.filter(wave=wave, person=person).values("seat")
    row = Received.objects.filter(wave=wave, seat__in=seat).first()
    return Figure(**row.figure) if row else None
