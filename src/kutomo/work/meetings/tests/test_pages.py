"""Pages of meetings through the client: as the leader, a member, a phone."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests import make

from kutomo.core.promises.models import Promise
from kutomo.work.meetings import actions, queries
from kutomo.work.meetings.models import Answer, Knows, Meeting, Participant, Sealed
from kutomo.work.meetings.rules.kinds import Kind

from .room import code, open_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    cache.clear()
    return open_room()


@pytest.fixture
def leader(room):
    client = Client(headers={"accept-language": "fi"})
    client.force_login(room.leader)
    return client


def test_convene_from_a_template(leader, room):
    address = reverse("meetings:convene", args=[room.network.slug])
    given = {"title": "Toinen", "starts_at": "2027-02-02T10:00", "place": "Kirjasto", "template": "short"}
    answer = leader.post(address, given)
    meeting = Meeting.objects.get(title="Toinen")
    assert answer.status_code == 302
    assert answer["Location"] == meeting.get_absolute_url()
    assert meeting.starts_at.isoformat() == "2027-02-02T08:00:00+00:00"
    page = leader.get(meeting.get_absolute_url()).content.decode()
    assert "Mitä varten olemme" in page
    assert leader.post(address, {"title": "", "starts_at": "pian"}).status_code == 422


def test_the_agenda_is_edited_without_javascript(leader, room):
    first = room.step("break")
    leader.post(room.address("move_step", first.pk), {"to": "earlier"})
    leader.post(room.address("step", first.pk), {"title": "Kahvit", "minutes": "20", "text": "", "how": ""})
    leader.post(room.address("agenda"), {"kind": "lines", "title": "Vielä", "minutes": "5", "text": "Mitä?"})
    page = leader.get(room.address("agenda")).content.decode()
    assert "Kahvit" in page
    assert "Vielä" in page
    refused = leader.post(room.address("agenda"), {"kind": "canvas", "minutes": "5"})
    assert refused.status_code == 422
    assert leader.post(room.address("step", first.pk), {"minutes": "0"}).status_code == 422


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_step_has_a_screen_a_host_page_and_a_phone(leader, room, language):
    phone = room.phone()
    leader.cookies["language"] = phone.cookies["language"] = language
    room.leader.language = language
    room.leader.save(update_fields=["language"])
    room.come(5)
    for step in queries.steps(room.meeting):
        actions.go(by=room.leader, meeting=room.meeting, step=step)
        if step.kind == Kind.PAIRS:
            actions.draw_pairs(by=room.leader, meeting=room.meeting, step=step)
        title = step.words(language).title
        for client, address in (
            (leader, room.address("screen")),
            (leader, room.address("host")),
            (phone, room.live("phone")),
        ):
            answer = client.get(address)
            assert answer.status_code == 200, (step.kind, address)
            assert title.replace("'", "&#x27;") in answer.content.decode().replace("\u00ad", ""), (step.kind, address)
        if step.kind not in (Kind.PULSE, Kind.TALK, Kind.BREAK, Kind.PAIRS, Kind.PROMISES):
            actions.reveal(by=room.leader, meeting=room.meeting, step=step)
            for client, address in ((leader, room.address("screen")), (phone, room.live("phone"))):
                assert client.get(address).status_code == 200, (step.kind, address)


def test_the_screen_shows_code_and_address_and_moves_on(leader, room):
    page = leader.get(room.address("screen")).content.decode()
    spoken = f"{room.meeting.code[:3]}\u00a0{room.meeting.code[3:]}"
    assert spoken in page
    assert "testserver/live" in page
    mark = re.search(r'data-version="([^"]+)"', page)[1]
    part = room.address("screen_part")
    assert leader.get(part, {"v": mark}).status_code == 204
    room.come(1)
    fresh = leader.get(part, {"v": mark})
    assert fresh.status_code == 200
    assert fresh["X-Version"] != mark
    leader.post(room.address("go", room.step("word").pk), {"to": "screen"})
    assert "Yksi sana" in leader.get(part, {"v": mark}).content.decode()


def test_the_host_runs_a_step_with_buttons(leader, room):
    step = room.step("skills")
    assert leader.post(room.address("go", step.pk)).status_code == 302
    leader.post(room.address("timer"), {"do": "pause"})
    assert room.again().timer_held
    leader.post(room.address("timer"), {"do": "extend"})
    leader.post(room.address("timer"), {"do": "start"})
    assert room.again().timer_ends_at
    leader.post(room.address("set_answering", step.pk), {"is_open": "0"})
    assert not room.step("skills").is_answering
    leader.post(room.address("set_answering", step.pk), {"is_open": "1"})
    leader.post(room.address("reveal", step.pk))
    assert room.step("skills").is_revealed
    refused = leader.post(room.address("reveal", room.step("pulse").pk))
    assert refused.status_code == 409


def test_a_phone_joins_by_code_and_answers_without_an_account(room):
    phone = Client(headers={"accept-language": "fi"})
    spoken = f"{room.meeting.code[:3]} {room.meeting.code[3:]}"
    answer = phone.post(reverse("meetings:enter"), {"code": spoken})
    assert answer["Location"] == room.live("phone")
    assert "Etunimesi" in phone.get(room.live("phone")).content.decode()
    assert phone.post(room.live("join"), {"name": " "}).status_code == 422
    joined = phone.post(room.live("join"), {"name": "Aila", "organisation": "Apu ry"})
    assert joined["Location"] == room.live("phone")
    assert "sessionid" not in phone.cookies
    assert "session" not in phone.cookies
    page = phone.get(room.live("phone")).content.decode()
    step = room.step("arrival")
    claim = re.search(r'name="code" value="([^"]+)"', page)[1]
    for _ in range(2):
        sent = phone.post(room.live("answer"), {"step": step.pk, "code": claim, "word": "utelias"})
        assert sent.status_code == 302
    assert Answer.objects.get(step=step).text == "utelias"
    phone.post(room.live("join"), {"name": "Toinen"})
    assert Participant.objects.count() == 1


def test_a_phone_that_is_not_in_cannot_answer(room):
    stranger = Client(headers={"accept-language": "fi"})
    step = room.step("arrival")
    refused = stranger.post(room.live("answer"), {"step": step.pk, "code": code(), "word": "hei"})
    assert refused.status_code == 404
    forged = Client(headers={"accept-language": "fi"})
    forged.cookies[f"live-{room.meeting.code}"] = f"{room.come(1)[0].uid}:forged"
    assert forged.post(room.live("answer"), {"step": step.pk, "code": code(), "word": "hei"}).status_code == 404
    assert not Answer.objects.exists()


def test_guesses_are_limited_and_phones_that_are_in_go_on(room):
    phone = room.phone()
    for number in range(30):
        assert phone.post(reverse("meetings:enter"), {"code": f"9{number:05}"}).status_code in (404, 422)
    stopped = phone.post(reverse("meetings:enter"), {"code": room.meeting.code})
    assert stopped.status_code == 429
    assert stopped["Retry-After"]
    assert Client().get(room.live("phone")).status_code == 429
    assert phone.get(room.live("phone")).status_code == 200


def test_the_pulse_is_204_until_something_moves(room):
    phone = room.phone()
    version = int(queries.stand(room.meeting.code).version)
    assert phone.get(room.live("pulse"), {"v": version}).status_code == 204
    room.go("word")
    fresh = phone.get(room.live("pulse"), {"v": version, "l": "sv"})
    assert fresh.status_code == 200
    assert int(fresh["X-Version"]) == version + 1
    assert "Med vilket ord" in fresh.content.decode()
    assert "csrfmiddlewaretoken" not in fresh.content.decode()
    assert phone.get("/live/999998/pulse/", {"v": 1}).status_code == 404


def test_the_common_part_never_carries_what_belongs_to_one_phone(room):
    first, second = room.phone("Aila", "A ry"), room.phone("Qvist", "B ry")
    step = room.go("pairs")
    actions.draw_pairs(by=room.leader, meeting=room.meeting, step=step)
    one = first.get(room.live("pulse"), {"v": 0}).content.decode()
    two = second.get(room.live("pulse"), {"v": 0}).content.decode()
    assert "Qvist" in one
    assert "Qvist" not in two
    assert "Aila" in two
    aila, bo = Participant.objects.order_by("pk")
    assert first.post(room.live("know"), {"known": bo.pk, "is_known": "1"}).status_code == 302
    assert Knows.objects.get().participant == aila
    nobody = Client().get(room.live("pulse"), {"v": 0}).content.decode()
    assert "Qvist" not in nobody


def test_a_closed_meeting_says_goodbye_to_its_phones(leader, room):
    phone = room.phone()
    people = room.come(6)
    step = room.go("pulse")
    for one in people:
        room.say(one, step, P1="5", P2="4")
    page = leader.get(room.address("close"))
    assert page.status_code == 200
    assert leader.post(room.address("close")).status_code == 302
    part = phone.get(room.live("pulse"), {"v": 1})
    assert part["X-Over"] == "1"
    assert phone.get(room.live("phone")).status_code == 200
    assert Client().get(room.live("phone")).status_code == 404
    assert leader.get(room.meeting.get_absolute_url()).status_code == 200


def test_promises_on_the_phone(room):
    first, second = room.phone("Aila"), room.phone("Bo")
    room.go("promises")
    _aila, bo = Participant.objects.order_by("pk")
    given = {"what": "Varaa tila", "doer": bo.pk, "by_on": "2027-03-01", "code": code()}
    assert first.post(room.live("propose"), given).status_code == 302
    promise = Promise.objects.get()
    assert promise.state == "proposed"
    assert "Varaa tila" in second.get(room.live("phone")).content.decode()
    refused = first.post(room.live("settle_live", promise.pk), {"answer": "accept"})
    assert refused.status_code == 403
    second.post(room.live("settle_live", promise.pk), {"answer": "accept"})
    promise.refresh_from_db()
    assert promise.state == "accepted"
    bad = first.post(room.live("propose"), given | {"doer": 0, "code": code()})
    assert bad.status_code == 409


def test_the_recorder_writes_for_somebody_without_a_phone(leader, room):
    answer = leader.post(room.address("paper"), {"name": "Elsa", "organisation": "Kylä ry"})
    elsa = Participant.objects.get(is_paper=True)
    assert answer["Location"] == room.address("paper_answers", elsa.pk)
    step = room.go("skills")
    page = leader.get(room.address("paper_answers", elsa.pk)).content.decode()
    assert "Taidot esiin" in page
    leader.post(room.address("paper_answers", elsa.pk), {"step": step.pk, "code": code(), "have": "Virkkaan"})
    assert [row.opened().text for row in Sealed.objects.filter(step=step)] == ["Virkkaan"]
    leader.post(
        room.address("paper_promise", elsa.pk), {"doer": elsa.pk, "what": "Keitän kahvit", "by_on": "", "code": code()}
    )
    assert Promise.objects.get().heard_by == room.leader
    phone = room.come(1)[0]
    assert leader.get(room.address("paper_answers", phone.pk)).status_code == 404


def test_notes_are_written_and_kept_apart_when_two_write(leader, room):
    leader.post(room.address("close"))
    page = leader.get(room.address("notes")).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    given = {"notes": "## Sovittu\n\n- Yksi", "goal_rung": "2", "goal_enough": "soitamme", "version": version}
    assert leader.post(room.address("notes"), given).status_code == 302
    held = leader.get(room.meeting.get_absolute_url()).content.decode()
    assert "<h" in held
    assert "Sovittu" in held
    assert "soitamme" in held
    clash = leader.post(room.address("notes"), given | {"notes": "Toisen sanat"})
    assert clash.status_code == 422
    assert "Toisen sanat" in clash.content.decode()
    assert "Sovittu" in clash.content.decode()


def test_members_see_the_meeting_but_not_the_host_page(room):
    member = make.member(room.network)
    client = Client(headers={"accept-language": "fi"})
    client.force_login(member)
    assert client.get(room.meeting.get_absolute_url()).status_code == 200
    assert client.get(room.address("run_sheet")).status_code == 200
    for name in ("host", "host_part", "agenda", "notes", "paper", "change", "close"):
        assert client.get(room.address(name)).status_code == 403, name
    assert client.post(room.address("open")).status_code == 403
    joined = client.post(room.live("join"), {"as_member": "1"})
    assert joined.status_code == 302
    assert Participant.objects.get().person == member


def test_a_meeting_is_planned_changed_and_cancelled(leader, room):
    plan = actions.convene(
        by=room.leader, network=room.network, title="Kevät", starts_at=room.meeting.starts_at, template="short"
    )
    change = reverse("meetings:change", args=[room.network.slug, plan.pk])
    assert leader.get(change).status_code == 200
    given = {"title": "Kevättapaaminen", "starts_at": "2027-04-01T09:00", "place": "Torni", "link": "kokous.example/1"}
    assert leader.post(change, given).status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.link) == ("Kevättapaaminen", "https://kokous.example/1")
    assert leader.post(reverse("meetings:cancel", args=[room.network.slug, plan.pk])).status_code == 302
    assert not Meeting.objects.filter(pk=plan.pk).exists()
    assert leader.post(room.address("cancel")).status_code == 409


def test_the_list_shows_what_is_coming_and_what_was(leader, room):
    address = reverse("meetings:meetings", args=[room.network.slug])
    assert "Ensitapaaminen" in leader.get(address).content.decode()
    leader.post(room.address("close"))
    assert "Ensitapaaminen" in leader.get(address).content.decode()


def test_the_screen_of_a_planned_meeting_has_no_step_yet(leader, room):
    planned = actions.convene(
        by=room.leader, network=room.network, title="Seuraava", starts_at=room.meeting.starts_at, template="short"
    )
    said = leader.get(reverse("meetings:screen", args=[room.network.slug, planned.pk]))
    assert said.status_code == 200
    assert "<h1>Seuraava</h1>" in said.content.decode()
