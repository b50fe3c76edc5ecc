"""Whom we have met in pairs, and whether we now know what they do and whom to call."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.errors import NotFound
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page

from ..actions import knowledge as actions
from ..queries import knowledge as queries


@require_safe
def met(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    shown = queries.acquaintance(request.user, net, request.GET.get("page", "1"))
    return page(request, "relations/met.html", {"network": net, "shown": shown})


@require_POST
def tick(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    asked = whole_number(request.POST.get("seat"))
    if asked is None:
        raise NotFound(_("There is no such seat in this network."))
    knows = request.POST.get("knows", "1") == "1"
    actions.tick_knowledge(by=request.user, network=net, seat=networks.seat(net, asked), knows=knows)
    messages.success(request, _("Noted. It counts when they say the same.") if knows else _("The tick is taken back."))
    return redirect("relations:met", net.slug)
