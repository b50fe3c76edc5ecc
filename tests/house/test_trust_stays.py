"""The attacker who opens everything: all pages, files and feeds of one survey wave and the next, in every role.

What figures tell of trust and commitment is attacked by arithmetic in work/relations (test_attack). Here it is asked of
the house: many answers of others are turned at once into ones under which the two reports say the same; then every
address of every room must answer everybody but their authors to the letter as before. So whatever an attacker joins of
what can be opened, none of these answers follows from it. The last tests show that the comparison sees what there is.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from kutomo.ground import clock
from kutomo.work.relations.actions import freeze
from kutomo.work.relations.models import Answer, Frozen, PrivateAnswer, Received, Wave

from .crawl import IN, World, make_world, places

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("KUTOMO_DATABASE" in os.environ, reason="what pages tell hangs on no database: a minute, once"),
]

LOOKING = ("leader", "member", "observer", "operator", "anonymous")
NEAR = {"relations", "netmap", "introductions", "home", "fabric", "search", "people", "networks", "operator"}
FEW = ("leader",)  # who looks at the rooms that have nothing to do with the surveys
MACHINE = {"operator:health", "operator:operator"}  # of disks and processes; another each time
LEVELS = {"trusts": (1, 2, 3, 9), "facet": (1, 2, 3, 9), "commits": (0, 1, 2, 3)}
TRIED, TURNED = 60, 12
# What is another in every answer and tells nothing: tokens, claim codes, the numbers of drawings.
CHANCE = re.compile(rb"[\w:.=-]{24,}|\bk\d+-|\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("fi"):
        made = make_world()
        with clock.frozen(clock.now()):
            yield made
        transaction.set_rollback(True)


def waves_of(world: World) -> list[Wave]:
    """The last two closed waves whose answers are still kept."""
    closed = Wave.objects.filter(network=world.network, status="closed", raw_erased_at=None, parts__isnull=False)
    return list(closed.distinct().order_by("number"))[-2:]


def made(waves: list[Wave]) -> list[Any]:
    """All reports made anew from the raw rows, and what each seat alone is told of itself."""
    every = Wave.objects.filter(network=waves[0].network, status="closed").order_by("number")
    Frozen.objects.filter(wave__in=every).delete()
    found: list[Any] = [freeze.freeze(by=None, wave=wave).to_json() for wave in every]
    return [*found, *Received.objects.filter(wave__in=waves).order_by("wave", "seat").values_list("seat", "figure")]


def told(waves: list[Wave]) -> list[Any]:
    """What the reports would say; nothing of it stays."""
    with transaction.atomic():
        found = made(waves)
        transaction.set_rollback(True)
    return found


def turn(row: PrivateAnswer, part: str, level: int) -> None:
    PrivateAnswer.objects.filter(pk=row.pk).update(**{part: level})
    setattr(row, part, level)


def others(world: World, waves: list[Wave]) -> list[PrivateAnswer]:
    """Answers whose authors are none of those who look, in an order that spreads over authors and waves."""
    looking = [person.pk for person in world.people.values()]
    rows = PrivateAnswer.objects.filter(part__wave__in=waves).exclude(part__person__in=looking)
    return sorted(rows.select_related("part"), key=lambda row: hashlib.sha256(str(row.pk).encode()).digest())


def turned_quietly(world: World, waves: list[Wave]) -> list[tuple[PrivateAnswer, str]]:
    """Turns answers one after the other and keeps each that changes neither report; at most TURNED are needed."""
    before = told(waves)
    kept: list[tuple[PrivateAnswer, str]] = []
    for number, row in enumerate(others(world, waves)[:TRIED]):
        part = ("trusts", "commits")[number % 2]
        now = getattr(row, part)
        if now is None or len(kept) == TURNED:
            continue
        for level in LEVELS[part]:
            if level != now:
                turn(row, part, level)
                if told(waves) == before:
                    kept.append((row, part))
                    break
        else:
            turn(row, part, now)
    assert told(waves) == before
    return kept


def plain(body: bytes) -> bytes:
    """The body without what is another each time; of an archive, what lies in it."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return b"".join(name.encode() + plain(packed.read(name)) for name in sorted(packed.namelist()))
    return CHANCE.sub(b"", body)


def opened(world: World, waves: list[Wave], only: str = "") -> dict[tuple[str, str], bytes]:
    """Everything that each role may open once the reports have been made from the answers as they are."""
    with transaction.atomic():
        made(waves)
        found = _opened(world, only)
        transaction.set_rollback(True)
    return found


def _opened(world: World, only: str) -> dict[tuple[str, str], bytes]:
    found = {}
    for place in places().values():
        if not place.is_taken("GET") or not place.name.startswith(only) or place.name in MACHINE:
            continue
        for role in LOOKING if place.room in NEAR else FEW:
            if place.expected("GET", role) != IN:
                continue
            with transaction.atomic():
                world.network.__dict__.pop("_roles", None)
                response = world.client(role).get(place.address(world))
                body = b"".join(response.streaming_content) if response.streaming else response.content
                transaction.set_rollback(True)
            found[place.name, role] = plain(body)
    return found


def differing(one: dict[Any, bytes], two: dict[Any, bytes]) -> list[Any]:
    return sorted(key for key in one | two if one.get(key) != two.get(key))


def test_no_page_file_or_feed_of_two_waves_tells_an_answer(world):
    waves = waves_of(world)
    assert len(waves) == 2
    with transaction.atomic():
        before = opened(world, waves)
        turned = turned_quietly(world, waves)
        after = opened(world, waves)
        transaction.set_rollback(True)
    assert len(turned) == TURNED
    assert {row.part.wave_id for row, _part in turned} == {wave.pk for wave in waves}
    assert {part for _row, part in turned} == {"trusts", "commits"}
    assert len(before) > 250
    assert not differing(before, after)


@pytest.mark.parametrize("part", ["trusts", "commits"])
def test_the_comparison_sees_what_reports_tell(world, part):
    """If everybody answers otherwise, the page of the report does change: the figures are no decoration."""
    waves = waves_of(world)
    with transaction.atomic():
        PrivateAnswer.objects.filter(part__wave__in=waves).update(trusts=3, commits=3)
        before = opened(world, waves, "relations:report")
        PrivateAnswer.objects.filter(part__wave__in=waves).update(**{part: 1})
        after = opened(world, waves, "relations:report")
        transaction.set_rollback(True)
    assert ("relations:report", "member") in differing(before, after)


def test_the_comparison_sees_one_tie(world):
    """What both sides said of working together is shown to all: turning one such answer shows."""
    waves = waves_of(world)
    with transaction.atomic():
        before = opened(world, waves, "netmap:")
        author = Answer.objects.filter(part__wave=waves[-1], works__gte=2).values("part")[:1]
        Answer.objects.filter(part__in=author, works__gte=1).update(works=0)
        after = opened(world, waves, "netmap:")
        transaction.set_rollback(True)
    assert ("netmap:matrix", "leader") in differing(before, after)
