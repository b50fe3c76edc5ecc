"""What mutual help promises: two sides, the same terms, one count, silence that ends, blind feedback, leaving."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from kutomo.core.activity.models import Event
from kutomo.ground.clock import today
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.exchange import actions, queries, tasks
from kutomo.work.exchange.models import Feedback, Listing, Task
from kutomo.work.exchange.rules.course import Deed, Move, Part, State

MARKS = {"result": 3, "timing": 2, "process": 3}


def letters(person):
    return list(Letter.objects.filter(email=person.email).values_list("subject", flat=True))


def test_the_whole_course(house, helped):
    task = helped()
    assert task.state == State.COMPLETED
    listing = Listing.objects.get()
    assert listing.state == "fulfilled"
    kinds = list(Event.objects.filter(kind__startswith="exchange.").values_list("kind", "audience"))
    assert kinds.count(("exchange.helped", "members")) == 1
    assert {audience for kind, audience in kinds if kind in ("exchange.answered", "exchange.stepped")} == {"own"}
    (own,) = [one for one in queries.own_counts(house.dan, house.network) if one.name == "Dan ry"]
    assert (own.given, own.received, own.middle_given) == (1, 0, None)
    assert letters(house.cia)
    assert letters(house.dan)


def test_only_those_who_sit_speak(house, seat, listed):
    with pytest.raises(NotAllowed):
        listed(by=house.dan, seat=seat(house.cia))
    need = listed()
    with pytest.raises(NotAllowed):
        actions.propose(by=house.dan, listing=need, words="Autan", seat=seat(house.eva))
    with pytest.raises(NotAllowed):
        actions.propose(by=house.oskari, listing=need, words="Autan")
    with pytest.raises(NotAllowed):
        actions.move(by=house.dan, listing=need, deed=Move.WITHDRAW)
    with pytest.raises(RuleBroken):
        actions.propose(by=house.cia, listing=need, words="Autan itse", seat=seat(house.cia))


def test_a_task_is_between_two(house, answered):
    task = answered()
    for person in (house.cia, house.dan):
        assert queries.task(person, house.network, task.pk)[0] == task
    for person in (house.aino, house.eva, house.oskari):
        with pytest.raises(NotFound):
            queries.task(person, house.network, task.pk)
        with pytest.raises(NotAllowed):
            actions.step(by=person, task=task, deed=Deed.SAY, words="Hei")


def test_both_see_the_same_terms(house, answered):
    task = answered()
    with pytest.raises(RuleBroken):
        actions.step(by=house.dan, task=task, deed=Deed.ACCEPT, version=1)  # one's own terms
    task = actions.step(by=house.cia, task=task, deed=Deed.COUNTER, words="Perjantaina kello 12.")
    with pytest.raises(RuleBroken):
        actions.step(by=house.dan, task=task, deed=Deed.ACCEPT, version=1)  # read the old ones
    task = actions.step(by=house.dan, task=task, deed=Deed.ACCEPT, version=2)
    assert (task.state, task.terms) == (State.AGREED, "Perjantaina kello 12.")


def test_the_same_twice_is_one(house, seat, listed, answered):
    first = answered()
    again = actions.propose(by=house.dan, listing=first.listing, words="Sama uudestaan", seat=seat(house.dan))
    assert again.pk == first.pk
    assert listed().pk == listed().pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(
            listing=first.listing, giver=house.dan, receiver=house.dan, terms="x", terms_part="giver",
            made_at=first.made_at, moved_at=first.moved_at,
        )  # fmt: skip


def test_undo_within_a_week_takes_it_from_the_counts(house, helped, later):
    task = helped()
    task = actions.step(by=house.cia, task=task, deed=Deed.UNDO, words="Kuski jäi tulematta.")
    assert task.state == State.DELIVERED
    assert queries.own_counts(house.dan, house.network)[0].given == 0
    assert Listing.objects.get().state == "matched"
    task = actions.step(by=house.cia, task=task, deed=Deed.CONFIRM)
    with later(8), pytest.raises(RuleBroken):
        actions.step(by=house.cia, task=task, deed=Deed.UNDO, words="Myöhässä.")


def test_several_hands(house, seat, listed):
    need = listed(hands=2)
    for person in (house.dan, house.eva):
        task = actions.propose(by=person, listing=need, words="Tulen", seat=seat(person))
        actions.step(by=house.cia, task=task, deed=Deed.ACCEPT, version=1)
        need.refresh_from_db()
        assert need.state == ("open" if person == house.dan else "matched")
    actions.step(by=house.eva, task=task, deed=Deed.CANCEL, words="Sairastuin.")
    need.refresh_from_db()
    assert need.state == "open"


def test_ending_a_listing_does_not_end_what_runs(house, answered):
    task = answered()
    actions.move(by=house.cia, listing=task.listing, deed=Move.WITHDRAW)
    task = actions.step(by=house.cia, task=task, deed=Deed.ACCEPT, version=1)
    assert task.state == State.AGREED
    with pytest.raises(NotFound):
        queries.get(house.eva, house.network, task.listing_id)


def test_time_ends_and_counts(house, answered, later):
    task = answered()
    with later(4):
        tasks.tend.func()
        tasks.tend.func()
    assert Letter.objects.filter(template="exchange/letters/waits.md").count() == 1
    with later(14):
        tasks.tend.func()
    task.refresh_from_db()
    assert task.state == State.EXPIRED


def test_silence_after_delivery_counts_once(house, answered, later):
    task = actions.step(by=house.cia, task=answered(), deed=Deed.ACCEPT, version=1)
    task = actions.step(by=house.dan, task=task, deed=Deed.DELIVER)
    with later(15):
        tasks.tend.func()
        tasks.tend.func()
        task.refresh_from_db()
        assert (task.state, task.by_silence) == (State.COMPLETED, True)
    assert Event.objects.filter(kind="exchange.helped").count() == 1


def test_listings_lapse_and_come_back(house, listed, later):
    need = listed(ends_on=today() + timedelta(days=5))
    tasks.keep_dates.func()
    tasks.keep_dates.func()
    need.refresh_from_db()
    assert need.warned_on == today()
    with later(6):
        tasks.keep_dates.func()
        need.refresh_from_db()
        assert need.state == "expired"
        need = actions.move(by=house.cia, listing=need, deed=Move.RENEW)
        assert need.state == "open"
        assert need.ends_on > today()


def test_feedback_is_blind_until_both_or_a_week(house, helped, later):
    task = helped()
    actions.tell_how(by=house.cia, task=task, words="Kolme uutta kävijää.", may_show=True, **MARKS)
    assert queries.feedback(task, Part.GIVER)["theirs"] is None
    assert queries.thanks(house.network) == []
    with later(7):
        assert queries.feedback(task, Part.GIVER)["theirs"] is not None
    actions.tell_how(by=house.cia, task=task, words="Neljä uutta kävijää.", may_show=True, **MARKS)
    actions.tell_how(by=house.dan, task=task, **MARKS)
    assert queries.feedback(task, Part.GIVER)["theirs"].words == "Neljä uutta kävijää."
    (thanks,) = queries.thanks(house.network)
    assert thanks.name == "Cia Salo, Cia ry"
    with pytest.raises(RuleBroken):
        actions.tell_how(by=house.cia, task=task, **MARKS)


def test_a_target_alone_is_asked_and_answers(house, seat, listed):
    need = listed(target=seat(house.eva))
    assert any("Kuljettaja" in subject for subject in letters(house.eva))
    with pytest.raises(RuleBroken):
        actions.propose(by=house.dan, listing=need, words="Autan", seat=seat(house.dan))
    assert actions.propose(by=house.eva, listing=need, words="Autan", seat=seat(house.eva)).pk


def test_for_somebody_who_never_logs_in(house, listed):
    assert listed(asked_for="Unto Rauhala").asked_for == "Unto Rauhala"
    with pytest.raises(RuleBroken):
        listed(side="offer", asked_for="Unto Rauhala")


def test_confidential_words_are_read_again(house, listed):
    with pytest.raises(RuleBroken) as refused:
        listed(text="Asiakkaamme Maija, 040 123 4567, tarvitsee kyydin.")
    assert refused.value.field == "read_again"
    assert listed(text="Soita toimistoon 040 123 4567.", read_again=True).pk


def test_confidential_work_needs_words_before_a_yes(house, answered):
    task = answered(is_confidential=True)
    with pytest.raises(RuleBroken):
        actions.step(by=house.cia, task=task, deed=Deed.ACCEPT, version=1)
    actions.step(by=house.cia, task=task, deed=Deed.SAY, words="Nimet jäävät teille; kuski allekirjoittaa sitoumuksen.")
    assert actions.step(by=house.cia, task=task, deed=Deed.ACCEPT, version=1).state == State.AGREED


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "  "}, {"text": ""}, {"title": "x" * 121}, {"area": "tuntematon"}, {"hands": 0}, {"hands": 51},
        {"ends_on": today() - timedelta(days=1)}, {"ends_on": today() + timedelta(days=400)}, {"where": "kuussa"},
        {"begins_on": today() + timedelta(days=9), "ends_on": today() + timedelta(days=3)},
    ],
)  # fmt: skip
def test_bad_listings_are_refused(house, listed, facts):
    with pytest.raises(RuleBroken):
        listed(**facts)
    assert not Listing.objects.exists()


def test_two_who_change_at_once(house, listed):
    need = listed()
    facts = {"title": "Uusi", "text": "Uusi teksti", "area": "events", "where": "either", "effort": "s", "hands": 1}
    facts |= {"begins_on": None, "ends_on": None}
    actions.change(by=house.cia, listing=need, seen=1, **facts)
    with pytest.raises(RuleBroken):
        actions.change(by=house.cia, listing=need, seen=1, **facts)


def test_off_the_board_with_a_public_reason(house, listed):
    need = listed()
    with pytest.raises(NotAllowed):
        actions.move(by=house.dan, listing=need, deed=Move.MODERATE, reason="En pidä")
    with pytest.raises(RuleBroken):
        actions.move(by=house.aino, listing=need, deed=Move.MODERATE)
    actions.move(by=house.aino, listing=need, deed=Move.MODERATE, reason="Kertoi asiakkaan nimen.")
    assert Event.objects.get(kind="exchange.hidden").is_power
    assert list(queries.visible_to(house.cia)) == []


def test_chances_and_rings(house, seat, listed):
    for giver, gives, needs in (
        ("cia", "premises", "ict"),
        ("dan", "equipment", "premises"),
        ("eva", "ict", "equipment"),
    ):
        person = getattr(house, giver)
        listed(by=person, side="need", title=f"Tarve {needs}", text="Yhteinen asia", area=needs)
        listed(by=person, side="offer", title=f"Tarjous {gives}", text="Yhteinen asia", area=gives)
    found = queries.chances(house.cia, house.network)
    assert [len(ring) for ring in found.rings] == [3]
    assert {pair.need.area for pair in found.pairs} == {"ict", "premises"}
    assert queries.chances(house.aino, house.network).rings == []


def test_who_leaves_takes_the_own_back(house, listed, answered):
    task = answered(by=house.cia, seat=None)
    actions.let_go(by=house.cia)
    task.refresh_from_db()
    assert task.state == State.WITHDRAWN
    assert Listing.objects.get().state == "withdrawn"
    assert Listing.objects.get().author is None
    house_listing = listed(by=house.dan)
    actions.let_go(by=house.dan)
    house_listing.refresh_from_db()
    assert (house_listing.state, house_listing.author) == ("open", None)
    assert not Feedback.objects.filter(by=house.dan).exists()
    assert mail.outbox == []
