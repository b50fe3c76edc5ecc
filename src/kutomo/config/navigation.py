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
    (_("Founding"), "book-open", "founding:canvas", {"founding", "profiles", "commitments", "consent"}),
]
ON_PHONE = 4

# Pages that stand side by side at the top of a room, though different rooms of the code make them.
TABS = [
    [
        (_("Seats"), "users", "networks:members"),
        (_("Potential members"), "user-plus", "candidates:candidates"),
        (_("Roles"), "handshake", "networks:roles"),
    ],
    [
        (_("Founding canvas"), "book-open", "founding:canvas"),
        (_("Ground rules"), "scale", "commitments:rules"),
        (_("Commitment cards"), "handshake", "commitments:cards"),
        (_("Form of collaboration"), "sprout", "profiles:profile"),
        (_("Consent rounds"), "scale", "consent:rounds"),
    ],
]
PAGES = [
    (_("What has been done"), "book-open", "home:log"),
    (_("Who may do what"), "shield-check", "home:who_may"),
    (_("Roles"), "handshake", "networks:roles"),
]


ABOUT = [(_("Help"), "help"), (_("Accessibility"), "accessibility"), (_("Privacy"), "privacy")]


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
    """``rooms`` in the masthead; ``tabs``: the pages side by side in one of them; ``pages``: about the network."""

    network: Masthead | None = None
    person: Any = None
    language: str = "fi"
    languages: list[tuple[str, str]] = field(default_factory=list)
    theme: str = ""
    demo: bool = False
    rooms: list[RoomLink] = field(default_factory=list)
    tabs: list[RoomLink] = field(default_factory=list)
    pages: list[RoomLink] = field(default_factory=list)

    @property
    def about(self) -> list[RoomLink]:
        """The same on every page, in the same place."""
        return [RoomLink(label, reverse("home:about", args=[name]), "", False) for label, name in ABOUT]

    @property
    def bar(self) -> list[RoomLink]:
        """The rooms in a phone's bottom bar."""
        return self.rooms[:ON_PHONE]

    @property
    def more(self) -> list[RoomLink]:
        """What stands under the bar's last button: the other rooms, then the network's own pages."""
        return self.rooms[ON_PHONE:] + self.pages


def _links(rows: list[tuple[Any, str, str]], slug: str, here: str) -> list[RoomLink]:
    return [RoomLink(label, reverse(name, args=[slug]), icon, name == here) for label, icon, name in rows]


def _build(request: HttpRequest) -> Navigation:
    network = getattr(request, "page_context", {}).get("network")
    user = getattr(request, "user", None)
    match = request.resolver_match
    found = Navigation(
        person=user if user is not None and user.is_authenticated else None,
        language=get_language() or "fi",
        languages=list(settings.LANGUAGES),
        theme=request.COOKIES.get("theme", ""),
        demo=settings.DEMO,
    )
    if network is not None:
        found.network = Masthead(
            network.name, network.get_absolute_url(), network.yarn, network.is_example, network.get_stage_display()
        )
    if network is not None and found.person is not None:
        here, namespace = (match.view_name, match.namespace) if match else ("", "")
        found.rooms = [
            RoomLink(label, reverse(name, args=[network.slug]), icon, namespace in spaces)
            for label, icon, name, spaces in ROOMS
        ]
        rows = next((tabs for tabs in TABS if here in {name for _label, _icon, name in tabs}), [])
        found.tabs = _links(rows, network.slug, here)
        found.pages = _links(PAGES, network.slug, here)
    return found


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor; built only when a template reads it, once a request.

    ``page()`` leaves the page's context on the request; the network in it is the one whose masthead is shown.
    """
    return {"nav": SimpleLazyObject(lambda: _build(request))}
