"""One way to answer with a page or with a part of it."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.cache import patch_vary_headers


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    part: str = "",
    status: int | None = None,
) -> HttpResponse:
    """Answer with the whole page, or with one of its partials when htmx asks for it.

    ``part`` names the partial; without it the partial named like the id of htmx's target is taken. A page
    without such a partial is sent whole and replaces the body. The status is 422 when a form in the context
    has errors (htmx swaps it in, see the tag ``htmx``), else 200, unless ``status`` says otherwise.
    """
    context = dict(context or {})
    if status is None:
        status = 422 if any(_has_errors(value) for value in context.values()) else 200
    if "network" in context:
        request.network = context["network"]  # type: ignore[attr-defined]  # the frame shows its name and rooms
    request.page_context = context  # type: ignore[attr-defined]  # the frame round the page may read it
    headers = {}
    chosen = get_template(template)
    if wants_part(request):
        try:
            chosen = get_template(f"{template}#{part or request.htmx.target or ''}".rstrip("#"))  # type: ignore[attr-defined]
        except TemplateDoesNotExist:
            headers = {"HX-Retarget": "body", "HX-Reswap": "outerHTML"}
    response = HttpResponse(chosen.render(context, request), status=status, headers=headers)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    if getattr(request, "user", None) is not None and request.user.is_authenticated:
        # At a shared computer nobody finds it with the back button after signing out.
        response["Cache-Control"] = "private, no-store"
    return response


def wants_part(request: HttpRequest) -> bool:
    """True when htmx asks for a fragment (not for a boosted page or one from its history)."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def _has_errors(value: object) -> bool:
    if isinstance(value, BaseForm):
        return value.is_bound and bool(value.errors)
    if isinstance(value, BaseFormSet):
        return value.is_bound and not value.is_valid()
    return False
