"""Waves as the network sees them, and the few deeds of those who lead one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import today
from kutomo.ground.ui import page, submit

from ..actions import places, waves as actions
from ..forms.waves import LastDayForm, MapForm, PaperForm, WaveForm
from ..models import Wave
from ..queries import figures, own as own_queries, survey, waves as queries
from ..rules import asking, wording


def _wave(request: HttpRequest, network: str, number: int) -> Wave:
    return queries.wave(request.user, networks.get(request.user, network), number)


@require_safe
def waves(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.waves(request.user, net)
    return page(
        request,
        "relations/waves.html",
        {
            "network": net,
            "waves": list(reversed(found)),
            "may_plan": gate.may(request.user, Can.LEAD_FOUNDING, net) and all(wave.is_closed for wave in found),
            "may_answer": gate.may(request.user, Can.ANSWER, net),
        },
    )


@require_safe
def wave(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    return page(
        request,
        "relations/wave.html",
        {"network": found.network, "wave": found, **queries.overview(request.user, found)},
    )


def plan(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    first = today() + timedelta(days=1)
    initial = {"opens_on": first, "closes_on": first + timedelta(days=14), "form": "organisation", "asks_pulse": True}
    form = WaveForm(request.POST or None, initial=initial)

    def deed(data: dict[str, Any]) -> Wave:
        return actions.plan(by=request.user, network=net, language=get_language() or "fi", **data)

    if made := submit(form, deed):
        messages.success(request, _("The survey is planned. It opens by itself on its first day."))
        return redirect(made.value)
    return page(request, "relations/plan.html", {"network": net, "form": form})


def change(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    gate.require(request.user, Can.LEAD_FOUNDING, found.network)
    initial = {name: getattr(found, name) for name in actions.SETTINGS}
    initial["asks_trust"] = "yes" if found.asks_trust else "no"
    form = (WaveForm if found.is_planned else LastDayForm)(request.POST or None, initial=initial)

    def deed(data: dict[str, Any]) -> Wave:
        if data.get("asks_trust", False) is None:
            data["asks_trust"] = data["form"] != asking.Form.PERSON
        return actions.change(by=request.user, wave=found, **data)

    if submit(form, deed):
        messages.success(request, _("Saved."))
        return redirect(found)
    return page(request, "relations/change.html", {"network": found.network, "wave": found, "form": form})


@require_POST
def drop(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    actions.drop(by=request.user, wave=found)
    messages.success(request, _("The plan is taken back."))
    return redirect("relations:waves", network)


@require_POST
def open(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    actions.open(by=request.user, wave=found)
    messages.success(request, _("The survey is open. Everybody gets a letter with a personal link."))
    return redirect(found)


@require_POST
def close(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    actions.close(by=request.user, wave=found)
    messages.success(request, _("The survey has closed. The report is made and opens to all at once."))
    return redirect(found)


@require_safe
def answer(request: HttpRequest, network: str) -> HttpResponse:
    """On to the open survey, by the same kind of link that the letter has."""
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    found = queries.open_wave(net)
    return redirect("relations:survey", survey.link_for(request.user, found))


@require_safe
def own(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    gate.require(request.user, Can.ANSWER, found.network)
    shown = own_queries.own(request.user, found, get_language() or "en")
    facts = {"own": shown, "relied": figures.relied_words(request.user, found)}
    return page(request, "relations/own.html", {"network": found.network, "wave": found, **facts})


@require_POST
def withdraw(request: HttpRequest, network: str, number: int) -> HttpResponse:
    found = _wave(request, network, number)
    places.withdraw(by=request.user, wave=found)
    messages.success(request, _("Your answers are deleted. The figures are made anew without them."))
    return redirect(found)


def map_wish(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    said = survey.map_wish(request.user, net)
    form = MapForm(request.POST or None, initial={"on_map": {True: "yes", False: "no"}.get(said)})  # type: ignore[arg-type]
    if submit(form, lambda data: places.wish_map(by=request.user, network=net, **data)):
        messages.success(request, _("Saved."))
        return redirect("relations:waves", net.slug)
    return page(request, "relations/map_wish.html", {"network": net, "form": form})


@require_safe
def paper_form(request: HttpRequest, network: str, number: int) -> HttpResponse:
    """The whole survey on paper, to print or to keep as a PDF."""
    found = _wave(request, network, number)
    gate.require(request.user, Can.RECORD, found.network)
    language = get_language() or "en"
    codes = [code for code in asking.screens(asks_trust=found.asks_trust, asks_pulse=False) if code != "F"]
    return page(
        request,
        "relations/paper_form.html",
        {
            "network": found.network,
            "wave": found,
            "names": survey.names(found),
            "questions": [wording.question(code, found.form, "", language) for code in codes],
            "pulse": wording.pulse(language) if found.asks_pulse else (),
        },
    )


def paper(request: HttpRequest, network: str, number: int) -> HttpResponse:
    """Whose paper form is entered; then the survey itself, on that person's behalf."""
    found = _wave(request, network, number)
    gate.require(request.user, Can.RECORD, found.network)
    form = PaperForm(request.POST or None, people=survey.askable_on_paper(request.user, found))
    if made := submit(form, lambda data: survey.paper_link(request.user, found, data["person"])):
        return redirect("relations:survey", made.value)
    return page(request, "relations/paper.html", {"network": found.network, "wave": found, "form": form})
