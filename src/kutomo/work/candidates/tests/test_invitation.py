"""An invitation from letter to seat, by a link that needs no account."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests import make

from kutomo.core.access import Role
from kutomo.core.activity.models import Event
from kutomo.core.letters import actions as letters
from kutomo.core.networks import queries as networks
from kutomo.core.networks.models import Representation
from kutomo.core.organisations import queries as organisations
from kutomo.core.people.models import Person
from kutomo.ground import clock
from kutomo.ground.errors import NotAllowed, RuleBroken, TooMany
from kutomo.ground.mail.models import Letter
from kutomo.work.candidates import actions, queries
from kutomo.work.candidates.models import Candidate, Invitation, hash_of

pytestmark = pytest.mark.django_db


def public(name, invitation):
    return reverse(f"candidates:{name}", args=[invitation.token])


def url(cast, name, *args):
    return reverse(f"candidates:{name}", args=[cast.network.slug, *args])


def letters_sent():
    """The letters of this room."""
    return Letter.objects.filter(template__startswith="candidates/")


def letter_to(address):
    return letters_sent().filter(email=address).latest("created_at")


LINES = {
    "worth": "Jos tapaan naapurit.",
    "need": "Autokyytejä",
    "offer": "Kokoustila",
    "access_needs": "Kuulosilmukka",
    "name": "Taisto Tamminen",
    "email": "taisto@kaiku.example",
    "language": "fi",
    "behalf": "organisation",
    "organisation_name": "Kaiku ry",
    "mandate": "speak",
}


# --- writing it -----------------------------------------------------------------------------------


def test_the_letter_is_seen_before_it_is_sent(leader, cast, candidate):
    page = leader.get(url(cast, "invite"), {"c": candidate.pk})
    assert page.status_code == 200
    assert "taisto@kaiku.example" in page.content.decode()
    shown = leader.post(url(cast, "preview"), {"c": candidate.pk, "words_fi": "Kahvia on luvassa."})
    assert "Kahvia on luvassa." in shown.content.decode()
    assert not letters_sent().exists()
    leader.post(url(cast, "send"), {"c": candidate.pk, "words_fi": "Kahvia on luvassa."})
    letter = letter_to("taisto@kaiku.example")
    assert "Kahvia on luvassa" in letter.body
    assert Invitation.objects.get().token in letter.body
    candidate.refresh_from_db()
    assert candidate.state == "invited"


def test_many_are_invited_at_once_each_in_the_own_language(leader, cast, candidate):
    gunilla = actions.add(
        by=cast.aino, network=cast.network, name="Gunilla Strandåsen", email="g@x.example", language="sv"
    )
    no_mail = actions.add(by=cast.aino, network=cast.network, name="Unto Rauhalampi", phone="040 1234567")
    shown = leader.post(url(cast, "preview"), {"c": [candidate.pk, gunilla.pk, no_mail.pk]})
    assert [one.title for one in shown.context["chosen"]] == ["Taisto Tamminen, Kaiku ry", "Gunilla Strandåsen"]
    data = {"c": [candidate.pk, gunilla.pk, no_mail.pk], "words_fi": "Tervetuloa.", "words_sv": "Välkommen med."}
    leader.post(url(cast, "send"), data)
    assert "Tervetuloa" in letter_to("taisto@kaiku.example").body
    assert letter_to("g@x.example").language == "sv"
    no_mail.refresh_from_db()
    assert no_mail.state == "potential"


def test_one_box_chooses_all_who_have_not_been_invited(leader, cast, candidate):
    actions.add(by=cast.aino, network=cast.network, name="Gunilla Strandåsen", email="g@x.example")
    shown = leader.post(url(cast, "preview"), {"everyone": "on"})
    assert len(shown.context["chosen"]) == 2
    leader.post(url(cast, "send"), {"c": candidate.pk, "words_fi": "Tervetuloa."})
    shown = leader.post(url(cast, "preview"), {"everyone": "on"})
    assert [one.title for one in shown.context["chosen"]] == ["Gunilla Strandåsen"]


def test_with_nobody_ticked_one_is_told_to_tick(leader, cast, candidate):
    response = leader.post(url(cast, "preview"), {}, follow=True)
    assert response.redirect_chain[-1][0] == url(cast, "candidates")
    assert "Valitse ensin" in response.content.decode()


def test_pressing_send_twice_is_one_letter(leader, cast, candidate):
    for _time in range(2):
        leader.post(url(cast, "send"), {"c": [candidate.pk, candidate.pk], "words_fi": "Tervetuloa."})
    assert letters_sent().count() == Invitation.objects.count() == 1


def test_empty_words_are_asked_for(leader, cast, candidate):
    response = leader.post(url(cast, "send"), {"c": candidate.pk, "words_fi": ""})
    assert response.status_code == 422
    assert not letters_sent().exists()


def test_only_the_agreed_inviter_or_the_leader_invites(client, cast, candidate):
    with pytest.raises(NotAllowed):
        actions.invite(by=cast.bjorn, candidates=[candidate], words={})
    actions.propose_inviter(by=cast.aino, network=cast.network, candidates=[candidate], person=cast.bjorn)
    with pytest.raises(NotAllowed):
        actions.invite(by=cast.bjorn, candidates=[Candidate.objects.get()], words={})
    actions.agree(by=cast.bjorn, candidate=candidate)
    client.force_login(cast.bjorn)
    client.post(url(cast, "send"), {"c": candidate.pk, "words_fi": "Tervetuloa."})
    assert Event.objects.get(kind="candidates.invited").actor == cast.bjorn
    assert not networks.roles_of(cast.oskari, cast.network) & {Role.MEMBER}
    with pytest.raises(NotAllowed):
        actions.invite(by=cast.oskari, candidates=[candidate], words={})


def test_all_or_none_are_invited(cast, candidate):
    phone = actions.add(by=cast.aino, network=cast.network, name="Unto Rauhalampi", phone="040 1234567")
    with pytest.raises(RuleBroken):
        actions.invite(by=cast.aino, candidates=[candidate, phone], words={})
    assert not letters_sent().exists()
    assert not Candidate.objects.exclude(state="potential").exists()


def test_never_this_is_respected(cast, candidate):
    key = letters.Addressee("taisto@kaiku.example").key
    letters.stop(recipient=key, kind="candidates.invitation")
    with pytest.raises(RuleBroken) as broken:
        actions.invite(by=cast.aino, candidates=[candidate], words={})
    assert "Taisto Tamminen" in str(broken.value)
    candidate.refresh_from_db()
    assert candidate.state == "potential"


def test_only_a_hash_of_the_token_is_kept(invitation):
    row = Invitation.objects.values().get(pk=invitation.pk)
    assert invitation.token not in str(row)
    assert row["token_hash"] == hash_of(invitation.token)
    assert Invitation.objects.get(pk=invitation.pk).token == invitation.token  # made anew from the secret


# --- answering ------------------------------------------------------------------------------------


def test_yes_leads_to_a_seat(cast, candidate, invitation):
    anybody = Client()
    page = anybody.get(public("invitation", invitation))
    assert page.status_code == 200
    assert "Taisto Tamminen, Kaiku ry" in page.content.decode()  # whose it is
    assert "Aino Aalto" in page.content.decode()  # who invites
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    response = anybody.post(public("invitation", invitation), {"reply": "yes"})
    assert response.url == public("yes", invitation)
    candidate.refresh_from_db()
    assert candidate.state == "replied"
    assert anybody.get(response.url).status_code == 200
    response = anybody.post(response.url, LINES, follow=True)
    assert response.status_code == 200
    assert reverse("people:sign_in") in response.content.decode()
    person = Person.objects.get(email="taisto@kaiku.example")
    seat = networks.seat_of(person, cast.network)
    assert seat.organisation.name == "Kaiku ry"
    sitting = Representation.objects.get(person=person)
    assert (sitting.mandate, sitting.kind) == ("speak", "representative")
    assert organisations.belongs(person, seat.organisation)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.seat, candidate.person) == ("seated", seat, person)
    assert (candidate.worth, candidate.need, candidate.offer) == (LINES["worth"], LINES["need"], LINES["offer"])
    assert Letter.objects.filter(email="taisto@kaiku.example", template="candidates/letters/welcome.md").count() == 1
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"candidates.said_yes", "candidates.seated", "networks.seat_given"} <= kinds


def test_coming_as_oneself(cast, candidate, invitation):
    Client().post(public("invitation", invitation), {"reply": "yes"})
    Client().post(public("yes", invitation), LINES | {"behalf": "self", "mandate": "speak"})
    seat = networks.seat_of(Person.objects.get(email="taisto@kaiku.example"), cast.network)
    assert seat.organisation is None
    assert Representation.objects.get(seat=seat).mandate == "self"


def test_the_second_from_one_organisation_sits_as_substitute(cast):
    nea = actions.add(
        by=cast.aino, network=cast.network, organisation_name="Kynnyskahvit ry", name="Nea", email="nea@x.example"
    )
    invitation = actions.invite(by=cast.aino, candidates=[nea], words={})[0]
    Client().post(public("invitation", invitation), {"reply": "yes"})
    data = LINES | {"name": "Nea", "email": "nea@x.example", "organisation_name": "KYNNYSKAHVIT r.y."}
    Client().post(public("yes", invitation), data)
    sitting = Representation.objects.get(person__email="nea@x.example")
    assert (sitting.kind, sitting.seat.organisation) == ("substitute", cast.kynnyskahvit)


def test_nobody_can_bind_an_organisation_by_a_link(invitation):
    Client().post(public("invitation", invitation), {"reply": "yes"})
    assert Client().post(public("yes", invitation), LINES | {"mandate": "bind"}).status_code == 422


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("email", "taisto tamminen@x.example"),
        ("email", ""),
        ("organisation_name", ""),
        ("worth", "x" * 201),
    ],
)
def test_a_gap_in_the_three_lines_is_told_and_nothing_is_lost(invitation, field, value):
    Client().post(public("invitation", invitation), {"reply": "yes"})
    response = Client().post(public("yes", invitation), LINES | {field: value})
    assert response.status_code == 422
    assert response.context["form"].errors[field]
    assert "Kokoustila" in response.content.decode()
    assert not Representation.objects.filter(person__email="taisto@kaiku.example").exists()


def test_the_three_lines_need_a_yes_first(invitation):
    assert Client().post(public("yes", invitation), LINES).status_code in (409, 422)
    assert not Person.objects.filter(email="taisto@kaiku.example").exists()


def test_later_with_a_day(cast, candidate, invitation):
    with clock.frozen("2026-03-02 10:00"):
        actions.reply(candidate=candidate, reply="later", ask_again_on=date(2026, 4, 1))
        candidate.refresh_from_db()
        assert (candidate.state, candidate.is_due) == ("later", False)
        with pytest.raises(RuleBroken):
            actions.reply(candidate=candidate, reply="later", ask_again_on=date(2026, 3, 2))
    with clock.frozen("2026-04-02 10:00"):
        candidate.refresh_from_db()
        assert candidate.is_due


def test_later_through_the_page_asks_when(candidate, invitation):
    response = Client().post(public("invitation", invitation), {"reply": "later", "again": "30"}, follow=True)
    assert response.status_code == 200
    candidate.refresh_from_db()
    assert candidate.ask_again_on == clock.today() + timedelta(days=30)


def test_no_is_respected_and_can_be_turned_only_by_the_person(cast, candidate, invitation):
    Client().post(public("invitation", invitation), {"reply": "no", "words": "Ei ehdi."})
    candidate.refresh_from_db()
    assert (candidate.state, candidate.reply_words) == ("declined", "Ei ehdi.")
    assert queries.to_invite(cast.aino, cast.network, [candidate.pk]) == []
    with pytest.raises(RuleBroken):
        actions.invite(by=cast.aino, candidates=[candidate], words={})
    Client().post(public("invitation", invitation), {"reply": "yes"})
    candidate.refresh_from_db()
    assert candidate.state == "replied"


def test_somebody_else_comes_onto_the_list(cast, candidate, invitation):
    response = Client().post(public("invitation", invitation), {"reply": "someone_else"})
    assert response.url == public("someone_else", invitation)
    facts = {"name": "Eila Kontiovaara", "email": "eila@kaiku.example", "words": "Hän tuntee kylät."}
    for _time in range(2):  # pressed twice
        assert Client().post(response.url, facts, follow=True).status_code == 200
    eila = Candidate.objects.get(suggested_by=candidate)
    assert (eila.state, eila.organisation_name, eila.note) == ("potential", "Kaiku ry", "Hän tuntee kylät.")
    candidate.refresh_from_db()
    assert candidate.state == "declined"
    assert (
        Client().post(public("someone_else", invitation), {"name": "X", "email": "e ila@x.example"}).status_code == 422
    )


# --- opened twice, forwarded, expired -------------------------------------------------------------


def test_opened_twice_it_shows_the_first_answer_and_lets_change_it(candidate, invitation):
    Client().post(public("invitation", invitation), {"reply": "later", "again": "90"})
    opened = Invitation.objects.get(pk=invitation.pk).opened_at
    page = Client().get(public("invitation", invitation))
    assert page.context["form"].initial["reply"] == "later"
    assert page.context["candidate"].get_reply_display() in page.content.decode()
    assert opened is None  # a POST does not count as opening
    first = Invitation.objects.get(pk=invitation.pk).opened_at
    Client().get(public("invitation", invitation))
    assert Invitation.objects.get(pk=invitation.pk).opened_at == first
    Client().post(public("invitation", invitation), {"reply": "no"})
    candidate.refresh_from_db()
    assert candidate.state == "declined"


def test_opened_after_the_seat_it_says_so(candidate, invitation):
    Client().post(public("invitation", invitation), {"reply": "yes"})
    Client().post(public("yes", invitation), LINES)
    for name in ("invitation", "yes"):
        page = Client().get(public(name, invitation))
        assert page.status_code == 200
        assert reverse("people:sign_in") in page.content.decode()
    Client().post(public("yes", invitation), LINES)
    assert Representation.objects.filter(person__email="taisto@kaiku.example").count() == 1
    with pytest.raises(RuleBroken):
        actions.reply(candidate=candidate, reply="no")


def test_the_same_answer_twice_is_one_line_in_the_log(candidate, invitation):
    for _time in range(3):
        Client().post(public("invitation", invitation), {"reply": "no"})
    assert Event.objects.filter(kind="candidates.said_no").count() == 1


def test_forwarded_it_says_whose_it_is_and_offers_this_is_not_me(cast, candidate, invitation):
    page = Client().get(public("invitation", invitation)).content.decode()
    assert public("not_me", invitation) in page
    assert "taisto@kaiku.example" not in page  # the address is not told to whoever holds the link
    assert Client().get(public("not_me", invitation)).status_code == 200
    for _time in range(2):
        assert Client().post(public("not_me", invitation)).status_code == 200
    assert Event.objects.filter(kind="candidates.not_me", audience="leaders").count() == 1
    actions.open_link(by=cast.aino, network=cast.network, questions=[], reason="Haemme väkeä.")
    page = Client().get(public("not_me", invitation)).content.decode()
    assert reverse("candidates:join", args=[queries.join_link(cast.network).token]) in page


def test_expired_it_says_so_and_gives_a_new_one(candidate, invitation):
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    for name in ("invitation", "yes", "someone_else"):
        page = Client().get(public(name, invitation))
        assert page.status_code == 410
        assert public("again", invitation) in page.content.decode()
    assert Client().post(public("invitation", invitation), {"reply": "yes"}).status_code == 410
    candidate.refresh_from_db()
    assert candidate.state == "invited"
    assert Client().post(public("again", invitation)).status_code == 200
    fresh = candidate.invitations.first()
    assert fresh.token != invitation.token
    assert fresh.token in letter_to("taisto@kaiku.example").body
    assert Client().get(public("invitation", fresh)).status_code == 200


def test_new_invitations_are_limited(candidate, invitation):
    actions.again(invitation=invitation)
    actions.again(invitation=invitation)
    with pytest.raises(TooMany):
        actions.again(invitation=invitation)
    assert Client().post(public("again", invitation)).status_code == 429


@pytest.mark.parametrize("token", ["aaaa-bbbb-cccc-dddd", "x", "%00", "..", "a" * 500])
def test_a_wrong_code_is_told(db, token):
    assert Client().get(f"/invitation/{token}/").status_code == 404
    assert Client().get("/invitation/", {"code": token}).status_code == 404


def test_a_code_from_paper_is_typed_in_any_way(invitation):
    typed = f" {invitation.token.upper().replace('-', ' ')} "
    assert Client().get("/invitation/", {"code": typed}).url == public("invitation", invitation)
    assert Client().get("/invitation/").status_code == 200


# --- by phone and on paper ------------------------------------------------------------------------


def test_an_invitation_on_paper(leader, cast):
    unto = actions.add(by=cast.aino, network=cast.network, name="Unto Rauhalampi", phone="040 1234567")
    assert unto.reach == "phone"
    page = url(cast, "paper", unto.pk)
    assert leader.get(page).status_code == 200
    leader.post(url(cast, "make_paper", unto.pk))
    shown = leader.get(page).content.decode()
    invitation = unto.invitations.get()
    assert invitation.token in shown
    assert "<svg" in shown
    assert (invitation.channel, letters_sent().count()) == ("paper", 0)
    with pytest.raises(RuleBroken):  # there is no address to send a new one to
        actions.again(invitation=invitation)


def test_an_answer_by_phone_is_entered_on_behalf(client, cast):
    unto = actions.add(by=cast.aino, network=cast.network, name="Unto Rauhalampi", phone="040 1234567")
    recorder = make.holder(cast.network, Role.RECORDER, "Rita Kirjuri")
    client.force_login(recorder)
    response = client.post(url(cast, "record_reply", unto.pk), {"reply": "yes", "words": "Tulee bussilla."})
    assert response.url == url(cast, "sit_on_behalf", unto.pk)
    data = LINES | {"name": "Unto Rauhalampi", "email": "", "behalf": "self"}
    client.post(response.url, data)
    unto.refresh_from_db()
    assert (unto.state, unto.entered_by) == ("seated", recorder)
    person = unto.person
    assert (person.email, person.phone, person.reach) == (None, "040 1234567", "phone")
    assert networks.seat_of(person, cast.network) is not None
    assert Event.objects.get(kind="candidates.answer_entered").actor == recorder
    assert not letters_sent().exists()


def test_members_do_not_enter_answers_of_others(client, cast, candidate):
    client.force_login(cast.bjorn)
    assert client.get(url(cast, "record_reply", candidate.pk)).status_code == 403
    assert client.post(url(cast, "sit_on_behalf", candidate.pk), LINES).status_code == 403
    with pytest.raises(NotAllowed):
        actions.record_reply(by=cast.bjorn, candidate=candidate, reply="no")
    assert client.get(url(cast, "paper", candidate.pk)).status_code == 403


# --- the one reminder -----------------------------------------------------------------------------


def test_one_reminder_after_a_week_within_the_budget(cast, candidate):
    with clock.frozen("2027-03-01 10:00"):  # a Monday
        invitation = actions.invite(by=cast.aino, candidates=[candidate], words={})[0]
        assert actions.remind_all() == 0
    with clock.frozen("2027-03-09 10:00"):
        assert actions.remind_all() == 1
        assert actions.remind_all() == 0
        reminder = letter_to("taisto@kaiku.example")
        assert reminder.template == "candidates/letters/reminder.md"
        assert invitation.token in reminder.body
        assert reminder.slot == "nudge 2027-W10"
    with clock.frozen("2027-03-24 10:00"):
        assert actions.remind_all() == 0


def test_no_reminder_after_an_answer_or_in_july(cast, candidate):
    with clock.frozen("2027-06-28 10:00"):
        actions.invite(by=cast.aino, candidates=[candidate], words={})
    with clock.frozen("2027-07-07 10:00"):
        assert actions.remind_all() == 0  # no place within the letters' patience
    other = actions.add(by=cast.aino, network=cast.network, name="Nea", email="nea@x.example")
    with clock.frozen("2027-03-01 10:00"):
        actions.invite(by=cast.aino, candidates=[other], words={})
        actions.reply(candidate=other, reply="no")
    with clock.frozen("2027-03-09 10:00"):
        assert actions.remind_all() == 0


def test_the_job_reminds(cast, candidate):
    from kutomo.ground import jobs

    with clock.frozen("2027-03-01 10:00"):
        actions.invite(by=cast.aino, candidates=[candidate], words={})
    with clock.frozen("2027-03-09 10:00"):
        jobs.later("kutomo.work.candidates.tasks.remind")
        jobs.run_ready()
        assert Letter.objects.filter(template="candidates/letters/reminder.md").count() == 1
