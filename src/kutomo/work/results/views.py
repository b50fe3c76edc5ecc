"""The ladder of goals, and one goal with its evidence."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import today
from kutomo.ground.ui import page, submit

from . import actions, forms, queries

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def goals(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    context = {
        "network": net,
        "ladder": queries.ladder(net),
        "sufficiency": queries.sufficiency(net),
        "may_write": gate.may(request.user, Can.PROPOSE, net),
    }
    return page(request, "results/goals.html", context)


@require_safe
def archive(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return page(request, "results/archive.html", {"network": net, "goals": queries.archive(net)})


@require_http_methods(GET_OR_POST)
def write(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return _written(request, net, None)


@require_http_methods(GET_OR_POST)
def raise_goal(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return _written(request, net, queries.get(request.user, net, pk))


def _written(request: HttpRequest, net: Any, raised: Any) -> HttpResponse:
    gate.require(request.user, Can.PROPOSE, net)
    people = [person for person in networks.members(net) if person.pk != request.user.pk]
    first = {
        "language": get_language(),
        "due_on": today() + timedelta(days=180),
        "title": raised.title if raised else "",
    }
    form = forms.GoalForm(request.POST or None, people=people, raises=raised is not None, initial=first)

    def deed(data: dict[str, Any]) -> Any:
        return actions.write(by=request.user, network=net, raised_from=raised, **data)

    if done := submit(form, deed):
        messages.success(request, _("Written. It is under way when the other owner has said yes."))
        return redirect(done.value)
    return page(request, "results/write.html", {"network": net, "form": form, "raised": raised})


def _shown(request: HttpRequest, net: Any, goal: Any, **changed: Any) -> HttpResponse:
    """The goal's page; ``changed``: a form that is shown again with what was wrong."""
    acts, seat = queries.acts(request.user, goal), queries.seat_in(request.user, net)
    rows = queries.shown_evidence(goal)
    for row in rows:
        row.may_confirm = acts["may_tell"] and queries.may_confirm(request.user, row, seat)  # type: ignore[attr-defined]
    context = {
        "network": net,
        "goal": goal,
        "owners": list(goal.owners.all()),
        "evidence": rows,
        "acts": acts,
        "halfway_due": queries.halfway_due(goal),
        "talk": queries.conversation(goal),
        "post": forms.PostForm(language=get_language()),
    }
    if acts["may_tell"]:
        context["form"] = forms.EvidenceForm(initial={"language": get_language(), "claimed": 0})
    return page(request, "results/goal.html", context | changed)


@require_safe
def goal(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return _shown(request, net, queries.get(request.user, net, pk))


@require_POST
def evidence(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    form = forms.EvidenceForm(request.POST)
    if submit(form, lambda data: actions.tell_evidence(by=request.user, goal=item, **data)):
        messages.success(request, _("Saved. It counts when another organisation turns the second key."))
        return redirect(item.get_absolute_url() + "#evidence")
    return _shown(request, net, item, form=form)


@require_POST
def confirm(request: HttpRequest, network: str, pk: int, number: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    actions.confirm(by=request.user, evidence=queries.evidence_of(item, number))
    messages.success(request, _("Thank you. The second key is turned."))
    return redirect(item.get_absolute_url() + "#evidence")


@require_POST
def own(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    actions.answer_owning(by=request.user, goal=item, accept=request.POST.get("answer") == "accept")
    messages.success(request, _("Saved. Thank you for telling."))
    return redirect(item)


@require_http_methods(GET_OR_POST)
def partner(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    people = [person for person in networks.members(net) if person.pk != request.user.pk]
    form = forms.PartnerForm(request.POST or None, people=people)
    if submit(form, lambda data: actions.find_owner(by=request.user, goal=item, **data)):
        messages.success(request, _("Asked. Nobody owns it before they have said yes."))
        return redirect(item)
    return page(request, "results/partner.html", {"network": net, "goal": item, "form": form})


@require_http_methods(GET_OR_POST)
def halfway(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    form = forms.WordsForm(request.POST or None, initial={"words": item.halfway})
    if submit(form, lambda data: actions.check_halfway(by=request.user, goal=item, **data)):
        messages.success(request, _("Saved."))
        return redirect(item)
    return page(request, "results/halfway.html", {"network": net, "goal": item, "form": form})


@require_POST
def ask(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    actions.ask_enough(by=request.user, goal=item)
    messages.success(request, _("Every seat is asked whether this is enough."))
    return redirect(item)


@require_http_methods(GET_OR_POST)
def choose(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    form = forms.ChoiceForm(request.POST or None, choices=queries.acts(request.user, item)["choices"])
    if done := submit(form, lambda data: actions.choose(by=request.user, goal=item, **data)):
        messages.success(request, _("Saved. The reason stands with the goal."))
        if done.value.state == "raised":
            return redirect("results:raise_goal", net.slug, pk)
        return redirect(item)
    return page(request, "results/choose.html", {"network": net, "goal": item, "form": form})


@require_POST
def drop(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    actions.drop(by=request.user, goal=queries.get(request.user, net, pk))
    messages.success(request, _("The goal is taken back. Its page stays in the archive."))
    return redirect("results:goals", net.slug)


@require_POST
def say(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.TALK, net)
    item = queries.get(request.user, net, pk)
    form = forms.PostForm(request.POST, language=get_language())
    if submit(form, lambda data: actions.say(by=request.user, goal=item, **data)):
        messages.success(request, _("Your post is in the conversation."))
        return redirect(item.get_absolute_url() + "#talk")
    return _shown(request, net, item, post=form)
