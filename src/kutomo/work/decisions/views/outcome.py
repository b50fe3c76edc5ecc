"""What came of it: writing, publishing, looking again, and how it was before."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import today
from kutomo.ground.text import whole_number
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries, rules
from .decision import GET_OR_POST


@require_http_methods(GET_OR_POST)
def outcome(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    others = [code for code in net.working_languages if code != item.language]
    first = forms.of_outcome(item, rules.default_review(today()))
    form = forms.OutcomeForm(request.POST or None, languages=others, initial=first)
    if submit(form, lambda data: actions.write(by=request.user, decision=item, **form.facts())):
        messages.success(request, _("Saved. Publish it when it is ready."))
        return redirect(item)
    theirs = queries.get(request.user, net, pk) if form.errors else None
    context = {"network": net, "decision": item, "form": form, "theirs": theirs}
    return page(request, "decisions/outcome.html", context | queries.found(item, request.user))


@require_POST
def publish(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    seen = request.POST.get("seen", "")
    actions.publish(by=request.user, decision=item, seen=whole_number(seen) or item.revision)
    messages.success(request, _("Published, with its reasons. All members get a letter."))
    return redirect(item)


@require_http_methods(GET_OR_POST)
def review(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    item = queries.get(request.user, net, pk)
    first = {"keeps": "yes", "review_on": rules.default_review(today())}
    form = forms.ReviewForm(request.POST or None, initial=first)
    if submit(form, lambda data: actions.review(by=request.user, decision=item, **data)):
        messages.success(request, _("Saved."))
        return redirect(item)
    return page(request, "decisions/review.html", {"network": net, "decision": item, "form": form})


@require_safe
def history(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item = queries.get(request.user, net, pk)
    context = {"network": net, "decision": item, "asked": queries.past(item, request.user)}
    return page(request, "decisions/history.html", context | {"verdicts": list(item.verdicts.select_related("by"))})
