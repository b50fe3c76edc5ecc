"""One introduction from the words to what came of it; who hears what; who may do what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.networks import actions as network_deeds, queries as networks
from kutomo.core.people import actions as people
from kutomo.ground import clock, jobs
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.introductions import actions, queries, tasks
from kutomo.work.introductions.models import Introduction, Rest, RungWord, Side
from kutomo.work.relations.actions.places import wish_map
from kutomo.work.relations.queries.knowledge import knowledge

pytestmark = pytest.mark.django_db


def letters(kind):
    return list(Letter.objects.filter(template=f"introductions/letters/{kind}.md").order_by("pk"))


def write(world, one=1, other=2, by=None):
    return actions.write(by=by or world.weaver, network=world.network, words="Tutustukaa.", **world.pair(one, other))


def test_letters_wait_ten_minutes_and_can_be_taken_back(world):
    row = write(world)
    assert not letters("asked")
    actions.send(by=world.weaver, introduction=row)
    with clock.frozen(clock.now() + timedelta(minutes=9)):
        jobs.run_ready()
        assert not letters("asked")
        actions.take_back(by=world.weaver, introduction=row)
    with clock.frozen(clock.now() + timedelta(minutes=30)):
        jobs.run_ready()
    row.refresh_from_db()
    assert (row.state, row.words, letters("asked"), row.sides.count()) == ("draft", "Tutustukaa.", [], 0)
    actions.send(by=world.weaver, introduction=row)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        jobs.run_ready()
    row.refresh_from_db()
    assert row.state == "asked"
    assert len(letters("asked")) == 2
    with pytest.raises(RuleBroken):
        actions.take_back(by=world.weaver, introduction=row)


def test_letters_keep_the_budget_and_quiet_times(world):
    saturday = clock.moment(clock.dt.date(2026, 12, 5), clock.dt.time(20))
    with clock.frozen(saturday):
        row = write(world)
        actions.send(by=world.weaver, introduction=row)
    with clock.frozen(saturday + timedelta(minutes=11)):
        jobs.run_ready()
    for letter in letters("asked"):
        assert letter.slot.startswith("nudge ")
        assert clock.local(letter.not_before).weekday() < 5


def test_addresses_come_only_when_both_have_said_yes(world):
    row = world.asked()
    first, second = world.side(row, 1), world.side(row, 2)
    addresses = [world.people[number].email for number in (1, 2)]
    assert not any(address in letter.body for letter in letters("asked") for address in addresses)
    actions.reply(by=world.people[1], side=first, says="yes")
    shown = queries.shown(world.people[1], queries.get(world.people[1], world.network, row.pk))
    assert shown.reach is None
    assert not letters("made")
    actions.reply(by=world.people[2], side=second, says="yes")
    shown = queries.shown(world.people[1], queries.get(world.people[1], world.network, row.pk))
    assert shown.reach == world.people[2]
    assert {
        (letter.email, addresses[1 - place] in letter.body.replace("\\", ""))
        for place, letter in enumerate(letters("made"))
    }
    for letter in letters("made"):
        other = next(address for address in addresses if address != letter.email)
        assert other in letter.body.replace("\\", "")
    line = Event.objects.get(kind="introductions.made")
    assert line.audience == "members"


@pytest.mark.parametrize("says", ["later", "never", ""])
def test_a_no_is_silent(world, says):
    """Whoever said yes, whoever introduced and the leader see the same as if the other had said nothing."""
    row = world.asked()
    actions.reply(by=world.people[1], side=world.side(row, 1), says="yes")
    watchers = [world.people[1], world.weaver, world.people[0]]
    sent = Letter.objects.count()

    def seen():
        found = []
        for person in watchers:
            for rest in ("", f"{row.pk}/"):
                source = world.client(person).get(world.url(rest)).content.decode()
                found.append(source.split("<main", 1)[1].split("csrfmiddlewaretoken", 1)[0])
        return found

    before = seen()
    if says:
        actions.reply(by=world.people[2], side=world.side(row, 2), says=says)
    assert seen() == before
    assert Letter.objects.count() == sent
    others = Event.objects.filter(kind__in=["introductions.put_off", "introductions.refused"])
    assert all(line.audience == "own" and line.actor_id == world.people[2].pk for line in others)
    with clock.frozen(clock.now() + timedelta(days=30)):
        tasks.tend()
    row.refresh_from_db()
    assert row.state == "lapsed"
    assert Letter.objects.count() == sent


def test_a_lapsed_pair_rests_and_a_refused_one_for_good(world):
    row = world.asked()
    actions.reply(by=world.people[2], side=world.side(row, 2), says="never")
    with clock.frozen(clock.now() + timedelta(days=29)):
        tasks.tend()
    with pytest.raises(RuleBroken):
        write(world)
    with clock.frozen(clock.now() + timedelta(days=800)), pytest.raises(RuleBroken):
        queries.check_may_be_asked(world.network, (row.a_id, row.b_id))
    other = world.asked(3, 4)
    with clock.frozen(clock.now() + timedelta(days=29)):
        tasks.tend()
    with clock.frozen(clock.now() + timedelta(days=100)), pytest.raises(RuleBroken):
        queries.check_may_be_asked(world.network, (other.a_id, other.b_id))
    with clock.frozen(clock.now() + timedelta(days=29 + 181)):
        queries.check_may_be_asked(world.network, (other.a_id, other.b_id))
    silent = {(rest.a_id, rest.b_id) for rest in queries.laid_aside(world.weaver, world.network)}
    assert not silent  # what follows from answers is listed nowhere


def test_an_answer_can_be_changed_while_the_question_is_open(world):
    row = world.asked()
    side = world.side(row, 2)
    actions.reply(by=world.people[2], side=side, says="never")
    assert Rest.objects.filter(is_silent=True).exists()
    actions.reply(by=world.people[2], side=side, says="yes")
    assert not Rest.objects.filter(is_silent=True).exists()
    with clock.frozen(clock.now() + timedelta(days=40)), pytest.raises(RuleBroken):
        actions.reply(by=world.people[1], side=world.side(row, 1), says="yes")


def test_nobody_answers_for_another(world):
    row = world.asked()
    for person in (world.weaver, world.people[0], world.people[2]):
        with pytest.raises(NotAllowed):
            actions.reply(by=person, side=world.side(row, 1), says="yes")
    with pytest.raises(RuleBroken):
        actions.reply(by=world.people[1], side=world.side(row, 1), says="perhaps")


def test_a_question_is_put_to_a_seat(world):
    """Whoever sits there may answer, and then it is that person's address that is shown."""
    second = make.member(world.network, "Toinen Istuja", world.seat(2).organisation)
    row = world.asked()
    side = world.side(row, 2)
    actions.reply(by=second, side=side, says="yes")
    actions.reply(by=world.people[1], side=world.side(row, 1), says="yes")
    found = queries.shown(world.people[1], queries.get(world.people[1], world.network, row.pk))
    assert found.reach == second
    assert queries.shown(world.people[2], queries.get(world.people[2], world.network, row.pk)).mine is not None


