"""The form profile: answering in a minute, one's own view, the result."""

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
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import today
from kutomo.ground.ui import page, submit

from . import actions, forms, queries
from .rules import wording


@require_safe
def profile(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return page(
        request,
        "profiles/profile.html",
        {
            "network": net,
            "may_lead": gate.may(request.user, Can.LEAD_FOUNDING, net),
            "may_answer": gate.may(request.user, Can.ANSWER, net),
            **queries.shown_to(request.user, net, request.GET, get_language() or "en"),
        },
    )


def _rows(form: forms.ProfileForm, readings: Any) -> list[dict[str, Any]]:
    """Each reading with its two fields and, step by step, which of the two is chosen."""
    rows = []
    for reading in readings:
        now, wanted = form[f"now_{reading.code}"], form[f"wanted_{reading.code}"]
        steps = [
            (value, words, str(now.value()) == str(value), str(wanted.value()) == str(value))
            for value, words in reading.choices
        ]
        rows.append({"reading": reading, "now": now, "wanted": wanted, "steps": steps})
    return rows


def answer(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    round = queries.open_round_of(net)
    readings = wording.readings(get_language() or "en")
    form = forms.ProfileForm(request.POST or None, readings=readings)

    def deed(data: dict[str, Any]) -> bool:
        return actions.answer(
            by=Respondent.of(request.user),
            round=round,
            now=form.readings("now"),
            wanted=form.readings("wanted"),
        )

    if submit(form, deed):
        messages.success(request, _("Thank you. The result opens to all at once when the round closes."))
        return redirect("profiles:profile", net.slug)
    return page(
        request,
        "profiles/answer.html",
        {
            "network": net,
            "form": form,
            "readings": _rows(form, readings),
            "round": round,
        },
    )


def view(request: HttpRequest, network: str) -> HttpResponse:
    """One's own view, for example the leader's while drafting."""
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    readings = wording.readings(get_language() or "en")
    own = queries.own_view(request.user, net)
    initial: dict[str, Any] = {"is_shared": own.is_shared} if own else {}
    if own:
        initial |= {f"now_{code}": value for code, value in own.now.items()}
        initial |= {f"wanted_{code}": value for code, value in own.wanted.items()}
    form = forms.ProfileForm(request.POST or None, readings=readings, is_own=True, initial=initial)

    def deed(data: dict[str, Any]) -> object:
        return actions.give_view(
            by=request.user,
            network=net,
            now=form.readings("now"),
            wanted=form.readings("wanted"),
            is_shared=data["is_shared"],
        )

    if submit(form, deed):
        return redirect("profiles:profile", net.slug)
    return page(
        request,
        "profiles/view.html",
        {
            "network": net,
            "form": form,
            "readings": _rows(form, readings),
        },
    )


def open(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    form = forms.OpenForm(request.POST or None, initial={"closes_on": today() + timedelta(days=14)})
    if submit(form, lambda data: actions.open(by=request.user, network=net, **data)):
        return redirect("profiles:profile", net.slug)
    return page(request, "profiles/open.html", {"network": net, "form": form})


@require_POST
def close(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.close(by=request.user, round=queries.open_round_of(net))
    messages.success(request, _("The result is open to all at once."))
    return redirect("profiles:profile", net.slug)
