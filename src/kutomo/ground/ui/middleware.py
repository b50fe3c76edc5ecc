"""Anticipated refusals become pages or fragments. Nothing else is caught here: the rest are bugs."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from kutomo.ground.errors import NotAllowed, NotFound, Refusal, RuleBroken, TooMany

from .pages import wants_part

View = Callable[..., HttpResponse]


class RefusalMiddleware:
    """Answers a Refusal with its status, its words, what to do and a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[object, ...], given: dict[str, object]
    ) -> HttpResponse | None:
        """No person types the character NUL, and PostgreSQL keeps no text that has it: refused once, for all rooms."""
        if any("\0" in str(value) for value in given.values()):
            raise Http404
        sent = [text for fields in (request.GET, request.POST) for row in fields.lists() for text in (row[0], *row[1])]
        if any("\0" in text for text in sent):
            return refused(request, RuleBroken(_("The text holds a character that cannot be kept. Write it again.")))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal, or for htmx a notice that takes the place of the page's notices."""
    fragment = wants_part(request)
    network = getattr(refusal, "network", None)
    if network is not None:
        request.network = network  # type: ignore[attr-defined]  # so the way on stays in sight
    response = render(
        request,
        "ui/refusal.html#notice" if fragment else "ui/refusal.html",
        {
            "refusal": refusal,
            "words": str(refusal),
            "kind": _kind(refusal),
            "network": network,
            "back": way_back(request),
            "minutes": -(-refusal.retry_after // 60) if isinstance(refusal, TooMany) else None,
        },
        status=refusal.status,
    )
    if fragment:
        # The notice goes to the page's own place for notices; what the reader was doing stays as it was.
        response["HX-Retarget"], response["HX-Reswap"] = "#notices", "innerHTML"
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(max(1, refusal.retry_after))
    response["Cache-Control"] = "no-store"
    return response


def way_back(request: HttpRequest) -> str:
    """The page on this site that the reader came from; empty when unknown, the same or elsewhere."""
    origin = f"{request.scheme}://{request.get_host()}"
    referer = request.headers.get("Referer", "")
    path = referer.removeprefix(origin)
    if path == referer or not path.startswith("/") or path.startswith("//"):
        return ""
    if request.method in ("GET", "HEAD") and path == request.get_full_path():
        return ""
    return path


def _kind(refusal: Refusal) -> str:
    for kind, word in ((NotAllowed, "not_allowed"), (NotFound, "not_found"), (TooMany, "too_many")):
        if isinstance(refusal, kind):
            return word
    return "rule"
