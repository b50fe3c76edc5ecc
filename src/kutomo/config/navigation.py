"""What every page's frame shows: the network's rooms, the reader, the languages.

Lives here because only config knows all rooms. A page gives its ``network`` in the context; the place of
the page is read from its URL name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy as _

# label, icon, URL name, the URL namespaces that belong to it
ROOMS = [
    (_("Today"), "house", "home:network", {"home"}),
    (_("Conversations"), "messages-square", "talk:threads", {"talk"}),
    (_("Meetings"), "calendar-days", "meetings:meetings", {"meetings"}),
    (_("Members"), "users", "networks:members", {"networks", "candidates", "organisations"}),
    (_("Founding"), "book-open", "founding:canvas", {"founding", "commitments", "consent"}),
]

MORE = [
    (_("What has been done"), "book-open", "home:log"),
    (_("Who may do what"), "shield-check", "home:who_may"),
    (_("Roles"), "handshake", "networks:roles"),
]


@dataclass(frozen=True)
class RoomLink:
    label: Any
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Masthead:
    """What the frame shows of the page's network."""

    name: str
    url: str
    yarn: str
    is_example: bool
    note: Any


@dataclass
class Navigation:
    """``rooms`` in the masthead; the first four also in a phone's bottom bar."""

    network: Masthead | None = None
    person: Any = None
    language: str = "fi"
    languages: list[tuple[str, str]] = field(default_factory=list)
    theme: str = ""
    demo: bool = False
    rooms: list[RoomLink] = field(default_factory=list)
    more: list[RoomLink] = field(default_factory=list)


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""


def _build(request: HttpRequest) -> Navigation:
    network = getattr(request, "page_context", {}).get("network")
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    match = request.resolver_match
    namespace = match.namespace if match else ""
    rooms, more, masthead = [], [], None
    if network is not None:
        masthead = Masthead(
            network.name, network.get_absolute_url(), network.yarn, network.is_example, network.get_stage_display()
        )
    if network is not None and person is not None:
        rooms = [
            RoomLink(label, url, icon, namespace in spaces)
            for label, icon, name, spaces in ROOMS
            if (url := _address(name, network.slug))
        ]
        more = [
            RoomLink(label, url, icon, match is not None and match.view_name == name)
            for label, icon, name in MORE
            if (url := _address(name, network.slug))
        ]
    return Navigation(
        network=masthead,
        person=person,
        language=get_language() or "fi",
        languages=list(settings.LANGUAGES),
        theme=request.COOKIES.get("theme", ""),
        demo=settings.DEMO,
        rooms=rooms,
        more=more,
    )


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor; built only when a template reads it, once a request.

    ``page()`` leaves the page's context on the request; the network in it is the one whose masthead is shown.
    """
    return {"nav": SimpleLazyObject(lambda: _build(request))}
