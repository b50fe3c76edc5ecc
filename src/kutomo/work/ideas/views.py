"""The nursery: the shelf, an idea, and what its author and others do for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.seal import claims
from kutomo.ground.ui import page, submit

from . import actions, forms, queries

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def ideas(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    chosen = {name: request.GET.get(name, "")[:80] for name in ("words", "maturity")}
    context = {
        "network": net,
        "ideas": queries.shelf(net, **chosen, page=request.GET.get("page", "1")),
        "filter": forms.FilterForm(initial=chosen),
        "is_filtered": any(chosen.values()),
        "figures": queries.figures(net),
        "may_plant": gate.may(request.user, Can.ANSWER, net),
    }
    return page(request, "ideas/ideas.html", context)


@require_http_methods(GET_OR_POST)
def plant(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return _planted(request, net, None)


@require_http_methods(GET_OR_POST)
def build(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return _planted(request, net, queries.get(request.user, net, pk))


def _planted(request: HttpRequest, net: Any, parent: Any) -> HttpResponse:
    """The form of a new idea; an anonymous one is shown with its code at once, which no address and no session keep."""
    gate.require(request.user, Can.ANSWER, net)
    first = {"language": get_language(), "code": claims.new_code()}
    form = forms.PlantForm(request.POST or None, builds=parent is not None, initial=first)

    def deed(data: dict[str, Any]) -> Any:
        return actions.plant(by=request.user, network=net, parent=parent, **data)

    if done := submit(form, deed):
        if done.value.is_anonymous:
            code = claims.tidy(form.cleaned_data["code"])
            return page(request, "ideas/planted.html", {"network": net, "idea": done.value, "code": code})
        messages.success(request, _("It is on the shelf now. For others it is there to ask, add and connect."))
        return redirect(done.value)
    return page(request, "ideas/plant.html", {"network": net, "form": form, "parent": parent})


def _shown(request: HttpRequest, net: Any, idea: Any, **changed: Any) -> HttpResponse:
    """The idea's page; ``changed``: a form that is shown again with what was wrong."""
    member = gate.may(request.user, Can.ANSWER, net)
    context = {
        "network": net,
        "idea": idea,
        "answers": queries.answers(idea),
        "lineage": queries.lineage(idea),
        "owns": queries.owns(request.user, idea),
        "may_answer": member,
        "may_change": member and (idea.is_anonymous or queries.owns(request.user, idea)),
        "may_tell_harm": gate.may(request.user, Can.SETTLE, net) and not idea.harm,
        "may_judge": member and bool(idea.harm) and idea.harm_by_id != request.user.pk,
        "form": forms.ReplyForm(idea=idea, initial={"language": get_language()}) if member else None,
    }
    return page(request, "ideas/idea.html", context | changed)


@require_safe
def idea(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return _shown(request, net, queries.get(request.user, net, pk))


@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    first = {name: getattr(item, name) for name in ("title", "text", "maturity", "wants")} | {"seen": item.revision}
    form = forms.ChangeForm(request.POST or None, idea=item, initial=first)
    if submit(form, lambda data: actions.change(by=request.user, idea=item, **form.facts())):
        messages.success(request, _("Saved."))
        return redirect(item)
    return page(request, "ideas/change.html", {"network": net, "idea": item, "form": form})


@require_POST
def reply(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    form = forms.ReplyForm(request.POST, idea=item)
    if submit(form, lambda data: actions.reply(by=request.user, idea=item, **data)):
        messages.success(request, _("Thank you. The idea has grown a little."))
        return redirect(item.get_absolute_url() + "#answers")
    return _shown(request, net, item, form=form)


@require_POST
def wake(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    actions.wake(by=request.user, idea=item)
    messages.success(request, _("It is awake again."))
    return redirect(item)


@require_http_methods(GET_OR_POST)
def harm(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.SETTLE, net)
    item = queries.get(request.user, net, pk)
    form = forms.HarmForm(request.POST or None)
    if submit(form, lambda data: actions.tell_harm(by=request.user, idea=item, **data)):
        messages.success(request, _("Another member is asked. Until then the idea stays."))
        return redirect(item)
    return page(request, "ideas/harm.html", {"network": net, "idea": item, "form": form})


@require_POST
def judge(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    harmful = request.POST.get("harmful") == "yes"
    actions.judge_harm(by=request.user, idea=item, harmful=harmful)
    messages.success(request, _("Saved."))
    return redirect("ideas:ideas", net.slug) if harmful else redirect(item)
