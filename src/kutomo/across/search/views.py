"""Search in everything, and in one network."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page

from . import queries, rules

A_PAGE = 20


@require_safe
def everywhere(request: HttpRequest) -> HttpResponse:
    return _search(request, "search/everywhere.html", {})


@require_safe
def within(request: HttpRequest, network: str) -> HttpResponse:
    return _search(request, "search/within.html", {"network": networks.get(request.user, network)})


def _search(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    question, kind = request.GET.get("q", "").strip()[: rules.LONGEST_QUESTION], request.GET.get("kind", "")
    found = queries.found(request.user, question, network=context.get("network"), kind=kind)
    answers = Paginator(found.answers, A_PAGE).get_page(request.GET.get("page", "1"))
    shown = found.shown(list(answers.object_list))
    return page(request, template, {**context, "found": found, "answers": answers, "shown": shown, "kind": kind})
