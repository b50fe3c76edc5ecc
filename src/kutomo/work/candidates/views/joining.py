"""The network's public join link and the requests that came through it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries


def join_link(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.MANAGE_CANDIDATES, net)
    link = queries.join_link(net)
    form = forms.JoinLinkForm(request.POST or None, initial=forms.JoinLinkForm.initial_of(link))
    if submit(form, lambda data: actions.open_link(by=request.user, network=net, **form.facts())):
        messages.success(request, _("The link is open. Every member sees the reason."))
        return redirect("candidates:join_link", net.slug)
    context = {"network": net, "link": link, "form": form, "qr_label": _("The join link as a QR code")}
    if link:
        context["address"] = settings.BASE_URL + reverse("candidates:join", args=[link.token])
    return page(request, "candidates/join_link.html", context)


def close_link(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.MANAGE_CANDIDATES, net)
    form = forms.ReasonForm(request.POST or None)
    if submit(form, lambda data: actions.close_link(by=request.user, network=net, **data)):
        messages.success(request, _("The link is closed. Requests that wait can still be decided."))
        return redirect("candidates:join_link", net.slug)
    return page(request, "candidates/close_link.html", {"network": net, "form": form})


def renew_link(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.MANAGE_CANDIDATES, net)
    form = forms.ReasonForm(request.POST or None)
    if submit(form, lambda data: actions.renew_link(by=request.user, network=net, **data)):
        messages.success(request, _("The link has a new address. The old one no longer works."))
        return redirect("candidates:join_link", net.slug)
    return page(request, "candidates/renew_link.html", {"network": net, "form": form})


@require_safe
def requests(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.requests(request.user, net)
    return page(request, "candidates/requests.html", {"network": net, "found": found, "link": queries.join_link(net)})


@require_POST
def accept(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.accept(by=request.user, request=queries.join_request(request.user, net, pk))
    messages.success(request, _("They have a seat now, and a letter of welcome is on its way."))
    return redirect("candidates:requests", net.slug)


def decline(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    row = queries.join_request(request.user, net, pk)
    form = forms.DeclineForm(request.POST or None)
    if submit(form, lambda data: actions.decline(by=request.user, request=row, **data)):
        messages.success(request, _("Declined. Your words are on their way."))
        return redirect("candidates:requests", net.slug)
    return page(request, "candidates/decline.html", {"network": net, "row": row, "form": form})
