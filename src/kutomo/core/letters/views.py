"""Wishes about letters, the one-press stop, and a look at every letter."""

from __future__ import annotations

from csp.decorators import csp, csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kutomo.ground.errors import NotAllowed
from kutomo.ground.ui import page, submit

from . import actions, forms, queries

# A letter's own styles stand in the letter, and nothing else runs in it.
BARE = {"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]}


def wishes(request: HttpRequest) -> HttpResponse:
    """What comes to me, and when."""
    wish, choices = queries.wishes(request.user)
    form = forms.WishForm(
        request.POST or None,
        kinds=[(choice.kind, capfirst(choice.title)) for choice in choices],
        initial={
            "weekday": wish.weekday,
            "no_nudges": wish.no_nudges,
            "stopped": [choice.kind for choice in choices if choice.is_stopped],
        },
    )
    if submit(form, lambda data: actions.wish(by=request.user, **{"stopped": []} | data)):
        messages.success(request, _("Saved."))
        return redirect("letters:wishes")
    return page(request, "letters/wishes.html", {"form": form})


@csrf_exempt  # RFC 8058: the reader's mail program posts here without ever having been on a page
@login_not_required
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a letter. A GET only asks (mail programs open links by themselves), a POST stops."""
    recipient, kind = queries.of_token(token)
    context = {"title_of_letter": queries.title_of(kind), "token": token}
    if request.method != "POST":
        return page(request, "letters/stop.html", context)
    actions.stop(recipient=recipient, kind=kind)
    return page(request, "letters/stopped.html", context)


@login_not_required
@require_POST
def stop_nudges(request: HttpRequest, token: str) -> HttpResponse:
    """No reminders of any kind any more."""
    recipient, _kind = queries.of_token(token)
    actions.stop_nudges(recipient=recipient)
    messages.success(request, _("You get no automatic reminders any more."))
    return redirect("letters:stop", token)


@login_not_required
@require_POST
def take_back(request: HttpRequest, token: str) -> HttpResponse:
    """The stop was a mistake."""
    recipient, kind = queries.of_token(token)
    actions.want(recipient=recipient, kind=kind)
    messages.success(request, _("These letters come again."))
    return redirect("letters:stop", token)


def _may_look(request: HttpRequest) -> None:
    if not (settings.DEMO or settings.DEBUG or getattr(request.user, "is_operator", False)):
        raise NotAllowed(_("Only the operators of this installation see this page."))


def previews(request: HttpRequest) -> HttpResponse:
    """Every letter that the house can send."""
    _may_look(request)
    return page(request, "letters/previews.html", {"previews": queries.previews()})


@csp_update({"frame-src": ["'self'"]})
def preview(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """One letter as text and as HTML."""
    _may_look(request)
    return page(request, "letters/preview.html", {"specimen": queries.specimen(kind, language)})


@csp(BARE)
@xframe_options_sameorigin
def preview_html(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """The HTML part alone, for the frame."""
    _may_look(request)
    return HttpResponse(queries.specimen(kind, language).html)
