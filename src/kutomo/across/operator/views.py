"""The operator's pages."""

from __future__ import annotations

from csp.decorators import csp, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from kutomo.core.letters.views import BARE
from kutomo.ground.ui import page, submit

from . import actions, forms, queries


def operator(request: HttpRequest) -> HttpResponse:
    """Is all well?"""
    queries.require(request.user)
    return page(request, "operator/operator.html", {"signs": queries.health()})


def jobs(request: HttpRequest) -> HttpResponse:
    """Failed jobs, struggling jobs, workers."""
    failed = queries.failed_jobs(request.user, request.GET.get("page", "1"))
    struggling, workers = queries.struggling_jobs(request.user), queries.workers(request.user)
    return page(request, "operator/jobs.html", {"failed": failed, "struggling": struggling, "workers": workers})


@require_POST
def job_again(request: HttpRequest, pk: str) -> HttpResponse:
    """Try a failed job once more."""
    actions.try_again(by=request.user, pk=pk)
    messages.success(request, _("The job is in the queue again."))
    return redirect("operator:jobs")


@require_POST
def job_drop(request: HttpRequest, pk: str) -> HttpResponse:
    """Forget a failed job."""
    actions.drop(by=request.user, pk=pk)
    messages.success(request, _("The job was dropped."))
    return redirect("operator:jobs")


def schedule(request: HttpRequest) -> HttpResponse:
    """What happens by itself."""
    return page(request, "operator/schedule.html", {"dues": queries.schedule(request.user)})


@login_not_required
def letters(request: HttpRequest) -> HttpResponse:
    """The outbox."""
    state = request.GET.get("state", "")
    found = queries.letters(request.user, state, request.GET.get("page", "1"))
    return page(request, "operator/letters.html", {"letters": found, "states": queries.letter_states(), "state": state})


@login_not_required
@csp_update({"frame-src": ["'self'"]})
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter."""
    return page(request, "operator/letter.html", {"opened": queries.letter(request.user, pk)})


@login_not_required
@csp(BARE)
@xframe_options_sameorigin
@never_cache
def letter_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part alone, for the frame."""
    return HttpResponse(queries.letter(request.user, pk).html)


@require_POST
def letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a refused letter once more."""
    actions.send_again(by=request.user, pk=pk)
    messages.success(request, _("The letter is in the queue again."))
    return redirect("operator:letter", pk)


@require_POST
def letter_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter is not needed."""
    actions.drop_letter(by=request.user, pk=pk)
    messages.success(request, _("The letter was dropped."))
    return redirect("operator:letter", pk)


@never_cache
def mail_check(request: HttpRequest) -> HttpResponse:
    """Check the mail server, with a POST for real."""
    queries.require(request.user)
    form = forms.CheckForm(request.POST or None, initial={"send_to": request.user.email})
    done = submit(form, lambda data: actions.check_mail(by=request.user, send_to=data["send_to"]))
    return page(request, "operator/mail_check.html", {"form": form, "findings": done.value if done else []})


@login_not_required
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For a watching program: 200 when all is well, 503 otherwise."""
    signs = queries.health()
    is_well = all(sign.is_well for sign in signs if sign.is_grave)
    return JsonResponse(
        {"well": is_well, "signs": {sign.name: {"well": sign.is_well, "value": sign.value} for sign in signs}},
        status=200 if is_well else 503,
    )


@login_not_required
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """For a load balancer."""
    is_ready = queries.is_ready()
    return HttpResponse("ready\n" if is_ready else "not ready\n", "text/plain", status=200 if is_ready else 503)
