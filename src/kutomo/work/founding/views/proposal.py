"""The proposal sentence by sentence, the way to the consent round, and the agreement."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST

from kutomo.core.access import Can, gate
from kutomo.core.consent import queries as rounds
from kutomo.ground import clock
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules import wording
from .canvas import current_of

SILENT_DAYS = 2


def proposal(request: HttpRequest, network: str, question: int) -> HttpResponse:
    """All sentences of one question, with a form for a new one."""
    net, found = current_of(request, network)
    row = queries.question(found, question)
    board = queries.board(found, row)
    form = forms.SentenceForm(request.POST or None, answers=board.answers)

    def deed(data: dict) -> Any:
        return actions.write_sentence(
            by=request.user, canvas=found, question=question, text=data["text"], answers=data["answers"]
        )

    if submit(form, deed):
        return redirect("founding:proposal", net.slug, question)
    return page(
        request,
        "founding/proposal.html",
        {
            "network": net,
            "canvas": found,
            "form": form,
            "board": board,
            "lines": [
                (line, [answer for answer in board.answers if answer.key in line.answers])
                for line in queries.lines([row])[question]
            ],
            "draft": row.draft if row.is_revealed else "",
            "words": wording.question(question, get_language() or "en"),
            "may_write": gate.may(request.user, Can.PROPOSE, net)
            and row.is_revealed
            and found.state in ("open", "comparing"),
        },
    )


def sentence(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.PROPOSE, net)
    line = queries.sentence(found, pk)
    number = line.sentence.question.number
    board = queries.board(found, number)
    form = forms.SentenceForm(
        request.POST or None,
        answers=board.answers,
        initial={
            "text": line.text,
            "answers": line.answers,
            "seen": line.current.pk if line.current else None,
        },
    )

    def deed(data: dict) -> Any:
        return actions.write_sentence(by=request.user, canvas=found, question=number, sentence=pk, **data)

    if done := submit(form, deed):
        if done.value.standing == "beside":
            messages.warning(request, _("Somebody saved this sentence meanwhile. Both wordings are kept: choose one."))
        return redirect("founding:proposal", net.slug, number)
    return page(
        request,
        "founding/sentence.html",
        {"network": net, "canvas": found, "form": form, "line": line, "number": number},
    )


@require_POST
def choose_wording(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net, found = current_of(request, network)
    chosen = actions.choose_wording(by=request.user, canvas=found, wording=pk)
    return redirect("founding:proposal", net.slug, chosen.sentence.question.number)


@require_POST
def drop_sentence(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net, found = current_of(request, network)
    line = queries.sentence(found, pk)
    actions.drop_sentence(by=request.user, canvas=found, sentence=pk)
    return redirect("founding:proposal", net.slug, line.sentence.question.number)


def propose(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    last = rounds.latest(("founding.canvas", found.pk))
    gate.require(request.user, Can.PROPOSE, net)
    form = forms.ProposeForm(
        request.POST or None,
        is_again=last is not None,
        initial={"closes_on": clock.today() + timedelta(days=7), "silent": True},
    )

    def deed(data: dict) -> Any:
        closes = clock.moment(data["closes_on"], time(18))
        silence = clock.now() + timedelta(days=SILENT_DAYS)
        return actions.propose(
            by=request.user,
            canvas=found,
            closes_at=closes,
            silent_until=min(silence, closes) if data["silent"] else None,
            note=data.get("note", ""),
        )

    if done := submit(form, deed):
        return redirect("consent:round", net.slug, done.value.pk)
    found_lines = queries.lines(queries.questions(found), with_answers=False)
    return page(
        request,
        "founding/propose.html",
        {
            "network": net,
            "canvas": found,
            "form": form,
            "texts": [
                (asked, queries.proposal_text(found_lines[asked.number])) for asked in wording.questions(found.language)
            ],
        },
    )


@require_POST
def rework(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    actions.rework(by=request.user, canvas=found)
    messages.success(request, _("The sentences can be written again. Those who objected are co-writers."))
    return redirect("founding:canvas", net.slug)


def agree(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    form = forms.AgreeForm(request.POST or None, initial={"review_on": clock.today() + timedelta(days=365)})
    if submit(form, lambda data: actions.agree(by=request.user, canvas=found, **data)):
        messages.success(request, _("The founding canvas has been agreed."))
        return redirect("founding:canvas", net.slug)
    return page(
        request,
        "founding/agree.html",
        {"network": net, "canvas": found, "form": form, "changes": queries.changes(found)},
    )