def test_a_recorder_answers_for_somebody_without_an_address(world):
    paper = make.member(world.network, "Unto Paperi", email="")
    recorder = make.holder(world.network, Role.RECORDER)
    world.people.append(paper)
    row = world.asked(1, 7)
    assert len(letters("asked")) == 1
    side = world.side(row, 7)
    with pytest.raises(NotAllowed):
        actions.reply(by=world.weaver, side=side, says="yes")
    actions.reply(by=recorder, side=side, says="yes")
    side.refresh_from_db()
    assert side.recorded_by == recorder
    actions.reply(by=world.people[1], side=world.side(row, 1), says="yes")
    row.refresh_from_db()
    assert row.has_met
    assert "–" in Event.objects.get(kind="introductions.made").data.values()  # a private person is not named


def test_the_outcome_is_asked_once_and_ticks_knowledge_when_both_say_so(world):
    row = world.met()
    with clock.frozen(clock.now() + timedelta(days=29)):
        tasks.tend()
        assert not letters("outcome")
    with clock.frozen(clock.now() + timedelta(days=31)):
        tasks.tend()
        tasks.tend()
        assert len(letters("outcome")) == 2
        actions.tell(by=world.people[1], side=world.side(row, 1), talked=True, knows=True, did=True)
        assert queries.shown(world.weaver, row).rung == ""
        assert knowledge(world.network) == set()
        actions.tell(by=world.people[2], side=world.side(row, 2), talked=True, knows=True)
    assert knowledge(world.network) == {(row.a_id, row.b_id)}
    found = queries.shown(world.weaver, queries.get(world.weaver, world.network, row.pk))
    assert found.rung == str(RungWord.KNOWS.label)


