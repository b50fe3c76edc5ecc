"""Answering one question at a time, signed in or by the personal link of a letter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.networks import queries as networks
from kutomo.core.people import queries as people
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import Canvas, Sign, TurnState
from ..rules import claims, wording
from ..rules.canvas import MOST_ANSWERS, QUESTIONS
from .canvas import current_of
from .device import code_of, keep

PURPOSE = "founding.answer"


@dataclass(frozen=True)
class Way:
    """Who answers which canvas, and by which addresses: within the network or by a letter's link."""

    canvas: Canvas
    by: Respondent
    token: str = ""

    def to(self, name: str, *args: Any) -> str:
        if self.token:
            return reverse(f"founding:{name}_by_link", args=[self.token, *args])
        return reverse(f"founding:{name}", args=[self.canvas.network.slug, *args])

    def after(self, number: int) -> str:
        """The next question that waits, from this one round, or the last page."""
        if not self.canvas.is_open:
            return self.to("answered")
        turns = queries.turns_of(self.by, self.canvas)
        waiting = [n for n in QUESTIONS if n not in turns or turns[n].state == TurnState.WAITING]
        ahead = [n for n in waiting if n > number] or waiting
        return self.to("answer", ahead[0]) if ahead else self.to("answered")


def _by_sign_in(request: HttpRequest, network: str) -> Way:
    net, found = current_of(request, network)
    gate.require(request.user, Can.ANSWER, net)
    return Way(found, Respondent.of(request.user))


def _by_link(request: HttpRequest, token: str) -> Way:
    target = people.target_of(token, purpose=PURPOSE)
    person = people.person_by(token, purpose=PURPOSE, target=target)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(person.language)  # the letter's language goes on, unless the device has another
    found = queries.answerable(person, int(target))
    return Way(found, Respondent.of(person), token)


def _answer(request: HttpRequest, way: Way, number: int) -> HttpResponse:
    row = queries.question(way.canvas, number)
    queries.require_open(row)
    code = code_of(request, way.canvas, way.by)
    own = queries.own_answers(way.canvas, code).get(number, [])
    initial: dict[str, Any] = {f"line{answer.line}": answer.text for answer in own}
    initial["sign"] = own[0].sign if own else "anonymous"
    form = forms.AnswerForm(request.POST or None, initial=initial)
    fresh = code or claims.new_code()

    def deed(data: dict[str, Any]) -> int:
        return actions.put_answers(
            by=way.by, canvas=way.canvas, question=number, code=fresh, texts=form.texts, sign=data["sign"]
        )

    if submit(form, deed):
        return keep(redirect(way.after(number)), way.canvas, way.by, fresh)
    turns = queries.turns_of(way.by, way.canvas)
    shown = page(
        request,
        "founding/answer.html",
        {
            "network": way.canvas.network,
            "canvas": way.canvas,
            "way": way,
            "form": form,
            "question": row,
            "words": wording.question(number, get_language() or "en"),
            "done": sum(turn.state != TurnState.WAITING for turn in turns.values()),
            "turn": turns.get(number),
            "own": own,
            "pass_url": way.to("pass_question", number),
            "done_url": way.to("answered"),
        },
    )
    return keep(shown, way.canvas, way.by, fresh)  # before it is sent: two sendings at once are one answer


def _answered(request: HttpRequest, way: Way) -> HttpResponse:
    code = code_of(request, way.canvas, way.by)
    return page(
        request,
        "founding/answered.html",
        {
            "network": way.canvas.network,
            "canvas": way.canvas,
            "code": code,
            "token": way.token,
            "mirror": queries.mirror(way.by, way.canvas, code, get_language() or "en"),
            "addresses": {number: way.to("answer", number) for number in QUESTIONS},
        },
    )


def _pass(way: Way, number: int) -> HttpResponse:
    actions.pass_question(by=way.by, canvas=way.canvas, question=number)
    return redirect(way.after(number))


