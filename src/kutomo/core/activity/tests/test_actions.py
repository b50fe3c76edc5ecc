import pytest
from django.db import transaction
from django.utils import translation
from tests.cast import gather

from kutomo.core.activity import queries
from kutomo.core.activity.actions import record
from kutomo.core.activity.models import Event
from kutomo.core.networks import events
from kutomo.ground.errors import RuleBroken


@pytest.mark.django_db(transaction=True)
def test_a_line_belongs_inside_a_transaction():
    with pytest.raises(RuntimeError):
        record(events.ROLE_ENDED, by=None)


@pytest.mark.django_db
def test_a_leaders_power_needs_a_reason():
    with pytest.raises(RuleBroken), transaction.atomic():
        record(events.NETWORK_CHANGED, by=None)


@pytest.mark.django_db
def test_one_line_reads_in_three_languages():
    cast = gather()
    line = Event.objects.filter(network=cast.network, kind="networks.started").get()
    read = set()
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            read.add(line.sentence())
    assert len(read) == 3
    assert all("Aino Aalto" in words for words in read)


@pytest.mark.django_db
def test_what_is_for_leaders_is_not_for_members():
    cast = gather()
    with transaction.atomic():
        record(events.ROLE_DECLINED, by=cast.oskari, network=cast.network)
    kinds = {person: {line.kind for line in queries.lines(cast.network, person)} for person in (cast.aino, cast.bjorn)}
    assert "networks.role_declined" in kinds[cast.aino]
    assert "networks.role_declined" not in kinds[cast.bjorn]
    assert not queries.lines(cast.network, cast.cecilia).exclude(audience="public").exists()
