from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from kutomo.core.activity.models import Event
from kutomo.core.consent.models import Voice
from kutomo.core.people import actions as people
from kutomo.core.promises import actions as promises
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.mail.models import Letter
from kutomo.work.decisions import actions, queries, tasks
from kutomo.work.decisions.models import Ballot, Decision, Slip, Stance, Turn

from .conftest import write


def letters(name: str) -> list[Letter]:
    return list(Letter.objects.filter(template=f"decisions/letters/{name}.md"))


def standing(decision, person):
    return queries.standing(decision, queries.last_ballot(decision), person)


@pytest.mark.parametrize("gap", ["title", "proposal", "reasons"])
def test_a_proposal_needs_its_words_from_the_start(bring, gap):
    with pytest.raises(RuleBroken) as broken:
        bring(**{gap: "  "})
    assert broken.value.field == gap


def test_what_a_proposal_may_be(house, bring):
    with pytest.raises(RuleBroken):
        bring("choice", options=["vain yksi"])
    with pytest.raises(RuleBroken):
        bring("consent", is_anonymous=True)  # consent is named
    with pytest.raises(RuleBroken):
        bring("kruuna")
    facts = {"title": "A", "proposal": "B", "reasons": "C", "method": "consent"}
    with pytest.raises(NotAllowed):
        actions.propose(by=house.oskari, network=house.network, **facts)
    assert bring("dates").who == "members"


def test_consent_runs_in_the_house_of_consent(house, bring, seated, later):
    decision = bring(open=True)
    assert {letter.email for letter in letters("opened")} == {one.email for one in seated if one != house.bjorn}
    for person in seated[:6]:
        actions.take(by=person, decision=decision, stance="support", speaks=True)
    assert Voice.objects.count() == 6
    with pytest.raises(RuleBroken):
        actions.close(by=house.bjorn, decision=decision)
    with later():
        assert actions.close(by=house.bjorn, decision=decision).why == "agreed"
    decision.refresh_from_db()
    assert decision.state == "closed"


def test_a_reasoned_objection_stops_consent_and_one_who_can_live_with_it_stops_consensus(house, bring, seated, later):
    for method, last, harm in (("consent", "object", "Vie aikaa"), ("consensus", "can_live", "")):
        decision = bring(method, open=True)
        for person in seated[:-1]:
            actions.take(by=person, decision=decision, stance="support", speaks=True)
        actions.take(by=seated[-1], decision=decision, stance=last, harm=harm, speaks=True)
        assert actions.close(by=house.bjorn, decision=decision).why == "not_agreed"  # all have answered


def test_one_voice_a_seat_that_can_change_and_keeps_its_past(house, bring):
    decision = bring("gradients", open=True)
    actions.take(by=house.cia, decision=decision, degree="4", reason="Hyvä", seen=0)
    actions.take(by=house.cia, decision=decision, degree=2, reason="En ole varma", seen=1)
    stance = Stance.objects.get()
    assert (stance.said, stance.version, stance.earlier[0]["reason"]) == ({"degree": 2}, 2, "Hyvä")
    with pytest.raises(RuleBroken):
        actions.take(by=house.cia, decision=decision, degree=9)
    with pytest.raises(NotAllowed):
        actions.take(by=house.oskari, decision=decision, degree=3)  # only looks on
    assert not Event.objects.filter(kind="decisions.stance_taken").exclude(audience="own").exists()


def test_others_are_silent_until_the_silence_ends(house, bring, seated):
    decision = bring("gradients")
    actions.open(by=house.bjorn, decision=decision, silent_until=now() + timedelta(days=2))
    actions.take(by=house.cia, decision=decision, degree=1, reason="Ei näin")
    seen = standing(decision, house.aino)
    assert (seen.is_silent, seen.answered, seen.lines, seen.reasons) == (True, 1, [], [])
    for person in seated:
        actions.take(by=person, decision=decision, degree=4, speaks=True)
    assert not standing(decision, house.aino).is_silent


