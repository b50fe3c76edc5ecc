"""The host's place and the big screen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_GET, require_POST

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import now
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import Meeting
from ..rules import kinds
from ..rules.agenda import seconds_left
from ..rules.kinds import Kind


def _meeting(request: HttpRequest, network: str, pk: int) -> Meeting:
    return queries.get(networks.get(request.user, network), pk)


def room(meeting: Meeting, language: str) -> dict[str, Any]:
    """What the host's page and the big screen show of the step where the meeting stands."""
    rows = queries.agenda(meeting, language)
    here = next((i for i, row in enumerate(rows) if row.is_now), None)
    step = rows[here].step if here is not None else None
    board = queries.board(meeting, step)
    context = {
        "network": meeting.network,
        "meeting": meeting,
        "rows": rows,
        "row": rows[here] if here is not None else None,
        "step": step,
        "number": (here or 0) + 1,
        "back": rows[here - 1] if here else None,
        "next": rows[here + 1] if here is not None and here + 1 < len(rows) else None,
        "board": board,
        "asks": step is not None and kinds.is_asking(step.kind),
        "is_shown": step is not None and queries.is_shown(step),
        "seconds": seconds_left(meeting.timer_ends_at, meeting.timer_held, now()),
        "now": now(),
    }
    context |= queries.table(step, meeting.network)
    return context | results(step, context["is_shown"], language)


def results(step: Any, is_shown: bool, language: str) -> dict[str, Any]:
    """The pictures of a revealed step."""
    if step is None or not is_shown:
        return {}
    if step.kind == Kind.UPKEEP:
        return {"ways": queries.ways(step, language)}
    if step.kind == Kind.GOAL:
        rungs, sentences, middle = queries.ladder(step, language)
        return {"rungs": rungs, "sentences": sentences, "middle": middle}
    if step.kind in (Kind.HARVEST, Kind.SKILLS):
        return {"harvest": queries.harvest(step)}
    if step.kind == Kind.RULES:
        return {"cards": queries.favourites(step.meeting.network)}
    return {}


def _join_address(request: HttpRequest, meeting: Meeting) -> dict[str, str]:
    path = reverse("meetings:phone", args=[meeting.code]) if meeting.code else reverse("meetings:enter")
    return {"join_url": request.build_absolute_uri(path), "enter_url": _short(request)}


def _short(request: HttpRequest) -> str:
    """The address that is read aloud: without scheme and final slash."""
    return f"{request.get_host()}{reverse('meetings:enter')}".rstrip("/")


def _context(request: HttpRequest, network: str, pk: int) -> dict[str, Any]:
    meeting = _meeting(request, network, pk)
    context = room(meeting, get_language() or "fi") | _join_address(request, meeting)
    label = _("Code that opens %(address)s") % {"address": context["join_url"]}
    return context | {"join_label": label, "may_host": gate.may(request.user, Can.HOST, meeting.network)}


@require_POST
def open(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    actions.open(by=request.user, meeting=_meeting(request, network, pk))
    return redirect("meetings:host", network, pk)


def close(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    gate.require(request.user, Can.HOST, meeting.network)
    if request.method == "POST":
        actions.close(by=request.user, meeting=meeting)
        return redirect("meetings:notes", network, pk)
    return page(request, "meetings/close.html", {"network": meeting.network, "meeting": meeting})


@require_GET
def host(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    context = _context(request, network, pk)
    gate.require(request.user, Can.RECORD, context["network"])
    return page(request, "meetings/host.html", context)


@require_GET
def host_part(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    context = _context(request, network, pk)
    gate.require(request.user, Can.RECORD, context["network"])
    return _part(request, "meetings/host.html#part", context)


@require_GET
def screen(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return page(request, "meetings/screen.html", _context(request, network, pk))


@require_GET
def screen_part(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _part(request, "meetings/screen.html#part", _context(request, network, pk))


def _part(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The part, or 204 when the screen shows it already (``v`` is the mark that it has)."""
    mark = context["board"].mark
    if request.GET.get("v") == mark:
        return HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    response = page(request, template, context)
    response["X-Version"], response["Cache-Control"] = mark, "no-store"
    response["X-Now"] = str(round(now().timestamp() * 1000))
    return response


def _to_host(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    """Back to where the button was pressed: the big screen or the host's page."""
    name = "meetings:screen" if request.POST.get("to") == "screen" else "meetings:host"
    return redirect(name, network, pk)


@require_POST
def go(request: HttpRequest, network: str, pk: int, step: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    actions.go(by=request.user, meeting=meeting, step=queries.step(meeting, step))
    return _to_host(request, network, pk)


@require_POST
def timer(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    deeds = {"start": actions.start_timer, "pause": actions.pause_timer, "extend": actions.extend_timer}
    deeds.get(request.POST.get("do", ""), actions.pause_timer)(by=request.user, meeting=meeting)
    return _to_host(request, network, pk)


@require_POST
def set_answering(request: HttpRequest, network: str, pk: int, step: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    is_open = request.POST.get("is_open") == "1"
    actions.set_answering(by=request.user, meeting=meeting, step=queries.step(meeting, step), is_open=is_open)
    return _to_host(request, network, pk)


@require_POST
def reveal(request: HttpRequest, network: str, pk: int, step: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    actions.reveal(by=request.user, meeting=meeting, step=queries.step(meeting, step))
    return _to_host(request, network, pk)


@require_POST
def draw_pairs(request: HttpRequest, network: str, pk: int, step: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    actions.draw_pairs(by=request.user, meeting=meeting, step=queries.step(meeting, step))
    return _to_host(request, network, pk)


def paper(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    gate.require(request.user, Can.RECORD, meeting.network)
    form = forms.PaperForm(request.POST or None)
    if done := submit(form, lambda data: actions.join_on_paper(by=request.user, meeting=meeting, **data)):
        return redirect("meetings:paper_answers", network, pk, done.value.pk)
    people = [one for one in queries.people_in(meeting) if one.is_paper]
    return page(
        request, "meetings/paper.html", {"network": meeting.network, "meeting": meeting, "form": form, "people": people}
    )


def paper_answers(request: HttpRequest, network: str, pk: int, participant: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    gate.require(request.user, Can.RECORD, meeting.network)
    person = queries.on_paper(meeting, participant)
    if request.method == "POST":
        actions.answer_all(by=person, data=request.POST, recorder=request.user)
        messages.success(request, _("Saved."))
        return redirect("meetings:paper_answers", network, pk, participant)
    language = get_language() or "fi"
    context = {
        "participant": person,
        "asked": [(*row, get_random_string(32)) for row in queries.asked(meeting, language)],
        "answered": queries.answered_steps(person),
        "promise_form": _promise_form(meeting, person),
        "promises": queries.promises_by(person),
    }
    context |= {"network": meeting.network, "meeting": meeting}
    return page(request, "meetings/paper_answers.html", context)


def _promise_form(meeting: Meeting, person: Any, data: Any = None) -> forms.PromiseForm:
    return forms.PromiseForm(data, meeting=meeting, initial={"doer": person.pk, "code": get_random_string(32)})


@require_POST
def paper_promise(request: HttpRequest, network: str, pk: int, participant: int) -> HttpResponse:
    meeting = _meeting(request, network, pk)
    gate.require(request.user, Can.RECORD, meeting.network)
    person = queries.on_paper(meeting, participant)
    form = _promise_form(meeting, person, request.POST)
    submit(form, lambda data: actions.propose(by=person, recorder=request.user, **data))
    return redirect("meetings:paper_answers", network, pk, participant)
