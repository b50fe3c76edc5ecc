"""The table of one question: answers into themes, by dragging, by keyboard or by a list and a button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..rules import wording
from .canvas import current_of


@require_safe
def table(request: HttpRequest, network: str, question: int) -> HttpResponse:
    net, found = current_of(request, network)
    return _table(request, net, found, question)


def _table(
    request: HttpRequest, net: Any, found: Any, question: int, note: Any = None, theme: Any = None
) -> HttpResponse:
    row = queries.question(found, question)
    board = queries.board(found, row)
    groups = [{"id": "", "name": _("Not grouped yet")}]
    groups += [{"id": str(cluster.pk), "name": cluster.words} for cluster in board.clusters]
    may = gate.may(request.user, Can.CLUSTER, net) and row.is_revealed and found.state in ("open", "comparing")
    return page(
        request,
        "founding/table.html",
        {
            "network": net,
            "canvas": found,
            "board": board,
            "words": wording.question(question, get_language() or "en"),
            "groups": [*groups, {"id": "new", "name": _("A new theme")}],
            "hints": queries.hints_for(board) if may else [],
            "signs": queries.signs(board) if row.is_revealed else None,
            "weave": queries.weave_of(board) if board.clusters else None,
            "may_cluster": may,
            "draft": row.draft if row.is_revealed else "",
            "note_form": note or forms.NoteForm(initial={"text": row.note, "seen": row.note_version}),
            "theme_form": theme,
        },
    )


@require_POST
def move(request: HttpRequest, network: str, question: int, answer: str) -> HttpResponse:
    net, found = current_of(request, network)
    actions.cluster(
        by=request.user,
        canvas=found,
        question=question,
        answers=answer,
        into=request.POST.get("group") or None,
    )
    return redirect("founding:table", net.slug, question)


@require_POST
def gather(request: HttpRequest, network: str, question: int) -> HttpResponse:
    """Answers that were ticked, or that a hint brought together, into a new theme."""
    net, found = current_of(request, network)
    actions.cluster(
        by=request.user,
        canvas=found,
        question=question,
        answers=request.POST.getlist("answer"),
        into="new",
        name=request.POST.get("name", ""),
    )
    return redirect("founding:table", net.slug, question)


def name_theme(request: HttpRequest, network: str, question: int, cluster: int) -> HttpResponse:
    net, found = current_of(request, network)
    gate.require(request.user, Can.CLUSTER, net)
    row = queries.theme(found, cluster)
    form = forms.ThemeForm(request.POST or None, initial={"name": row.name, "seen": row.version})
    if submit(form, lambda data: actions.name_cluster(by=request.user, canvas=found, cluster=cluster, **data)):
        return redirect("founding:table", net.slug, question)
    return page(
        request,
        "founding/name_theme.html",
        {"network": net, "canvas": found, "form": form, "number": question, "theme": row},
    )


@require_POST
def mark_in_draft(request: HttpRequest, network: str, question: int, cluster: int) -> HttpResponse:
    net, found = current_of(request, network)
    actions.mark_in_draft(
        by=request.user, canvas=found, cluster=cluster, in_draft=request.POST.get("in_draft") == "yes"
    )
    return redirect("founding:table", net.slug, question)


@require_POST
def note(request: HttpRequest, network: str, question: int) -> HttpResponse:
    net, found = current_of(request, network)
    form = forms.NoteForm(request.POST)
    if submit(form, lambda data: actions.write_note(by=request.user, canvas=found, question=question, **data)):
        messages.success(request, _("Saved."))
        return redirect("founding:table", net.slug, question)
    return _table(request, net, found, question, note=form)
