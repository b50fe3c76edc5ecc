"""The phones. No account and no session: a signed cookie holds the participant's secret."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from kutomo.core.networks import queries as networks
from kutomo.core.people.views.entering import client_of
from kutomo.ground.errors import RuleBroken
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import Meeting, Participant
from . import phone as phones

DAYS = 60 * 60 * 24


@login_not_required
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    form = forms.EnterForm(request.POST or None)
    if done := submit(form, lambda data: actions.enter(code=data["code"], address=_address(request))):
        return redirect("meetings:phone", done.value.code)
    return page(request, "meetings/enter.html", {"form": form})


def _address(request: HttpRequest) -> str:
    return client_of(request)


def _here(request: HttpRequest, code: str) -> tuple[Meeting, Participant | None]:
    """The meeting and the phone's participant. Only phones that are not in yet count against the limit."""
    uid = phones.uid_in(request.COOKIES, code)
    if uid:
        meeting = queries.standing(code)
        if participant := queries.participant_of(meeting.pk, uid):
            return meeting, participant
    return actions.enter(code=code, address=_address(request)), None


@login_not_required
@never_cache
@require_GET
def phone(request: HttpRequest, code: str) -> HttpResponse:
    meeting, participant = _here(request, code)
    if participant is None:
        roles = meeting.network.roles_of(request.user if request.user.is_authenticated else None)
        return page(
            request, "meetings/join.html", {"meeting": meeting, "form": forms.JoinForm(), "is_member": bool(roles)}
        )
    context = phones.context(meeting, participant, get_language() or "fi")
    context["stand"] = queries.stand(code)
    return page(request, "meetings/phone.html", context | {"device_code": get_random_string(32)})


@login_not_required
@never_cache
@require_POST
def join(request: HttpRequest, code: str) -> HttpResponse:
    meeting, participant = _here(request, code)
    if participant is not None:
        return redirect("meetings:phone", code)
    person = request.user if request.user.is_authenticated else None
    if request.POST.get("as_member") and person and networks.roles_of(person, meeting.network):
        return _came_in(code, actions.join(meeting=meeting, name=person.name, person=person))
    form = forms.JoinForm(request.POST)
    if done := submit(form, lambda data: actions.join(meeting=meeting, **data)):
        return _came_in(code, done.value)
    return page(request, "meetings/join.html", {"meeting": meeting, "form": form})


def _came_in(code: str, participant: Participant) -> HttpResponse:
    response = redirect("meetings:phone", code)
    response.set_cookie(
        phones.cookie(code),
        phones.signed(code, participant.uid),
        max_age=14 * DAYS,
        path="/live/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
@never_cache
@require_GET
def pulse(request: HttpRequest, code: str) -> HttpResponse:
    language = request.GET.get("l", "")[:2] or get_language() or "fi"
    found = phones.beat(
        queries.stand(code), code, request.GET.get("v", ""), language, phones.uid_in(request.COOKIES, code)
    )
    return HttpResponse(found.body, status=found.status, headers=found.headers)


@login_not_required
@never_cache
@require_POST
def answer(request: HttpRequest, code: str) -> HttpResponse:
    return _sent(request, code, lambda participant: actions.answer_all(by=participant, data=request.POST))


def _sent(request: HttpRequest, code: str, deed: Any) -> HttpResponse:
    """Do ``deed`` for the phone's participant; a fetch gets a short yes, a plain form the page again."""
    participant = queries.present(code, phones.uid_in(request.COOKIES, code))
    deed(participant)
    if request.headers.get("X-Live"):
        return JsonResponse({"ok": True})
    return redirect("meetings:phone", code)


@login_not_required
@never_cache
@require_POST
def know(request: HttpRequest, code: str) -> HttpResponse:
    return _sent(
        request,
        code,
        lambda one: actions.know(
            by=one, known=phones.whole(request.POST.get("known")), is_known=request.POST.get("is_known") == "1"
        ),
    )


@login_not_required
@never_cache
@require_POST
def propose(request: HttpRequest, code: str) -> HttpResponse:
    return _sent(request, code, lambda one: _propose(one, request.POST))


def _propose(one: Participant, data: QueryDict) -> None:
    form = forms.PromiseForm(data, meeting=one.meeting)
    if not submit(form, lambda given: actions.propose(by=one, **given)):
        raise RuleBroken(" ".join(str(words) for errors in form.errors.values() for words in errors))


@login_not_required
@never_cache
@require_POST
def settle(request: HttpRequest, code: str, promise: int) -> HttpResponse:
    act = actions.accept if request.POST.get("answer") == "accept" else actions.decline
    return _sent(
        request, code, lambda one: act(by=one, meeting=one.meeting, promise=queries.promise(one.meeting, promise))
    )


@login_not_required
@never_cache
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    response = redirect("meetings:enter")
    response.delete_cookie(phones.cookie(code), path="/live/")
    return response
