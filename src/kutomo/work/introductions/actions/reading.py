"""The nightly reading of the building blocks."""

from __future__ import annotations

from django.db import transaction

from kutomo.core.networks.models import Network
from kutomo.ground.clock import now

from ..models import KeptStrip
from ..queries import Material, strip
from ..rules import blocks


@transaction.atomic
def read_blocks(*, by: None, network: Network) -> None:
    """Read the three building blocks of ``network`` and keep them until the next night. Nobody did it: no log line."""
    facts = {"readings": blocks.to_json(strip(Material(None, network))), "made_at": now()}
    KeptStrip.objects.update_or_create(network=network, defaults=facts)
