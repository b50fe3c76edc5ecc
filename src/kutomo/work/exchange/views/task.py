"""A task between two sides: its terms, what each may do now, what was said, how it went."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules.course import Deed


def shown(request: HttpRequest, net: Any, item: Any, part: Any, **changed: Any) -> HttpResponse:
    """The task's page; ``changed``: a form that is shown again with what was wrong."""
    deeds = queries.deeds(item, part)
    told = queries.feedback(item, part)
    first = {"version": item.terms_version, "deed": Deed.SAY.value if deeds == [Deed.SAY] else ""}
    context = {
        "network": net,
        "task": item,
        "listing": item.listing,
        "part": part.value,
        "steps": queries.steps(item),
        "form": forms.StepForm(deeds=deeds, initial=first) if deeds else None,
        "told": told,
    }
    if item.is_completed and not (told["own"] and told["is_open"]):
        own = told["own"]
        names = ("result", "timing", "process", "words", "may_show")
        context["feedback"] = forms.FeedbackForm(initial={name: getattr(own, name) for name in names} if own else None)
    return page(request, "exchange/task.html", context | changed)


@require_safe
def task(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    return shown(request, net, *queries.task(request.user, net, pk))


@require_POST
def step(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item, part = queries.task(request.user, net, pk)
    form = forms.StepForm(request.POST, deeds=queries.deeds(item, part))
    if submit(form, lambda data: actions.step(by=request.user, task=item, **form.facts())):
        messages.success(request, _("Saved. The other side hears of it by letter."))
        return redirect(item)
    return shown(request, net, item, part, form=form)


@require_POST
def feedback(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    item, part = queries.task(request.user, net, pk)
    form = forms.FeedbackForm(request.POST)
    if submit(form, lambda data: actions.tell_how(by=request.user, task=item, **data)):
        messages.success(request, _("Thank you. The other side sees it when both have told, or after seven days."))
        return redirect(item)
    return shown(request, net, item, part, feedback=form)
