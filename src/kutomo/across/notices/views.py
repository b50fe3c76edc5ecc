"""The inbox: what waits for me, not now, never this, and back again."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kutomo.ground.errors import RuleBroken
from kutomo.ground.ui import page

from . import actions, forms, queries


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    found = queries.inbox(request.user)
    just_now = queries.put_just_now(found, request.GET.get("aside", ""))
    return page(request, "notices/inbox.html", {"inbox": found, "just_now": just_now})


@require_POST
def not_now(request: HttpRequest) -> HttpResponse:
    """It comes back by itself."""
    return _shown(actions.put_aside(by=request.user, key=_key(request)).key)


@require_POST
def never(request: HttpRequest) -> HttpResponse:
    """Never this: it stays away until it is brought back."""
    return _shown(actions.put_aside(by=request.user, key=_key(request), for_good=True).key)


@require_POST
def bring_back(request: HttpRequest) -> HttpResponse:
    actions.bring_back(by=request.user, key=_key(request))
    messages.success(request, _("It is on the list again."))
    return redirect("notices:inbox")


def _key(request: HttpRequest) -> str:
    """The thing that the button names."""
    form = forms.KeyForm(request.POST)
    if not form.is_valid():
        raise RuleBroken(_("Choose one of the things that wait."))
    return str(form.cleaned_data["key"])


def _shown(key: str) -> HttpResponse:
    """The inbox, where the press can be undone."""
    return redirect(f"{reverse('notices:inbox')}?{urlencode({'aside': key})}")
