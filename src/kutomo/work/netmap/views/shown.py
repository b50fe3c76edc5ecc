"""One way to answer for both doors."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from kutomo.ground.ui import page

from ..queries.doors import Door
from ..queries.files import File


def shown(request: HttpRequest, door: Door, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; inside, the network's own frame stands round it, in public none."""
    if not door.is_public:
        context["network"] = door.network
    response = page(request, f"netmap/{template}.html", context)
    if door.is_public:
        closed(response)
    return response


def closed(response: HttpResponse) -> HttpResponse:
    """A public link is for those who have it: no search engine, no cache, no address told onwards."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def sent(file: File) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(file.data, content_type=file.kind)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return closed(response)


def told(data: dict[str, Any]) -> HttpResponse:
    """Figures for the browser's drawing."""
    return closed(JsonResponse(data, json_dumps_params={"separators": (",", ":")}))
