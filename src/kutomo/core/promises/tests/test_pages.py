from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kutomo.core.people import queries as people
from kutomo.core.promises import actions, queries
from kutomo.core.promises.models import Promise
from kutomo.ground.clock import now, today


def address(name, house, *args):
    return reverse(f"promises:{name}", args=[house.network.slug, *args])


def test_give(house, enter):
    client = enter(house.bjorn)
    assert client.get(address("give", house)).status_code == 200
    empty = client.post(address("give", house), {"what": ""})
    assert empty.status_code == 422
    facts = {"what": "Avaan oven", "doer": house.bjorn.pk, "by_on": "", "receiver": house.cia.pk}
    own = client.post(address("give", house), facts)
    assert own["Location"] == Promise.objects.get().get_absolute_url()
    client.post(address("give", house), facts | {"doer": house.cia.pk, "receiver": ""})
    assert Promise.objects.get(doer=house.cia).state == "proposed"
    assert enter(house.oskari).get(address("give", house)).status_code == 403


def test_a_recorder_gives_for_somebody_on_the_phone(house, enter):
    enter(house.rea).post(address("give", house), {"what": "Soitan kymmenelle", "doer": house.unto.pk})
    assert Promise.objects.get().heard_by == house.rea
    page = enter(house.unto).get(Promise.objects.get().get_absolute_url())
    assert "Rea Riihi" in page.content.decode()
    enter(house.unto).post(address("check", house, Promise.objects.get().pk))
    assert not Promise.objects.get().waits_for_check


@pytest.mark.parametrize("deed", ["done", "release", "move"])
def test_promise(house, enter, given, deed):
    client = enter(house.bjorn)
    page = client.get(given.get_absolute_url()).content.decode()
    assert "Avaan oven" in page
    assert f'value="{deed}"' in page
    assert 'value="confirm"' not in page
    later = today() + timedelta(days=3)
    client.post(address("answer", house, given.pk), {"deed": deed, "words": "Näin on", "by_on": later})
    given.refresh_from_db()
    assert given.state == {"done": "done", "release": "released", "move": "accepted"}[deed]
    assert "Näin on" in client.get(given.get_absolute_url()).content.decode()


def test_others_get_no_answer_form_and_no_way_round_it(house, enter, given):
    client = enter(house.cia)
    assert 'name="deed"' not in client.get(given.get_absolute_url()).content.decode()
    assert client.post(address("answer", house, given.pk), {"deed": "done"}).status_code == 422
    assert enter(house.cecilia).get(given.get_absolute_url()).status_code == 404


def test_hand_over(house, enter, given):
    client = enter(house.bjorn)
    assert client.get(address("hand_over", house, given.pk)).status_code == 200
    client.post(address("hand_over", house, given.pk), {"to": house.unto.pk, "words": "Avain on minulla"})
    assert given.handed.get().doer == house.unto


def test_by_mail_nothing_is_said_before_the_button(house, given):
    token = people.token_for(house.bjorn, purpose=actions.LINK, target=str(given.pk))
    client, link = Client(), address("by_mail", house, given.pk, token)
    page = client.get(link, {"answer": "done"})
    assert page.context["form"]["deed"].value() == "done"
    given.refresh_from_db()
    assert given.state == "accepted"
    client.post(link, {"deed": "done", "words": ""})
    given.refresh_from_db()
    assert given.state == "done"
    receiver = people.token_for(house.cia, purpose=actions.LINK, target=str(given.pk))
    client.post(address("by_mail", house, given.pk, receiver), {"deed": "confirm", "words": ""})
    given.refresh_from_db()
    assert given.state == "confirmed"
    assert client.get(address("by_mail", house, given.pk, token + "x")).status_code == 404
    stranger = people.token_for(house.cecilia, purpose=actions.LINK, target=str(given.pk))
    assert client.get(address("by_mail", house, given.pk, stranger)).status_code == 404


def test_promises_are_listed_by_whose_they_are(house, enter, given):
    mine = enter(house.bjorn).get(address("promises", house)).content.decode()
    assert "Avaan oven" in mine
    cia = enter(house.cia)
    assert "Avaan oven" not in cia.get(address("promises", house)).content.decode()
    assert "Avaan oven" in cia.get(address("promises", house), {"whose": "to_me"}).content.decode()
    assert "Avaan oven" in enter(house.oskari).get(address("promises", house)).content.decode()
    none = cia.get(address("promises", house), {"whose": "all", "state": "confirmed"}).content.decode()
    assert "Avaan oven" not in none
    assert queries.waiting_in(house.bjorn, [house.network]) == [given]


def test_a_long_list_costs_no_more_queries_than_a_short_one(house, enter, given):
    client = enter(house.aino)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address("promises", house), {"whose": "all", "state": ""}).status_code == 200
        return len(asked)

    cost()
    few = cost()
    day = today() - timedelta(days=3)
    Promise.objects.bulk_create(
        Promise(
            network=house.network,
            what=f"Lupaus {n}",
            doer=house.bjorn,
            receiver=house.cia,
            state="accepted",
            given_on=day,
            first_on=day,
            by_on=day,
            made_at=now(),
        )
        for n in range(300)
    )
    assert cost() == few <= 12
