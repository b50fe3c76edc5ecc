"""Signing in and out."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import Person

YEAR = 60 * 60 * 24 * 365


def client_of(request: HttpRequest) -> str:
    """The client's address on the net, behind as many proxies as the settings say."""
    return get_adapter(request).get_client_ip(request)


def safe_next(request: HttpRequest, wanted: str | None) -> str:
    """An address on this site, or empty."""
    hosts = {request.get_host()}
    if not wanted or not wanted.startswith("/"):  # "next=word" is no address, and redirect() would look it up
        return ""
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, request.is_secure()) else ""


def set_language(response: HttpResponse, language: str) -> HttpResponse:
    """The reader's language for the next pages."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, secure=settings.SECURE, httponly=True, samesite="Lax"
    )
    return response


@login_not_required
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Step 1: the address."""
    wanted = safe_next(request, request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(wanted or "people:arrive")
    form = forms.AddressForm(request.POST or None)
    asked = submit(
        form,
        lambda data: actions.ask_code(email=data["email"], language=get_language() or "fi", client=client_of(request)),
    )
    if asked:
        request.session["entering"] = {"handle": asked.value.handle, "next": wanted}
        return redirect("people:code")
    return page(request, "people/sign_in.html", {"form": form, "providers": queries.providers(), "next": wanted})


@login_not_required
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Step 2: the code from the message."""
    entering = request.session.get("entering") or {}
    asked = queries.code_of(entering.get("handle", ""))
    if asked is None:
        messages.info(request, _("The code is no longer valid. Ask for a new one."))
        return redirect("people:sign_in")
    form = forms.EntryForm(request.POST or None)
    taken = submit(
        form,
        lambda data: actions.take_code(
            handle=asked.handle, typed=data["code"], client=client_of(request), language=get_language() or "fi"
        ),
    )
    if taken:
        return _arrived(request, taken.value, remember=form.cleaned_data["remember"], to=entering.get("next", ""))
    return page(request, "people/code.html", {"form": form, "email": asked.email})


@login_not_required
@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    """A new code to the same address."""
    entering = request.session.get("entering") or {}
    asked = queries.code_of(entering.get("handle", ""))
    if asked is None:
        return redirect("people:sign_in")
    fresh = actions.ask_code(email=asked.email, language=get_language() or "fi", client=client_of(request))
    request.session["entering"] = {**entering, "handle": fresh.handle}
    messages.success(request, _("We sent a new code. The earlier one no longer works."))
    return redirect("people:code")


def _arrived(request: HttpRequest, person: Person, *, remember: bool = True, to: str = "") -> HttpResponse:
    """Open the session and go where the reader was going."""
    request.session.pop("entering", None)
    actions.enter(by=person, request=request, remember=remember)
    if not person.name:
        where = reverse("people:welcome") + (f"?next={to}" if to else "")
    else:
        where = to or reverse("people:arrive")
    response = redirect(where)
    return set_language(response, person.language) if person.name else response


@login_not_required
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link from the terminal: a press signs the operator in, so that looking at it uses nothing up."""
    if request.method != "POST":
        return page(request, "people/link.html", {}, status=200)
    facts = {"token": token, "client": client_of(request), "language": get_language() or "fi"}
    return _arrived(request, actions.take_link(**facts))


def arrive(request: HttpRequest) -> HttpResponse:
    """After signing in: first one's name, if it is not known yet, then one's networks."""
    return redirect("people:welcome" if not request.user.name else settings.LOGIN_REDIRECT_URL)


def welcome(request: HttpRequest) -> HttpResponse:
    """Name and language, asked once."""
    form = forms.WelcomeForm(
        request.POST or None, initial={"name": request.user.name, "language": get_language() or "fi"}
    )
    if submit(form, lambda data: actions.change(by=request.user, **data)):
        to = safe_next(request, request.GET.get("next"))
        return set_language(redirect(to or settings.LOGIN_REDIRECT_URL), form.cleaned_data["language"])
    return page(request, "people/welcome.html", {"form": form})


@login_not_required
@require_POST
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """The challenge for a passkey, as JSON for the browser."""
    return JsonResponse(actions.begin_passkey_entry(client=client_of(request)), headers={"Cache-Control": "no-store"})


@login_not_required
@require_POST
def passkey_entry(request: HttpRequest) -> HttpResponse:
    """The signed challenge comes back."""
    form = forms.PasskeyForm(request.POST)
    taken = submit(
        form,
        lambda data: actions.enter_by_passkey(credential=data["credential"], client=client_of(request)),
    )
    if taken:
        return _arrived(request, taken.value, to=safe_next(request, request.POST.get("next")))
    messages.error(request, _("This passkey is not known here. Sign in with a code instead."))
    return redirect("people:sign_in")


@login_not_required
@require_POST
def sign_on(request: HttpRequest, provider: str) -> HttpResponse:
    """Off to the organisation's own sign-on."""
    from .. import outside  # loads what speaks with other servers; most installations never need it

    return outside.begin(request, provider)


@login_not_required
@never_cache
def sign_on_back(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from it."""
    from .. import outside

    return outside.finish(request, provider)


@login_not_required
@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Look around in the demo with somebody's eyes."""
    return _arrived(request, actions.enter_as(part=request.POST.get("part", "")), remember=False)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out, on this device."""
    actions.leave_house(by=request.user, request=request)
    messages.success(request, _("You have signed out."))
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response["Clear-Site-Data"] = '"storage"'  # half-written texts; pages themselves are never stored
    return response


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Another language, on the same page."""
    chosen = actions.speak(by=request.user, language=request.POST.get("language", ""))
    return set_language(redirect(safe_next(request, request.POST.get("next")) or "/"), chosen)
