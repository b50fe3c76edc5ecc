"""Public links to the map: made and closed by those who lead, told to everybody in the log."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks.models import Network
from kutomo.ground.clock import now, today
from kutomo.ground.errors import RuleBroken
from kutomo.work.relations import queries as relations

from . import events
from .models import MapLink
from .rules.asked import parse
from .rules.scene import may_draw

MOST_DAYS = 90
MOST_OPEN = 20


@transaction.atomic
def make_link(
    *, by: Any, network: Network, purpose: str, days: int, names: bool = True, query: dict[str, str] | None = None
) -> MapLink:
    """A public address for the map as of now, for ``days`` days (1 to 90); every member sees ``purpose``.

    ``query``: the filter with which it opens. Refused before there is a map, and beyond 20 open links.
    """
    gate.require(by, Can.SETTLE, network)
    if not purpose.strip():
        raise RuleBroken(_("Say why: every member sees the reason."), field="purpose")
    if not 1 <= days <= MOST_DAYS:
        raise RuleBroken(_("A link is open from 1 to 90 days."), field="days")
    drawn = [report for report in relations.reports(by, network) if may_draw(report)]
    if not drawn:
        raise RuleBroken(_("There is no map to share yet."))
    Network.objects.select_for_update(no_key=True).get(pk=network.pk)
    if MapLink.objects.filter(network=network, revoked_at=None, ends_on__gte=today()).count() >= MOST_OPEN:
        raise RuleBroken(_("Twenty links are open. Close one first."))
    # Nothing of the maker's own: the link opens on the whole network, or on the member that it names.
    asked = parse(query or {})
    asked = asked.but(
        around=asked.around or "all", wave=asked.wave or drawn[-1].number, pick=0, large=False, question=""
    )
    link = MapLink.objects.create(
        network=network,
        query=asked.query()[:600],
        newest_wave=drawn[-1].number,
        names=names,
        purpose=purpose.strip()[:300],
        ends_on=today() + timedelta(days=days),
        made_by=by,
        salt=secrets.token_urlsafe(12),
    )
    record(
        events.LINK_MADE,
        by=by,
        network=network,
        title=purpose.strip(),
        data={"day": f"{link.ends_on.day}.{link.ends_on.month}.{link.ends_on.year}"},
        reason=purpose,
    )
    return link


@transaction.atomic
def close_link(*, by: Any, network: Network, pk: int) -> MapLink:
    """Close a public link; from now on its address leads nowhere. Refused when it is closed already."""
    gate.require(by, Can.SETTLE, network)
    link = MapLink.objects.select_for_update().filter(network=network, pk=pk).first()
    if link is None or link.revoked_at is not None:
        raise RuleBroken(_("This link is closed already."))
    link.revoked_at = now()
    link.save(update_fields=["revoked_at"])
    record(events.LINK_CLOSED, by=by, network=network, title=link.purpose)
    return link


@transaction.atomic
def forget(*, by: Any) -> None:
    """Links made by ``by`` close when the person leaves the service."""
    MapLink.objects.filter(made_by=by, revoked_at=None).update(revoked_at=now())