def test_knowing_whom_to_call_needs_a_talk(world):
    row = world.met()
    actions.tell(by=world.people[1], side=world.side(row, 1), talked=False, knows=True, did=True)
    side = world.side(row, 1)
    assert (side.talked, side.knows, side.did) == (False, False, False)
    waiting = world.asked(3, 4)
    with pytest.raises(RuleBroken):
        actions.tell(by=world.people[3], side=world.side(waiting, 3), talked=True)


def test_who_may_introduce(world):
    """Weavers and leaders; a member who works closely with both, as the report shows; nobody else."""
    write(world, 1, 5, by=world.people[0])
    with pytest.raises(NotAllowed):
        write(world, 2, 3, by=world.people[1])
    with pytest.raises(NotAllowed):
        write(world, 1, 2, by=world.people[6])
    observer = make.holder(world.network, Role.OBSERVER)
    with pytest.raises(NotAllowed):
        write(world, 2, 3, by=observer)
    mine = write(world, 1, 2)
    with pytest.raises(NotAllowed):
        actions.send(by=world.people[0], introduction=mine)
    with pytest.raises(RuleBroken):
        write(world, 1, 2, by=world.people[0])


def test_a_shared_contact_may_introduce(world):
    leader = world.people[0]
    network_deeds.offer_role(
        by=leader, network=world.network, person=world.people[6], role=Role.CO_LEADER, reason="Jaetaan vetovastuu."
    )
    assert queries.may_connect(leader, world.network, tuple(sorted(world.pair(1, 2).values())))
    assert not queries.may_connect(world.people[3], world.network, tuple(sorted(world.pair(1, 2).values())))


def test_at_most_two_under_way_for_a_member(world):
    world.asked(1, 2)
    world.asked(1, 3)
    row = Introduction.objects.filter(state="asked")
    assert row.count() == 2
    with pytest.raises(RuleBroken):
        write(world, 1, 4)


def test_whoever_left_the_map_is_not_introduced(world):
    wish_map(by=world.people[2], network=world.network, on_map=False)
    with pytest.raises(RuleBroken):
        write(world, 1, 2)
    assert all(
        world.seat(2).pk not in card.suggestion.pair
        for card in queries.index(world.weaver, world.network).offered.cards
    )


def test_a_wish_is_a_proposal(world):
    member = world.people[5]
    row = actions.wish(by=member, network=world.network, seat=world.seat(1).pk, words="Etsimme kuljettajia.")
    assert row.state == "wished"
    assert [letter.email for letter in letters("wished")] == [world.weaver.email]
    with pytest.raises(NotFound):
        queries.get(world.people[1], world.network, row.pk)  # the other hears of nothing
    taken = write(world, 1, 5)
    assert taken.pk == row.pk
    actions.send(by=world.weaver, introduction=taken)
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        jobs.run_ready()
    assert [letter.email for letter in letters("asked")] == [world.people[1].email]  # the wisher has said yes
    actions.reply(by=world.people[1], side=world.side(row, 1), says="yes")
    row.refresh_from_db()
    assert row.has_met


