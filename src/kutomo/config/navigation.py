"""What every page's frame shows: the network's rooms, the reader, the languages.

Lives here because only config knows all rooms. A page gives its ``network`` in the context; the place of
the page is read from its URL name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _, pgettext_lazy

from kutomo.core.networks.models import Network
from kutomo.ground.ui.theme import chosen

# label, icon, URL name, the URL namespaces that belong to it
ROOMS = [
    (_("Today"), "house", "home:network", {"home"}),
    (_("Conversations"), "messages-square", "talk:threads", {"talk", "ideas", "decisions", "promises"}),
    (_("Meetings"), "calendar-days", "meetings:meetings", {"meetings"}),
    (
        _("Members"),
        "users",
        "networks:members",
        {"networks", "candidates", "organisations", "relations", "introductions", "netmap"},
    ),
    (pgettext_lazy("mutual", "Help"), "hand-heart", "exchange:board", {"exchange"}),
    (_("Goals"), "sprout", "results:goals", {"results"}),
    (_("Founding"), "book-open", "founding:canvas", {"founding", "profiles", "commitments", "consent"}),
]
ON_PHONE = 4

# Pages that stand side by side at the top of a room, though different rooms of the code make them.
TABS = [
    [
        (_("Conversations"), "messages-square", "talk:threads"),
        (_("Ideas"), "lightbulb", "ideas:ideas"),
        (_("Decisions"), "scale", "decisions:decisions"),
        (_("Promises"), "handshake", "promises:promises"),
    ],
    [
        (_("Seats"), "users", "networks:members"),
        (_("Potential members"), "user-plus", "candidates:candidates"),
        (_("Roles"), "handshake", "networks:roles"),
        (_("Relationships"), "arrow-left-right", "relations:waves"),
        (_("Network map"), "group", "netmap:map"),
        (_("Introductions"), "user-plus", "introductions:introductions"),
    ],
    [
        (_("Founding canvas"), "book-open", "founding:canvas"),
        (_("Ground rules"), "scale", "commitments:rules"),
        (_("Commitment cards"), "handshake", "commitments:cards"),
        (_("Form of collaboration"), "sprout", "profiles:profile"),
        (_("Consent rounds"), "scale", "consent:rounds"),
    ],
]
# Further views of a page that stands in such a row: they keep its place.
VIEWS_OF = {"netmap:members": "netmap:map", "netmap:matrix": "netmap:map", "netmap:text": "netmap:map"}
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
    slug: str
    yarn: str
    stage: str
    is_example: bool

    @property
    def url(self) -> str:
        return reverse("home:network", args=[self.slug])

    @property
    def note(self) -> Any:
        return Network.Stage(self.stage).label


@dataclass(frozen=True)
class Navigation:
    """All that the frame shows, but for the reader's own name. Equal ones look the same, so the templates keep
    what they have drawn of one (the tag ``kept``); nothing that is not a field here may be shown by it.
    """

    place: str
    """The page's URL name, with its namespace."""
    signed_in: bool
    language: str
    theme: str
    demo: bool
    network: Masthead | None = None

    @property
    def languages(self) -> list[tuple[str, str]]:
        return list(settings.LANGUAGES)

    @property
    def about(self) -> list[RoomLink]:
        """The same on every page, in the same place."""
        return [RoomLink(label, reverse("home:about", args=[name]), "", False) for label, name in ABOUT]

    @property
    def search(self) -> str:
        """Where the masthead's search leads: into the network that is shown, or into all."""
        return reverse("search:within", args=[self.network.slug]) if self.network else reverse("search:everywhere")

    @property
    def inbox(self) -> str:
        """Where all that waits for the reader stands."""
        return reverse("notices:inbox")

    @cached_property
    def rooms(self) -> list[RoomLink]:
        """The rooms of the network, in the masthead."""
        if self.network is None or not self.signed_in:
            return []
        namespace, slug = self.place.rpartition(":")[0], self.network.slug
        return [
            RoomLink(label, reverse(name, args=[slug]), icon, namespace in spaces)
            for label, icon, name, spaces in ROOMS
        ]

    @cached_property
    def tabs(self) -> list[RoomLink]:
        """The pages side by side in the present room."""
        return self._links(next((row for row in TABS if self.place in {name for _label, _icon, name in row}), []))

    @cached_property
    def pages(self) -> list[RoomLink]:
        """The pages about the network itself, and the organisations of all networks."""
        if not (found := self._links(PAGES)):
            return []
        name = "organisations:organisations"
        return [*found, RoomLink(_("Organisations"), reverse(name), "users", name == self.place)]

    @property
    def bar(self) -> list[RoomLink]:
        """The rooms in a phone's bottom bar."""
        return self.rooms[:ON_PHONE]

    @property
    def more(self) -> list[RoomLink]:
        """What stands under the bar's last button: the other rooms, then the network's own pages."""
        return self.rooms[ON_PHONE:] + self.pages

    def _links(self, rows: list[tuple[Any, str, str]]) -> list[RoomLink]:
        if self.network is None or not self.signed_in:
            return []
        slug = self.network.slug
        return [RoomLink(label, reverse(name, args=[slug]), icon, name == self.place) for label, icon, name in rows]


def _build(request: HttpRequest) -> Navigation:
    network = getattr(request, "page_context", {}).get("network")
    user = getattr(request, "user", None)
    match = request.resolver_match
    return Navigation(
        place=match.view_name if match else "",
        signed_in=user is not None and user.is_authenticated,
        language=get_language() or "fi",
        theme=chosen(request),
        demo=settings.DEMO,
        network=network and Masthead(network.name, network.slug, network.yarn, network.stage, network.is_example),
    )


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor; built only when a template reads it, once a request.

    ``page()`` leaves the page's context on the request; the network in it is the one whose masthead is shown.
    """
    return {"nav": cache(lambda: _build(request))}
