"""The world that the crawl walks through, and the reviewed rules of who may open what.

A rule file is ``tests/house/access/<room>.toml``; the room is the URL namespace (``app_name``). Every URL
name of the room has one table; a name without one fails the test, so nobody adds a page unseen. Example::

    [thread]                            # the URL name talk:thread
    get = "network"                     # who gets in, by the words below
    post = "none"                       # this view takes no POST
    kwargs = { pk = "talk.Thread" }     # its first row there; network is filled in by itself

    [write]
    get = "none"
    post = { who = "members", ok = [303, 422] }   # one word for all, and what success looks like here
    kwargs = { pk = "talk.Thread" }
    data = { body = "Hei" }             # posted; without it an empty form is posted; "python" as with kwargs

    [hide]
    get = "leaders"
    post = { who = "leaders", member = 404 }  # one role is otherwise
    kwargs = "python"                   # samples/talk.py: def sample(name, world) -> dict

Words for ``get`` and ``post`` (``in`` = a status of success; ``sign-in`` = sent to sign in)::

               anonymous  guest    stranger  observer  member  leader  operator
    everyone      in       in        in        in        in      in      in
    signed-in   sign-in  sign-in     in        in        in      in      in
    network     sign-in  sign-in    404        in        in      in     404
    members     sign-in  sign-in    404       403        in      in     404
    leaders     sign-in  sign-in    404       403       403      in     404
    operators   sign-in  sign-in    403       403       403     403      in
    guests        404      in       404       404       404     404     404
    own         sign-in  sign-in    404       404       404      in     404   (a thing of the leader's own)
    none          405 for all (or sign-in, or 404: nothing is told)

Success is 200 for GET (a page that sends people on says ``ok = 303``) and 200, 204, 302, 303, 409 or 422
for POST unless ``ok`` says otherwise. Further keys of a table: ``query`` (text after the question mark),
``queries`` (an own ceiling, with a comment that says why), ``writes = true`` (this GET notes something, such
as how far one has read), ``page = false`` (the answer is no whole page: a file, a fragment, a picture).

``samples/<room>.py`` may have ``sample(name, world) -> dict`` for kwargs that no table can tell (tokens),
``data(name, world) -> dict`` for what is posted there, ``prepare(world)`` to make what the example network
lacks, ``grow(world)`` to make many rows of what the room's lists show, and ``guest(client, world)`` to let
a client join as a guest.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from . import keeping

HERE = Path(__file__).parent
ROLES = ("anonymous", "guest", "stranger", "observer", "member", "leader", "operator")
SIGN_IN = "sign-in"
IN = "in"


def _words(text: str) -> dict[str, dict[str, Any]]:
    table = {}
    for line in text.strip().splitlines():
        word, *cells = line.split()
        table[word] = {role: int(cell) if cell.isdigit() else cell for role, cell in zip(ROLES, cells, strict=True)}
    return table


WORDS = _words(
    """
    everyone      in       in        in        in        in      in      in
    signed-in   sign-in  sign-in     in        in        in      in      in
    network     sign-in  sign-in    404        in        in      in     404
    members     sign-in  sign-in    404       403        in      in     404
    leaders     sign-in  sign-in    404       403       403      in     404
    operators   sign-in  sign-in    403       403       403     403      in
    guests        404      in       404       404       404     404     404
    own         sign-in  sign-in    404       404       404      in     404
    none          405      405      405       405       405     405     405
    """
)
SUCCESS = {"GET": {200}, "POST": {200, 204, 302, 303, 409, 422}}
KEYS = {"get", "post", "kwargs", "data", "query", "queries", "writes", "page"}


@dataclass
class World:
    """The example network and one person a role; ``client(role)`` is signed in as that person."""

    network: Any
    people: dict[str, Any]
    others: Any = None  # a network where the stranger is at home
    notes: dict[str, Any] = field(default_factory=dict)  # for the rooms' samples
    _cookies: dict[str, str] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser of its own for that role. The role comes in once only: a thousand visits share that sign-in."""
        client = Client(headers={"accept-language": "fi"})
        if role not in self._cookies:
            self._enter(client, role)
            self._cookies[role] = client.cookies.output(attrs=[], header="", sep=";")
        client.cookies = SimpleCookie(self._cookies[role])
        return client

    def _enter(self, client: Client, role: str) -> None:
        if role == "guest":
            for room in rooms():
                if (module := samples(room)) and hasattr(module, "guest"):
                    module.guest(client, self)
        elif role != "anonymous":
            client.force_login(self.people[role])


