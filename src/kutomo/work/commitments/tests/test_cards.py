"""Commitment cards: locked until people have met, confirmed by two keys, ending after a year."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from kutomo.core.activity.models import Event
from kutomo.core.networks import actions as networks
from kutomo.core.people.models import Person
from kutomo.ground.clock import frozen
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.commitments import actions, queries, tasks
from kutomo.work.commitments.models import AcquaintanceRound, CommitmentCard, EarlierCard

ORG = {"behalf": "organisation", "brings": "A van on Thursdays", "hours": "2-4"}
SELF = {"behalf": "self", "brings": "A call ring", "seeks": "Company", "hours": "5-8"}


def write(house, who, **facts) -> CommitmentCard:
    return actions.write(by=who, network=house.network, **facts)


# --- the lock


def test_cards_are_locked_until_people_have_met(house):
    assert not queries.lock(house.network).is_open
    with pytest.raises(RuleBroken):
        write(house, house.unto, **SELF)
    house.meet()
    house.meet()
    assert AcquaintanceRound.objects.count() == 1
    assert queries.lock(house.network).is_open
    write(house, house.unto, **SELF)


def test_only_hosts_note_a_round_and_only_afterwards(house):
    with pytest.raises(NotAllowed):
        actions.note_acquaintance_round(by=house.bjorn, network=house.network, held_on=date(2026, 2, 1))
    with pytest.raises(RuleBroken):
        actions.note_acquaintance_round(by=house.aino, network=house.network, held_on=date(2026, 2, 3))


def test_a_leader_opens_the_cards_with_a_reason_that_all_see(house):
    for reason in ("", "  "):
        with pytest.raises(RuleBroken):
            actions.unlock(by=house.aino, network=house.network, reason=reason)
    with pytest.raises(NotAllowed):
        actions.unlock(by=house.bjorn, network=house.network, reason="We know each other")
    actions.unlock(by=house.aino, network=house.network, reason="We have worked together for years")
    line = Event.objects.get(kind="commitments.unlocked")
    assert (line.is_power, line.audience, line.reason) == (True, "members", "We have worked together for years")
    with pytest.raises(RuleBroken):
        actions.unlock(by=house.aino, network=house.network, reason="Again")


# --- writing and confirming


def test_an_own_card_is_confirmed_at_once_for_a_year(house):
    house.meet()
    card = write(house, house.unto, **SELF)
    assert (card.state, card.expires_on, card.name) == ("confirmed", date(2027, 2, 2), "Unto Uski")


def test_one_who_can_bind_confirms_by_writing(house):
    house.meet()
    assert write(house, house.kaj, **ORG).state == "confirmed"


def test_an_organisations_card_waits_for_its_second_key(house):
    house.meet()
    card = write(house, house.bjorn, **ORG)
    assert (card.state, card.expires_on) == ("proposed", None)
    for who in (house.bjorn, house.disa, house.unto, house.aino):
        with pytest.raises(NotAllowed):
            actions.confirm(by=who, card=card)
    card = actions.confirm(by=house.kaj, card=card)
    assert (card.state, card.confirmed_by) == ("confirmed", house.kaj)
    assert actions.confirm(by=house.kaj, card=card).state == "confirmed"
    assert Event.objects.filter(kind="commitments.card_confirmed").count() == 1


def test_a_named_confirmer_gets_a_letter_and_needs_no_seat(house):
    house.meet()
    card = write(house, house.bjorn, **ORG, confirmer_name="Stina Styrelse", confirmer_email="Stina@Strand.fi ")
    stina = Person.objects.get(name="Stina Styrelse")
    assert Letter.objects.get(template="commitments/letters/confirm_card.md").recipient == f"person:{stina.pk}"
    assert actions.confirm(by=stina, card=card, version=card.version).state == "confirmed"


@pytest.mark.parametrize("email", ["bjorn@example.org", "BJORN@example.org", "no address", "x@"])
def test_the_writer_cannot_be_the_confirmer_nor_an_address_be_broken(house, email):
    house.meet()
    with pytest.raises(RuleBroken) as refused:
        write(house, house.bjorn, **ORG, confirmer_email=email)
    assert refused.value.field == "confirmer_email"
    assert not CommitmentCard.objects.exists()


def test_without_a_named_confirmer_those_on_the_seat_are_asked(house):
    house.meet()
    write(house, house.bjorn, **ORG)
    asked = Letter.objects.get(template="commitments/letters/confirm_card.md")
    assert asked.recipient == f"person:{house.kaj.pk}"


def test_a_card_that_nobody_could_confirm_is_refused(house):
    house.meet()
    with pytest.raises(RuleBroken) as refused:
        write(house, house.aino, **ORG)
    assert refused.value.field == "confirmer_email"


def test_a_changed_card_is_not_confirmed_by_an_old_link(house):
    house.meet()
    card = write(house, house.bjorn, **ORG, confirmer_email="stina@strand.fi")
    stina = card.confirmer
    card = write(house, house.bjorn, **(ORG | {"hours": "more"}), confirmer_email="stina@strand.fi")
    with pytest.raises(RuleBroken):
        actions.confirm(by=stina, card=card, version=1)
    assert actions.confirm(by=stina, card=card, version=2).state == "confirmed"


def test_a_declined_card_ends_and_its_writer_is_told(house):
    house.meet()
    card = actions.decline(by=house.kaj, card=write(house, house.bjorn, **ORG))
    assert (card.state, card.ending) == ("ended", "declined")
    assert Letter.objects.filter(template="commitments/letters/card_declined.md").count() == 1
    assert write(house, house.bjorn, **SELF).state == "confirmed"


def test_following_from_the_side_is_a_full_choice(house):
    house.meet()
    card = write(house, house.bjorn, behalf="organisation", follows=True)
    assert (card.state, card.hours) == ("confirmed", "")
    covered = queries.coverage(house.network)
    assert (covered.confirmed, covered.following, covered.seated) == (0, 1, 2)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"brings": "x"}, "hours"),
        ({"brings": "x", "hours": "40"}, "hours"),
        ({"hours": "2-4"}, "brings"),
        ({"brings": "x" * 501, "hours": "2-4"}, "brings"),
        ({"brings": "x", "hours": "2-4", "until": date(2026, 2, 2)}, "until"),
        ({"brings": "x", "hours": "2-4", "behalf": "everybody"}, "behalf"),
        ({"brings": "x", "hours": "2-4", "behalf": "organisation"}, "behalf"),  # Unto sits as himself
    ],
)
def test_odd_cards_are_refused_beside_their_field(house, facts, field):
    house.meet()
    with pytest.raises(RuleBroken) as refused:
        write(house, house.unto, **facts)
    assert refused.value.field == field


def test_one_live_card_a_sitter(house):
    house.meet()
    first = write(house, house.unto, **SELF)
    assert write(house, house.unto, **(SELF | {"brings": "A van"})) == first
    copy = CommitmentCard.objects.get()
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_adjusting_keeps_what_the_card_said(house):
    house.meet()
    write(house, house.unto, **SELF)
    card = write(house, house.unto, **(SELF | {"hours": "0-1"}), seen=1)
    assert (card.version, card.hours, EarlierCard.objects.get().hours) == (2, "0-1", "5-8")
    with pytest.raises(RuleBroken):
        write(house, house.unto, **SELF, seen=1)


@pytest.mark.django_db(transaction=True)
def test_a_card_written_twice_at_once_is_one_card(house):
    house.meet()

    def save(_number: int) -> str:
        try:
            return write(house, house.unto, **SELF, seen=0).state
        except RuleBroken:
            return "told"
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sorted(pool.map(save, range(3))) == ["confirmed", "told", "told"]
    assert CommitmentCard.objects.count() == 1


def test_strangers_write_and_see_nothing(house):
    house.meet()
    with pytest.raises(NotAllowed):
        write(house, house.cecilia, **SELF)
    card = write(house, house.unto, **SELF)
    with pytest.raises(NotFound):
        queries.card(house.cecilia, house.network, card.pk)


def test_a_recorder_writes_and_the_person_checks(house):
    house.meet()
    with pytest.raises(NotAllowed):
        write(house, house.bjorn, **SELF, on_behalf_of=house.unto)
    house.recorder(house.bjorn)
    card = write(house, house.bjorn, **SELF, on_behalf_of=house.unto)
    assert (card.person, card.recorded_by, card.waits_for_check) == (house.unto, house.bjorn, True)
    assert queries.waiting_cards(house.unto, [house.network]) == [card]
    assert Letter.objects.filter(template="commitments/letters/written_for_you.md").count() == 1
    with pytest.raises(NotAllowed):
        actions.check_card(by=house.bjorn, card=card)
    assert not actions.check_card(by=house.unto, card=card).waits_for_check


# --- pausing, renewing, ending


def test_pause_and_resume(house):
    house.meet()
    card = write(house, house.unto, **SELF)
    card = actions.pause(by=house.unto, card=card)
    assert queries.hours_promised(house.network).cards == 0
    with pytest.raises(RuleBroken):
        actions.pause(by=house.unto, card=card)
    assert actions.resume(by=house.unto, card=card).state == "confirmed"
    with pytest.raises(RuleBroken):
        actions.resume(by=house.unto, card=card)


def test_others_neither_pause_nor_end(house):
    house.meet()
    card = write(house, house.unto, **SELF)
    for act in (actions.pause, actions.end, actions.renew):
        with pytest.raises(NotAllowed):
            act(by=house.bjorn, card=card)


def test_an_ended_card_stays_ended(house):
    house.meet()
    card = actions.end(by=house.unto, card=write(house, house.unto, **SELF))
    for act in (actions.pause, actions.resume, actions.renew, actions.end):
        with pytest.raises(RuleBroken):
            act(by=house.unto, card=card)
    assert write(house, house.unto, **SELF) != card


def test_the_reminder_comes_once_before_the_end_and_renewing_starts_anew(house):
    house.meet()
    card = write(house, house.unto, **SELF)
    with frozen("2026-12-30 10:00"):
        tasks.tend_cards()
        assert not Letter.objects.filter(template="commitments/letters/card_ends.md").exists()
    with frozen("2027-01-12 10:00"):
        tasks.tend_cards()
        tasks.tend_cards()
        assert queries.waiting_cards(house.unto, [house.network]) == [card]
        card = actions.renew(by=house.unto, card=card)
        assert (card.expires_on, queries.waiting_cards(house.unto, [house.network])) == (date(2028, 1, 12), [])
    assert Letter.objects.filter(template="commitments/letters/card_ends.md").count() == 1
    with frozen("2027-12-20 10:00"):
        assert queries.ending_soon() == [card]


def test_an_organisations_renewal_asks_its_confirmer_again(house):
    house.meet()
    card = write(house, house.bjorn, **ORG, confirmer_email="stina@strand.fi")
    stina = card.confirmer
    actions.confirm(by=stina, card=card)
    with frozen("2027-01-12 10:00"):
        card = actions.renew(by=house.bjorn, card=card)
        assert (card.state, card.expires_on) == ("proposed", None)
        assert Letter.objects.filter(template="commitments/letters/confirm_card.md").count() == 2
        assert actions.confirm(by=stina, card=card).expires_on == date(2028, 1, 12)


def test_the_clock_ends_what_ran_out_and_what_lost_its_seat(house):
    house.meet()
    run_out = write(house, house.unto, **SELF, until=date(2026, 6, 1))
    left = write(house, house.disa, **(ORG | {"behalf": "self"}))
    with frozen("2026-06-01 10:00"):
        tasks.tend_cards()
    assert CommitmentCard.objects.get(pk=run_out.pk).state == "confirmed", "the last day is a day of the card"
    with frozen("2026-06-02 10:00"):
        sitting = next(row for row in house.strand.representations.all() if row.person == house.disa)
        networks.stand_up(by=house.disa, sitting=sitting)
        tasks.tend_cards()
        tasks.tend_cards()
    assert CommitmentCard.objects.get(pk=run_out.pk).ending == "expired"
    assert CommitmentCard.objects.get(pk=left.pk).ending == "left"


# --- figures


def test_coverage_counts_organisations_that_confirmed_not_people(house):
    house.meet()
    write(house, house.unto, **SELF)
    write(house, house.bjorn, **ORG)
    covered = queries.coverage(house.network)
    assert (covered.confirmed, covered.waiting, covered.seated) == (0, 1, 2)
    write(house, house.kaj, **ORG)
    covered = queries.coverage(house.network)
    assert (covered.confirmed, covered.waiting) == (1, 0)


def test_hours_are_a_span_over_confirmed_cards(house):
    house.meet()
    write(house, house.unto, **SELF)
    write(house, house.bjorn, **ORG)  # not confirmed yet
    span = queries.hours_promised(house.network)
    assert (span.at_least, span.at_most, span.cards) == (5, 8, 1)
    write(house, house.kaj, **(ORG | {"hours": "more"}))
    assert queries.hours_promised(house.network).at_most is None
