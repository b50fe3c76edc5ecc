from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.core.activity.models import Event
from kutomo.core.networks import actions as networks
from kutomo.core.people import actions as people
from kutomo.core.promises import actions, queries, tasks
from kutomo.core.promises.models import Promise
from kutomo.ground import clock
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.mail.models import Letter


def letters(name: str) -> list[Letter]:
    return list(Letter.objects.filter(template=f"promises/letters/{name}.md"))


def ask(house, doer, **facts):
    facts = {"by": house.aino, "what": "Keitä kahvit", **facts}
    return actions.propose(network=house.network, doer=doer, **facts)


def test_an_own_promise_is_given_at_once_and_another_only_gets_a_proposal(house):
    own = actions.propose(by=house.bjorn, network=house.network, doer=house.bjorn, what=" Avaan   oven ")
    assert (own.state, own.what) == ("accepted", "Avaan oven")
    asked = ask(house, house.bjorn)
    assert asked.state == "proposed"
    assert [letter.email for letter in letters("proposed")] == [house.bjorn.email]


def test_nobody_can_be_given_a_task_by_any_call(house):
    """A3: neither the leader, a recorder nor a made-up respondent turns a proposal into a promise."""
    asked = ask(house, house.bjorn)
    for by in (house.aino, house.rea, house.cia, Respondent.guest("1", "Björn Berg"), Respondent(key="house")):
        for deed in ("accept", "decline"):
            with pytest.raises(NotAllowed):
                actions.answer(by=by, promise=asked, deed=deed)
        with pytest.raises(RuleBroken):
            actions.answer(by=by, promise=asked, deed="done")
    written = ask(house, house.bjorn, by=house.bjorn, recorder=house.rea)  # he has e-mail: he says it himself
    assert written.state == "proposed"
    assert actions.accept(by=house.bjorn, promise=asked).state == "accepted"


def test_a_recorder_hears_only_those_who_are_not_reached_by_mail(house):
    heard = ask(house, house.unto, by=house.unto, recorder=house.rea, what="Soitan kymmenelle")
    assert (heard.state, heard.heard_by) == ("accepted", house.rea)
    assert heard.waits_for_check
    assert not actions.check(by=house.unto, promise=heard).waits_for_check
    with pytest.raises(NotAllowed):
        actions.check(by=house.rea, promise=heard)
    with pytest.raises(NotAllowed):
        ask(house, house.unto, by=house.unto, recorder=house.bjorn)


def test_what_is_refused(house, given):
    with pytest.raises(RuleBroken):
        ask(house, house.cia, what="  ")
    with pytest.raises(RuleBroken):
        ask(house, house.cia, what="x" * 241)
    with pytest.raises(RuleBroken):
        ask(house, house.cia, by_on=today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        ask(house, house.cecilia)  # takes no part here
    with pytest.raises(NotAllowed):
        actions.propose(by=house.oskari, network=house.network, doer=house.cia, what="Tule")
    with pytest.raises(RuleBroken):
        ask(house, house.cia, receiver=house.cia)
    colleague = make.member(house.network, "Dan", house.kynnyskahvit, kind="substitute")
    with pytest.raises(RuleBroken):
        ask(house, house.bjorn, receiver=colleague)
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=given.pk).update(receiver=house.bjorn)


def test_two_keys(house, given):
    given = actions.done(by=house.bjorn, promise=given, words="Avain on matolla")
    assert queries.kept(house.network).kept == 0
    assert "Avain on matolla" in letters("done")[0].body
    colleague = make.member(house.network, "Dan", house.kynnyskahvit, kind="substitute")
    for by in (house.bjorn, colleague, house.aino):  # the doer, the doer's seat, somebody for whom it was not
        with pytest.raises(NotAllowed):
            actions.confirm(by=by, promise=given)
    back = actions.miss(by=house.cia, promise=given, words="Ovi oli kiinni")
    assert (back.state, back.done_on) == ("accepted", None)
    back = actions.done(by=house.bjorn, promise=back)
    assert actions.confirm(by=house.cia, promise=back).confirmed_by == house.cia
    assert (queries.kept(house.network).kept, queries.kept(house.network).due) == (1, 1)
    assert len(letters("done")) == 2


def test_a_promise_to_the_network_is_confirmed_from_another_seat(house):
    own = actions.propose(by=house.bjorn, network=house.network, doer=house.bjorn, what="Kutsun koolle")
    done = actions.done(by=house.bjorn, promise=own)
    assert [letter.email for letter in letters("done")] == [house.aino.email]
    assert actions.confirm(by=house.cia, promise=done).state == "confirmed"