def test_anonymous_answers_lie_where_nothing_joins_them(house, bring, seated, later):
    decision = bring("gradients", is_anonymous=True, open=True)
    before = Event.objects.count()
    for place, person in enumerate(seated):
        assert actions.take(by=person, decision=decision, degree=4 + place % 2, reason=f"Syy {place}") is None
    assert Event.objects.count() == before  # no line, so no hour and no order
    assert (Turn.objects.count(), Slip.objects.count(), Stance.objects.count()) == (8, 8, 0)
    columns = {
        model: {field.attname for field in model._meta.concrete_fields} - {"ballot_id"} for model in (Turn, Slip)
    }
    assert columns[Turn] == {"key", "seat_id", "person_id"}
    assert columns[Slip] == {"key", "said", "reason"}
    assert not set(Turn.objects.values_list("key", flat=True)) & set(Slip.objects.values_list("key", flat=True))
    with pytest.raises(RuleBroken):
        actions.take(by=house.cia, decision=decision, degree=1)
    silent = standing(decision, house.aino)
    assert (silent.is_silent, silent.lines, silent.reasons) == (True, [], [])
    actions.close(by=house.bjorn, decision=decision)
    for person in (house.aino, house.cia, house.oskari):  # leader, member, observer: the same
        shown = standing(decision, person)
        assert [line.word for line in shown.lines] == ["half", "half", "none", "none", "none"]
        assert {line.number for line in shown.lines} == {None}
        assert len(shown.reasons) == 8
        assert {row["name"] for row in shown.reasons} == {""}


def test_the_order_of_storing_tells_nothing(house, bring, seated):
    """Rows are laid anew in random order, so that the n-th to answer is not the n-th slip."""
    orders = set()
    for _n in range(4):
        decision = bring("gradients", is_anonymous=True, open=True)
        for place, person in enumerate(seated):
            actions.take(by=person, decision=decision, degree=3, reason=str(place))
        with connection.cursor() as cursor:
            order = "rowid" if connection.vendor == "sqlite" else "ctid"
            ballot = decision.ballots.get().pk
            cursor.execute(f"SELECT reason FROM decisions_slip WHERE ballot_id = %s ORDER BY {order}", [ballot])
            orders.add(tuple(row[0] for row in cursor.fetchall()))
    assert len(orders) > 1
    assert orders != {tuple(str(place) for place in range(len(seated)))}


def test_few_anonymous_answers_are_not_shown(house, bring, seated, later):
    decision = bring("choice", is_anonymous=True, open=True)
    for person in seated[:4]:
        actions.take(by=person, decision=decision, option="1", reason="Lähellä")
    with later():
        assert actions.close(by=house.bjorn, decision=decision).why == "too_few"
    shown = standing(decision, house.aino)
    assert (shown.lines, shown.reasons) == ([], [])
    assert "Lähellä" not in str(Ballot.objects.get(decision=decision).result)


def test_a_closed_result_is_frozen(house, bring, seated):
    decision = bring("choice", open=True)
    for person in seated:
        actions.take(by=person, decision=decision, option="2", speaks=True)
    actions.close(by=house.bjorn, decision=decision)
    Stance.objects.filter(taken_by=house.cia).update(said={"option": "1"})
    assert [line.number for line in standing(decision, house.aino).lines] == [0, 8]
    with pytest.raises(RuleBroken):
        actions.take(by=house.cia, decision=decision, option="1")


def test_dates(house, bring, seated):
    decision = bring("dates", open=True)
    for person, first in zip(seated, ("yes", "no", "maybe"), strict=False):
        actions.take(by=person, decision=decision, fits={"1": first, "2": "yes"})
    with pytest.raises(RuleBroken):
        actions.take(by=house.eva, decision=decision, fits={"1": "yes"})
    assert standing(decision, house.aino).result.chosen == "2"


def test_the_recorder_writes_for_somebody_who_can_check_it(house, bring):
    decision = bring("gradients", open=True)
    stance = actions.take(by=house.rea, decision=decision, on_behalf_of=house.unto, degree=5)
    assert (stance.taken_by, stance.recorded_by, stance.waits_for_check) == (house.unto, house.rea, True)
    with pytest.raises(NotAllowed):
        actions.check(by=house.rea, decision=decision, stance=stance)
    assert not actions.check(by=house.unto, decision=decision, stance=stance).waits_for_check
    with pytest.raises(NotAllowed):
        actions.take(by=house.cia, decision=decision, on_behalf_of=house.unto, degree=1)


