"""The asking: open and close it, answer it oneself, for somebody, or from a letter without signing in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules import Method
from .decision import GET_OR_POST, shown


@require_http_methods(GET_OR_POST)
def open(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    form = forms.OpenForm(request.POST if request.method == "POST" else None, decision=item)
    if submit(form, lambda data: actions.open(by=request.user, decision=item, **data)):
        messages.success(request, _("Everybody has been asked."))
        return redirect(item)
    return page(request, "decisions/open.html", {"network": net, "decision": item, "form": form})


@require_POST
def close(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    actions.close(by=request.user, decision=item)
    messages.success(request, _("Closed. Write now what was decided and why."))
    return redirect("decisions:outcome", net.slug, pk)


@require_http_methods(GET_OR_POST)
def reopen(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    form = forms.ReopenForm(request.POST or None, decision=item, initial={"proposal": item.proposal})
    if submit(form, lambda data: actions.reopen(by=request.user, decision=item, **data)):
        messages.success(request, _("It is asked again. What was said before stays readable."))
        return redirect(item)
    return page(request, "decisions/reopen.html", {"network": net, "decision": item, "form": form})


def _deed(item: Any, form: Any, by: Any) -> Any:
    """One answer, as the decision's method takes it; ``person`` in the form: on whose behalf."""

    def deed(data: Any) -> Any:
        said = forms.answered(form)
        said["on_behalf_of"] = said.pop("person", None)
        act = actions.advise if item.method == Method.ADVICE else actions.take
        return act(by=by, decision=item, **said)

    return deed


@require_POST
def answer(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    ballot = queries.last_ballot(item)
    seat = request.POST.get("seat", "")
    standing = queries.standing(item, ballot, request.user, whole_number(seat))
    form = forms.answer_form(item, standing, queries.options(item), request.POST)
    if submit(form, _deed(item, form, request.user)):
        messages.success(request, _said(item))
        return redirect(item)
    return shown(request, net, item, form=form)


def _said(item: Any) -> str:
    if item.is_anonymous:
        return _("Your answer is in. Nobody can tell which one it is.")
    return _("Your answer is saved. You can change it until the question closes.")


@require_http_methods(GET_OR_POST)
def on_behalf(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.RECORD, net)
    item = queries.get(request.user, net, pk)
    standing = queries.standing(item, queries.last_ballot(item), None)
    form = forms.answer_form(item, standing, queries.options(item), request.POST or None)
    form = forms.for_somebody(form, queries.speakers(item))
    if submit(form, _deed(item, form, request.user)):
        messages.success(request, _("Written down. The person can check it."))
        return redirect(item)
    return page(request, "decisions/on_behalf.html", {"network": net, "decision": item, "form": form})


@require_POST
def check(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    if item.method == Method.ADVICE:
        actions.check_advice(by=request.user, decision=item)
    else:
        actions.check(by=request.user, decision=item, stance=queries.to_check(item, request.user))
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
    ballot = queries.last_ballot(item)
    standing = queries.standing(item, ballot, person)
    options = queries.options(item)
    form = forms.answer_form(item, standing, options, request.POST or None, request.GET.get("answer", ""))
    if submit(form, _deed(item, form, person)):
        messages.success(request, _said(item))
        return redirect("decisions:by_mail", net.slug, pk, token)
    context = {"network": net, "decision": item, "ballot": ballot, "standing": standing, "options": options}
    return page(request, "decisions/by_mail.html", context | {"form": form, "person": person, "round": ballot.round})
