import pytest
from tests import make
from tests.cast import Cast, gather


@pytest.fixture
def cast(db) -> Cast:
    return gather()


@pytest.fixture
def leader(client, cast):
    """A browser in which Aino, who leads, is signed in."""
    client.force_login(cast.aino)
    return client


@pytest.fixture
def candidate(cast):
    """Taisto of Kaiku ry, whom Aino put on the list."""
    from kutomo.work.candidates import actions

    return actions.add(
        by=cast.aino,
        network=cast.network,
        organisation_name="Kaiku ry",
        name="Taisto Tamminen",
        email="taisto@kaiku.example",
        language="fi",
    )


@pytest.fixture
def invitation(cast, candidate):
    """Aino's letter to Taisto."""
    from kutomo.work.candidates import actions

    return actions.invite(by=cast.aino, candidates=[candidate], words={"fi": "Tule mukaan.\n\nOlet tervetullut."})[0]


@pytest.fixture
def member():
    return make.member
