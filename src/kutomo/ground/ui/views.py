"""The gallery, the choice of theme, and the pages of errors that Django itself reports."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from . import gallery as shown
from .middleware import way_back
from .pages import page
from .theme import COOKIE, THEMES


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; ``?shell=focus`` and ``?shell=stage`` show the other two frames."""
    shell = request.GET.get("shell", "")
    template = f"ui/gallery/{shell}.html" if shell in ("focus", "stage") else "ui/gallery.html"
    return page(request, template, shown.context(request), status=200)


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice of theme in a cookie and go back to where they were."""
    target = request.POST.get("next") or way_back(request) or "/"
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(
        target, {request.get_host()}, request.is_secure()
    ):
        target = "/"
    response = HttpResponseRedirect(target)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: a broken request, or one that is too big."""
    if isinstance(exception, DisallowedHost):  # everything else on a page would ask for the host's name again
        return HttpResponse(get_template("400.html").render(), status=400)
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", {"back": way_back(request)}, status=413)
    return render(request, "400.html", {"back": way_back(request)}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403, for Django's own PermissionDenied; ours is NotAllowed."""
    return render(request, "403.html", {"back": way_back(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: an address that no room has."""
    return render(request, "404.html", {"back": way_back(request)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: without context processors, so that a broken database does not break it too."""
    return HttpResponse(get_template("500.html").render(), status=500)
