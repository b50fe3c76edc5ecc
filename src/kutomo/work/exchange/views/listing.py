"""One need or offer: listed, changed, moved, answered, talked about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.talk import queries as talk
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules import confidential
from ..rules.course import Move
from .board import GET_OR_POST, _side

POSTS_SHOWN = 5


def _warned(request: HttpRequest) -> bool:
    """Is the box "I have read it again" shown? Only when the words ask for it."""
    words = " ".join(request.POST.get(name, "") for name in ("title", "text"))
    return request.method == "POST" and bool(confidential.signs(words))


@require_http_methods(GET_OR_POST)
def post(request: HttpRequest, network: str, side: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    own = queries.own_seats(request.user, net)
    seats = [seat for seat in networks.seats(net) if seat.pk not in {one.pk for one in own}]
    first = {"language": get_language(), "seat": own[0].pk if own else "", "area": request.GET.get("area", "")}
    form = forms.ListingForm(
        request.POST or None, side=_side(side), areas=queries.areas(), own=own, seats=seats,
        warned=_warned(request), initial=first,
    )  # fmt: skip
    if done := submit(form, lambda data: actions.post(by=request.user, network=net, side=side, **form.facts())):
        messages.success(request, _("It is on the board now."))
        return redirect(done.value)
    return page(request, "exchange/post.html", {"network": net, "form": form, "side": side})


@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    form = forms.ListingForm(
        request.POST or None, side=item.side, areas=queries.areas(), changing=True, warned=_warned(request),
        initial=forms.of_listing(item),
    )  # fmt: skip

    def deed(data: Any) -> Any:
        return actions.change(by=request.user, listing=item, seen=data["seen"] or 0, **form.facts())

    if submit(form, deed):
        messages.success(request, _("Saved."))
        return redirect(item)
    return page(request, "exchange/change.html", {"network": net, "listing": item, "form": form})


def shown(request: HttpRequest, net: Any, item: Any, **changed: Any) -> HttpResponse:
    """The page of a listing; ``changed``: a form that is shown again with what was wrong."""
    owns, may_answer = queries.owns(request.user, item), gate.may(request.user, Can.ANSWER, net)
    posts = talk.last_posts((queries.THING, item.pk), POSTS_SHOWN)
    moves = queries.moves(request.user, item)
    context = {
        "network": net,
        "listing": item,
        "area": queries.names().get(item.area, ""),
        "owns": owns,
        "moves": [(move.value, forms.MOVES[move]) for move in moves if move is not Move.MODERATE],
        "may_moderate": Move.MODERATE in moves,
        "may_answer": may_answer and item.is_open and not owns,
        "may_talk": gate.may(request.user, Can.TALK, net),
        "tasks": queries.on(request.user, item) if may_answer else [],
        "fits": queries.fits(item) if may_answer else [],
        "talk": {"thread": posts[0].thread if posts else None, "posts": posts},
        "post": forms.PostForm(language=get_language()),
    }
    return page(request, "exchange/listing.html", context | changed)


@require_safe
def listing(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return shown(request, net, queries.get(request.user, net, pk))


@require_POST
def move(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    deed = request.POST.get("deed", "")
    if deed in set(Move) and deed != Move.MODERATE:
        actions.move(by=request.user, listing=item, deed=Move(deed))
        messages.success(request, _("Saved."))
    return redirect(item)


@require_http_methods(GET_OR_POST)
def moderate(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.SETTLE, net)
    item = queries.get(request.user, net, pk)
    form = forms.ReasonForm(request.POST or None)
    if submit(form, lambda data: actions.move(by=request.user, listing=item, deed=Move.MODERATE, **data)):
        messages.success(request, _("It is off the board. Its owner has been told why."))
        return redirect("exchange:board", net.slug)
    return page(request, "exchange/moderate.html", {"network": net, "listing": item, "form": form})


@require_http_methods(GET_OR_POST)
def propose(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    own = queries.own_seats(request.user, net)
    form = forms.ProposeForm(request.POST or None, own=own, initial={"seat": own[0].pk if own else ""})
    if done := submit(form, lambda data: actions.propose(by=request.user, listing=item, **data)):
        messages.success(request, _("The other side has got a letter. You hear when they answer."))
        return redirect(done.value)
    return page(request, "exchange/propose.html", {"network": net, "listing": item, "form": form})


@require_POST
def say(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.TALK, net)
    item = queries.get(request.user, net, pk)
    form = forms.PostForm(request.POST, language=get_language())
    if submit(form, lambda data: actions.say(by=request.user, listing=item, **data)):
        messages.success(request, _("Your post is in the conversation."))
        return redirect(item.get_absolute_url() + "#talk")
    return shown(request, net, item, post=form)
