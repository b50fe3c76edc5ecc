"""From the table to an agreed text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests import make

from kutomo.core.access.respondents import Respondent
from kutomo.core.consent import actions as consent, queries as rounds
from kutomo.ground import clock
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken
from kutomo.work.founding import actions, queries
from kutomo.work.founding.models import Cluster, Wording


@pytest.fixture
def compared(opened):
    for number in (1, 2, 3, 4, 5):
        opened.all_answer(number)
    opened.canvas = actions.close_answers(by=opened.leader, canvas=opened.canvas)
    return opened


def keys(founders, number: int) -> list[str]:
    return [answer.key for answer in queries.board(founders.canvas, number).answers]


def test_closing_reveals_all_at_once_and_counts_once(compared):
    canvas = compared.canvas
    assert canvas.state == "comparing"
    assert (canvas.answered_people, canvas.answered_organisations, canvas.invited_organisations) == (7, 7, 8)
    assert all(queries.drafts_for(Respondent.of(compared.members[6]), canvas).values())


def test_clusters_are_made_named_and_dissolved(compared):
    first, second, third, *_ = keys(compared, 1)
    member = compared.members[0]
    theme = actions.cluster(by=member, canvas=compared.canvas, question=1, answers=[first, second], into="new")
    actions.name_cluster(by=member, canvas=compared.canvas, cluster=theme.pk, name="Rytmi", seen=1)
    actions.cluster(by=compared.members[1], canvas=compared.canvas, question=1, answers=third, into=theme.pk)
    board = queries.board(compared.canvas, 1)
    assert [(c.name, len(c.answers)) for c in board.clusters] == [("Rytmi", 3)]
    assert len(board.loose) == 4
    actions.cluster(by=member, canvas=compared.canvas, question=1, answers=[first, second, third], into=None)
    assert Cluster.objects.count() == 0


def test_a_name_given_meanwhile_is_shown_and_not_lost(compared):
    theme = actions.cluster(
        by=compared.leader, canvas=compared.canvas, question=1, answers=keys(compared, 1)[0], into="new"
    )
    actions.name_cluster(by=compared.members[0], canvas=compared.canvas, cluster=theme.pk, name="Rytmi", seen=1)
    with pytest.raises(RuleBroken) as refused:
        actions.name_cluster(by=compared.members[1], canvas=compared.canvas, cluster=theme.pk, name="Tahti", seen=1)
    assert "Rytmi" in str(refused.value)


def test_an_answer_of_another_question_is_refused(compared):
    with pytest.raises(NotFound):
        actions.cluster(
            by=compared.leader, canvas=compared.canvas, question=1, answers=keys(compared, 2)[:1], into="new"
        )
    with pytest.raises(NotAllowed):
        actions.cluster(
            by=make.person("Vieras"), canvas=compared.canvas, question=1, answers=keys(compared, 1)[:1], into="new"
        )


def test_indicators_follow_the_table(compared):
    all_keys = keys(compared, 1)
    drafted = actions.cluster(by=compared.leader, canvas=compared.canvas, question=1, answers=all_keys[:2], into="new")
    actions.cluster(by=compared.leader, canvas=compared.canvas, question=1, answers=all_keys[2:], into="new")
    actions.mark_in_draft(by=compared.leader, canvas=compared.canvas, cluster=drafted.pk, in_draft=True)
    signs = queries.signs_of(compared.canvas)[1]
    assert (signs.voices, signs.alignment, signs.novelty) == (7, pytest.approx(2 / 7), 0.5)
    assert signs.is_talk_first


def test_organisations_are_named_only_with_three_in_a_theme(compared):
    for person in compared.members[:3]:
        actions.sign(
            by=Respondent.of(person),
            canvas=compared.canvas,
            code=f"KOODI-{person.pk:06d}.1.1",
            sign="organisation",
        )
    own = [queries.own_answers(compared.canvas, f"KOODI-{p.pk:06d}.1.1")[1][0].pk for p in compared.members[:3]]
    theme = actions.cluster(by=compared.leader, canvas=compared.canvas, question=1, answers=own[:2], into="new")
    shown = {answer.signature for answer in queries.board(compared.canvas, 1).clusters[0].answers}
    assert not any("Järjestö" in signature for signature in shown)
    actions.cluster(by=compared.leader, canvas=compared.canvas, question=1, answers=own[2], into=theme.pk)
    shown = {answer.signature for answer in queries.board(compared.canvas, 1).clusters[0].answers}
    assert shown == {"Järjestö 0 ry", "Järjestö 1 ry", "Järjestö 2 ry"}


def test_two_save_the_same_sentence_and_both_stay(compared):
    first = actions.write_sentence(by=compared.members[0], canvas=compared.canvas, question=1, text="Olemme läsnä.")
    line = first.sentence_id
    one = actions.write_sentence(
        by=compared.members[1], canvas=compared.canvas, question=1, sentence=line, text="Soitamme.", seen=first.pk
    )
    other = actions.write_sentence(
        by=compared.members[2], canvas=compared.canvas, question=1, sentence=line, text="Käymme.", seen=first.pk
    )
    found = queries.lines(queries.questions(compared.canvas))[1][0]
    assert found.current == one
    assert found.beside == [other]
    assert found.earlier == [first]
    with pytest.raises(RuleBroken):  # not to be agreed while two stand side by side
        actions.propose(by=compared.leader, canvas=compared.canvas)
    actions.choose_wording(by=compared.members[3], canvas=compared.canvas, wording=other.pk)
    found = queries.lines(queries.questions(compared.canvas))[1][0]
    assert (found.current, found.beside) == (other, [])
    assert Wording.objects.count() == 3


def test_sentences_link_to_answers_behind_them(compared):
    behind = keys(compared, 1)[:2]
    written = actions.write_sentence(
        by=compared.members[0], canvas=compared.canvas, question=1, text="Olemme läsnä.", answers=behind
    )
    line = queries.lines(queries.questions(compared.canvas))[1][0]
    assert sorted(line.answers) == sorted(behind)
    with pytest.raises(NotFound):
        actions.write_sentence(
            by=compared.members[0],
            canvas=compared.canvas,
            question=1,
            sentence=written.sentence_id,
            text="Toisin",
            answers=keys(compared, 2)[:1],
        )


def vote(founders, round, stances: dict) -> None:
    for person in [founders.leader, *founders.members]:
        stance, harm = stances.get(person.pk, ("support", ""))
        consent.take(by=person, round=round, stance=stance, harm=harm)


def test_from_proposal_through_an_objection_to_agreement_and_a_new_version(compared):
    canvas, leader, objector = compared.canvas, compared.leader, compared.members[2]
    first = actions.write_sentence(by=compared.members[0], canvas=canvas, question=1, text="Tiedotamme.")
    with pytest.raises(NotAllowed):
        actions.propose(by=compared.members[0], canvas=canvas)
    round = actions.propose(by=leader, canvas=canvas)
    assert "Tiedotamme." in round.text
    with pytest.raises(RuleBroken):  # the text rests while it is being agreed
        actions.write_sentence(by=objector, canvas=canvas, question=1, text="Toisin")
    vote(compared, round, {objector.pk: ("object", "Tiedote ei tavoita yksinäistä.")})
    outcome = consent.close(by=leader, round=round)
    assert not outcome.adopted
    with pytest.raises(RuleBroken):
        actions.agree(by=leader, canvas=canvas, what_changed="Ei mikään")
    # the objector is a co-writer: takes the text back, mends it, brings it again
    canvas = actions.rework(by=objector, canvas=canvas)
    actions.write_sentence(
        by=objector, canvas=canvas, question=1, sentence=first.sentence_id, text="Soitamme.", seen=first.pk
    )
    again = actions.propose(by=objector, canvas=canvas, note="Tiedottaminen vaihtui soittamiseen.")
    assert again.number == 2
    vote(compared, again, {})
    assert consent.close(by=leader, round=again).adopted
    with pytest.raises(RuleBroken):
        actions.agree(by=leader, canvas=canvas, what_changed="  ")
    canvas = actions.agree(by=leader, canvas=canvas, what_changed="Luonnos puhui tiedottamisesta.")
    assert canvas.state == "agreed"
    assert canvas.review_on == clock.today() + timedelta(days=365)
    assert queries.question(canvas, 1).agreed == "Soitamme."
    assert queries.in_force(compared.network) == canvas

    newer = actions.renew(by=leader, network=compared.network)
    assert (newer.number, newer.previous) == (2, canvas)
    assert queries.question(newer, 1).draft == "Soitamme."
    assert queries.in_force(compared.network) == canvas  # until the new one is agreed
    assert queries.current(compared.network) == newer


def test_the_leader_ends_a_round_in_which_every_voice_is_in(compared, client):
    canvas, leader = compared.canvas, compared.leader
    actions.write_sentence(by=leader, canvas=canvas, question=1, text="Soitamme.")
    round = actions.propose(by=leader, canvas=canvas)
    page = reverse("founding:canvas", args=[compared.network.slug])
    client.force_login(leader)
    agree = reverse("founding:agree", args=[compared.network.slug])
    assert queries.verdict(queries.current(compared.network)) == ""
    assert agree not in client.get(page).content.decode()
    with pytest.raises(RuleBroken):  # voices are missing
        actions.agree(by=leader, canvas=canvas, what_changed="Ihminen ennen esitettä.")
    vote(compared, round, {leader.pk: ("object", "Liian lyhyt.")})
    assert queries.verdict(queries.current(compared.network)) == "not_agreed"
    with pytest.raises(RuleBroken):  # an objection stands
        actions.agree(by=leader, canvas=canvas, what_changed="Ihminen ennen esitettä.")
    vote(compared, round, {})
    assert queries.verdict(queries.current(compared.network)) == "agreed"
    assert agree in client.get(page).content.decode()
    assert actions.agree(by=leader, canvas=canvas, what_changed="Ihminen ennen esitettä.").state == "agreed"


def test_the_leader_takes_a_text_back_when_an_objection_stands_and_all_have_answered(compared):
    actions.write_sentence(by=compared.leader, canvas=compared.canvas, question=1, text="Soitamme.")
    round = actions.propose(by=compared.leader, canvas=compared.canvas)
    vote(compared, round, {compared.members[2].pk: ("object", "Liian lyhyt.")})
    assert actions.rework(by=compared.leader, canvas=compared.canvas).state == "comparing"
    assert not rounds.latest(("founding.canvas", compared.canvas.pk)).is_open


def test_a_removed_round_state_is_told_by_consent(compared):
    actions.write_sentence(by=compared.members[0], canvas=compared.canvas, question=1, text="Soitamme.")
    round = actions.propose(by=compared.leader, canvas=compared.canvas)
    assert rounds.current(("founding.canvas", compared.canvas.pk)) == round
    with pytest.raises(RuleBroken):
        actions.rework(by=compared.leader, canvas=compared.canvas)
