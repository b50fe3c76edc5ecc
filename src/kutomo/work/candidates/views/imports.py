"""A table onto the list: choose, check, mend, confirm, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import Import


def read(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.MANAGE_CANDIDATES, net)
    form = forms.TableForm(request.POST or None, request.FILES or None)
    if done := submit(form, lambda data: actions.read(by=request.user, network=net, **form.table())):
        return redirect("candidates:check", net.slug, done.value.pk)
    return page(
        request, "candidates/import.html", {"network": net, "form": form, "imports": queries.current_imports(net)}
    )


def _check(request: HttpRequest, net: object, source: Import, **forms_with_errors: object) -> HttpResponse:
    if source.state != Import.State.PREVIEW:  # confirmed by an earlier press
        return page(request, "candidates/imported.html", {"network": net, "source": source})
    context = {
        "network": net,
        "source": source,
        "preview": queries.preview(source),
        "form": forms.MappingForm(source=source),
        "confirm": forms.ConfirmForm(),
    } | forms_with_errors
    for column, select in zip(context["preview"].columns, context["form"].selects, strict=True):  # type: ignore[attr-defined]
        column["select"] = select
    return page(request, "candidates/check.html", context)


@require_safe
def check(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    source = queries.get_import(request.user, net, pk)
    source.network = net  # type: ignore[assignment]
    return _check(request, net, source)


def columns(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    source = queries.get_import(request.user, net, pk)
    form = forms.MappingForm(request.POST or None, source=source)
    if submit(
        form,
        lambda data: actions.read_again(
            by=request.user, source=source, mapping=form.mapping(), has_header=data["has_header"]
        ),
    ):
        messages.success(request, _("The columns were read again."))
        return redirect("candidates:check", net.slug, pk)
    if not request.POST:
        return redirect("candidates:check", net.slug, pk)
    return _check(request, net, source, form=form)


@require_POST
def mend(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    source = queries.get_import(request.user, net, pk)
    actions.mend(by=request.user, source=source, cells=forms.MendForm(request.POST).cells())
    messages.success(request, _("Saved. The rows were checked again."))
    return redirect("candidates:check", net.slug, pk)


@require_POST
def confirm(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    source = queries.get_import(request.user, net, pk)
    form = forms.ConfirmForm(request.POST)
    if done := submit(form, lambda data: actions.confirm(by=request.user, source=source, **data)):
        words = ngettext(
            "%(n)s candidate was put on the list.", "%(n)s candidates were put on the list.", done.value.added
        )
        messages.success(request, words % {"n": done.value.added})
        return redirect("candidates:check", net.slug, pk)
    return _check(request, net, source, confirm=form)


@require_POST
def drop(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.drop(by=request.user, source=queries.get_import(request.user, net, pk))
    messages.success(request, _("The table was dropped. The list is as it was."))
    return redirect("candidates:candidates", net.slug)


@require_POST
def undo(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.undo(by=request.user, source=queries.get_import(request.user, net, pk))
    messages.success(request, _("The whole import was taken back."))
    return redirect("candidates:candidates", net.slug)
