import pytest
from tests.cast import gather

from kutomo.core.networks.models import Seat
from kutomo.core.talk import actions as talk
from kutomo.core.things.actions import lay_trail
from kutomo.core.things.models import Trail
from kutomo.core.things.queries import trails

pytestmark = pytest.mark.django_db


def test_a_trail_is_seen_from_both_ends_by_those_who_may_open_them():
    cast = gather()
    thread = talk.start(by=cast.bjorn, network=cast.network, title="Uusi", body="x", language="fi", key="b")
    seat = Seat.objects.get(organisation=cast.kynnyskahvit)
    start, end = ("talk.thread", thread.pk), ("networks.seat", seat.pk)
    for _ in range(2):
        lay_trail(by=cast.bjorn, network=cast.network, start=start, relation=Trail.Relation.CAME_FROM, end=end)
    assert [step.title for step in trails(start, cast.aino)] == ["Kynnyskahvit ry"]
    assert [step.outward for step in trails(end, cast.aino)] == [False]
    assert trails(start, cast.cecilia) == []
