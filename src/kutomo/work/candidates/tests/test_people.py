"""The list, and who invites whom."""

import pytest
from django.urls import reverse
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.work.candidates import actions, queries
from kutomo.work.candidates.models import Candidate

pytestmark = pytest.mark.django_db


def url(cast, name, *args):
    return reverse(f"candidates:{name}", args=[cast.network.slug, *args])


def test_an_empty_list_says_how_to_begin(leader, cast):
    page = leader.get(url(cast, "candidates")).content.decode()
    assert url(cast, "import") in page
    assert url(cast, "add") in page


def test_a_member_adds_somebody(client, cast):
    client.force_login(cast.bjorn)
    facts = {"organisation_name": "Kaiku ry", "name": "Taisto", "email": "taisto@kaiku.example", "language": "fi"}
    response = client.post(url(cast, "add"), facts, follow=True)
    assert response.status_code == 200
    candidate = Candidate.objects.get()
    assert (candidate.title, candidate.reach, candidate.added_by) == ("Taisto, Kaiku ry", "mail", cast.bjorn)
    assert Event.objects.filter(kind="candidates.added", actor=cast.bjorn).exists()


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("päivi.mäki@lyhty.example", "paivi.maki@lyhty.example"),
        ("taisto tamminen@kaiku.example", "taistotamminen@kaiku.example"),
        ("taisto@kaiku", "pääte"),
    ],
)
def test_an_address_with_a_slip_is_explained(leader, cast, email, words):
    response = leader.post(url(cast, "add"), {"name": "Taisto", "email": email, "language": "fi"})
    assert response.status_code == 422
    error = response.context["form"].errors["email"][0]
    assert words in error
    assert email in error
    assert email in response.content.decode()  # what was typed is still there
    assert not Candidate.objects.exists()


def test_nobody_named_and_a_wrong_business_id_are_refused(cast):
    for facts in ({"note": "x"}, {"organisation_name": "Kaiku ry", "business_id": "1234567-8"}):
        with pytest.raises(RuleBroken):
            actions.add(by=cast.aino, network=cast.network, **facts)


@pytest.mark.parametrize("name", ["KAIKU r.y.", "kaiku", "Kaiku rf"])
def test_somebody_on_the_list_is_not_added_twice(cast, name):
    actions.add(by=cast.aino, network=cast.network, organisation_name="Kaiku ry")
    with pytest.raises(RuleBroken):
        actions.add(by=cast.bjorn, network=cast.network, organisation_name=name)
    assert Candidate.objects.count() == 1


def test_somebody_with_a_seat_is_not_added(cast):
    with pytest.raises(RuleBroken) as broken:
        actions.add(by=cast.aino, network=cast.network, name="Björn", email="BJORN@example.org")
    assert "Kynnyskahvit ry" in str(broken.value)


def test_observers_and_strangers_do_not_see_the_list(client, cast, candidate):
    client.force_login(cast.oskari)
    assert client.get(url(cast, "candidates")).status_code == 403
    assert client.get(url(cast, "candidate", candidate.pk)).status_code == 403
    client.force_login(cast.cecilia)
    assert client.get(url(cast, "candidates")).status_code == 404
    with pytest.raises(NotAllowed):
        actions.add(by=cast.oskari, network=cast.network, name="Taisto")


def test_addresses_are_seen_by_those_who_need_them(client, cast, candidate):
    client.force_login(cast.bjorn)
    page = client.get(url(cast, "candidate", candidate.pk)).content.decode()
    assert "Taisto Tamminen" in page
    assert "taisto@kaiku.example" not in page
    assert "taisto@kaiku.example" not in client.get(url(cast, "candidates")).content.decode()
    client.force_login(cast.aino)
    assert "taisto@kaiku.example" in client.get(url(cast, "candidate", candidate.pk)).content.decode()


def test_the_list_is_narrowed_and_counted(leader, cast, candidate):
    actions.add(by=cast.aino, network=cast.network, organisation_name="Lyhty ry")
    response = leader.get(url(cast, "candidates"), {"q": "lyhty"})
    assert [row.title for row in response.context["found"]] == ["Lyhty ry"]
    assert dict((code, n) for code, _label, n in response.context["filters"])["nobody"] == 2
    assert not leader.get(url(cast, "candidates"), {"show": "seated"}).context["found"].object_list


def test_an_inviter_is_proposed_agrees_or_leaves_it(client, cast, candidate):
    client.force_login(cast.aino)
    client.post(url(cast, "propose_inviter"), {"c": candidate.pk, "person": cast.bjorn.pk})
    candidate.refresh_from_db()
    assert candidate.waits_for_inviter
    assert not queries.may_invite(cast.bjorn, candidate)  # asked is not agreed
    client.force_login(cast.bjorn)
    assert "Taisto Tamminen" in client.get(url(cast, "candidates")).content.decode()
    client.post(url(cast, "agree", candidate.pk))
    candidate.refresh_from_db()
    assert queries.may_invite(cast.bjorn, candidate)
    client.post(url(cast, "pass_on", candidate.pk))
    candidate.refresh_from_db()
    assert (candidate.inviter, candidate.inviter_agreed_at) == (None, None)


