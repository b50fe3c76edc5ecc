"""Goals through the browser's eyes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kutomo.ground.clock import today
from kutomo.work.results import actions
from kutomo.work.results.models import Goal

from .conftest import WORDS


def address(name, house, *args):
    return reverse(f"results:{name}", args=[house.network.slug, *args])


def test_from_a_goal_to_what_shows_it(house, enter):
    cia, dan = enter(house.cia), enter(house.dan)
    facts = {**WORDS, "due_on": (today() + timedelta(days=90)).isoformat(), "language": "fi", "partner": house.dan.pk}
    assert cia.post(address("write", house), facts).status_code == 302
    goal = Goal.objects.get()
    assert "Kolmessa kunnassa" in dan.get(address("goals", house)).content.decode()
    assert dan.post(address("own", house, goal.pk), {"answer": "accept"}).status_code == 302
    given = {"text": "Soittoja 240", "claimed": "0", "source": "", "language": "fi"}
    refused = cia.post(address("evidence", house, goal.pk), given)
    assert refused.status_code == 422
    assert cia.post(address("evidence", house, goal.pk), given | {"source": "loki"}).status_code == 302
    row = goal.evidence.get()
    place = address("confirm", house, goal.pk, row.pk)
    assert place not in cia.get(goal.get_absolute_url()).content.decode()
    assert place in dan.get(goal.get_absolute_url()).content.decode()
    assert cia.post(place).status_code == 403
    assert dan.post(place).status_code == 302
    assert cia.post(address("ask", house, goal.pk)).status_code == 302
    goal.refresh_from_db()
    assert goal.state == "asking"


@pytest.mark.parametrize("wrong", [{"enough": ""}, {"due_on": "2001-01-01"}, {"partner": "9999"}, {"rung": "9"}])
def test_bad_goals_are_shown_again(house, enter, wrong):
    facts = {**WORDS, "due_on": (today() + timedelta(days=90)).isoformat(), "language": "fi", "partner": house.dan.pk}
    assert enter(house.cia).post(address("write", house), facts | wrong).status_code == 422
    assert not Goal.objects.exists()


def test_choice_and_archive(house, enter, enough):
    goal = enough()
    client, place = enter(house.cia), address("choose", house, goal.pk)
    assert client.get(place).status_code == 200
    assert client.post(place, {"choice": "stop", "why": ""}).status_code == 422
    assert client.post(place, {"choice": "stop", "why": "Riittää", "learnt": "Soita ensin"}).status_code == 302
    assert "Soita ensin" in enter(house.aino).get(address("archive", house)).content.decode()


def test_halfway_partner_and_drop(house, enter, written):
    goal = written()
    client = enter(house.cia)
    assert client.post(address("halfway", house, goal.pk), {"words": "Siirrämme päivää."}).status_code == 302
    assert "Siirrämme päivää." in client.get(goal.get_absolute_url()).content.decode()
    assert client.post(address("drop", house, goal.pk)).status_code == 302
    assert client.post(address("drop", house, goal.pk)).status_code == 409
    draft = actions.write(
        by=house.cia, network=house.network, due_on=today() + timedelta(days=9), partner=house.dan, **WORDS
    )
    assert client.post(address("partner", house, draft.pk), {"partner": house.bjorn.pk}).status_code == 302
