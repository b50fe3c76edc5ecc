"""Links in letters that speak for a person."""

import datetime as dt

import pytest
from tests import make

from kutomo.core.people import actions, queries
from kutomo.ground import clock
from kutomo.ground.errors import NotFound, RuleBroken

pytestmark = pytest.mark.django_db
FOR = {"purpose": "founding.answer", "target": "12"}


@pytest.fixture
def aino():
    return make.person("Aino Aalto", "aino@example.org")


def test_the_token_names_its_person(aino):
    assert queries.person_by(queries.token_for(aino, **FOR), **FOR) == aino
    assert queries.target_of(queries.token_for(aino, **FOR), purpose="founding.answer") == "12"


@pytest.mark.parametrize(
    "other", [{"purpose": "consent.take", "target": "12"}, {"purpose": "founding.answer", "target": "13"}]
)
def test_a_token_is_good_for_one_thing_only(aino, other):
    with pytest.raises(NotFound):
        queries.person_by(queries.token_for(aino, **FOR), **other)


@pytest.mark.parametrize("broken", ["", "x", "a:b:c", "WzEsMl0:1abc:def"])
def test_a_broken_token(broken):
    with pytest.raises(NotFound):
        queries.person_by(broken, **FOR)


def test_it_expires(aino):
    with clock.frozen("2026-02-02 10:00"):
        token = queries.token_for(aino, days=30, **FOR)
        at = clock.now()
    with clock.frozen(at + dt.timedelta(days=29)):
        assert queries.person_by(token, **FOR) == aino
    with clock.frozen(at + dt.timedelta(days=31)), pytest.raises(RuleBroken):
        queries.person_by(token, **FOR)


def test_it_dies_when_the_person_signs_out_everywhere(aino):
    token = queries.token_for(aino, **FOR)
    actions.sign_out_everywhere(by=aino)
    with pytest.raises(RuleBroken):
        queries.person_by(token, **FOR)


def test_it_dies_with_the_account(aino):
    token = queries.token_for(aino, **FOR)
    actions.erase(by=aino)
    with pytest.raises(NotFound):
        queries.person_by(token, **FOR)


def test_it_holds_no_address(aino):
    import base64

    token = queries.token_for(aino, **FOR)
    body = token.split(":")[0]
    assert b"aino" not in base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).lower()


def test_meet_knows_a_person_by_any_confirmed_address(aino):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=aino, email="toinen@example.org", verified=True)
    assert actions.meet(email="AINO@example.org", name="Joku") == aino
    assert actions.meet(email="toinen@example.org", name="Joku") == aino
    new = actions.meet(email="uusi@example.org", name="Uusi", language="xx")
    assert (new.name, new.language) == ("Uusi", "fi")
    with pytest.raises(RuleBroken):
        actions.meet(email="ei osoite", name="X")
