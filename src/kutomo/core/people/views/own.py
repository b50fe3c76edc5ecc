"""One's own pages: facts, addresses, passkeys, sessions, data, leaving."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from .entering import client_of, set_language


def me(request: HttpRequest) -> HttpResponse:
    """My details."""
    person = request.user
    initial = {key: getattr(person, key) for key in ("name", "language", "phone", "reach")}
    form = forms.DetailsForm(request.POST or None, initial=initial)
    if submit(form, lambda data: actions.change(by=person, **data)):
        messages.success(request, _("Saved."))
        return set_language(redirect("people:me"), form.cleaned_data["language"])
    return page(request, "people/me.html", {"form": form, "addresses": queries.addresses(person)})


@never_cache
def addresses(request: HttpRequest) -> HttpResponse:
    """My addresses, and a new one."""
    form = forms.FurtherAddressForm(request.POST or None)
    asked = submit(
        form, lambda data: actions.add_address(by=request.user, email=data["email"], client=client_of(request))
    )
    if asked:
        request.session["adding"] = asked.value.handle
        return redirect("people:address_code")
    return page(request, "people/addresses.html", {"form": form, "addresses": queries.addresses(request.user)})


@never_cache
def address_code(request: HttpRequest) -> HttpResponse:
    """The code that proves the new address."""
    asked = queries.code_of(request.session.get("adding", ""))
    if asked is None:
        return redirect("people:addresses")
    form = forms.ConfirmForm(request.POST or None)
    added = submit(
        form,
        lambda data: actions.confirm_address(
            by=request.user, handle=asked.handle, typed=data["code"], client=client_of(request)
        ),
    )
    if added:
        request.session.pop("adding", None)
        messages.success(request, _("%(email)s is now yours.") % {"email": added.value})
        return redirect("people:addresses")
    return page(request, "people/address_code.html", {"form": form, "email": asked.email})


@require_POST
def address_primary(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters go there."""
    email = actions.make_primary(by=request.user, pk=pk)
    messages.success(request, _("Letters now go to %(email)s.") % {"email": email})
    return redirect("people:addresses")


@require_POST
def address_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with it."""
    email = actions.remove_address(by=request.user, pk=pk)
    messages.success(request, _("%(email)s was removed.") % {"email": email})
    return redirect("people:addresses")


@never_cache
def passkeys(request: HttpRequest) -> HttpResponse:
    """My passkeys; a POST brings a new one."""
    form = forms.PasskeyForm(request.POST or None)
    if submit(form, lambda data: actions.add_passkey(by=request.user, **data)):
        messages.success(request, _("The passkey is saved. Next time you can sign in with it."))
        return redirect("people:passkeys")
    return page(request, "people/passkeys.html", {"form": form, "passkeys": queries.passkeys(request.user)})


@require_POST
def passkey_new(request: HttpRequest) -> HttpResponse:
    """The challenge for a new passkey, as JSON for the browser."""
    return JsonResponse(actions.begin_passkey(by=request.user), headers={"Cache-Control": "no-store"})


@require_POST
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with it."""
    actions.drop_passkey(by=request.user, pk=pk)
    messages.success(request, _("The passkey was removed."))
    return redirect("people:passkeys")


def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am signed in."""
    found = queries.sessions(request.user, current=request.session.session_key or "")
    return page(request, "people/sessions.html", {"sessions": found})


@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Out, on that device."""
    actions.end_session(by=request.user, pk=pk)
    messages.success(request, _("You have signed out on that device."))
    return redirect("people:sessions")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Out, everywhere."""
    actions.sign_out_everywhere(by=request.user, request=request)
    messages.success(request, _("You have signed out everywhere. Links in earlier letters no longer work."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """All that is kept about me."""
    return HttpResponse(
        queries.as_zip(queries.own_data(request.user)),
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="kutomo-omat-tiedot.zip"', "Cache-Control": "no-store"},
    )


def leave(request: HttpRequest) -> HttpResponse:
    """Remove my account."""
    form = forms.LeaveForm(request.POST or None)
    if submit(form, lambda data: actions.erase(by=request.user, request=request)):
        messages.success(request, _("Your account has been removed. Thank you for having been here."))
        return redirect(settings.LOGOUT_REDIRECT_URL)
    return page(request, "people/leave.html", {"form": form, "staying": queries.staying()})
