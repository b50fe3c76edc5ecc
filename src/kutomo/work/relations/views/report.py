"""The report of a closed wave, and the report as a file: the same for everybody in the network."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page
from kutomo.ground.ui.pages import wants_part

from ..models import Wave
from ..queries import figures as queries, waves


def _wave(request: HttpRequest, network: str, number: int) -> Wave:
    return waves.wave(request.user, networks.get(request.user, network), number)


@require_safe
def report(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    shown = queries.report_page(request.user, found)
    facts = {"network": found.network, "wave": found, "shown": shown, "report": shown.report}
    waits = shown.report is None or wants_part(request)  # the part that waits asks again until there is a report
    return page(request, "relations/report_waits.html" if waits else "relations/report.html", facts)


@require_safe
def report_file(request: HttpRequest, network: str, number: int, name: str) -> HttpResponse:
    found = _wave(request, network, number)
    data, kind, kept = queries.report_file(request.user, found, name)
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{kept}"'
    answer["Cache-Control"] = "private, no-cache"
    return answer
