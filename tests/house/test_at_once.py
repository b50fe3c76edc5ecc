"""The same form sent twice in the same moment, by two real requests: one thing, no error, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kutomo.core.access import Role
from kutomo.core.consent import actions as consent
from kutomo.core.consent.models import Voice
from kutomo.core.networks import actions as networks
from kutomo.core.networks.models import Network, Representation, RoleTerm, Seat
from kutomo.core.organisations.models import Organisation
from kutomo.core.people import queries as people
from kutomo.ground.clock import today
from kutomo.work.candidates import actions as candidates
from kutomo.work.candidates.models import Candidate, JoinRequest
from kutomo.work.commitments import actions as commitments
from kutomo.work.commitments.models import CommitmentCard
from kutomo.work.founding import actions as founding
from kutomo.work.founding.models import Canvas, Sealed
from kutomo.work.meetings.models import Meeting
from tests import make

from .bombs import Forms

TIMES = 3


@pytest.fixture
def house(transactional_db) -> dict[str, Any]:
    leader = make.person("Marjut Vetäjä")
    network = make.network(leader, "Kynnyksen yli", challenge="Kukaan ei kysy.", organisation=make.organisation("A ry"))
    member = make.member(network, "Veikko Jäsen", make.organisation("B ry"))
    return {"leader": leader, "network": network, "member": member, "slug": network.slug}


def at_once(person: Any, address: str, data: dict[str, Any]) -> list[int]:
    """The same POST from so many devices of one person in the same moment; the statuses."""
    statuses: list[int] = []
    barrier = threading.Barrier(TIMES)
    cookies = {}
    if person is not None:
        client = Client()
        client.force_login(person)
        cookies = {name: cookie.value for name, cookie in client.cookies.items()}
    seen = Client()
    seen.cookies.load(cookies)
    # The page with the form, once: what it holds and lays on the device all its sendings carry.
    page = seen.get(address)
    for form in Forms(page.content.decode(), address).found:
        if form.action == address:
            given = {name: values[-1] for name, values in form.fields.items() if name in form.open_fields and values}
            data = given | data
    cookies |= {name: cookie.value for name, cookie in seen.cookies.items()}

    def send() -> None:
        client = Client(raise_request_exception=False)
        client.cookies.load(cookies)
        barrier.wait()
        statuses.append(client.post(address, data).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


Case = tuple[Any, str, dict[str, Any], Callable[[], int]]


def accepted_invitation(house) -> Case:
    one = candidates.add(by=house["leader"], network=house["network"], name="Saara Kutsuttu", email="s@example.org")
    invitation = candidates.invite(by=house["leader"], candidates=[one], words={})[0]
    candidates.reply(candidate=one, reply="yes")
    data = {"name": "Saara Kutsuttu", "email": "s@example.org", "behalf": "self", "mandate": "self"}
    return None, reverse("candidates:yes", args=[invitation.token]), data, Seat.objects.count


def asked_to_join(house) -> Case:
    link = candidates.open_link(by=house["leader"], network=house["network"], questions=[], reason="Haemme väkeä.")
    data = {"name": "Nea Pyytäjä", "email": "nea@example.org", "language": "fi"}
    return None, reverse("candidates:join", args=[link.token]), data, JoinRequest.objects.count


def added_candidate(house) -> Case:
    data = {"name": "Taisto Uusi", "email": "taisto@example.org", "language": "fi", "reach": "mail"}
    return house["leader"], reverse("candidates:add", args=[house["slug"]]), data, Candidate.objects.count


def accepted_role(house) -> Case:
    term = networks.offer_role(
        by=house["leader"], network=house["network"], person=house["member"], role=Role.SCOUT, reason="Tuntee kentän."
    )
    address = reverse("networks:answer_offer", args=[house["slug"], term.pk])
    terms = RoleTerm.objects.filter(role=Role.SCOUT, state="accepted")
    return house["member"], address, {"answer": "accept"}, terms.count


def offered_role(house) -> Case:
    data = {"person": house["member"].pk, "role": "weaver", "reason": "Tuntee väen.", "words": ""}
    return house["leader"], reverse("networks:offer_role", args=[house["slug"]]), data, RoleTerm.objects.count


def stance(house) -> Case:
    seat = Seat.objects.get(organisation__name="B ry")
    round = consent.open(
        by=house["leader"],
        network=house["network"],
        thing=("networks.seat", seat.pk),
        title="x",
        text="Teksti.",
        tell=False,
    )
    data = {"stance": "support", "speaks": "on"}
    return house["member"], reverse("consent:stance", args=[house["slug"], round.pk]), data, Voice.objects.count


def commitment_card(house) -> Case:
    commitments.note_acquaintance_round(by=house["leader"], network=house["network"], held_on=today())
    data = {"behalf": "self", "hours": "2-4", "brings": "Auto torstaisin"}
    return house["member"], reverse("commitments:mine", args=[house["slug"]]), data, CommitmentCard.objects.count


def answer_by_link(house) -> Case:
    canvas = founding.open(by=house["leader"], canvas=Canvas.objects.get(), letters=False)
    token = people.token_for(house["member"], purpose="founding.answer", target=str(canvas.pk))
    address = reverse("founding:answer_by_link", args=[token, 1])
    return None, address, {"line1": "Soitamme kerran viikossa.", "sign": "anonymous"}, Sealed.objects.count


def begun_canvas(house) -> Case:
    return house["leader"], reverse("founding:begin", args=[house["slug"]]), {}, Canvas.objects.count


def started_network(house) -> Case:
    return house["member"], reverse("networks:start"), {"name": "Uusi verkko", "languages": "fi"}, Network.objects.count


def convened_meeting(house) -> Case:
    data = {"title": "Ensitapaaminen", "starts_at": f"{today()}T13:00", "template": "short"}
    return house["leader"], reverse("meetings:convene", args=[house["slug"]]), data, Meeting.objects.count


def added_organisation(house) -> Case:
    return (
        house["member"],
        reverse("organisations:add"),
        {"name": "Avoin Ovi ry", "kind": "association"},
        Organisation.objects.count,
    )


CASES = [
    accepted_invitation, asked_to_join, added_candidate, accepted_role, offered_role, stance, commitment_card,
    begun_canvas, answer_by_link, started_network, convened_meeting, added_organisation,
]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_is_one(house):
    wrong = []
    for make_case in CASES:
        person, address, data, count = make_case(house)
        before = count()
        statuses = at_once(person, address, data)
        made = count() - before
        if made != 1 or any(status >= 500 for status in statuses):
            wrong.append(f"{make_case.__name__}: {made} made, answers {sorted(statuses)}")
    assert not wrong, "\n".join(wrong)
    assert Representation.objects.count() == 4  # the two, the invited one, and the starter of the new network
