"""Commitment cards as pages: all of them, one's own, one card, and the link for an organisation's confirmer."""

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
from kutomo.ground.clock import today
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries

GET_OR_POST = ["GET", "POST"]


@require_GET
def cards(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    live = queries.cards(net)
    view = {
        "cards": live,
        "coverage": queries.coverage(net, live),
        "hours": queries.hours_promised(net, live),
        "lock": queries.lock(net),
        "today": today(),
        "may_answer": gate.may(request.user, Can.ANSWER, net),
        "may_record": gate.may(request.user, Can.RECORD, net),
        "may_run": gate.may(request.user, Can.HOST, net),
        "may_lead": gate.may(request.user, Can.LEAD_FOUNDING, net),
    }
    return page(request, "commitments/cards.html", {"network": net} | view)


@require_http_methods(GET_OR_POST)
def mine(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    asked = request.POST.get("seat") or request.GET.get("seat") or ""
    own = queries.writing(request.user, net, whole_number(asked))
    form = forms.CardForm(
        request.POST or None,
        initial=forms.of_card(own.card, own.seat),
        organisation=own.organisation,
        binds=own.binds,
    )
    if done := submit(form, lambda data: actions.write(by=request.user, network=net, **form.facts())):
        words = (
            _("Your card is confirmed. You can adjust or end it at any time.")
            if done.value.state == "confirmed"
            else _("Your card is saved and waits for the organisation's confirmation.")
        )
        messages.success(request, words)
        return redirect(done.value)
    lock = queries.lock(net)
    return page(request, "commitments/mine.html", {"network": net, "form": form, "own": own, "lock": lock})


@require_http_methods(GET_OR_POST)
def write_for(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.RECORD, net)
    form = forms.CardForForm(request.POST or None, people=networks.members(net), initial={"behalf": "self"})

    def deed(data: dict[str, Any]) -> Any:
        return actions.write(by=request.user, network=net, on_behalf_of=data["person"], **form.facts())

    if done := submit(form, deed):
        messages.success(request, _("Written down. The person can check it."))
        return redirect(done.value)
    return page(request, "commitments/write_for.html", {"network": net, "form": form, "lock": queries.lock(net)})


@require_GET
def paper_card(request: HttpRequest, network: str) -> HttpResponse:
    """An empty card to fill in with a pen."""
    net = networks.get(request.user, network)
    words = {"hours": [label for _code, label in forms.HOURS], "behalf": [label for _code, label in forms.BEHALF]}
    return page(request, "commitments/paper_card.html", {"network": net} | words)


@require_http_methods(GET_OR_POST)
def unlock(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.LEAD_FOUNDING, net)
    form = forms.ReasonForm(request.POST or None)
    if submit(form, lambda data: actions.unlock(by=request.user, network=net, **data)):
        messages.success(request, _("The commitment cards are open. Every member sees your reason."))
        return redirect("commitments:cards", net.slug)
    return page(request, "commitments/unlock.html", {"network": net, "form": form})


@require_http_methods(GET_OR_POST)
def met(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.HOST, net)
    form = forms.MetForm(request.POST or None)
    if submit(form, lambda data: actions.note_acquaintance_round(by=request.user, network=net, **data)):
        messages.success(request, _("Noted. The commitment cards are open."))
        return redirect("commitments:cards", net.slug)
    return page(request, "commitments/met.html", {"network": net, "form": form})


@require_GET
def card(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item = queries.card(request.user, net, pk)
    view = {
        "is_mine": item.person_id == request.user.pk,
        "may_confirm": item.state == "proposed" and queries.may_confirm(request.user, item),
        "may_record": gate.may(request.user, Can.RECORD, net),
        "earlier": list(item.earlier.all()),
    }
    return page(request, "commitments/card.html", {"network": net, "card": item} | view)


def _done(request: HttpRequest, network: str, pk: int, deed: Any, words: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = deed(by=request.user, card=queries.card(request.user, net, pk))
    messages.success(request, words)
    return redirect(item)


@require_POST
def confirm(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _done(request, network, pk, actions.confirm, _("The card is confirmed."))


@require_POST
def decline(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _done(request, network, pk, actions.decline, _("The card was not confirmed. Its writer is told."))


@require_POST
def pause(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _done(request, network, pk, actions.pause, _("The card is on pause."))


@require_POST
def resume(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _done(request, network, pk, actions.resume, _("The card is in use again."))


@require_POST
def renew(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _done(request, network, pk, actions.renew, _("The card is renewed."))


@require_POST
def end(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _done(request, network, pk, actions.end, _("The card has ended. Thank you for this time."))


@require_POST
def check_card(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _done(request, network, pk, actions.check_card, _("Thank you. What was written for you is right."))


@login_not_required
@require_http_methods(GET_OR_POST)
def confirm_by_mail(request: HttpRequest, network: str, pk: int, token: str) -> HttpResponse:
    """The organisation's confirmer reads one card and answers it, without an account."""
    item = queries.card_of_link(network, pk)
    person = people.person_by(token, purpose=actions.CONFIRM, target=actions.target_of(item))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(person.language)
    if request.method == "POST":
        declines = request.POST.get("answer") == "decline"
        deed = actions.decline if declines else actions.confirm
        deed(by=person, card=item, version=item.version)
        return redirect("commitments:confirm_by_mail", network, pk, token)
    context = {"network": item.network, "card": item, "person": person}
    return page(request, "commitments/confirm_by_mail.html", context)