@dataclass(frozen=True)
class Place:
    """One URL name and what its table says."""

    name: str
    table: dict[str, Any]

    @property
    def room(self) -> str:
        return self.name.partition(":")[0]

    def expected(self, method: str, role: str) -> Any:
        """A status, ``sign-in`` or ``in``."""
        said = self.table[method.lower()]
        if isinstance(said, dict):
            return said[role] if role in said else WORDS[said["who"]][role]
        return WORDS[said][role]

    def success(self, method: str) -> set[int]:
        said = self.table[method.lower()]
        ok = said.get("ok") if isinstance(said, dict) else None
        return SUCCESS[method] if ok is None else {ok} if isinstance(ok, int) else set(ok)

    def is_taken(self, method: str) -> bool:
        return self.table[method.lower()] != "none"

    def address(self, world: World) -> str:
        address = reverse(self.name, kwargs=self._kwargs(world))
        return f"{address}?{self.table['query']}" if "query" in self.table else address

    def data(self, world: World) -> dict[str, Any]:
        """What a form of this address posts; empty when its table tells nothing."""
        said = self.table.get("data", {})
        return samples(self.room).data(self.name.partition(":")[2], world) if said == "python" else said

    def _kwargs(self, world: World) -> dict[str, Any]:
        said = self.table.get("kwargs", {})
        if said == "python":
            found = samples(self.room).sample(self.name.partition(":")[2], world)
        else:
            found = {key: _first(value, world) for key, value in said.items()}
        if "network" in parameters(self.name):
            found.setdefault("network", world.network.slug)
        return found


def _first(value: Any, world: World) -> Any:
    """``app.Model`` stands for the key of its first row, in the network where the model knows one."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z_]+\.[A-Z]\w+", value):
        return value
    rows = apps.get_model(value)._default_manager.order_by("pk")
    for path in (
        "network",
        "canvas__network",
        "thread__network",
        "meeting__network",
        "round__network",
        "seat__network",
    ):
        try:
            rows = rows.filter(**{path: world.network})
            break
        except FieldError:
            continue
    row = rows.first()
    assert row is not None, f"the example network has no {value}: make one in samples/<room>.py prepare()"
    return row.pk


@cache
def patterns() -> dict[str, URLPattern]:
    """Every pattern of the URLconf by its name with the namespace; unnamed ones stand under their route."""

    def walk(resolver: URLResolver, spaces: tuple[str, ...]) -> dict[str, URLPattern]:
        found = {}
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                found |= walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
            else:
                name = entry.name or f"({entry.pattern})"
                found[":".join([*spaces, name])] = entry
        return found

    return walk(get_resolver(), ())


def parameters(name: str) -> set[str]:
    return {key for row in get_resolver_entries(name) for key in row}


@cache
def get_resolver_entries(name: str) -> list[set[str]]:
    resolver = get_resolver()
    for space in name.split(":")[:-1]:
        _prefix, resolver = resolver.namespace_dict[space]
    return [set(params) for row in resolver.reverse_dict.getlist(name.split(":")[-1]) for _, params in row[0]]


@cache
def rooms() -> list[str]:
    return sorted(path.stem for path in (HERE / "access").glob("*.toml"))


@cache
def samples(room: str) -> ModuleType | None:
    if not (HERE / "samples" / f"{room}.py").exists():
        return None
    return importlib.import_module(f"tests.house.samples.{room}")


@cache
def places() -> dict[str, Place]:
    """All tables of all rooms by URL name; raises on a key that means nothing."""
    found = {}
    for room in rooms():
        rows = tomllib.loads((HERE / "access" / f"{room}.toml").read_text(encoding="utf-8"))
        for name, table in rows.items():
            place = Place(f"{room}:{name}", table)
            assert set(table) <= KEYS, f"{room}.toml [{name}]: unknown {sorted(set(table) - KEYS)}"
            assert {"get", "post"} <= set(table), f"{room}.toml [{name}]: say who may get and post"
            for method in ("get", "post"):
                said = table[method]
                word = said.get("who") if isinstance(said, dict) else said
                assert word in WORDS, f"{room}.toml [{name}]: {word!r} is none of {sorted(WORDS)}"
            found[place.name] = place
    return found


def make_world() -> World:
    """The example network and one person a role, in the (empty) database; built once in a run of the tests."""
    return keeping.once(build_world)


def build_world() -> World:
    """The example network and one person a role; those that it lacks are made."""
    from django.test.utils import override_settings

    from kutomo.config import demo
    from kutomo.core.access import Role
    from kutomo.core.networks import queries
    from tests import make

    with override_settings(DEMO=True):
        demo.build(say=lambda words: None)
    cast = demo.cast()
    leader = cast["leader"]
    network = queries.visible_to(leader).order_by("pk").first()
    assert network is not None
    stranger = make.person("Cecilia Ceder", "cecilia@example.org")
    world = World(
        network=network,
        people={
            "leader": leader,
            "member": cast["member"],
            "observer": cast.get("observer") or make.holder(network, Role.OBSERVER, "Oskari Oksa"),
            "stranger": stranger,
            "operator": cast.get("operator") or make.person("Otso Operaattori", "otso@example.org", is_operator=True),
        },
        others=make.network(stranger, "Toisaalla"),
    )
    held = {role: set(map(str, network.roles_of(person))) for role, person in world.people.items()}
    assert held["observer"] == {Role.OBSERVER}, held
    assert Role.MEMBER in held["member"], held
    assert not held["operator"], held
    for room in rooms():
        if (module := samples(room)) and hasattr(module, "prepare"):
            module.prepare(world)
    for role in ROLES:
        world.client(role)
    return world