@never_cache
def answer(request: HttpRequest, network: str, question: int) -> HttpResponse:
    return _answer(request, _by_sign_in(request, network), question)


@require_safe
@never_cache
def answered(request: HttpRequest, network: str) -> HttpResponse:
    return _answered(request, _by_sign_in(request, network))


@require_POST
def pass_question(request: HttpRequest, network: str, question: int) -> HttpResponse:
    return _pass(_by_sign_in(request, network), question)


@login_not_required
@require_safe
@never_cache
def start_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The letter's own address: on to the first question that waits."""
    way = _by_link(request, token)
    return redirect(way.after(0))


@login_not_required
@never_cache
def answer_by_link(request: HttpRequest, token: str, question: int) -> HttpResponse:
    return _answer(request, _by_link(request, token), question)


@login_not_required
@require_safe
@never_cache
def answered_by_link(request: HttpRequest, token: str) -> HttpResponse:
    return _answered(request, _by_link(request, token))


@login_not_required
@require_POST
def pass_question_by_link(request: HttpRequest, token: str, question: int) -> HttpResponse:
    return _pass(_by_link(request, token), question)


@never_cache
def mine(request: HttpRequest, network: str) -> HttpResponse:
    """One's own answers by the code: from the device, or typed in from a card."""
    way = _by_sign_in(request, network)
    form = forms.CodeForm(request.POST or None, initial={"code": code_of(request, way.canvas, way.by)})
    code = form.cleaned_data["code"] if form.is_valid() else form.initial["code"]
    code = claims.tidy(code)
    own = queries.own_answers(way.canvas, code)
    return page(
        request,
        "founding/mine.html",
        {
            "network": way.canvas.network,
            "canvas": way.canvas,
            "form": form,
            "code": code,
            "own": [(wording.question(n, get_language() or "en"), rows) for n, rows in sorted(own.items())],
            "signs": Sign.choices,
            "entered_by": queries.entered_by(way.by, way.canvas),
        },
    )


@require_POST
def sign(request: HttpRequest, network: str) -> HttpResponse:
    way = _by_sign_in(request, network)
    code = claims.tidy(request.POST.get("code", ""))
    number, place = request.POST.get("question", ""), request.POST.get("line", "")
    line = code if place == "0" else f"{code}.{number}.{place}"
    actions.sign(by=way.by, canvas=way.canvas, code=line, sign=request.POST.get("sign", ""))
    messages.success(request, _("Saved."))
    return keep(redirect("founding:mine", way.canvas.network.slug), way.canvas, way.by, code)


@require_safe
def cards(request: HttpRequest, network: str) -> HttpResponse:
    """Answer cards to print, one a person who wants paper or asks for one; each has a code of its own."""
    net, found = current_of(request, network)
    gate.require(request.user, Can.RECORD, net)
    count = min(max(whole_number(request.GET.get("n")) or 4, 1), 40)
    return page(
        request,
        "founding/cards.html",
        {
            "network": net,
            "canvas": found,
            "count": count,
            "codes": [claims.new_code() for _n in range(count)],
            "questions": wording.questions(get_language() or "en"),
        },
    )


def paper(request: HttpRequest, network: str) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.RECORD, net)
    asked = wording.questions(get_language() or "en")
    form = forms.PaperForm(request.POST or None, people=networks.members(net), asked=asked)

    def deed(data: dict[str, Any]) -> int:
        return actions.enter_paper(
            by=request.user,
            canvas=found,
            respondent=Respondent.of(data["person"]),
            code=data["code"],
            answers=form.answers,
        )

    if submit(form, deed):
        messages.success(request, _("Saved. With the code on the card the person can check the answers."))
        return redirect("founding:paper", net.slug)
    fields = [(q, [form[f"q{q.number}_{place}"] for place in range(1, MOST_ANSWERS + 1)]) for q in asked]
    return page(request, "founding/paper.html", {"network": net, "canvas": found, "form": form, "cards": fields})
