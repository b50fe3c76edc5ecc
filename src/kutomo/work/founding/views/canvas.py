"""The founding page, drafting, opening and closing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.consent import queries as rounds
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import today
from kutomo.ground.errors import NotFound
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import Canvas
from ..rules import canvas as arithmetic, difference, wording
from .device import code_of


def current_of(request: HttpRequest, network: str) -> tuple[Any, Canvas]:
    """The network and its present canvas; NotFound when there is none."""
    net = networks.get(request.user, network)
    found = queries.current(net)
    if found is None:
        raise NotFound(_("The founding canvas has not been begun yet."))
    return net, found


@require_safe
def canvas(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.current(net)
    if found is None:
        return page(request, "founding/empty.html", {"network": net, "may_lead": queries.may_lead(request.user, net)})
    return _canvas(request, net, found)


@require_safe
def version(request: HttpRequest, network: str, number: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return _canvas(request, net, queries.get(request.user, net, number))


def _canvas(request: HttpRequest, net: Any, found: Canvas) -> HttpResponse:
    opened = queries.blocks(request.user, found, code_of(request, found, Respondent.of(request.user)))
    return page(
        request,
        "founding/canvas.html",
        {
            "network": net,
            "canvas": found,
            "opened": opened,
            "steps": arithmetic.path_until(found.opened_on, found.closes_on) if found.opened_on else [],
            "round": rounds.latest(("founding.canvas", found.pk)) if found.proposed_on else None,
            "verdict": queries.verdict(found),
            "today": today(),
        },
    )


@require_safe
def compare(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    versions = queries.versions(net)
    pair = queries.pair(request.user, net, versions, request.GET.get("before", ""), request.GET.get("after", ""))
    words = wording.questions(get_language() or "en")
    return page(
        request,
        "founding/compare.html",
        {
            "network": net,
            "versions": versions,
            "pair": pair,
            "rows": [
                (asked, before, after, difference.pieces(before, after))
                for asked, (before, after) in zip(words, pair.texts, strict=True)
            ]
            if pair
            else [],
        },
    )


@require_POST
def begin(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.begin(by=request.user, network=net)
    return redirect("founding:canvas", net.slug)


@require_POST
def renew(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.renew(by=request.user, network=net)
    messages.success(request, _("A new version has begun. The agreed one stays in force meanwhile."))
    return redirect("founding:canvas", net.slug)


def draft(request: HttpRequest, network: str, question: int) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    row = queries.question(found, question)
    form = forms.DraftForm(request.POST or None, initial={"text": row.draft, "seen": row.draft_version})
    if submit(form, lambda data: actions.draft(by=request.user, canvas=found, question=question, **data)):
        messages.success(request, _("Saved."))
        left = queries.undrafted(found) if not row.draft else []
        return redirect("founding:draft", net.slug, left[0]) if left else redirect("founding:canvas", net.slug)
    context = {"network": net, "canvas": found, "form": form, "is_first": not row.draft}
    context["words"] = wording.question(question, get_language() or "en")
    return page(request, "founding/draft.html", context)


def challenge(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    form = forms.ChallengeForm(request.POST or None, initial={"text": found.challenge})
    if submit(form, lambda data: actions.freeze_challenge(by=request.user, canvas=found, **data)):
        messages.success(request, _("Saved."))
        return redirect("founding:canvas", net.slug)
    return page(request, "founding/challenge.html", {"network": net, "canvas": found, "form": form})


def sparring(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    form = forms.SparringForm(request.POST or None, people=queries.readers(request.user, net))
    if submit(form, lambda data: actions.name_sparring(by=request.user, canvas=found, **data)):
        messages.success(request, _("Saved. The person may read the draft now."))
        return redirect("founding:canvas", net.slug)
    return page(
        request,
        "founding/sparring.html",
        {"network": net, "canvas": found, "form": form, "named": queries.sparring_of(found)},
    )


def open(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    form = forms.OpenForm(request.POST or None, initial={"closes_on": today() + timedelta(days=7), "letters": True})
    if submit(form, lambda data: actions.open(by=request.user, canvas=found, **data)):
        messages.success(request, _("The questions are open."))
        return redirect("founding:canvas", net.slug)
    context = {"network": net, "canvas": found, "form": form, "steps": arithmetic.path(today())}
    context |= {"members": len(networks.members(net)), "is_drafted": queries.is_drafted(found)}
    return page(request, "founding/open.html", context)


def deadline(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    form = forms.DeadlineForm(request.POST or None, initial={"closes_on": found.closes_on})
    if submit(form, lambda data: actions.move_deadline(by=request.user, canvas=found, **data)):
        messages.success(request, _("Saved."))
        return redirect("founding:canvas", net.slug)
    return page(request, "founding/deadline.html", {"network": net, "canvas": found, "form": form})


@require_POST
def half_time(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    actions.send_half_time(by=request.user, canvas=found)
    messages.success(request, _("The half-time note is on its way to those whose turn waits."))
    return redirect("founding:canvas", net.slug)


def close(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    if request.method == "POST":
        actions.close_answers(by=request.user, canvas=found)
        messages.success(request, _("The answers and the draft are open to all at once."))
        return redirect("founding:canvas", net.slug)
    return page(request, "founding/close.html", {"network": net, "canvas": found})


@require_POST
def reveal(request: HttpRequest, network: str, question: int) -> HttpResponse:
    net, found = current_of(request, network)
    actions.reveal(by=request.user, canvas=found, question=question)
    return redirect("founding:table", net.slug, question)
