"""Pages of organisations: the list, one organisation, its facts and contact points."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.ground.ui import page, submit

from . import actions, forms, queries


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    form = forms.FindForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q", "")
    found = queries.find(
        request.user,
        words=words,
        kind=form.cleaned_data.get("kind", ""),
        county=form.cleaned_data.get("county", ""),
        page=request.GET.get("page", "1"),
    )
    return page(request, "organisations/organisations.html", {"found": found, "find": form, "words": words}, status=200)


def add(request: HttpRequest) -> HttpResponse:
    form = forms.AddForm(request.POST or None)
    if done := submit(form, lambda data: actions.meet(by=request.user, **data)):
        return redirect(done.value)
    return page(request, "organisations/add.html", {"form": form, "municipalities": forms.municipality_names()})


@require_safe
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.get(request.user, pk)
    return page(
        request,
        "organisations/organisation.html",
        {
            "organisation": found,
            "members": queries.members(found),
            "contact_points": queries.contact_points(found),
            "may_change": queries.may_change(request.user, found),
        },
    )


def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.get_to_change(request.user, pk)
    initial = forms.OrganisationForm.initial_of(found)
    form = forms.OrganisationForm(request.POST or None, initial=initial, person=request.user)
    if submit(form, lambda data: actions.change(by=request.user, organisation=found, **data)):
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {
        "organisation": found,
        "form": form,
        "municipalities": forms.municipality_names(),
        "names": queries.names(request.user),
    }
    return page(request, "organisations/change.html", context)


def add_contact(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.get_to_change(request.user, pk)
    form = forms.ContactForm(request.POST or None)
    if submit(form, lambda data: actions.add_contact(by=request.user, organisation=found, **data)):
        messages.success(request, _("Saved."))
        return redirect(found)
    return page(request, "organisations/add_contact.html", {"organisation": found, "form": form})


@require_POST
def remove_contact(request: HttpRequest, pk: int, point: int) -> HttpResponse:
    found = queries.get(request.user, pk)
    actions.remove_contact(by=request.user, point=queries.contact_point(found, point))
    messages.success(request, _("The contact point was removed."))
    return redirect(found)