def test_moving_in_time_is_as_good_as_keeping_and_late_is_late(house, given):
    later = today() + timedelta(days=7)
    moved = actions.move(by=house.bjorn, promise=given, by_on=later, words="Flunssa")
    assert (moved.moves, moved.moved_late, moved.first_on) == (1, False, today())
    assert "Flunssa" in letters("changed")[0].body
    with clock.frozen(later + timedelta(days=1)):
        late = actions.move(by=house.bjorn, promise=moved, by_on=today() + timedelta(days=3))
    assert late.moved_late
    for day in (today() - timedelta(days=1), late.by_on):
        with pytest.raises(RuleBroken):
            actions.move(by=house.bjorn, promise=late, by_on=day)
    with pytest.raises(RuleBroken):
        actions.answer(by=house.bjorn, promise=late, deed="move")


def test_a_yes_is_taken_back_on_its_day_and_released_later(house):
    asked = ask(house, house.bjorn, receiver=house.cia)
    given = actions.accept(by=house.bjorn, promise=asked)
    assert actions.accept(by=house.bjorn, promise=given) == given
    back = actions.accept(by=house.bjorn, promise=actions.decline(by=house.bjorn, promise=given))
    with clock.frozen(today() + timedelta(days=1)):
        with pytest.raises(RuleBroken):
            actions.decline(by=house.bjorn, promise=back)
        released = actions.release(by=house.bjorn, promise=back, words="En ehdi")
        assert released.state == "released"
        with pytest.raises(RuleBroken, match="vapautettu"):
            actions.done(by=house.bjorn, promise=back)
    assert [step.kind for step in released.steps.all()] == ["accept", "decline", "accept", "release"]
    assert len(letters("changed")) == 1


def test_handing_over_leaves_it_ones_own_until_the_other_accepts(house, given):
    offer = actions.hand_over(by=house.bjorn, promise=given, to=house.unto)
    given.refresh_from_db()
    assert (given.state, offer.state, offer.came_from) == ("accepted", "proposed", given)
    with pytest.raises(NotAllowed):
        actions.hand_over(by=house.aino, promise=given, to=house.cia)
    actions.accept(by=house.unto, promise=offer)
    given.refresh_from_db()
    assert given.state == "released"


def test_the_clock_asks_five_days_before_once_for_each_day(house):
    with clock.frozen("2027-03-01 10:00"):
        near = actions.propose(
            by=house.bjorn, network=house.network, doer=house.bjorn, what="A", by_on=today() + timedelta(days=5)
        )
        ask(house, house.cia, what="B", by_on=today() + timedelta(days=5))  # a proposal is not reminded of
        for _day in range(2):
            tasks.remind()
        key = f"promises/letters/soon:{near.pk}:{house.bjorn.pk}:2027-03-06"
        assert [letter.key for letter in letters("soon")] == [key]
        assert letters("soon")[0].slot  # within the budget of one a week


def test_what_somebody_owed_who_has_left_is_offered_to_the_seat(house):
    dan = make.member(house.network, "Dan Dahl", house.kynnyskahvit, kind="substitute")
    owed = actions.propose(by=house.bjorn, network=house.network, doer=house.bjorn, what="Avaan oven")
    sitting = house.bjorn.representations.get()
    networks.stand_up(by=house.bjorn, sitting=sitting)
    assert queries.without_doer() == [owed]
    for promise in queries.without_doer():
        actions.pass_on(by=None, promise=promise)
    owed.refresh_from_db()
    offer = owed.handed.get()
    assert (owed.state, offer.state, offer.doer) == ("released", "proposed", dan)
    assert not queries.without_doer()


def test_who_leaves_the_house_owes_nothing_and_is_named_nowhere(house, given):
    people.erase(by=house.bjorn)
    given.refresh_from_db()
    assert (given.state, given.doer) == ("released", None)
    assert "Björn" not in given.doer_name
    assert not Event.objects.filter(data__name="Björn Berg").exists()


def test_the_log_never_says_who_declined(house):
    actions.decline(by=house.bjorn, promise=ask(house, house.bjorn))
    line = Event.objects.get(kind="promises.declined")
    assert (line.actor, line.data) == (None, {})


def test_the_same_device_gives_the_same_promise_once(house):
    first, again = (ask(house, house.bjorn, by=house.bjorn, key="a" * 20) for _n in range(2))
    assert first == again