def test_advice_is_asked_said_and_decided_by_one_who_said_yes(house, bring):
    facts = {"title": "Kahvit", "proposal": "Kuka keittää?", "reasons": "Ennen talvea", "method": "advice"}
    people_asked = {"decider": house.cia, "advisers": [house.dan, house.eva]}
    decision = actions.propose(by=house.bjorn, network=house.network, **facts, **people_asked)
    assert [letter.email for letter in letters("deciding")] == [house.cia.email]
    with pytest.raises(RuleBroken):
        actions.open(by=house.bjorn, decision=decision)
    with pytest.raises(NotAllowed):
        actions.answer_deciding(by=house.bjorn, decision=decision, accept=True)
    decision = actions.answer_deciding(by=house.cia, decision=decision, accept=True)
    actions.open(by=house.cia, decision=decision)
    assert {letter.email for letter in letters("opened")} == {house.dan.email, house.eva.email}
    with pytest.raises(NotAllowed):
        actions.advise(by=house.fia, decision=decision, words="Minä tiedän")
    actions.advise(by=house.dan, decision=decision, words="Kysy emännältä")
    assert queries.still_asked(decision, queries.last_ballot(decision)) == [house.eva]
    written = actions.advise(by=house.rea, decision=decision, on_behalf_of=house.eva, words="Keitin on rikki")
    assert written.waits_for_check
    assert not actions.check_advice(by=house.eva, decision=decision).waits_for_check
    assert actions.close(by=house.cia, decision=decision).why == "advised"


def test_without_reason_review_day_and_every_language_it_is_not_published(house, bring, later):
    house.network.languages = "fi,sv"
    house.network.save()
    decision = bring("choice", open=True)
    with later():
        actions.close(by=house.bjorn, decision=decision)
        for facts, words in (
            ({"why": ""}, "perust"),
            ({"review_on": None}, "päivä"),
            ({}, "Tiivistelmä"),
            ({"summaries": {"sv": {"title": "Rotation", "text": ""}}}, "Tiivistelmä"),
        ):
            decision = write(house, decision, **facts)
            with pytest.raises(RuleBroken, match=words):
                actions.publish(by=house.bjorn, decision=decision, seen=decision.revision)
        decision = write(house, decision, summaries={"sv": {"title": "Rotation", "text": "Vi provar."}})
        assert actions.publish(by=house.bjorn, decision=decision, seen=decision.revision).state == "published"
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(why="")
    swede = Letter.objects.get(template="decisions/letters/outcome.md", email=house.cia.email)
    assert "Kukaan ei nähnyt haittaa" in swede.body
    assert swede.slot  # within the budget


def test_of_two_who_act_at_once_one_wins_and_the_other_is_told(house, bring, later):
    decision = bring("choice", open=True)
    with later():
        actions.close(by=house.aino, decision=decision)
        with pytest.raises(RuleBroken, match="nopeampi"):
            actions.close(by=house.bjorn, decision=decision)
        both = Decision.objects.select_related("network").get(pk=decision.pk)
        first = write(house, decision)
        with pytest.raises(RuleBroken):
            actions.write(by=house.aino, decision=both, seen=both.revision, outcome="Toinen", why="Toinen syy")
        actions.publish(by=house.bjorn, decision=first, seen=first.revision)
        with pytest.raises(RuleBroken, match="nopeampi"):
            actions.publish(by=house.aino, decision=first, seen=first.revision)
    assert Event.objects.filter(kind="decisions.closed").count() == 1


def test_only_those_who_run_it_open_close_and_publish(house, bring, later):
    decision = bring("choice")
    for deed in (actions.open, actions.drop, actions.reopen):
        facts = {} if deed is actions.open else {"reason": "Siksi"}
        with pytest.raises((NotAllowed, RuleBroken)):
            deed(by=house.cia, decision=decision, **facts)
    with pytest.raises(NotAllowed):
        actions.change(by=house.aino, decision=decision, seen=1, title="A", proposal="B", reasons="C")
    actions.open(by=house.aino, decision=decision)  # whoever leads may, and the log says who


def test_a_vote_is_reopened_with_its_history(house, decided):
    decision = decided()
    ballot = actions.reopen(
        by=house.bjorn, decision=decision, reason="Uutta tietoa", proposal="Veto kiertää puoli vuotta."
    )
    decision.refresh_from_db()
    assert (decision.state, ballot.number, decision.published_at) == ("open", 2, None)
    first = queries.history(decision)[1]
    assert first.result["outcome"] == "Kokeilemme."
    with pytest.raises(RuleBroken):
        actions.reopen(by=house.bjorn, decision=decision, reason="Taas")
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(decision=decision, number=3, opened_at=now(), closes_at=now() + timedelta(days=1))


