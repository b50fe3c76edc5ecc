"""The fabric and the week behind a row."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network
from kutomo.ground.ui import page

from . import queries


@require_safe
def fabric(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    scale, until, cloth = _asked(request, net)
    leads = scale == "weeks" and until is None and gate.may(request.user, Can.LEAD_FOUNDING, net)
    return page(
        request,
        "fabric/fabric.html",
        {
            "network": net,
            "cloth": cloth,
            "scale": scale,
            "svg": cloth.svg(column=cloth.column),
            "kinds": queries.KINDS,
            "silent": queries.silent(cloth) if leads else [],
            "older": cloth.rows[-1].first - queries.WEEK if cloth.is_rolled and cloth.rows else None,
            "is_newest": until is None,
            "query": f"?{request.GET.urlencode()}" if request.GET else "",
        },
    )


@require_safe
def picture(request: HttpRequest, network: str, ending: str) -> HttpResponse:
    net = networks.get(request.user, network)
    kind = queries.picture_kind(ending)
    _scale, _until, cloth = _asked(request, net)
    file = HttpResponse(queries.picture(cloth, ending), content_type=kind)
    file["Content-Disposition"] = f'attachment; filename="{net.slug}-{_("fabric")}.{ending}"'
    file["Cache-Control"] = "private, no-cache"
    return file


def _asked(request: HttpRequest, network: Network) -> tuple[str, date | None, queries.Cloth]:
    """The scale, the last day and the cloth that the address asks for."""
    until = _day(request.GET.get("until", ""))
    if request.GET.get("scale") == "months":
        return "months", until, queries.months(network)
    return "weeks", until, queries.cloth(network, weeks=queries.A_PAGE, until=until)


@require_safe
def week(request: HttpRequest, network: str, name: str) -> HttpResponse:
    net = networks.get(request.user, network)
    opened = queries.opened(net, request.user, name, request.GET.get("page", "1"))
    return page(request, "fabric/week.html", {"network": net, "opened": opened})


def _day(words: str) -> date | None:
    """A day in an address; None for no day and for what is none."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
