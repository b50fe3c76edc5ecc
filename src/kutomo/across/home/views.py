"""The front page, my networks, a network's day and its transparency."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from kutomo.core.access import ROLES
from kutomo.core.activity import queries as activity
from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.ground.ui import page

from . import queries

LINES_A_PAGE = 50


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home:my_networks")
    return page(request, "home/front.html", {"entrances": people.entrances(), "open_sign_up": settings.OPEN_SIGN_UP})


@login_not_required
@require_safe
def about(request: HttpRequest, name: str) -> HttpResponse:
    return page(request, "home/about.html", {"text": queries.about(name), "operators": settings.OPERATORS})


@require_safe
def my_networks(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        "home/my_networks.html",
        {"cards": queries.my_networks(request.user), "offers": networks.offers_to(request.user)},
    )


@require_safe
def network(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return page(request, "home/network.html", {"network": net} | queries.today_in(net, request.user))


@require_safe
def log(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    only_powers = request.GET.get("show") == "powers"
    rows = activity.powers(net) if only_powers else activity.lines(net, request.user)
    lines = Paginator(rows, LINES_A_PAGE).get_page(request.GET.get("page", "1"))
    return page(request, "home/log.html", {"network": net, "lines": lines, "only_powers": only_powers})


@require_safe
def who_may(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return page(
        request,
        "home/who_may.html",
        {
            "network": net,
            "table": queries.who_may(),
            "roles": queries.role_labels(ROLES),
            "own": net.roles_of(request.user),
        },
    )
