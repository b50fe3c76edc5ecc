"""The list, and a proposal before it is asked about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.errors import NotFound
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import MethodWord

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def decisions(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    chosen = {name: request.GET.get(name, "") for name in ("show", "method", "words")}
    context = {
        "network": net,
        "decisions": queries.listing(net, **chosen, page=request.GET.get("page", "1")),
        "filter": forms.FilterForm(initial=chosen),
        "is_filtered": any(chosen.values()),
        "may_propose": gate.may(request.user, Can.PROPOSE, net),
    }
    return page(request, "decisions/decisions.html", context)


@require_safe
def methods(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    rows = [(code, label, forms.METHOD_HINTS[code]) for code, label in MethodWord.choices]
    return page(request, "decisions/methods.html", {"network": net, "methods": rows})


@require_http_methods(GET_OR_POST)
def propose(request: HttpRequest, network: str, method: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    if method not in MethodWord.values:
        raise NotFound(_("There is no such way of deciding."))
    first = {"language": get_language(), "decider": request.user.pk}
    form = forms.ProposeForm(request.POST or None, method=method, people=networks.members(net), initial=first)

    def deed(data: Any) -> Any:
        return actions.propose(by=request.user, network=net, method=method, **form.facts())

    if done := submit(form, deed):
        messages.success(request, _("Saved as a draft. Nobody has been asked yet."))
        return redirect(done.value)
    context = {"network": net, "form": form, "method": MethodWord(method).label, "hint": forms.METHOD_HINTS[method]}
    return page(request, "decisions/propose.html", context)


@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    first = forms.of_decision(item, queries.options(item))
    people = networks.members(net)
    form = forms.ProposeForm(request.POST or None, method=item.method, people=people, initial=first)

    def deed(data: Any) -> Any:
        return actions.change(by=request.user, decision=item, seen=data["seen"] or 0, **form.facts())

    if submit(form, deed):
        messages.success(request, _("Saved."))
        return redirect(item)
    return page(request, "decisions/change.html", {"network": net, "decision": item, "form": form})


@require_http_methods(GET_OR_POST)
def drop(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    form = forms.DropForm(request.POST or None)
    if submit(form, lambda data: actions.drop(by=request.user, decision=item, **data)):
        messages.success(request, _("The proposal is taken back. Its page stays in the archive."))
        return redirect(item)
    return page(request, "decisions/drop.html", {"network": net, "decision": item, "form": form})


@require_http_methods(GET_OR_POST)
def declare(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    form = forms.InterestForm(request.POST or None)
    if submit(form, lambda data: actions.declare(by=request.user, decision=item, **data)):
        messages.success(request, _("Your interest is shown at the decision."))
        return redirect(item)
    return page(request, "decisions/declare.html", {"network": net, "decision": item, "form": form})


@require_POST
def answer_deciding(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item = queries.get(request.user, net, pk)
    accept = request.POST.get("answer") == "accept"
    actions.answer_deciding(by=request.user, decision=item, accept=accept)
    messages.success(request, _("Saved. Thank you for telling."))
    return redirect(item)
