"""Promises as pages: the list, one promise and what one says of it, also from a letter without signing in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.ground.ui import page, submit

from . import actions, forms, queries

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def promises(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    whose = request.GET.get("whose", "")
    whose = whose if whose in queries.WHOSE else "mine" if gate.may(request.user, Can.ANSWER, net) else "all"
    state = request.GET.get("state", "open")
    rows = queries.listing(request.user, net, whose=whose, state=state, page=request.GET.get("page", "1"))
    context = {
        "network": net,
        "promises": rows,
        "whose": whose,
        "filter": forms.FilterForm(initial={"state": state}),
        "kept": queries.kept(net),
        "may_give": gate.may(request.user, Can.ANSWER, net),
    }
    return page(request, "promises/promises.html", context)


@require_http_methods(GET_OR_POST)
def give(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    form = forms.GiveForm(request.POST or None, people=networks.members(net), initial={"doer": str(request.user.pk)})

    def deed(data: dict[str, Any]) -> Any:
        heard = data["doer"].pk != request.user.pk and gate.may(request.user, Can.RECORD, net)
        aloud = heard and data["doer"].reach != "mail"
        if aloud:  # a recorder writes down what somebody without e-mail says
            return actions.propose(by=data["doer"], network=net, recorder=request.user, **data)
        return actions.propose(by=request.user, network=net, **data)

    if done := submit(form, deed):
        given = done.value.state == "accepted"
        messages.success(request, _("Promised.") if given else _("Proposed. It is a promise only if they accept."))
        return redirect(done.value)
    return page(request, "promises/give.html", {"network": net, "form": form})


def _shown(request: HttpRequest, net: Any, item: Any, form: forms.AnswerForm | None) -> HttpResponse:
    acts = queries.acts(request.user, item)
    context = {
        "network": net,
        "promise": item,
        "acts": acts,
        "form": form or forms.AnswerForm(acts=acts, initial={"by_on": item.by_on}),
        "answers": forms.allowed(acts),
        "place": queries.place_of(request.user, item),
        "steps": list(item.steps.select_related("by")),
    }
    return page(request, "promises/promise.html", context)


@require_safe
def promise(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return _shown(request, net, queries.get(request.user, net, pk), None)


@require_POST
def answer(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    form = forms.AnswerForm(request.POST, acts=queries.acts(request.user, item))
    if submit(form, lambda data: actions.answer(by=request.user, promise=item, **data)):
        messages.success(request, _("Saved. Thank you for telling."))
        return redirect(item)
    return _shown(request, net, item, form)


@require_http_methods(GET_OR_POST)
def hand_over(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    others = [person for person in networks.members(net) if person.pk != request.user.pk]
    form = forms.HandOverForm(request.POST or None, people=others)
    if submit(form, lambda data: actions.hand_over(by=request.user, promise=item, **data)):
        messages.success(request, _("Offered. It stays yours until they accept."))
        return redirect(item)
    return page(request, "promises/hand_over.html", {"network": net, "promise": item, "form": form})


@require_POST
def check(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item = queries.get(request.user, net, pk)
    actions.check(by=request.user, promise=item)
    messages.success(request, _("Thank you. What was written for you is right."))
    return redirect(item)


@login_not_required
@require_http_methods(GET_OR_POST)
def by_mail(request: HttpRequest, network: str, pk: int, token: str) -> HttpResponse:
    """The link of a letter: the reader needs no sign-in, but nothing is said before the button is pressed."""
    person = people.person_by(token, purpose=actions.LINK, target=str(pk))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(person.language)
    net = networks.get(person, network)
    item = queries.get(person, net, pk)
    acts = queries.acts(person, item)
    chosen = request.GET.get("answer", "")
    form = forms.AnswerForm(request.POST or None, acts=acts, initial={"deed": chosen, "by_on": item.by_on})
    if submit(form, lambda data: actions.answer(by=person, promise=item, **data)):
        messages.success(request, _("Saved. Thank you for telling."))
        return redirect("promises:by_mail", net.slug, pk, token)
    context = {"network": net, "promise": item, "form": form, "answers": forms.allowed(acts), "person": person}
    return page(request, "promises/by_mail.html", context)
