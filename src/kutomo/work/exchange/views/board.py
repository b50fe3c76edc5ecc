"""The help board, its two lists, what is one's own, and how help is doing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.errors import NotAllowed, NotFound
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules.course import Side

GET_OR_POST = ["GET", "HEAD", "POST"]


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "")[:80] for name in ("words", "area")}


@require_safe
def board(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    chosen, names = _chosen(request), queries.names()
    may_answer = gate.may(request.user, Can.ANSWER, net)
    context = {
        "network": net,
        "shelves": queries.board(net, **chosen),
        "filter": forms.FilterForm(initial=chosen, names=names),
        "is_filtered": any(chosen.values()),
        "areas": names,
        "thanks": queries.thanks(net),
        "chances": queries.chances(request.user, net) if may_answer else None,
        "may_answer": may_answer,
    }
    return page(request, "exchange/board.html", context)


@require_safe
def listings(request: HttpRequest, network: str, side: str) -> HttpResponse:
    net = networks.get(request.user, network)
    chosen, names, show = _chosen(request), queries.names(), request.GET.get("show", "")
    rows = queries.listing_page(net, _side(side), **chosen, show=show, page=request.GET.get("page", "1"))
    context = {
        "network": net,
        "side": side,
        "listings": rows,
        "show": show,
        "filter": forms.FilterForm(initial=chosen, names=names),
        "areas": names,
        "may_answer": gate.may(request.user, Can.ANSWER, net),
    }
    return page(request, "exchange/listings.html", context)


def _side(side: str) -> str:
    if side not in set(Side):
        raise NotFound(_("There is no such list."))
    return side


@require_safe
def mine(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    context: dict[str, Any] = {
        "network": net,
        "listings": queries.of_person(request.user, net),
        "tasks": queries.tasks_of(request.user, net),
        "areas": queries.names(),
        "counts": queries.own_counts(request.user, net),
    }
    return page(request, "exchange/mine.html", context)


@require_safe
def figures(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return page(request, "exchange/figures.html", {"network": net, "figures": queries.figures(net)})


@require_http_methods(GET_OR_POST)
def areas(request: HttpRequest) -> HttpResponse:
    _require_operator(request)
    form = forms.AreaForm(request.POST or None)
    if submit(form, lambda data: actions.settle_area(by=request.user, **data)):
        messages.success(request, _("Saved."))
        return redirect("exchange:areas")
    return page(request, "exchange/areas.html", {"form": form, "areas": queries.areas()})


@require_http_methods(GET_OR_POST)
def area(request: HttpRequest, code: str) -> HttpResponse:
    _require_operator(request)
    found = next((row for row in queries.areas() if row.code == code), None)
    if found is None:
        raise NotFound(_("There is no such area."))
    first = {"fi": found.fi, "sv": found.sv, "en": found.en, "rests": found.rests}
    form = forms.AreaForm(request.POST or None, initial=first)
    if submit(form, lambda data: actions.settle_area(by=request.user, code=code, **data)):
        messages.success(request, _("Saved."))
        return redirect("exchange:areas")
    return page(request, "exchange/area.html", {"form": form, "area": found})


def _require_operator(request: HttpRequest) -> None:
    if not request.user.is_operator:
        raise NotAllowed(_("The operator of this installation settles the areas."))
