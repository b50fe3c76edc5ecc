"""The link that `kutomo sign-in` prints: for operators only, once, for ten minutes."""

import datetime as dt

import pytest
from django.test import Client
from tests import make

from kutomo.core.people import actions
from kutomo.core.people.models import Code, Person
from kutomo.ground.errors import RuleBroken

pytestmark = pytest.mark.django_db


def test_a_configured_operator_comes_in_once(client, settings):
    settings.OPERATORS = ["Otso@example.org"]
    token = actions.make_link(email="otso@example.org")
    assert token not in str(list(Code.objects.values()))  # a copy of the database opens nothing
    address = f"/sign-in/link/{token}/"
    assert client.get(address).status_code == client.get(address).status_code == 200  # looking uses nothing up
    assert client.post(address).status_code == 302
    otso = Person.objects.get(email="otso@example.org")
    assert otso.is_operator
    assert client.session["_auth_user_id"] == str(otso.pk)
    other = Client()
    assert other.post(address).status_code == 409
    assert "_auth_user_id" not in other.session


def test_an_old_link_is_dead_and_a_new_one_ends_the_last(client, settings):
    settings.OPERATORS = ["otso@example.org"]
    first, second = actions.make_link(email="otso@example.org"), actions.make_link(email="otso@example.org")
    assert client.post(f"/sign-in/link/{first}/").status_code == 409
    Code.objects.update(expires_at=Code.objects.get().made_at - dt.timedelta(seconds=1))
    assert client.post(f"/sign-in/link/{second}/").status_code == 409


def test_nobody_else_gets_a_link(settings):
    settings.OPERATORS = ["otso@example.org"]
    for address in (make.person().email, "tuntematon@example.org", "otso"):
        with pytest.raises(RuleBroken):
            actions.make_link(email=address)
    assert not Code.objects.exists()


def test_who_operates_already_gets_one(settings):
    settings.OPERATORS = []
    assert actions.make_link(email=make.person(is_operator=True).email)
