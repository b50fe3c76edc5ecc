"""Pages of those who introduce: the list, the letters, what was laid aside; and members' wishes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.errors import NotFound
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries

GET_OR_POST = ["GET", "POST"]


@require_safe
def introductions(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    shown = queries.index(request.user, net, request.GET.get("page", "1"))
    return page(request, "introductions/introductions.html", {"network": net, "shown": shown})


@require_http_methods(GET_OR_POST)
def write(request: HttpRequest, network: str, a: int, b: int) -> HttpResponse:
    """The ready letter to edit. "Show" shows it as both would get it; "Go on" keeps it."""
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    actions.require_introducer(request.user, net, (min(a, b), max(a, b)))
    found = queries.writing(request.user, net, a, b)
    form = forms.WriteForm(request.POST or None, initial={"words": found.words})
    pair = {"a": found.a.pk, "b": found.b.pk}
    only_look = request.method == "POST" and "look" in request.POST
    if not only_look and (
        done := submit(form, lambda data: actions.write(by=request.user, network=net, **pair, **data))
    ):
        return redirect(done.value)
    words = form.cleaned_data["words"] if only_look and form.is_valid() else found.words
    specimens = queries.specimens(request.user, net, (found.a, found.b), words)
    return page(
        request, "introductions/write.html", {"network": net, "form": form, "found": found, "specimens": specimens}
    )


@require_safe
def introduction(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    row = queries.get(request.user, net, pk)
    shown = queries.shown(request.user, row)
    view: dict[str, Any] = {"shown": shown, "row": row}
    if row.is_editable and row.words and shown.writes:
        view["specimens"] = queries.specimens(request.user, net, (row.a, row.b), row.words)
    if shown.mine is not None or shown.to_record:
        says = shown.mine.reply if shown.mine else ""
        view["reply_form"] = forms.ReplyForm(initial={"says": says})
        view["tell_form"] = forms.TellForm()
    return page(request, "introductions/introduction.html", {"network": net} | view)


def _deed(request: HttpRequest, network: str, pk: int, deed: Any, words: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    row = deed(by=request.user, introduction=queries.get(request.user, net, pk))
    messages.success(request, words)
    return redirect("introductions:introduction", net.slug, row.pk)


@require_POST
def send(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    words = _("The letters leave in ten minutes. Until then you can take them back.")
    return _deed(request, network, pk, actions.send, words)


@require_POST
def take_back(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    return _deed(request, network, pk, actions.take_back, _("Taken back. Nobody has heard of it."))


@require_POST
def drop(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    actions.drop(by=request.user, introduction=queries.get(request.user, net, pk))
    messages.success(request, _("Laid aside. Nobody is told."))
    return redirect("introductions:introductions", net.slug)


@require_POST
def lay_aside(request: HttpRequest, network: str, a: int, b: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    for_good = request.POST.get("for_good") == "1"
    actions.lay_aside(by=request.user, network=net, a=a, b=b, for_good=for_good)
    messages.success(
        request,
        _("It is not suggested again. You find it among those laid aside.")
        if for_good
        else _("Not now, then. It may come back in three weeks."),
    )
    return redirect("introductions:introductions", net.slug)


@require_safe
def laid_aside(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    rows = Paginator(queries.laid_aside(request.user, net), queries.A_PAGE).get_page(request.GET.get("page", "1"))
    return page(request, "introductions/laid_aside.html", {"network": net, "rows": rows})


@require_POST
def bring_back(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    rest = queries.laid_aside(request.user, net).filter(pk=pk).first()
    if rest is None:
        raise NotFound(_("There is no such introduction here."))
    actions.bring_back(by=request.user, network=net, rest=rest)
    messages.success(request, _("It may be suggested again."))
    return redirect("introductions:laid_aside", net.slug)


@require_http_methods(GET_OR_POST)
def wish(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    seats = queries.wishable(request.user, net)
    asked = request.GET.get("seat", "")
    initial = {"seat": whole_number(asked) or ""}
    form = forms.WishForm(request.POST or None, seats=seats, initial=initial)
    if done := submit(form, lambda data: actions.wish(by=request.user, network=net, **data)):
        messages.success(request, _("Your wish is with those who introduce people. They decide whether to write."))
        return redirect("introductions:introduction", net.slug, done.value.pk)
    return page(request, "introductions/wish.html", {"network": net, "form": form, "seats": seats})


@require_POST
def take_wish_back(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    actions.take_wish_back(by=request.user, introduction=queries.get(request.user, net, pk))
    messages.success(request, _("Your wish is taken back."))
    return redirect("introductions:introductions", net.slug)
