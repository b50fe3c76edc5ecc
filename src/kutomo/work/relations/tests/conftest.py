from __future__ import annotations

import pytest

from .survey_world import Asked, network_of


@pytest.fixture
def asked(db) -> Asked:
    """Seven members; nothing is planned."""
    return network_of()


@pytest.fixture
def opened(asked) -> Asked:
    """The first wave is open."""
    asked.open()
    return asked
