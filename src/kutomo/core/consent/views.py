"""Consent rounds as pages: the list, one round, one's stance, also from a letter and on somebody's behalf."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.core.things import queries as things
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page, submit

from . import actions, forms, queries
from .models import StanceWord


@require_GET
def rounds(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return page(request, "consent/rounds.html", {"network": net, "rounds": queries.of_network(request.user, net)})


def _shown(request: HttpRequest, net: Any, standing: queries.Standing, form: forms.StanceForm | None) -> HttpResponse:
    chair = standing.chair.seat_id if standing.chair else None
    if form is None:
        form = forms.StanceForm(initial=forms.of_voice(standing.voice, chair), must_speak_for=standing.must_speak_for)
    item = standing.round
    context = {"network": net, "round": item, "standing": standing, "form": form, "rest": forms.RestForm()}
    context["place"] = things.place((item.thing_kind, item.thing_id), request.user)
    return page(request, "consent/round.html", context)


@require_GET
def round(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    standing = queries.standing(queries.get(request.user, net, pk), request.user, whole_number(request.GET.get("seat")))
    return _shown(request, net, standing, None)


@require_POST
def stance(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    standing = queries.standing(item, request.user, whole_number(request.POST.get("seat")))
    form = forms.StanceForm(request.POST, must_speak_for=standing.must_speak_for)
    if submit(form, lambda data: actions.take(by=request.user, round=item, **data)):
        messages.success(request, _("Your stance is saved. You can change it until the round closes."))
        return redirect(item)
    return _shown(request, net, standing, form)


@require_POST
def withdraw(request: HttpRequest, network: str, pk: int, voice: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item = queries.get(request.user, net, pk)
    gate.require(request.user, Can.ANSWER, net)
    words = request.POST.get("words", "")
    actions.withdraw(by=request.user, round=item, voice=queries.voice(item, voice), words=words)
    messages.success(request, _("The objection is withdrawn. Its words stay on the record."))
    return redirect(item)


@require_POST
def resolve(request: HttpRequest, network: str, pk: int, voice: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item = queries.get(request.user, net, pk)
    gate.require(request.user, Can.ANSWER, net)
    words = request.POST.get("words", "")
    actions.resolve(by=request.user, round=item, voice=queries.voice(item, voice), words=words)
    messages.success(request, _("Written down: your objection has been answered."))
    return redirect(item)


@require_POST
def check(request: HttpRequest, network: str, pk: int, voice: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item = queries.get(request.user, net, pk)
    gate.require(request.user, Can.ANSWER, net)
    actions.check(by=request.user, round=item, voice=queries.voice(item, voice))
    messages.success(request, _("Thank you. What was written for you is right."))
    return redirect(item)


@require_http_methods(["GET", "POST"])
def prolong(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.HOST, net)
    item = queries.get(request.user, net, pk)
    form = forms.ProlongForm(request.POST or None, initial={"closes_at": item.closes_at})
    if submit(form, lambda data: actions.prolong(by=request.user, round=item, **data)):
        messages.success(request, _("There is more time now."))
        return redirect(item)
    return page(request, "consent/prolong.html", {"network": net, "round": item, "form": form})


@require_http_methods(["GET", "POST"])
def on_behalf(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.RECORD, net)
    item = queries.get(request.user, net, pk)
    form = forms.OnBehalfForm(request.POST or None, people=queries.speakers(item))

    def deed(data: dict[str, Any]) -> Any:
        return actions.take(by=request.user, round=item, on_behalf_of=data.pop("person"), **data)

    if submit(form, deed):
        messages.success(request, _("Written down. The person can check it on the round's page."))
        return redirect(item)
    return page(request, "consent/on_behalf.html", {"network": net, "round": item, "form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def by_mail(request: HttpRequest, network: str, pk: int, token: str) -> HttpResponse:
    """The link of a letter: the reader needs no sign-in, but nothing is said before the button is pressed."""
    person = people.person_by(token, purpose=actions.LINK, target=str(pk))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(person.language)
    net = networks.get(person, network)
    standing = queries.standing(queries.get(person, net, pk), person)
    chosen = request.GET.get("stance", "")
    chair = standing.chair.seat_id if standing.chair else None
    form = forms.StanceForm(
        request.POST or None,
        initial=forms.of_voice(standing.voice, chair, chosen if chosen in StanceWord.values else ""),
        must_speak_for=standing.must_speak_for,
    )
    if submit(form, lambda data: actions.take(by=person, round=standing.round, **data)):
        messages.success(request, _("Your stance is saved. You can change it until the round closes."))
        return redirect("consent:by_mail", net.slug, pk, token)
    context = {"network": net, "round": standing.round, "standing": standing, "form": form, "person": person}
    return page(request, "consent/by_mail.html", context | {"chosen": chosen})
