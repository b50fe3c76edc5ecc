"""Every address × every role × GET and POST: the status that the room's reviewed table says.

The format of the tables stands in crawl.py. What is checked besides on each page that opens: no 5xx, one h1,
a title, the language, nothing inline, at most 12 queries, and that GET writes nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from .crawl import IN, ROLES, SIGN_IN, Place, World, make_world, parameters, patterns, places, rooms, samples

pytestmark = pytest.mark.django_db

CEILING = 12
WRITE = re.compile(r'^\s*(INSERT|UPDATE|DELETE|REPLACE)\b.*?\b(?:INTO|UPDATE|FROM)?\s*"(\w+)"', re.I | re.S)
HOUSEHOLD = {"django_session", "usersessions_usersession", "cache"}  # what the frame keeps by itself

# From packages, never shown: they are no pages of ours.
FOREIGN = {"account", "mfa", "socialaccount", "usersessions", "openid_connect"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The example network, built once and rolled back when the last address has been tried."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("fi"):
        yield make_world()
        transaction.set_rollback(True)


class _Rollback(Exception):
    pass


def ask(world: World, place: Place, method: str, role: str, client: Client | None = None):
    """One request whose traces are taken back; returns (response, the queries it made)."""
    outcome = None
    try:
        with transaction.atomic():
            client = client or world.client(role)
            client.raise_request_exception = True
            address = place.address(world)
            with CaptureQueriesContext(connection) as queries:
                if method == "GET":
                    response = client.get(address)
                else:
                    response = client.post(address, {"csrfmiddlewaretoken": "as a page sends it"} | place.data(world))
                if hasattr(response, "render") and not response.is_rendered:
                    response.render()
                if response.streaming:
                    b"".join(response.streaming_content)
            asked = [row["sql"] for row in queries.captured_queries]
            outcome = response, [sql for sql in asked if "SAVEPOINT" not in sql.split('"')[0]]
            raise _Rollback
    except _Rollback:
        pass
    for key in ("_roles",):
        world.network.__dict__.pop(key, None)
    return outcome


def fault(place: Place, method: str, role: str, response) -> str:
    """What is wrong with the status; empty when it is as the table says."""
    status, expected = response.status_code, place.expected(method, role)
    to_sign_in = status in (302, 303) and response["Location"].startswith(reverse("people:sign_in"))
    if status >= 500 and status not in place.success(method):  # /health/ says 503 by design
        return f"{method} as {role}: {status}"
    if expected == IN:
        fine = status in place.success(method) and not (to_sign_in and place.name != "people:sign_in")
    elif expected == SIGN_IN:
        fine = to_sign_in
    elif expected == 405:
        fine = to_sign_in or status in (404, 405)
    else:
        fine = status == expected
    if fine:
        return ""
    went = f" to {response['Location']}" if response.has_header("Location") else ""
    wanted = sorted(place.success(method)) if expected == IN else expected
    return f"{method} as {role}: {status}{went} instead of {wanted}"


@pytest.mark.parametrize("name", sorted(places()))
def test_who_gets_in(name: str, world: World):
    place = places()[name]
    faults = []
    for role in ROLES:
        for method in ("GET", "POST"):
            response, queries = ask(world, place, method, role)
            if wrong := fault(place, method, role, response):
                faults.append(wrong)
            elif method == "GET" and response.status_code == 200:
                faults += [f"GET as {role}: {words}" for words in page_faults(place, response, queries)]
    assert not faults, name + "\n" + "\n".join(faults)


def page_faults(place: Place, response, queries: list[str]) -> list[str]:
    """What a page that opens must keep besides its status."""
    found = []
    ceiling = place.table.get("queries", CEILING)
    if len(queries) > ceiling:
        found.append(f"{len(queries)} queries, at most {ceiling}:\n" + "\n".join(f"    {sql[:160]}" for sql in queries))
    if not place.table.get("writes"):
        written = {match[2] for sql in queries if (match := WRITE.match(sql))} - HOUSEHOLD
        if written:
            found.append(f"a GET wrote into {sorted(written)}")
    if place.table.get("page", True) and response["Content-Type"].startswith("text/html"):
        found += Page(response.content.decode()).faults()
    return found


class Page(HTMLParser):
    """What must hold in the source of each page."""

    def __init__(self, source: str):
        super().__init__()
        self.headings = 0
        self.language = ""
        self.title = ""
        self.inline: list[str] = []
        self.ids: dict[str, int] = {}
        self._open = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open = tag
        self.headings += tag == "h1"
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.inline.append(f"<{tag}>")
        self.inline += [f"<{tag} {key}>" for key in given if key == "style" or key.startswith("on")]
        if name := given.get("id"):
            self.ids[name] = self.ids.get(name, 0) + 1

    def handle_data(self, data: str) -> None:
        if self._open == "title":
            self.title += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def faults(self) -> list[str]:
        found = []
        if self.headings != 1:
            found.append(f"{self.headings} h1")
        if self.language not in ("fi", "sv", "en"):
            found.append(f"lang={self.language!r}")
        if not self.title:
            found.append("no title")
        if self.inline:
            found.append(f"inline: {', '.join(sorted(set(self.inline)))}")
        if twice := sorted(name for name, times in self.ids.items() if times > 1):
            found.append(f"ids used twice: {', '.join(twice)}")
        return found


def test_every_address_has_a_table():
    ours = {
        name for name in patterns() if name.partition(":")[0] not in FOREIGN and name.partition("_")[0] not in FOREIGN
    }
    missing = sorted(ours - set(places()))
    assert not missing, "say in tests/house/access/<room>.toml who may open: " + ", ".join(missing)


def test_no_table_without_an_address():
    assert not sorted(set(places()) - set(patterns()))


@pytest.mark.parametrize("room", [room for room in rooms() if hasattr(samples(room), "grow")])
def test_many_rows_cost_no_more_queries(room: str, world: World):
    """The same pages with many more rows: not one query more than a few (paging may begin)."""
    with transaction.atomic():
        pages = [place for place in places().values() if place.room == room and place.is_taken("GET")]
        before = {place.name: _queries(world, place) for place in pages}
        samples(room).grow(world)
        after = {place.name: _queries(world, place) for place in pages}
        transaction.set_rollback(True)
    grown = {name: (before[name], count) for name, count in after.items() if count > before[name] + 2}
    assert not grown, f"queries before and after: {grown}"


def _queries(world: World, place: Place) -> int:
    response, queries = ask(world, place, "GET", "leader")
    return len(queries) if response.status_code == 200 else 0


def test_a_foreign_network_is_not_there(world: World):
    """The leader of one network opens no page under the address of another."""
    client = world.client("leader")
    opened = []
    for place in places().values():
        if "network" in parameters(place.name) and place.is_taken("GET") and place.expected("GET", "stranger") == 404:
            address = place.address(world).replace(f"/{world.network.slug}/", f"/{world.others.slug}/")
            with transaction.atomic():
                if client.get(address).status_code != 404:
                    opened.append(address)
                transaction.set_rollback(True)
    assert not opened
