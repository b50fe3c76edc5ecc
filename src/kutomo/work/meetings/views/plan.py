"""Before and after the meeting."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_POST

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules import agenda as rules


@require_GET
def meetings(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    ahead, held = queries.upcoming(net)
    may = gate.may(request.user, Can.CONVENE, net)
    return page(request, "meetings/meetings.html", {"network": net, "ahead": ahead, "held": held, "may_convene": may})


def convene(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.CONVENE, net)
    form = forms.ConveneForm(request.POST or None)
    if done := submit(form, lambda data: actions.convene(by=request.user, network=net, **data)):
        return redirect(done.value)
    return page(request, "meetings/convene.html", {"network": net, "form": form})


@require_GET
def meeting(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(net, pk)
    rows = queries.agenda(found)
    context = {
        "network": net,
        "meeting": found,
        "agenda": rows,
        "minutes": rules.total((row.step.minutes, row.step.is_before) for row in rows),
        "may_convene": gate.may(request.user, Can.CONVENE, net),
        "may_host": gate.may(request.user, Can.HOST, net),
        "may_record": gate.may(request.user, Can.RECORD, net),
        "promises": queries.promises_of(found),
        "people": queries.people_in(found),
    }
    if found.is_closed:
        context |= {"chairs": queries.chairs(found), "may_propose": gate.may(request.user, Can.PROPOSE, net)}
        context |= {"pulse": queries.pulse(found), "words": queries.word_list(found), "rung": _rung(found)}
    return page(request, "meetings/meeting.html", context)


@require_POST
def hand_on(request: HttpRequest, network: str, pk: int, key: str) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(net, pk)
    made = actions.hand_on(by=request.user, meeting=found, chair=queries.chair(found, key))
    messages.success(request, _("On the list of potential members. Tell there who invites."))
    return redirect("candidates:candidate", net.slug, made.pk)


def _rung(meeting) -> str:
    return rules.rungs(get_language() or "fi").get(meeting.goal_rung, ("", ""))[0]


def change(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(net, pk)
    gate.require(request.user, Can.CONVENE, net)
    form = forms.FactsForm(request.POST or None, instance=found)
    if submit(form, lambda data: actions.change(by=request.user, meeting=queries.get(net, pk), **data)):
        messages.success(request, _("Saved."))
        return redirect("meetings:meeting", net.slug, pk)
    return page(request, "meetings/change.html", {"network": net, "meeting": queries.get(net, pk), "form": form})


@require_POST
def cancel(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.cancel(by=request.user, meeting=queries.get(net, pk))
    messages.success(request, _("The meeting is cancelled."))
    return redirect("meetings:meetings", net.slug)


def agenda(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(net, pk)
    gate.require(request.user, Can.CONVENE, net)
    form = forms.AddStepForm(request.POST or None, initial={"minutes": 10, "kind": "talk"})
    if submit(form, lambda data: actions.add_step(by=request.user, meeting=found, **data)):
        return redirect("meetings:agenda", net.slug, pk)
    rows = queries.agenda(found)
    minutes = rules.total((row.step.minutes, row.step.is_before) for row in rows)
    return page(
        request,
        "meetings/agenda.html",
        {"network": net, "meeting": found, "agenda": rows, "minutes": minutes, "form": form},
    )


@require_GET
def run_sheet(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(net, pk)
    may = gate.may(request.user, Can.HOST, net)
    return page(
        request,
        "meetings/run_sheet.html",
        {"network": net, "meeting": found, "agenda": queries.agenda(found), "may_host": may},
    )


def step(request: HttpRequest, network: str, pk: int, step: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.step(queries.get(net, pk), step)
    gate.require(request.user, Can.CONVENE, net)
    words = found.words(get_language() or "fi")
    initial = {"title": words.title, "text": words.text, "how": words.how}
    form = forms.StepForm(request.POST or None, instance=found, initial=initial)
    if submit(form, lambda data: actions.change_step(by=request.user, step=_step(net, pk, step), **data)):
        return redirect("meetings:agenda", net.slug, pk)
    return page(
        request,
        "meetings/step.html",
        {"network": net, "meeting": found.meeting, "step": found, "form": form, "words": words},
    )


def _step(net, pk: int, step: int):
    return queries.step(queries.get(net, pk), step)


@require_POST
def move_step(request: HttpRequest, network: str, pk: int, step: int) -> HttpResponse:
    net = networks.get(request.user, network)
    places = -1 if request.POST.get("to") == "earlier" else 1
    actions.move_step(by=request.user, step=_step(net, pk, step), places=places)
    return redirect("meetings:agenda", net.slug, pk)


@require_POST
def remove_step(request: HttpRequest, network: str, pk: int, step: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.remove_step(by=request.user, step=_step(net, pk, step))
    return redirect("meetings:agenda", net.slug, pk)


def notes(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(net, pk)
    gate.require(request.user, Can.RECORD, net)
    language = get_language() or "fi"
    form = forms.NotesForm(
        request.POST or None, instance=found, language=language, initial={"version": found.notes_version}
    )
    if submit(form, lambda data: actions.write_notes(by=request.user, meeting=queries.get(net, pk), **data)):
        messages.success(request, _("Saved."))
        return redirect("meetings:meeting", net.slug, pk)
    stored = queries.get(net, pk)
    return page(
        request,
        "meetings/notes.html",
        {"network": net, "meeting": stored, "form": form, "theirs": stored.notes if form.errors.get("notes") else ""},
    )


@require_POST
def send_notes(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.send_notes(by=request.user, meeting=queries.get(net, pk))
    messages.success(request, _("The notes are on their way to everybody."))
    return redirect("meetings:meeting", net.slug, pk)


@require_POST
def settle(request: HttpRequest, network: str, pk: int, promise: int) -> HttpResponse:
    net = networks.get(request.user, network)
    meeting = queries.get(net, pk)
    act = actions.accept if request.POST.get("answer") == "accept" else actions.decline
    act(by=request.user, meeting=meeting, promise=queries.promise(meeting, promise))
    messages.success(request, _("Saved."))
    return redirect("meetings:host" if request.POST.get("to") == "host" else "meetings:meeting", net.slug, pk)
