"""Members, seats and roles of a network."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.organisations import actions as organisations
from kutomo.ground.ui import page, submit

from . import actions, forms, queries


def start(request: HttpRequest) -> HttpResponse:
    form = forms.StartForm(request.POST or None, initial={"working_languages": [request.user.language], "yarn": "sini"})
    if done := submit(form, lambda data: _start(request, form)):
        return redirect(done.value)
    return page(request, "networks/start.html", {"form": form})


def _start(request: HttpRequest, form: forms.StartForm):
    facts = form.facts()
    name = facts.pop("organisation")
    organisation = organisations.meet(by=request.user, name=name) if name else None
    return actions.start(by=request.user, organisation=organisation, **facts)


@require_safe
def members(request: HttpRequest, network: str) -> HttpResponse:
    net = queries.get(request.user, network)
    words = request.GET.get("q", "").strip()
    seats = queries.seats_page(net, words=words, page=request.GET.get("page", "1"))
    return page(
        request,
        "networks/members.html",
        {
            "network": net,
            "seats": seats,
            "words": words,
            "may_invite": gate.may(request.user, Can.INVITE, net),
        },
    )


@require_safe
def seat(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = queries.get(request.user, network)
    chair = queries.seat(net, pk)
    context = {"network": net, "seat": chair, "past": [row for row in chair.representations.all() if row.until]}
    return page(request, "networks/seat.html", context | queries.seat_rights(request.user, chair))


def contact(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = queries.get(request.user, network)
    chair = queries.seat(net, pk)
    queries.require_change(request.user, chair)
    form = forms.ContactForm(request.POST or None, initial={"contact": chair.contact})
    if submit(form, lambda data: actions.set_contact(by=request.user, chair=chair, **data)):
        messages.success(request, _("Saved."))
        return redirect("networks:seat", net.slug, pk)
    return page(request, "networks/contact.html", {"network": net, "seat": chair, "form": form})


def mandate(request: HttpRequest, network: str, pk: int, sitting: int) -> HttpResponse:
    net = queries.get(request.user, network)
    row = queries.sitting(net, pk, sitting)
    queries.require_change(request.user, row.seat)
    form = forms.MandateForm(request.POST or None, initial={"mandate": row.mandate, "kind": row.kind})
    if submit(form, lambda data: actions.set_mandate(by=request.user, sitting=row, **data)):
        messages.success(request, _("Saved."))
        return redirect("networks:seat", net.slug, pk)
    return page(request, "networks/mandate.html", {"network": net, "sitting": row, "seat": row.seat, "form": form})


def stand_up(request: HttpRequest, network: str, pk: int, sitting: int) -> HttpResponse:
    net = queries.get(request.user, network)
    row = queries.sitting(net, pk, sitting)
    queries.require_change(request.user, row.seat)
    form = forms.StandUpForm(request.POST or None)
    if submit(form, lambda data: actions.stand_up(by=request.user, sitting=row, **data)):
        messages.success(request, _("The sitting has ended. Thank you for the time together."))
        return redirect("home:my_networks")
    return page(request, "networks/stand_up.html", {"network": net, "sitting": row, "seat": row.seat, "form": form})


def leave(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = queries.get(request.user, network)
    chair = queries.seat(net, pk)
    queries.require_change(request.user, chair)
    sits_here = queries.seat_rights(request.user, chair)["sits_here"]
    form = forms.LeaveForm(request.POST or None)
    if submit(form, lambda data: actions.leave(by=request.user, chair=chair, **data)):
        if not sits_here:
            messages.success(request, _("The seat has ended. Its history stays."))
            return redirect("networks:members", net.slug)
        messages.success(request, _("The seat has been left. Thank you for the time together."))
        return redirect("home:my_networks")
    context = {"network": net, "seat": chair, "form": form, "sits_here": sits_here}
    return page(request, "networks/leave.html", context)


@require_safe
def roles(request: HttpRequest, network: str) -> HttpResponse:
    net = queries.get(request.user, network)
    return page(
        request,
        "networks/roles.html",
        {"network": net, "terms": queries.terms(net), "may_offer": gate.may(request.user, Can.OFFER_ROLES, net)},
    )


def offer_role(request: HttpRequest, network: str) -> HttpResponse:
    net = queries.get(request.user, network)
    gate.require(request.user, Can.OFFER_ROLES, net)
    form = forms.OfferForm(request.POST or None, people=queries.members(net))
    if submit(form, lambda data: actions.offer_role(by=request.user, network=net, **data)):
        messages.success(request, _("The role has been offered. It begins when the person accepts."))
        return redirect("networks:roles", net.slug)
    return page(request, "networks/offer_role.html", {"network": net, "form": form})


@require_POST
def answer_offer(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    term = queries.offer(request.user, network, pk)
    accepted = request.POST.get("answer") == "accept"
    actions.answer_offer(by=request.user, term=term, accept=accepted)
    messages.success(request, _("You accepted the role.") if accepted else _("You declined the role."))
    return redirect("home:my_networks")


@require_POST
def end_role(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = queries.get(request.user, network)
    actions.end_role(by=request.user, term=queries.term(net, pk))
    messages.success(request, _("The role has ended."))
    return redirect("networks:roles", net.slug)


def change(request: HttpRequest, network: str) -> HttpResponse:
    net = queries.get(request.user, network)
    gate.require(request.user, Can.SETTLE, net)
    form = forms.ChangeForm(
        request.POST or None,
        initial={
            "name": net.name,
            "theme": net.theme,
            "challenge": net.challenge,
            "working_languages": net.working_languages,
            "yarn": net.yarn,
            "stage": net.stage,
        },
    )
    if submit(form, lambda data: actions.change(by=request.user, network=net, reason=data["reason"], **form.facts())):
        messages.success(request, _("Saved."))
        return redirect("home:network", net.slug)
    return page(request, "networks/change.html", {"network": net, "form": form})
