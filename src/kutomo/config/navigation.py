"""What every page's frame shows: the network's rooms, the reader, the languages.

Lives here because only config knows all rooms. A page gives its ``network`` in the context; the place of
the page is read from its URL name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
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
ON_PHONE = 4  # rooms in the bottom bar; the rest stands under "More"


@dataclass(frozen=True)
class RoomLink:
    label: Any
    url: str
    icon: str
    is_current: bool


@dataclass
class Navigation:
    """``rooms`` in the masthead, ``more`` under the bottom bar's last button."""

    network: Any = None
    person: Any = None
    language: str = "fi"
    languages: list[tuple[str, str]] = field(default_factory=list)
    theme: str = ""
    demo: bool = False
    rooms: list[RoomLink] = field(default_factory=list)

    @property
    def bar(self) -> list[RoomLink]:
        return self.rooms[:ON_PHONE]

    @property
    def more(self) -> list[RoomLink]:
        return self.rooms[ON_PHONE:]


def _build(request: HttpRequest) -> Navigation:
    network = getattr(request, "network", None)
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    match = request.resolver_match
    namespace = match.namespace if match else ""
    rooms = []
    if network is not None and person is not None:
        rooms = [
            RoomLink(label, reverse(name, args=[network.slug]), icon, namespace in spaces)
            for label, icon, name, spaces in ROOMS
        ]
    return Navigation(
        network=network,
        person=person,
        language=get_language() or "fi",
        languages=list(settings.LANGUAGES),
        theme=request.COOKIES.get("theme", ""),
        demo=settings.DEMO,
        rooms=rooms,
    )


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor; built only when a template reads it, once a request.

    ``page()`` puts the network of the context on the request before rendering.
    """
    return {"nav": SimpleLazyObject(lambda: _build(request))}
