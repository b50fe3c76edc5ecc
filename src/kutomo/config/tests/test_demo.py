"""The example network: built once for this file, by the product's own actions, and then asked."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from kutomo.config import demo
from kutomo.config.demo import material
from kutomo.config.demo.story import NotADemo
from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.consent import queries as rounds
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Network, RoleTerm
from kutomo.core.organisations.models import Organisation
from kutomo.core.people.models import Person, Reach
from kutomo.core.promises import queries as promises
from kutomo.core.promises.models import Promise
from kutomo.core.talk.models import Post, Thread
from kutomo.ground import clock
from kutomo.ground.mail.models import Letter
from kutomo.work.candidates.models import Candidate, Import, JoinRequest
from kutomo.work.commitments import queries as commitments
from kutomo.work.decisions.models import Decision
from kutomo.work.founding import queries as founding
from kutomo.work.founding.models import Answer, Canvas
from kutomo.work.founding.rules.canvas import draft_change
from kutomo.work.introductions.models import Introduction, Side
from kutomo.work.meetings.models import Meeting
from kutomo.work.profiles import queries as profiles
from kutomo.work.profiles.rules import form
from kutomo.work.relations import queries as relations
from kutomo.work.relations.queries.knowledge import knowledge

pytestmark = pytest.mark.slow
NAME = "Kynnyksen yli -verkosto"


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """The whole network, once; taken back at the end of the file."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        patch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
        told: list[str] = []
        with transaction.atomic():
            assert demo.build(told.append)
            yield told
            transaction.set_rollback(True)


@pytest.fixture
def network(built) -> Network:
    return Network.objects.get(name=NAME)


@pytest.fixture
def canvas(network) -> Canvas:
    found = founding.current(network)
    assert found is not None
    return found


def test_it_is_told_in_plain_words(built):
    assert len(built) == 6
    assert all(sentence.endswith(".") for sentence in built)


def test_building_again_changes_nothing(built):
    before = (Person.objects.count(), Event.objects.count(), Letter.objects.count())
    assert demo.build(pytest.fail) is False
    assert (Person.objects.count(), Event.objects.count(), Letter.objects.count()) == before


@pytest.mark.django_db
def test_a_real_installation_never_gets_it():
    with pytest.raises(NotADemo):
        demo.build(pytest.fail)
    assert not Network.objects.exists()


def test_people_and_seats(network):
    people = material.read()["people"]["person"]
    own = Person.objects.filter(name__in=[row["name"] for row in people])
    assert own.count() == 45
    assert Counter(own.values_list("language", flat=True)) == {"fi": 37, "sv": 6, "en": 2}
    assert own.exclude(reach=Reach.MAIL).count() == 5
    seats = networks.seats(network)
    organisations = [seat.organisation for seat in seats if seat.organisation]
    assert len(organisations) == 28
    assert sum(1 for organisation in organisations if organisation.is_economic) == 2
    assert sorted(seat.name for seat in seats if not seat.organisation) == ["Solveig Granudd", "Unto Rauhalampi"]
    assert len(networks.members(network)) == 44  # the observer holds no seat


def test_all_of_it_is_labelled_as_invented(built):
    assert not Network.objects.filter(is_example=False).exists()
    assert not Person.objects.filter(is_example=False).exists()
    assert not Organisation.objects.filter(is_example=False).exists()


def test_no_address_leads_anywhere(built):
    kept = [*Person.objects.exclude(email=None).values_list("email", flat=True)]
    kept += Candidate.objects.exclude(email="").values_list("email", flat=True)
    kept += JoinRequest.objects.values_list("email", flat=True)
    kept += Letter.objects.values_list("email", flat=True)
    assert len(kept) > 300
    assert [address for address in kept if not address.endswith(".example")] == []
    words = "\n".join(path.read_text(encoding="utf-8") for path in material.CONTENT.glob("*.toml"))
    assert {found for found in re.findall(r"[\w.-]+@([\w.-]+)", words) if not found.endswith(".example")} == set()
    assert not Organisation.objects.exclude(business_id="").exists()  # one could be a real organisation's


def test_letters_are_kept_and_bear_the_days_of_the_story(built):
    assert set(Letter.objects.values_list("state", flat=True)) == {"kept"}
    first, last = Letter.objects.order_by("created_at").first(), Letter.objects.order_by("created_at").last()
    assert clock.now() - first.created_at > timedelta(days=70)
    assert last.created_at <= clock.now()
    templates = set(Letter.objects.values_list("template", flat=True))
    assert {"candidates/letters/invitation.md", "founding/letters/opened.md", "consent/letters/opened.md"} <= templates
    assert set(Letter.objects.values_list("language", flat=True)) == {"fi", "sv", "en"}