def test_wishes_have_their_bounds(world):
    member = world.people[5]
    first = actions.wish(by=member, network=world.network, seat=world.seat(1).pk)
    actions.wish(by=member, network=world.network, seat=world.seat(2).pk)
    for seat, words in ((3, ""), (5, ""), (1, ""), (4, "x" * 301)):
        with pytest.raises(RuleBroken):
            actions.wish(by=member, network=world.network, seat=world.seat(seat).pk, words=words)
    with pytest.raises(NotAllowed):
        actions.take_wish_back(by=world.people[1], introduction=first)
    actions.take_wish_back(by=member, introduction=first)
    actions.wish(by=member, network=world.network, seat=world.seat(3).pk)


def test_without_a_weaver_the_leader_hears_of_a_wish(world):
    for term in world.network.role_terms.filter(role="weaver"):
        term.delete()
    actions.wish(by=world.people[5], network=world.network, seat=world.seat(1).pk)
    assert [letter.email for letter in letters("wished")] == [world.people[0].email]


def test_laying_aside_and_bringing_back(world):
    pair = world.pair(1, 2)
    key = tuple(sorted(pair.values()))

    def suggested():
        return {card.suggestion.pair for card in queries.index(world.weaver, world.network).offered.cards}

    best = next(iter(suggested()))
    rest = actions.lay_aside(by=world.weaver, network=world.network, a=best[0], b=best[1])
    assert best not in suggested()
    with clock.frozen(clock.now() + timedelta(days=22)):
        assert best in suggested()
    actions.bring_back(by=world.weaver, network=world.network, rest=rest)
    assert best in suggested()
    actions.lay_aside(by=world.weaver, network=world.network, a=key[0], b=key[1], for_good=True)
    with clock.frozen(clock.now() + timedelta(days=900)):
        assert key not in suggested()


def test_a_seat_that_is_left_ends_what_was_open(world):
    row = world.asked()
    network_deeds.leave(by=world.people[2], chair=networks.seat(world.network, world.seat(2).pk))
    with clock.frozen(clock.now() + timedelta(days=1)):
        tasks.tend()
    row.refresh_from_db()
    assert row.state == "lapsed"


def test_leaving_the_house(world):
    row = world.met(1, 2)
    wished = actions.wish(by=world.people[1], network=world.network, seat=world.seat(6).pk, words="Haluan tavata.")
    actions.tell(by=world.people[1], side=world.side(row, 1), talked=True)
    asked = world.asked(1, 4)
    people.erase(by=world.people[1])
    assert not Introduction.objects.filter(pk=wished.pk).exists()
    asked.refresh_from_db()
    assert asked.state == "lapsed"
    assert not Side.objects.filter(person=world.people[1]).exists()
    assert Side.objects.filter(introduction=row, talked__isnull=True).count() == 2
    people.erase(by=world.weaver)
    row.refresh_from_db()
    assert (row.by, row.words) == (None, "")


def test_own_data_holds_only_the_own_answers(world):
    row = world.asked()
    actions.reply(by=world.people[1], side=world.side(row, 1), says="yes")
    actions.reply(by=world.people[2], side=world.side(row, 2), says="never")
    assert "never" not in str(queries.own_rows(world.people[1]))
    assert "never" not in str(queries.own_rows(world.weaver))
    assert "never" in str(queries.own_rows(world.people[2]))
    assert mail.outbox is not None


def test_words_have_bounds(world):
    for words in ("", "   ", "x" * 1501):
        with pytest.raises(RuleBroken):
            actions.write(by=world.weaver, network=world.network, words=words, **world.pair(1, 2))
    with pytest.raises(RuleBroken):
        actions.write(by=world.weaver, network=world.network, words="Hei", a=1_000_000, b=world.seat(1).pk)
