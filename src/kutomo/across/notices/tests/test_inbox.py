"""The inbox and home show one list; what is put aside is away from both, for its owner alone."""

import datetime as dt

import pytest
from django.urls import reverse
from tests import make
from tests.cast import gather

from kutomo.across.home import queries as home
from kutomo.across.notices import actions, queries
from kutomo.across.notices.models import Aside
from kutomo.core.networks import actions as networks
from kutomo.core.promises import actions as promises
from kutomo.ground import clock
from kutomo.ground.errors import NotFound

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def asked(cast):
    """Aino asks Björn for coffee, by a promise that waits for his answer."""
    promise = promises.propose(
        by=cast.aino, network=cast.network, doer=cast.bjorn, what="Kahvit <b>", by_on=clock.today() + 30 * DAY
    )
    return f"promises.proposed:{promise.pk}"


def keys(person):
    return [item.key for part in queries.inbox(person).parts for item in part.waiting]


def press(client, name, key, **more):
    return client.post(reverse(f"notices:{name}"), {"key": key}, **more)


def test_the_inbox_says_what_waits_why_and_how_long_it_takes(client, cast, asked):
    client.cookies["language"] = "en"
    client.force_login(cast.bjorn)
    page = client.get(reverse("notices:inbox")).content.decode()
    for words in (
        "Kahvit &lt;b&gt;",
        "A promise waits for your answer.",
        "binds only with your yes",
        "About 1 minute.",
    ):
        assert words in page


def test_it_gathers_all_networks_and_none_of_strangers(cast, asked):
    networks.seat(by=cast.cecilia, network=cast.elsewhere, person=cast.bjorn, kind="representative", mandate="self")
    other = promises.propose(
        by=cast.cecilia, network=cast.elsewhere, doer=cast.bjorn, what="Pullat", by_on=clock.today() + DAY
    )
    found = queries.inbox(cast.bjorn)
    assert {part.network for part in found.parts} == {cast.network, cast.elsewhere}
    assert set(keys(cast.bjorn)) >= {asked, f"promises.proposed:{other.pk}"}
    assert keys(cast.aino) == keys(cast.oskari) == []


def test_home_and_inbox_show_the_same(cast, asked):
    on_home = [item for card in home.my_networks(cast.bjorn) for item in card.waiting]
    today = home.today_in(cast.network, cast.bjorn)["waiting"]
    inbox = [item for part in queries.inbox(cast.bjorn).parts for item in part.waiting]
    assert on_home == today == inbox != []


def test_not_now_comes_back_in_a_week(client, cast, asked):
    client.force_login(cast.bjorn)
    with clock.frozen("2026-11-24 12:00") as now:
        answer = press(client, "not_now", asked, follow=True)
        assert "Kahvit" in answer.content.decode()  # in the line that offers to undo
        assert keys(cast.bjorn) == []
        assert home.my_networks(cast.bjorn)[0].waiting == []
    with clock.frozen(now + 7 * DAY - dt.timedelta(minutes=1)):
        assert keys(cast.bjorn) == []
    with clock.frozen(now + 7 * DAY):
        assert keys(cast.bjorn) == [asked]


def test_never_this_stays_away_and_can_be_undone(client, cast, asked):
    client.force_login(cast.bjorn)
    press(client, "never", asked)
    with clock.frozen(clock.now() + 20 * DAY):
        assert keys(cast.bjorn) == []
    press(client, "bring_back", asked)
    assert keys(cast.bjorn) == [asked]


def test_never_this_says_nothing_about_the_next_question(cast, asked):
    actions.put_aside(by=cast.bjorn, key=asked, for_good=True)
    again = promises.propose(
        by=cast.aino, network=cast.network, doer=cast.bjorn, what="Kahvit <b>", by_on=clock.today() + DAY
    )
    assert keys(cast.bjorn) == [f"promises.proposed:{again.pk}"]


def test_putting_aside_is_ones_own_and_leaves_the_thing_as_it_is(cast, asked):
    carl = make.member(cast.network, "Carl")
    for somebody in (carl, cast.aino, cast.cecilia):
        with pytest.raises(NotFound):
            actions.put_aside(by=somebody, key=asked)
    actions.put_aside(by=cast.bjorn, key=asked)
    assert queries.waiting_one(cast.bjorn, asked).title == "Kahvit <b>"
    actions.bring_back(by=carl, key=asked)
    assert keys(cast.bjorn) == []


@pytest.mark.parametrize("key", ["", "x" * 81, "promises.proposed:0", "ääkköset\u202e", "'; DROP TABLE"])
def test_a_key_that_means_nothing_is_refused(client, cast, asked, key):
    client.force_login(cast.bjorn)
    for name in ("not_now", "never"):
        assert press(client, name, key).status_code in (404, 409, 422)
    assert press(client, "bring_back", key).status_code in (302, 409, 422)
    assert not Aside.objects.exists()


def test_pressing_twice_is_pressing_once(cast, asked):
    actions.put_aside(by=cast.bjorn, key=asked)
    actions.put_aside(by=cast.bjorn, key=asked, for_good=True)
    row = Aside.objects.get()
    assert row.until is None


def test_what_came_back_is_forgotten(cast, asked):
    with clock.frozen("2026-11-24 12:00") as now:
        actions.put_aside(by=cast.bjorn, key=asked)
        assert actions.forget_old() == 0
    with clock.frozen(now + 7 * DAY):
        assert actions.forget_old() == 1


def test_an_empty_inbox_says_so(client, cast):
    client.cookies["language"] = "en"
    client.force_login(cast.cecilia)
    assert "Nothing waits for you now." in client.get(reverse("notices:inbox")).content.decode()


def test_it_goes_with_the_account(cast, asked):
    actions.put_aside(by=cast.bjorn, key=asked)
    assert queries.aside_rows(cast.bjorn)[0]["key"] == asked
    actions.let_go(by=cast.bjorn)
    assert queries.aside_rows(cast.bjorn) == []
