"""What an invited person, or anybody with the join link, sees without an account."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.organisations.forms import municipality_names
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries


def _opened(request: HttpRequest, token: str) -> queries.Opened:
    """The invitation of the address; its letter's language goes on, unless the device has another."""
    opened = queries.by_token(token)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(opened.candidate.language)
    return opened


def _show(request: HttpRequest, template: str, opened: queries.Opened, **more: object) -> HttpResponse:
    context = {"network": opened.network, "candidate": opened.candidate, "invitation": opened.invitation} | more
    response = page(request, f"candidates/{template}.html", context)
    # The address is the key. The house's own policy (same-origin) keeps it from other sites; a stricter one
    # would make browsers send "Origin: null", and the form would be refused as a forgery.
    response["Cache-Control"] = "no-store"
    return response


def _expired(request: HttpRequest, opened: queries.Opened) -> HttpResponse:
    response = _show(request, "expired", opened)
    response.status_code = 410
    return response


@login_not_required
@require_safe
def code(request: HttpRequest) -> HttpResponse:
    if typed := request.GET.get("code", "").strip():
        opened = queries.by_token(typed)
        return redirect("candidates:invitation", opened.invitation.token)
    return page(request, "candidates/code.html")


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    if opened.candidate.state == "seated":
        return _show(request, "seated", opened)
    if opened.invitation.is_expired:
        return _expired(request, opened)
    form = forms.ReplyForm(
        request.POST or None,
        initial={"reply": opened.candidate.reply, "words": opened.candidate.reply_words},
    )
    if done := submit(form, lambda data: actions.reply(candidate=opened.candidate, **form.answer())):
        follow = {"yes": "yes", "someone_else": "someone_else"}.get(done.value.reply, "done")
        return redirect(f"candidates:{follow}", token)
    if request.method == "GET":
        actions.note_opened(invitation=opened.invitation)
    return _show(request, "invitation", opened, form=form)


@login_not_required
def yes(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    if opened.candidate.state == "seated":
        return _show(request, "seated", opened)
    if opened.invitation.is_expired:
        return _expired(request, opened)
    form = forms.SitForm(
        request.POST or None, candidate=opened.candidate, initial=forms.SitForm.initial_of(opened.candidate)
    )
    if submit(form, lambda data: actions.sit(candidate=opened.candidate, **form.facts())):
        return redirect("candidates:done", token)
    return _show(request, "yes", opened, form=form)


@login_not_required
def someone_else(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    if opened.invitation.is_expired:
        return _expired(request, opened)
    initial = {"organisation_name": opened.candidate.organisation_name}
    form = forms.SuggestForm(request.POST or None, initial=initial)
    if submit(form, lambda data: actions.suggest(candidate=opened.candidate, **data)):
        return redirect("candidates:done", token)
    return _show(request, "someone_else", opened, form=form)


@login_not_required
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    if request.method == "POST":
        actions.not_me(invitation=opened.invitation)
        return _show(request, "not_me_told", opened, link=queries.join_link(opened.network))
    return _show(request, "not_me", opened, link=queries.join_link(opened.network))


@login_not_required
@require_POST
def again(request: HttpRequest, token: str) -> HttpResponse:
    opened = _opened(request, token)
    actions.again(invitation=opened.invitation)
    return _show(request, "again", opened)


@login_not_required
@require_safe
def done(request: HttpRequest, token: str) -> HttpResponse:
    return _show(request, "done", _opened(request, token))


@login_not_required
def join(request: HttpRequest, token: str) -> HttpResponse:
    link = queries.get_join(token)
    form = forms.JoinForm(request.POST or None, link=link, initial={"language": get_language()})
    if submit(form, lambda data: actions.ask(link=link, **form.facts())):
        return redirect("candidates:asked", token)
    context = {"network": link.network, "link": link, "form": form, "municipalities": municipality_names()}
    return page(request, "candidates/join.html", context)


@login_not_required
@require_safe
def asked(request: HttpRequest, token: str) -> HttpResponse:
    link = queries.get_join(token)
    return page(request, "candidates/asked.html", {"network": link.network, "link": link})
