"""The two sides answer: in the product, or by the link in their letter without signing in."""

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


@require_POST
def reply(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    """One's own answer; or, with ``side``, what a recorder was told by somebody without an address."""
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    row = queries.get(request.user, net, pk)
    asked = whole_number(request.POST.get("side"))
    side = queries.recordable_side(row, asked) if asked is not None else queries.own_side(request.user, row)
    form = forms.ReplyForm(request.POST)
    if submit(form, lambda data: actions.reply(by=request.user, side=side, **data)):
        messages.success(request, _("Thank you. Your answer is saved."))
        return redirect("introductions:introduction", net.slug, pk)
    context = {"network": net, "row": row, "shown": queries.shown(request.user, row), "reply_form": form, "form": form}
    return page(request, "introductions/introduction.html", context)


@require_POST
def tell(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    row = queries.get(request.user, net, pk)
    side = queries.own_side(request.user, row)
    form = forms.TellForm(request.POST)
    if submit(form, lambda data: actions.tell(by=request.user, side=side, **form.facts())):
        messages.success(request, _("Thank you. It counts when both say the same."))
        return redirect("introductions:introduction", net.slug, pk)
    context = {"network": net, "row": row, "shown": queries.shown(request.user, row), "tell_form": form, "form": form}
    return page(request, "introductions/introduction.html", context)


@login_not_required
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter: the question, and later what came of it. A GET only shows; mail programs open links."""
    key = people.target_of(token, purpose=actions.ANSWER).partition(":")[0]
    side = queries.side_of_link(whole_number(key) or 0)
    person = people.person_by(token, purpose=actions.ANSWER, target=actions.target_of(side))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(person.language)
    shown = queries.shown(person, side.introduction)
    telling = shown.row.has_met
    form: Any = (forms.TellForm if telling else forms.ReplyForm)(request.POST if request.method == "POST" else None)

    def deed(data: dict[str, Any]) -> Any:
        if telling:
            return actions.tell(by=person, side=side, **form.facts())
        return actions.reply(by=person, side=side, **data)

    if request.method == "POST" and submit(form, deed):
        return redirect("introductions:answer", token)
    context = {"network": side.introduction.network, "shown": shown, "person": person, "form": form}
    return page(request, "introductions/answer.html", context)
