"""The map from within the network: the same for members, observers and leaders. And its public links, for leaders."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page, submit

from .. import actions, queries
from ..forms import LinkForm
from ..queries import pages
from ..rules.asked import parse
from .shown import sent, shown, told


@require_safe
def map(request: HttpRequest, network: str) -> HttpResponse:
    door = queries.within(request.user, network)
    return shown(request, door, "map", pages.map_context(door, parse(request.GET)))


@require_safe
def members(request: HttpRequest, network: str) -> HttpResponse:
    door = queries.within(request.user, network)
    return shown(request, door, "members", pages.members_context(door, parse(request.GET)))


@require_safe
def matrix(request: HttpRequest, network: str) -> HttpResponse:
    door = queries.within(request.user, network)
    return shown(request, door, "matrix", pages.matrix_context(door, parse(request.GET)))


@require_safe
def text(request: HttpRequest, network: str) -> HttpResponse:
    door = queries.within(request.user, network)
    return shown(request, door, "text", pages.text_context(door, parse(request.GET)))


@require_safe
def member(request: HttpRequest, network: str, seat: int) -> HttpResponse:
    door = queries.within(request.user, network)
    return shown(request, door, "member", pages.member_context(door, parse(request.GET), seat))


@require_safe
def file(request: HttpRequest, network: str, name: str) -> HttpResponse:
    return sent(pages.file_of(queries.within(request.user, network), parse(request.GET), name))


@require_safe
def data(request: HttpRequest, network: str) -> HttpResponse:
    return told(pages.data_of(queries.within(request.user, network), parse(request.GET)))


def links(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    rows = queries.links(request.user, net)
    form = LinkForm(request.POST or None)

    def deed(data: dict[str, Any]) -> object:
        return actions.make_link(by=request.user, network=net, query=request.GET.dict(), **data)

    if request.method == "POST" and submit(form, deed):
        messages.success(request, _("The link is made. Every member sees it in the log."))
        return redirect("netmap:links", net.slug)
    addresses = [(link, request.build_absolute_uri(queries.address_of(link)) if token else "") for link, token in rows]
    return page(request, "netmap/links.html", {"network": net, "links": addresses, "form": form})


@require_POST
def close_link(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.close_link(by=request.user, network=net, pk=pk)
    messages.success(request, _("The link is closed. Its address leads nowhere now."))
    return redirect("netmap:links", net.slug)