def test_a_consent_round_is_asked_again_too(house, bring, seated, later):
    decision = bring(open=True)
    with later():
        actions.close(by=house.bjorn, decision=decision)
        ballot = actions.reopen(by=house.bjorn, decision=decision, reason="Liian harva vastasi")
    assert ballot.round.number == 2
    actions.drop(by=house.bjorn, decision=decision, reason="Ei enää tarpeen")
    ballot.refresh_from_db()
    assert ballot.closed_at
    ballot.round.refresh_from_db()
    assert not ballot.round.is_open


def test_a_decision_comes_back_on_its_day_by_itself(house, decided, later):
    decision = decided()
    promises.propose(
        by=house.cia, network=house.network, doer=house.cia, what="Vedän", thing=(queries.THING, decision.pk)
    )
    tasks.come_back()
    assert not letters("review")
    with later(120):
        for _day in range(2):
            tasks.come_back()
        assert {letter.email for letter in letters("review")} == {house.bjorn.email, house.cia.email}
        assert [why for _row, why in queries.waiting_in(house.bjorn, [house.network])] == ["review"]
        decision.refresh_from_db()
        with pytest.raises(RuleBroken):
            actions.review(by=house.bjorn, decision=decision, keeps=True, words="Toimii")
        new = today() + timedelta(days=200)
        actions.review(by=house.bjorn, decision=decision, keeps=True, words="Toimii", review_on=new)
        decision.refresh_from_db()
        assert (decision.review_on, decision.is_due) == (new, False)
        ended = actions.review(by=house.bjorn, decision=decision, keeps=False, words="Tehtävä on tehty")
        assert ended.state == "ended"


def test_owners_are_promises_and_say_yes_themselves(house, decided):
    decision = decided()
    facts = {"network": house.network, "thing": (queries.THING, decision.pk), "what": "Pidän listaa"}
    asked = promises.propose(by=house.bjorn, doer=house.dan, **facts)
    assert [row.state for row in queries.owners(decision)] == ["proposed"]
    promises.accept(by=house.dan, promise=asked)
    assert [row.state for row in queries.owners(decision)] == ["accepted"]


def test_interests_are_declared_by_oneself_and_shown(house, bring):
    decision = bring()
    actions.declare(by=house.cia, decision=decision, words="Meidän tilamme", steps_aside=True)
    interest = actions.declare(by=house.cia, decision=decision, words="Meidän tilamme ja kahvi")
    assert decision.interests.count() == 1
    assert not interest.steps_aside


def test_the_clock_closes_and_reminds_once(house, bring, later):
    decision = bring("gradients", open=True)
    actions.take(by=house.cia, decision=decision, degree=4)
    with later(6):
        for _day in range(2):
            tasks.remind()
        addresses = [letter.email for letter in letters("soon")]
        assert len(addresses) == len(set(addresses))
        assert house.cia.email not in addresses
        assert house.dan.email in addresses
    with later():
        tasks.settle()
    decision.refresh_from_db()
    assert decision.state == "closed"
    assert decision.ballots.get().closed_by is None


def test_what_waits_for_one(house, bring):
    decision = bring("gradients", open=True)
    anonymous = bring("choice", open=True, is_anonymous=True)
    waiting = dict(queries.waiting_in(house.cia, [house.network]))
    assert waiting == {decision: "answer", anonymous: "answer"}
    actions.take(by=house.cia, decision=decision, degree=3)
    actions.take(by=house.cia, decision=anonymous, option="1")
    assert queries.waiting_in(house.cia, [house.network]) == []
    assert queries.waiting_in(house.oskari, [house.network]) == []


def test_who_leaves_is_named_nowhere_and_open_stances_go(house, bring, seated, decided):
    over = decided("gradients")
    decision = bring("dates", open=True)
    actions.take(by=house.cia, decision=decision, fits={"1": "yes", "2": "no"})
    actions.declare(by=house.cia, decision=decision, words="Oma etu")
    assert any("stance" in row for row in queries.own_rows(house.cia))
    people.erase(by=house.cia)
    assert not Stance.objects.filter(ballot__decision=decision).exists()
    assert not decision.interests.exists()
    people.erase(by=house.bjorn)
    over.refresh_from_db()
    assert (over.author, over.published_by, over.state) == (None, None, "published")
