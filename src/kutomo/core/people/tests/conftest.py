"""What the tests of people share."""

import re

import pytest
from django.core import mail

from kutomo.ground import jobs


@pytest.fixture
def newest_code():
    """Deliver what waits and read the code out of the newest letter, as a person does."""

    def read(to: str = "") -> str:
        jobs.run_ready()
        sent = [one for one in mail.outbox if not to or to in one.to[0]]
        return re.search(r"(\d{3} \d{3})", sent[-1].body)[1]

    return read
