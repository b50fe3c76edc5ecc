"""Everything that others can fetch is the same, whatever one member has answered on trust and commitment.

The same closed network is looked at twice, with two sets of answers of one person, by a leader, a member and an
observer: all pages that links lead to, all files, the public link to the map, the log, every letter. The answers are
such that the report itself is the same; then not one byte may differ. (What a report itself may tell is the matter of
test_attack.)
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.networks import queries as networks
from kutomo.ground.clock import frozen, now
from kutomo.ground.mail.models import Letter
from kutomo.work.netmap.actions import make_link
from kutomo.work.netmap.queries.doors import token_of
from kutomo.work.relations.models import Frozen, PrivateAnswer, Received, Wave
from kutomo.work.relations.rules import confidential
from kutomo.work.relations.rules.shape import Figure

from . import world

pytestmark = pytest.mark.django_db
NOISE = re.compile(rb'\bk\d+(?:-\w+)?\b|name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|X-CSRFToken[^,}]*')
TOKEN = re.compile(r"/map/[A-Za-z0-9_:-]{20,}/")
TOKENS = re.compile(TOKEN.pattern.encode())
MOST = 45  # pages for each reader; the map's filters would go on and on


class _Undone(Exception):
    pass


def fetched(network, readers, starts, most) -> dict[tuple[str, str], bytes]:
    """Every page and file that links lead to inside the network, by reader and address."""
    found: dict[tuple[str, str], bytes] = {}
    inside = f"/n/{network.slug}/"
    for name, person in readers.items():
        client = Client()
        if person is not None:
            client.force_login(person)
        waiting, seen = list(starts), set(starts)
        while waiting and len([1 for key in found if key[0] == name]) < most:
            address = waiting.pop(0)
            answer = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            found[name, TOKEN.sub("/map/T/", address)] = str(answer.status_code).encode() + _plain(body)
            if "html" not in answer.get("Content-Type", ""):
                continue
            for link in re.findall(r'href="(/[^"#]*)', body.decode()):
                link = link.replace("&amp;", "&")
                if link not in seen and link.startswith((inside, "/map/")):
                    seen.add(link)
                    waiting.append(link)
    return found


def _plain(body: bytes) -> bytes:
    """What was said, without what is new in every answer: tokens, numbered ids, the time at which a file was made."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parcel:
            return b"".join(parcel.read(name) for name in sorted(parcel.namelist()) if name != "docProps/core.xml")
    return TOKENS.sub(b"/map/T/", NOISE.sub(b"", body))


def written() -> list[Any]:
    """What was logged and what was sent."""
    letters = list(Letter.objects.order_by("pk").values_list("email", "template", "subject", "body"))
    return [letters, list(Event.objects.order_by("pk").values_list("kind", "title", "data", "reason"))]


@pytest.fixture
def answered():
    """A network of seven with a closed wave before and one that is about to close; seat 5 is the one to be guessed."""
    network = world.peopled(7)
    answers = {(a, b): (2, 2, 1 + (a * b) % 3, (a + b) % 4) for a in range(7) for b in range(7) if a != b}
    world.waved(network, answers)
    wave = world.opened(network, shows_answered=True)
    rows = list(wave.seats.order_by("order"))
    for row in rows:
        said = {other.pk: answers[row.order, other.order] for other in rows if other.pk != row.pk}
        world.answer(wave, row, said, pulse=4)
    readers = {
        "leader": make.leader_of(network),
        "member": networks.seats(network)[2].sitting()[0].person,
        "observer": make.holder(network, Role.OBSERVER),
        "anybody": None,
    }
    return network, wave, readers, now()


def look(answered, changes: dict[str, int], about: int | None = None, most: int = MOST) -> tuple[Any, ...]:
    """Close the wave with ``changes`` in the private answers of seat 5, look at everything, and undo it all."""
    network, wave, readers, moment = answered
    inside = f"/n/{network.slug}/"
    try:
        with frozen(moment), transaction.atomic():
            private = PrivateAnswer.objects.filter(part__wave=wave, part__seat__order=5)
            if about is not None:
                private = private.filter(about__order=about)
            private.update(**changes)
            closed = world.closed(Wave.objects.get(pk=wave.pk))
            of_wave = f"{inside}relations/{closed.number}/"
            starts = [f"{of_wave}report/", f"{of_wave}report/report.csv", of_wave, f"{of_wave}own/", inside]
            starts += [inside + word for word in ("relations/", "map/", "introductions/", "log/")]
            link = make_link(by=readers["leader"], network=network, purpose="For our friends", days=7)
            starts.append(f"/map/{token_of(link)}/")
            received = sorted(Received.objects.filter(wave=closed).values_list("seat", "figure__word"))
            pages = fetched(network, readers, starts, most) if most else {}
            raise _Undone(Frozen.objects.get(wave=closed).content, received, pages, written())
    except _Undone as seen:
        return seen.args


def test_another_level_changes_nothing_that_anybody_else_can_fetch(answered):
    mostly = look(answered, {"trusts": 2, "facet": 2, "commits": 2})
    fully = look(answered, {"trusts": 3, "facet": 3, "commits": 3})
    assert mostly[0]["gate"] == "all"
    assert [figure["key"] for figure in mostly[0]["figures"] if figure["word"] and figure["key"] == "trust_given"]
    pages = mostly[2]
    addresses = {address for _, address in pages}
    assert len(addresses) > 40
    for name in ("leader", "member", "observer"):  # nobody is only refused
        assert sum(body.startswith(b"200") for (reader, _), body in pages.items() if reader == name) > 15
    assert any(address.endswith(".xlsx") for address in addresses)
    assert any(address.startswith("/map/T/") for address in addresses)
    assert [key for key in pages if pages[key] != fully[2].get(key)] == []
    assert pages.keys() == fully[2].keys()
    assert mostly[3] == fully[3]


def test_a_yes_that_the_report_does_not_tell_apart_changes_nothing_either(answered):
    for about in (6, 4, 3, 1):
        yes, no = (look(answered, {"trusts": level}, about, most=0) for level in (3, 1))
        if yes[:2] == no[:2]:
            break
    else:
        pytest.fail("the report tells every single yes apart")
    yes, no = (look(answered, {"trusts": level}, about, most=15) for level in (3, 1))
    assert [key for key in yes[2] if yes[2][key] != no[2].get(key)] == []
    assert yes[3] == no[3]


def test_it_would_be_noticed(answered, monkeypatch):
    """Were the exact share in the report, the pages would differ."""

    def exact(key: str, count: int, of: int, by: object) -> Figure:
        return Figure(key, count / of, of, of) if of else Figure(key, why="nothing")

    monkeypatch.setattr(confidential, "told", exact)
    yes, no = (look(answered, {"trusts": level}, 6, most=2) for level in (3, 1))
    for name in ("leader", "member", "observer"):
        assert any(yes[2][key] != no[2].get(key) for key in yes[2] if key[0] == name)