def test_the_log_is_in_the_order_of_time_and_nothing_lies_ahead(built):
    moments = list(Event.objects.order_by("pk").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= clock.now()
    assert clock.now() - moments[0] > timedelta(days=80)


def test_invitations_show_every_answer(network):
    assert Import.objects.get().left_out == 1  # the row that stood there twice
    found = Counter(Candidate.objects.filter(network=network).values_list("state", flat=True))
    assert set(found) == {"potential", "invited", "replied", "seated", "later", "declined"}
    assert found["seated"] == 42  # 44 less the leader and the one who came by the link
    assert Counter(JoinRequest.objects.values_list("state", flat=True)) == {"accepted": 1, "waiting": 1}
    assert Candidate.objects.filter(reply="someone_else", suggested__isnull=False).exists()
    assert Candidate.objects.filter(entered_by__isnull=False, state="seated").count() == 3  # by phone and paper


def test_form_profile_of_the_first_month(network):
    read = profiles.read(profiles.latest(network))
    assert read.how == form.Shown.SHARES
    assert read.now == {"C": 1, "G": 1.5, "L": 1.5, "B": 1.5, "O": 2.5, "A": 1.5, "D": 3}
    match = form.match(read.now)
    assert (match.best, round(match.ranking[0][1], 2)) == ("stakeholder", 0.79)
    assert read.best_wanted[0] == "network"


def test_figures_of_the_core_task(canvas):
    signs = founding.signs_of(canvas)[1]
    assert signs.voices == 31
    assert round(signs.alignment, 2) == 0.45
    assert round(signs.novelty, 2) == 0.5
    assert signs.is_talk_first
    question = founding.question(canvas, 1)
    assert round(draft_change(question.draft, question.agreed), 2) == 0.58
    assert "tiedotamme" in question.draft
    assert "ensimmäisen inhimillisen yhteyden kahdessa viikossa" in question.agreed


def test_all_five_questions_are_answered_grouped_and_agreed(canvas):
    assert canvas.state == "agreed"
    assert canvas.what_changed
    for row in founding.questions(canvas):
        assert row.draft
        assert row.agreed
        assert not Answer.objects.filter(question=row, cluster=None).exists()
        assert 5 <= row.clusters.count() <= 7
        assert not row.sentences.filter(answers=None).exists()  # every sentence stands on answers
    spoken = Counter(Answer.objects.filter(question__canvas=canvas).values_list("language", flat=True))
    assert spoken["sv"] > 15
    assert spoken["en"] > 4


def test_no_answer_names_its_author(canvas):
    assert not Answer.objects.filter(question__canvas=canvas).exclude(sign="anonymous").exists()


def test_the_text_was_agreed_with_an_objection_that_its_author_let_rest(canvas):
    round = rounds.latest(("founding.canvas", canvas.pk))
    assert rounds.outcome(round).adopted
    objections = round.voices.filter(stance="object")
    assert sorted(objections.values_list("resolution", flat=True)) == ["", "withdrawn"]  # one was a concern only


def test_first_meeting(network):
    meeting = Meeting.objects.get(network=network, occasion="first")
    assert meeting.is_closed
    people = meeting.participants.all()
    assert people.count() == 31
    assert people.filter(is_paper=True).count() == 2
    assert len({one.organisation for one in people if one.organisation}) == 22
    assert meeting.notes
    assert meeting.goal_enough
    assert meeting.pulse["items"]["P1"]["percent"] == 90
    states = Counter(
        Promise.objects.filter(thing_kind="meetings.meeting", thing_id=meeting.pk).values_list("state", flat=True)
    )
    assert states == {"confirmed": 6, "declined": 1}
    later = Meeting.objects.get(network=network, occasion="regular")
    assert later.is_planned
    assert later.starts_at > clock.now()


def test_ground_rules(network):
    rules = commitments.current_rules(network)
    assert rules is not None
    lines = commitments.lines(rules, "fi")
    assert len(lines) == 7
    assert all(line.text and line.in_practice and line.when_broken for line in lines)
    assert all(commitments.lines(rules, "sv"))
    assert rules.acceptances.count() == 34


def test_cards_in_three_states(network):
    found = commitments.coverage(network)
    cards = commitments.cards(network)
    assert len(cards) == 28
    assert sum(1 for card in cards if card.follows) == 6
    assert sum(1 for card in cards if card.state == "confirmed" and not card.follows) == 19
    assert sum(1 for card in cards if card.state == "proposed") == 3
    assert found.waiting == 3


def test_roles_are_offered_and_answered(network):
    terms = {(term.person.name, term.role): term.state for term in RoleTerm.objects.filter(network=network)}
    assert terms["Marjut Oinosvaara", "leader"] == "accepted"
    assert terms["Petri Saarelmo", "host"] == "accepted"
    assert terms["Riikka Ikäheimola", "recorder"] == "accepted"
    assert terms["Nea Koivuniitty", "weaver"] == "accepted"
    assert terms["Gunilla Strandåsen", "weaver"] == "offered"
    assert terms["Timo Hakosalmela", "scout"] == "declined"
    assert not networks.holders(network, Role.CO_LEADER)


def test_decisions_and_promises(network):
    found = Decision.objects.filter(network=network)
    assert Counter(found.values_list("state", flat=True)) == {"published": 3, "ended": 1, "open": 2}
    assert set(found.values_list("method", flat=True)) >= {"consent", "advice", "dates", "choice", "gradients"}
    assert all(row.why and row.review_on and row.summaries for row in found.filter(state="published"))
    kept = promises.kept(network)
    assert kept.is_shown
    assert 0.5 <= kept.share < 1
    assert Promise.objects.filter(network=network, state="proposed", doer__name="Marjut Oinosvaara").exists()


def test_conversations_in_two_languages(network):
    assert Thread.objects.filter(network=network).count() >= 4
    assert set(Post.objects.values_list("language", flat=True)) == {"fi", "sv"}
    assert Post.objects.exclude(answers=None).count() >= 2


def test_a_second_network_has_only_begun(built):
    other = Network.objects.exclude(name=NAME).get()
    assert other.stage == "idea"
    assert founding.current(other) is None
    assert len(networks.seats(other)) == 1


def test_three_surveys_with_the_figures_of_the_story(network):
    """Over 28 organisations: 378 pairs, and 351 without the leader's own."""
    found = relations.ready(network)
    assert [round(report.figures["mk"].value, 2) for report in found] == [0.05, 0.15, 0.24]
    assert [round(report.figures["rwl"].value, 2) for report in found] == [0.10, 0.50, 0.80]
    assert {(report.figures["mk"].n, report.figures["rwl"].n) for report in found} == {(378, 351)}
    assert {report.gate for report in found} == {"all"}
    assert {len(report.members) for report in found} == {28}  # two private members are not on the map
    assert clock.today() - timedelta(days=21) <= found[-1].closed_on <= clock.today()


def test_the_map_grows_from_one_hub_to_many(network):
    ties = [len([tie for tie in report.ties if tie.relation == "works"]) for report in relations.ready(network)]
    assert ties == sorted(ties)
    assert ties[0] * 4 < ties[-1]


def test_ticks_of_knowledge_are_among_the_pairs_of_the_survey(network):
    confirmed = knowledge(network)
    assert confirmed
    known = len(confirmed) / 378
    assert known <= 0.24


def test_introductions_in_every_state(network):
    found = Counter(Introduction.objects.filter(network=network).values_list("state", flat=True))
    assert found == {"met": 7, "lapsed": 2, "asked": 1, "draft": 1, "wished": 1}
    assert Side.objects.filter(introduction__state="met", told_at__isnull=False).count() == 12
    mine = Side.objects.get(person=demo.cast()["member"])
    assert mine.introduction.followed_up_on is not None
    assert mine.told_at is None


def test_one_may_enter_as_four(built, network):
    cast = demo.cast()
    assert {part: person.name for part, person in cast.items()} == {
        "leader": "Marjut Oinosvaara",
        "member": "Rauno Ahokanto",
        "observer": "Tuomas Kivirintala",
        "operator": "Ville Palvelinkoski",
    }
    assert network.roles_of(cast["observer"]) == {Role.OBSERVER}
    assert Role.MEMBER in network.roles_of(cast["member"])
    assert cast["operator"].is_operator
    assert not network.roles_of(cast["operator"])


@pytest.mark.parametrize("part", ["leader", "member", "observer"])
def test_their_front_pages_open(built, network, part):
    client = Client()
    client.force_login(demo.cast()[part])
    for path in ("/networks/", network.get_absolute_url()):
        assert client.get(path).status_code == 200


def test_answers_of_the_story_fit_a_phone():
    for row in material.read()["canvas"]["question"]:
        names = {theme["name"] for theme in row["theme"]}
        used = {theme for sentence in row["sentence"] for theme in sentence["themes"]}
        assert used == names  # no theme is left without a sentence
        for theme in row["theme"]:
            assert all(len(text) <= 200 for answer in theme["answers"] for text in answer.values())


def test_it_stays_whole_in_the_database(built):
    connection.check_constraints()