def test_nobody_is_made_to_invite(cast, candidate):
    with pytest.raises(NotAllowed):  # a member cannot ask another
        actions.propose_inviter(by=cast.bjorn, network=cast.network, candidates=[candidate], person=cast.aino)
    with pytest.raises(RuleBroken):  # a stranger cannot be asked
        actions.propose_inviter(by=cast.aino, network=cast.network, candidates=[candidate], person=cast.cecilia)
    actions.propose_inviter(by=cast.aino, network=cast.network, candidates=[candidate], person=cast.bjorn)
    with pytest.raises(NotAllowed):  # nobody agrees for another
        actions.agree(by=cast.aino, candidate=candidate)


def test_a_member_takes_those_whom_nobody_invites(client, cast, candidate):
    client.force_login(cast.bjorn)
    client.post(url(cast, "take"), {"c": [candidate.pk, "x", "999"]})
    candidate.refresh_from_db()
    assert candidate.inviter == cast.bjorn
    assert candidate.is_agreed
    other = make.member(cast.network, "Nea Niemi")
    assert actions.propose_inviter(by=other, network=cast.network, candidates=[candidate], person=other) == 0


def test_facts_are_corrected_and_candidates_taken_off(leader, cast, candidate):
    facts = {
        "name": "Taisto T.",
        "email": "t@kaiku.example",
        "language": "sv",
        "reach": "phone",
        "phone": "040 1234567",
    }
    leader.post(url(cast, "change", candidate.pk), facts)
    candidate.refresh_from_db()
    assert (candidate.name, candidate.language, candidate.reach) == ("Taisto T.", "sv", "phone")
    assert leader.post(url(cast, "remove", candidate.pk), {"reason": ""}).status_code == 422
    leader.post(url(cast, "remove", candidate.pk), {"reason": "Yhdistys lopetti."})
    assert not Candidate.objects.exists()
    line = Event.objects.get(kind="candidates.removed")
    assert (line.is_power, line.reason) == (True, "Yhdistys lopetti.")


def test_somebody_who_was_invited_stays_on_the_list(cast, candidate, invitation):
    with pytest.raises(RuleBroken):
        actions.remove(by=cast.aino, candidate=candidate, reason="x")


def test_others_do_not_change_or_remove(cast, candidate):
    with pytest.raises(NotAllowed):
        actions.change(by=cast.bjorn, candidate=candidate, name="X")
    with pytest.raises(NotAllowed):
        actions.remove(by=cast.bjorn, candidate=candidate, reason="x")


def test_a_co_leader_manages_the_list_too(cast, candidate):
    nea = make.holder(cast.network, Role.CO_LEADER, "Nea Niemi")
    assert queries.may_invite(nea, Candidate.objects.get(pk=candidate.pk))


def test_the_list_costs_few_queries_at_any_length(leader, cast, django_assert_max_num_queries):
    for number in range(30):
        actions.add(
            by=cast.aino, network=cast.network, organisation_name=f"Yhdistys {number} ry", email=f"y{number}@x.example"
        )
    with django_assert_max_num_queries(12):
        assert leader.get(url(cast, "candidates")).status_code == 200


# --- leaving and forgetting -----------------------------------------------------------------------


def test_leaving_the_house_erases_the_person_and_keeps_the_organisations_answer(client, cast, candidate):
    from kutomo.core.people import actions as people

    actions.record_reply(by=cast.aino, candidate=candidate, reply="yes")
    actions.sit(by=cast.aino, candidate=candidate, name="Taisto Tamminen", email="taisto@kaiku.example",
                organisation_name="Kaiku ry", need="Kyytejä", access_needs="Silmukka")  # fmt: skip
    candidate.refresh_from_db()
    person = candidate.person
    told = str(queries.own_rows(person))
    assert "Kyytejä" in told
    assert "Silmukka" in told
    other = actions.add(by=cast.aino, network=cast.network, name="Nea", email="nea@x.example")
    actions.propose_inviter(by=cast.aino, network=cast.network, candidates=[other], person=person)
    people.erase(by=person)
    candidate.refresh_from_db()
    assert (candidate.organisation_name, candidate.name, candidate.email, candidate.need) == ("Kaiku ry", "", "", "")
    assert candidate.access_needs == ""
    assert candidate.state == "seated"
    other.refresh_from_db()
    assert other.inviter is None


def test_what_has_had_its_time_is_erased(cast, candidate):
    from datetime import timedelta

    from kutomo.ground import clock, jobs
    from kutomo.work.candidates.models import Import, JoinRequest

    alone = actions.add(by=cast.aino, network=cast.network, name="Yksin Oja", email="yksin@x.example")
    actions.invite(by=cast.aino, candidates=[candidate, alone], words={})
    actions.reply(candidate=candidate, reply="no", words="Ei ehdi.")
    actions.read(by=cast.aino, network=cast.network, text="Lyhty ry\nKaiku ry")
    link = actions.open_link(by=cast.aino, network=cast.network, questions=[], reason="Haemme väkeä.")
    request = actions.ask(link=link, name="Nea", email="nea@koti.example")
    actions.decline(by=cast.aino, request=request, reason="Eri teema.")
    with clock.frozen(clock.now() + timedelta(days=6)):
        assert actions.tidy() == 0
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert actions.tidy() == 2
        assert not Import.objects.exists()
        assert not JoinRequest.objects.exists()
    with clock.frozen(clock.now() + timedelta(days=366)):
        jobs.later("kutomo.work.candidates.tasks.tidy")
        jobs.run_ready()
    candidate.refresh_from_db()
    assert (candidate.title, candidate.reply_words, candidate.state) == ("Kaiku ry", "", "declined")
    assert not Candidate.objects.filter(pk=alone.pk).exists()
