"""Deeds of meetings: what they do, and to whom they say no."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import IntegrityError, connection
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.promises.models import Promise
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken, TooMany
from kutomo.work.meetings import actions, queries, tasks
from kutomo.work.meetings.models import Answer, Knows, Meeting, Participant, Place, Sealed, Turn
from kutomo.work.meetings.rules import codes, pairing

from .room import code, open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    cache.clear()
    return open_room()


def test_a_template_lays_the_whole_agenda(room):
    rows = queries.agenda(room.meeting, "sv")
    assert rows[0].step.is_before
    assert rows[1].starts_at == room.meeting.starts_at
    assert (rows[-1].starts_at - room.meeting.starts_at).total_seconds() == 176 * 60
    assert rows[1].words.title == "Varför just nu"


def test_members_cannot_convene_or_host(room):
    member = make.member(room.network)
    with pytest.raises(NotAllowed):
        actions.convene(by=member, network=room.network, title="x", starts_at=now())
    for deed in (actions.go, actions.reveal):
        with pytest.raises(NotAllowed):
            deed(by=member, meeting=room.meeting, step=room.step("pulse"))
    with pytest.raises(NotAllowed):
        actions.close(by=member, meeting=room.meeting)


def test_opening_gives_a_clear_code_and_stands_on_the_first_step(room):
    assert codes.is_clear(room.meeting.code)
    assert room.meeting.step.kind == "arrival"
    assert room.step("arrival").is_answering
    with pytest.raises(RuleBroken):
        actions.open(by=room.leader, meeting=room.meeting)


def test_a_meeting_without_agenda_cannot_be_opened(room):
    bare = actions.convene(by=room.leader, network=room.network, title="Tyhjä", starts_at=now())
    with pytest.raises(RuleBroken):
        actions.open(by=room.leader, meeting=bare)


def test_every_move_raises_the_version_once(room):
    before = int(queries.stand(room.meeting.code).version)
    room.go("pairs")
    assert int(queries.stand(room.meeting.code).version) == before + 1
    room.go("pairs")  # a double press
    assert int(queries.stand(room.meeting.code).version) == before + 1


def test_the_agenda_can_be_changed(room):
    step = room.step("break")
    actions.change_step(by=room.leader, step=step, minutes=20, title="Kahvit")
    actions.move_step(by=room.leader, step=step, places=-1)
    actions.add_step(by=room.leader, meeting=room.meeting, kind="lines", minutes=5, title="Mitä muuta?")
    rows = queries.agenda(room.again(), "fi")
    assert [row.words.title for row in rows].index("Kahvit") == 6
    assert rows[-1].words.title == "Mitä muuta?"
    actions.remove_step(by=room.leader, step=step)
    assert len(queries.steps(room.meeting)) == len(rows) - 1


def test_a_point_with_answers_is_not_thrown_away(room):
    room.come(1)
    step = room.go("word")
    room.say(room.people[0], step, word="hyvä")
    room.go("pairs")
    with pytest.raises(RuleBroken):
        actions.remove_step(by=room.leader, step=step)


def test_the_timer_pauses_and_gives_more_time(room):
    room.go("pulse")
    actions.pause_timer(by=room.leader, meeting=room.meeting)
    held = room.again().timer_held
    assert 235 <= held <= 240
    actions.extend_timer(by=room.leader, meeting=room.meeting, minutes=2)
    assert room.again().timer_held == held + 120
    actions.start_timer(by=room.leader, meeting=room.meeting)
    assert room.again().timer_ends_at is not None
    with pytest.raises(RuleBroken):
        actions.extend_timer(by=room.leader, meeting=room.meeting, minutes=0)


def inside(step) -> list[str]:
    """The words that wait sealed for the reveal of a step."""
    return sorted(row.opened().text for row in Sealed.objects.filter(step=step))


def test_what_bears_no_name_is_sealed_until_it_is_shown(room):
    """Whoever has the database while a step is open reads no word of it, and an older copy joins nothing."""
    step = room.go("skills")
    people = room.come(6)
    for number, one in enumerate(people):
        room.say(one, step, have=f"Taito {number}")
    before = list(Sealed.objects.values_list("key", "body"))
    turns = set(Turn.objects.values_list("key", flat=True))
    assert not Answer.objects.exists()
    assert len({len(bytes(body)) for _key, body in before}) == 1
    assert not any(b"Taito" in bytes(body) for _key, body in before)
    actions.reveal(by=room.leader, meeting=room.meeting, step=step)
    assert not Sealed.objects.exists()
    assert sorted(Answer.objects.values_list("text", flat=True)) == [f"Taito {number}" for number in range(6)]
    assert not {key for key, _body in before} & set(Answer.objects.values_list("key", flat=True))
    assert not turns & set(Turn.objects.values_list("key", flat=True))


def test_the_order_of_what_is_sealed_is_shuffled_away(room):
    """Who has the key too finds no order: 40 people, by chance one place in 40 agrees."""
    step = room.go("skills")
    people = room.come(40)
    for number, one in enumerate(people):
        room.say(one, step, have=f"Taito {number:02}")
    tasks.mix.call()
    place = "rowid" if connection.vendor == "sqlite" else "ctid"
    inside_of = {row.pk: int(row.opened().text.split()[1]) for row in Sealed.objects.filter(step=step)}
    number_of = {one.pk: number for number, one in enumerate(people)}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key FROM meetings_sealed ORDER BY {place}")
        what = [inside_of[key] for (key,) in cursor.fetchall()]
        cursor.execute(f"SELECT participant_id FROM meetings_turn WHERE step_id = {step.pk} ORDER BY {place}")
        who = [number_of[pk] for (pk,) in cursor.fetchall()]
    assert sorted(what) == sorted(who) == list(range(40))
    for one, other in [(what, list(range(40))), (who, list(range(40))), (who, what)]:
        assert sum(a == b for a, b in zip(one, other, strict=True)) < 12


def test_the_same_answer_twice_is_kept_once(room):
    one = room.come(1)[0]
    step = room.go("skills")
    claim = room.say(one, step, have="Kalastan verkoilla")
    room.say(one, step, claim, have="Kalastan verkoilla")
    assert inside(step) == ["Kalastan verkoilla"]
    assert Turn.objects.get(step=step).times == 1
    room.say(one, step, claim, have="Kalastan katiskalla")
    assert inside(step) == ["Kalastan katiskalla"]


def test_a_phone_sends_no_more_than_is_taken(room):
    one = room.come(1)[0]
    step = room.go("skills")
    for number in range(5):
        room.say(one, step, have=f"Taito {number}")
    with pytest.raises(RuleBroken):
        room.say(one, step, have="Kuudes")
    assert inside(step) == [f"Taito {number}" for number in range(5)]


def test_poor_answers_are_refused(room):
    one = room.come(1)[0]
    step = room.go("pulse")
    for values in ({"P1": "6"}, {"P1": "-1"}, {"P1": "hyvä"}, {"P3": "3"}, {"P1": " "}, {}):
        with pytest.raises(RuleBroken):
            room.say(one, step, **values)
    with pytest.raises(RuleBroken):
        room.say(one, step, "short", P1="3")
    with pytest.raises(RuleBroken):
        room.say(one, room.meeting.steps.filter(kind="talk").first(), line="x")
    with pytest.raises(RuleBroken):
        room.say(one, room.go("word"), word="s" * 41)
    assert not Answer.objects.exists()
    assert not Sealed.objects.exists()


def test_answers_of_another_meeting_are_not_taken(room):
    other = open_room()
    stranger = other.come(1)[0]
    with pytest.raises(NotFound):
        room.say(stranger, room.step("arrival"), word="hei")


def test_after_the_reveal_nothing_more_is_taken_and_nothing_tells_who_wrote(room):
    people = room.come(12)
    step = room.go("skills")
    for number, one in enumerate(people):
        room.say(one, step, have=f"Taito {number}")
    actions.reveal(by=room.leader, meeting=room.meeting, step=step)
    with pytest.raises(RuleBroken):
        room.say(people[0], step, have="Myöhässä")
    with pytest.raises(RuleBroken):
        actions.set_answering(by=room.leader, meeting=room.meeting, step=step, is_open=True)
    answers = list(Answer.objects.filter(step=step))
    assert not any(row.participant_id for row in answers)
    columns = {field.name for field in Answer._meta.get_fields()}
    assert not {name for name in columns if name.endswith(("_at", "_on")) or name == "id"}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM meetings_answer ORDER BY rowid")
            laid = [row[0] for row in cursor.fetchall()]
            cursor.execute("SELECT participant_id FROM meetings_turn ORDER BY rowid")
            turned = [row[0] for row in cursor.fetchall()]
        joined = sum(people[int(text.split()[1])].pk == pk for text, pk in zip(laid, turned, strict=True))
        assert joined < 12  # 1 in 479,001,600 by chance


def test_answering_leaves_no_line_in_the_log(room):
    one = room.come(1)[0]
    before = Event.objects.count()
    room.say(one, room.step("arrival"), word="utelias")
    assert Event.objects.count() == before


def test_the_pulse_is_never_shown_before_the_end_and_then_to_all(room):
    people = room.come(9)
    step = room.go("pulse")
    for number, one in enumerate(people):
        room.say(one, step, P1="5" if number < 7 else "2", P2="0")
    with pytest.raises(RuleBroken):
        actions.reveal(by=room.leader, meeting=room.meeting, step=step)
    assert queries.board(room.meeting, step).answers == []
    held = actions.close(by=room.leader, meeting=room.meeting)
    items = {item.code: item for item in queries.pulse(held, "fi")}
    assert items["P1"].reading.word == "most"
    assert items["P1"].reading.percent is None
    assert not items["P2"].reading.is_shown
    assert not held.pulse["is_partial"]


def test_four_answers_stay_silent_for_ever(room):
    people = room.come(4)
    step = room.go("pulse")
    for one in people:
        room.say(one, step, P1="5", P2="5")
    held = actions.close(by=room.leader, meeting=room.meeting)
    assert not any(item.reading.is_shown for item in queries.pulse(held))


def test_pairs_of_three_rounds_repeat_nobody_and_late_joiners_sit_down(room):
    room.come(8)
    step = room.go("pairs")
    for _ in range(2):
        actions.draw_pairs(by=room.leader, meeting=room.meeting, step=step)
    late = actions.join(meeting=room.meeting, name="Myöhäinen")
    place = Place.objects.get(participant=late)
    assert place.round_no == 2
    assert Place.objects.filter(step=step, round_no=2, group_no=place.group_no).count() == 3
    actions.draw_pairs(by=room.leader, meeting=room.meeting, step=step)
    rounds = {}
    for row in Place.objects.filter(step=step):
        rounds.setdefault(row.round_no, {}).setdefault(row.group_no, []).append(row.participant_id)
    assert sorted(map(len, rounds[3].values())) == [2, 2, 2, 3]
    pairs = [pairing.pairs_of(groups.values()) for groups in rounds.values()]
    assert not pairs[0] & pairs[1]
    assert not pairs[2] & (pairs[0] | pairs[1])
    with pytest.raises(RuleBroken):
        actions.draw_pairs(by=room.leader, meeting=room.meeting, step=step)


def test_pairs_need_two(room):
    room.come(1)
    with pytest.raises(RuleBroken):
        actions.draw_pairs(by=room.leader, meeting=room.meeting, step=room.go("pairs"))


def test_one_ticks_only_those_one_has_sat_with(room):
    people = room.come(4)
    step = room.go("pairs")
    actions.draw_pairs(by=room.leader, meeting=room.meeting, step=step)
    mine = Place.objects.get(participant=people[0])
    other = Place.objects.exclude(participant=people[0]).get(group_no=mine.group_no).participant
    stranger = next(one for one in people[1:] if one != other)
    actions.know(by=people[0], known=other.pk)
    actions.know(by=people[0], known=other.pk)
    assert Knows.objects.count() == 1
    with pytest.raises(RuleBroken):
        actions.know(by=people[0], known=stranger.pk)
    assert queries.own(people[0], room.step("pairs")).knows == {other.pk}
    assert queries.own(other, room.step("pairs")).knows == set()
    actions.know(by=people[0], known=other.pk, is_known=False)
    assert not Knows.objects.exists()


def test_a_promise_for_oneself_is_given_at_once_and_for_another_only_proposed(room):
    aila, bo = room.come(2)
    claim = code()
    own = actions.propose(by=aila, doer=aila, what="Soitan  kirjastoon", by_on=today(), code=claim)
    again = actions.propose(by=aila, doer=aila, what="Soitan kirjastoon", by_on=today(), code=claim)
    assert own == again
    assert (own.state, own.what) == ("accepted", "Soitan kirjastoon")
    other = actions.propose(by=aila, doer=bo, what="Varaa tila", by_on=None, code=code())
    assert other.state == "proposed"
    for by in (aila, room.leader):
        with pytest.raises(NotAllowed):
            actions.accept(by=by, meeting=room.meeting, promise=other)
    assert actions.accept(by=bo, meeting=room.meeting, promise=other).state == "accepted"
    assert actions.decline(by=bo, meeting=room.meeting, promise=other).state == "declined"


def test_a_recorder_hears_a_promise_only_from_somebody_without_a_phone(room):
    recorder = make.holder(room.network, Role.RECORDER)
    elsa = actions.join_on_paper(by=recorder, meeting=room.meeting, name="Elsa")
    heard = actions.propose(by=elsa, doer=elsa, what="Keitän kahvit", by_on=None, code=code(), recorder=recorder)
    assert (heard.state, heard.heard_by) == ("accepted", recorder)
    aila = room.come(1)[0]
    forced = actions.propose(by=elsa, doer=aila, what="Siivoa", by_on=None, code=code(), recorder=recorder)
    assert forced.state == "proposed"
    with pytest.raises(NotAllowed):
        actions.accept(by=recorder, meeting=room.meeting, promise=forced)


def test_paper_answers_are_as_anonymous_as_others(room):
    elsa = actions.join_on_paper(by=room.leader, meeting=room.meeting, name="Elsa")
    step = room.go("skills")
    actions.answer(by=elsa, step_id=step.pk, code=code(), values={"have": "Virkkaan"}, recorder=room.leader)
    assert inside(step) == ["Virkkaan"]
    assert not Answer.objects.exists()
    assert queries.answered_steps(elsa) == {step.pk}
    phone = room.come(1)[0]
    with pytest.raises(NotAllowed):
        actions.answer(by=phone, step_id=step.pk, code=code(), values={"have": "x"}, recorder=room.leader)
    member = make.member(room.network)
    with pytest.raises(NotAllowed):
        actions.answer(by=elsa, step_id=step.pk, code=code(), values={"have": "x"}, recorder=member)


def test_wrong_codes_are_counted_and_right_ones_are_not(room):
    for _ in range(200):
        assert actions.enter(code=room.meeting.code, address="192.0.2.1") == room.meeting
    wrong = "987650" if room.meeting.code != "987650" else "987651"
    for _ in range(codes.GUESSES_A_MINUTE):
        with pytest.raises(NotFound):
            actions.enter(code=wrong, address="192.0.2.1")
    with pytest.raises(TooMany):
        actions.enter(code=room.meeting.code, address="192.0.2.1")
    assert actions.enter(code=room.meeting.code, address="192.0.2.2") == room.meeting


def test_closing_ends_everything(room):
    one = room.come(1)[0]
    step = room.go("word")
    room.say(one, step, word="kiitos")
    held = actions.close(by=room.leader, meeting=room.meeting)
    assert held.is_closed
    assert queries.word_list(held) == ["kiitos"]
    with pytest.raises(RuleBroken):
        room.say(one, step, word="vielä")
    with pytest.raises(RuleBroken):
        actions.join(meeting=held, name="Myöhä")
    with pytest.raises(NotFound):
        queries.live(held.code)
    with pytest.raises(RuleBroken):
        actions.add_step(by=room.leader, meeting=held, kind="talk", title="x", minutes=3)


def test_notes_begin_from_what_was_said(room):
    aila, bo = room.come(2)
    actions.propose(by=aila, doer=aila, what="Soitan kirjastoon", by_on=None, code=code())
    actions.propose(by=aila, doer=bo, what="Ei luvattu", by_on=None, code=code())
    room.say(bo, room.go("voices"), voice="Taloyhtiöt")
    room.say(bo, room.go("harvest"), need="Tila tiistaiksi")
    notes = actions.close(by=room.leader, meeting=room.meeting).notes
    assert "Soitan kirjastoon" in notes
    assert "Ei luvattu" not in notes
    assert f"Taloyhtiöt ({bo})" in notes
    assert "Tila tiistaiksi" in notes


def test_two_who_save_the_notes_lose_nothing(room):
    held = actions.close(by=room.leader, meeting=room.meeting)
    actions.write_notes(by=room.leader, meeting=held, notes="Ensin", version=held.notes_version)
    with pytest.raises(RuleBroken):
        actions.write_notes(by=room.leader, meeting=held, notes="Toiseksi", version=held.notes_version)
    assert room.again().notes == "Ensin"


def test_an_acquaintance_round_opens_the_commitment_cards(room):
    from kutomo.work.commitments.models import AcquaintanceRound

    room.come(2)
    actions.draw_pairs(by=room.leader, meeting=room.meeting, step=room.go("pairs"))
    actions.close(by=room.leader, meeting=room.meeting)
    assert AcquaintanceRound.objects.get(network=room.network).source_id == room.meeting.pk


def test_the_database_refuses_what_must_never_be(room):
    with pytest.raises(IntegrityError):
        Meeting.objects.filter(pk=room.meeting.pk).update(code="")


def test_members_join_as_themselves_once(room):
    house = make.organisation("Kynnyskahvit ry")
    bjorn = make.member(room.network, "Björn Berg", house)
    one = actions.join(meeting=room.meeting, name="jotain", person=bjorn)
    assert (one.name, one.organisation) == ("Björn Berg", "Kynnyskahvit ry")
    assert actions.join(meeting=room.meeting, name="jotain", person=bjorn) == one
    assert Participant.objects.filter(person=bjorn).count() == 1
    assert Promise.objects.count() == 0


def test_everybody_gets_notes_and_own_promises_once(room):
    from kutomo.ground.mail.models import Letter

    bjorn = make.member(room.network, "Björn Berg", language="sv")
    one = actions.join(meeting=room.meeting, name="x", person=bjorn)
    actions.propose(by=one, doer=one, what="Soitan kirjastoon", by_on=today(), code=code())
    with pytest.raises(RuleBroken):
        actions.send_notes(by=room.leader, meeting=room.meeting)
    held = actions.close(by=room.leader, meeting=room.meeting)
    held = actions.write_notes(by=room.leader, meeting=held, notes="## Sovittu\n\nKaikki [hyvin](x)", version=1)
    assert actions.send_notes(by=room.leader, meeting=held) == 2
    letters = {letter.recipient: letter for letter in Letter.objects.all()}
    assert len(letters) == 2
    mine = next(letter for letter in letters.values() if "Soitan kirjastoon" in letter.body.replace("\\", ""))
    assert mine.key == f"meetings.notes:{held.pk}:{bjorn.pk}"
    actions.send_notes(by=room.leader, meeting=held)
    assert Letter.objects.count() == 2


def test_a_number_does_not_tell_the_language_of_its_author(room):
    """One reader of Swedish among Finns: the language beside a confidential number would name that person."""
    people = room.come(6)
    type(people[0]).objects.filter(pk=people[0].pk).update(language="sv")
    people[0].language = "sv"
    step = room.go("pulse")
    for one in people:
        room.say(one, step, P1="4")
    assert {row.opened().language for row in Sealed.objects.filter(step=step)} == {""}
