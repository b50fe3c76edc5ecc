"""One decision with all that belongs to it: how it stands, what is asked, the talk, who carries it out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.promises import actions as promises
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules import Method

GET_OR_POST = ["GET", "HEAD", "POST"]


def shown(request: HttpRequest, net: Any, item: Any, **changed: Any) -> HttpResponse:
    """The decision's page; ``changed``: a form that is shown again with what was wrong."""
    ballots = queries.history(item)
    last = ballots[0] if ballots else None
    options = queries.options(item)
    context = {"network": net, "decision": item, "ballot": last, "again": len(ballots) > 1, "options": options}
    if last is not None:
        standing = queries.standing(item, last, request.user, whole_number(request.GET.get("seat")))
        form = forms.answer_form(item, standing, options) if standing.may_answer else None
        context |= {"standing": standing, "form": form, "round": last.round}
        context["mine"] = queries.words_of(item, standing.stance.said) if standing.stance else ""
    context |= {
        "acts": queries.acts(request.user, item),
        "owners": queries.owners(item),
        "interests": list(item.interests.select_related("person")),
        "advice": list(item.advice.all()) if item.method == Method.ADVICE else [],
        "talk": queries.conversation(item),
        "post": forms.PostForm(language=get_language()),
        "lacks": queries.lacks(item),
    }
    return page(request, "decisions/decision.html", context | changed)


@require_safe
def decision(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return shown(request, net, queries.get(request.user, net, pk))


@require_POST
def say(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.TALK, net)
    item = queries.get(request.user, net, pk)
    form = forms.PostForm(request.POST, language=get_language())
    if submit(form, lambda data: actions.say(by=request.user, decision=item, **data)):
        messages.success(request, _("Your post is in the conversation."))
        return redirect(item.get_absolute_url() + "#talk")
    return shown(request, net, item, post=form)


@require_http_methods(GET_OR_POST)
def owner(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    item = queries.get(request.user, net, pk)
    form = forms.OwnerForm(
        request.POST or None, people=networks.members(net), initial={"doer": str(request.user.pk), "what": item.title}
    )
    thing = (queries.THING, item.pk)
    if submit(form, lambda data: promises.propose(by=request.user, network=net, thing=thing, **data)):
        messages.success(request, _("Written down. Nobody owns it before they have said yes."))
        return redirect(item)
    return page(request, "decisions/owner.html", {"network": net, "decision": item, "form": form})
