"""How the example network's people came: a spreadsheet, personal invitations, answers by link, phone and paper."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from kutomo.core.organisations.rules import municipality
from kutomo.core.people import queries as people
from kutomo.core.people.demo import Cast

from . import actions
from .models import Candidate, Invitation

HEADS = ("Organisaatio", "Yhteyshenkilö", "Sähköposti", "Puhelin", "Kieli", "Kotikunta", "Huomautus")
LANGUAGES = {"fi": "suomi", "sv": "ruotsi", "en": "englanti"}


def weave(cast: Cast, days_ago: int) -> None:
    """The leader's own sheet is imported; she invites a few, and those invite the others."""
    name = cast.material["candidates"]["file"]
    source = actions.read(by=cast.leader, network=cast.network, data=sheet(cast), name=name)
    actions.confirm(by=cast.leader, source=source)
    actions.open_link(by=cast.leader, network=cast.network, **cast.material["candidates"]["link"])
    rows = [row for row in cast.material["people"]["person"] if _was_invited(cast, row)]
    first = [row for row in rows if row.get("wave") == 1]
    second = [row for row in rows if row.get("wave") != 1]
    for place, row in enumerate(first):
        cast.at(days_ago - 2, 9 + place / 20, _invite, days_ago - 2, row, cast.leader.name, place)
    for place, row in enumerate(second):
        host = first[place % len(first)]["name"]
        cast.at(days_ago - 6, 9 + place / 20, _invite, days_ago - 6, row, host, place)
    for row in cast.material["candidates"]["request"]:
        if row["accepted"]:
            cast.at(days_ago - 9, 14, _ask_to_join, days_ago - 9, row)


def _was_invited(cast: Cast, row: dict[str, Any]) -> bool:
    return not row.get("is_leader") and row.get("role") != "observer" and row["name"] not in _askers(cast)


def _askers(cast: Cast) -> list[str]:
    return [row["person"] for row in cast.material["candidates"]["request"] if row["accepted"]]


def sheet(cast: Cast) -> bytes:
    """The leader's spreadsheet as Excel would save it; one row is there twice."""
    homes = {row["number"]: row for row in cast.material["organisations"]["organisation"]}
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    page = book.add_worksheet("Verkosto")
    page.write_row(0, 0, HEADS)
    rows = [row for row in cast.material["people"]["person"] if _was_invited(cast, row)]
    for number, row in enumerate([*rows, rows[0]], 1):
        home = homes.get(row.get("organisation", 0), {})
        page.write_row(
            number,
            0,
            (
                home.get("name", ""),
                row["name"],
                row["email"],
                row.get("phone", ""),
                LANGUAGES[row["language"]],
                home.get("municipality", ""),
                row.get("about", ""),
            ),
        )
    book.close()
    return file.getvalue()


def _invite(cast: Cast, days_ago: int, row: dict[str, Any], host_name: str, place: int) -> None:
    """Asked by somebody who agreed to ask; the answers come over five days."""
    host, candidate = cast.people[host_name], Candidate.objects.get(network=cast.network, name=row["name"])
    actions.propose_inviter(by=cast.leader, network=cast.network, candidates=[candidate], person=host)
    if host != cast.leader:
        actions.agree(by=host, candidate=candidate)
    if row["email"]:
        words = cast.material["candidates"]["words"]
        (invitation,) = actions.invite(by=host, candidates=[candidate], words=words)
    else:
        invitation = actions.invite_on_paper(by=host, candidate=candidate)
    # Representatives come before their substitutes.
    day = days_ago - 1 - place % 3 - (2 if row.get("kind") == "substitute" else 0)
    cast.at(day, 11 + place % 7, _say_yes, row, invitation, host, language=row["language"])


def _say_yes(cast: Cast, row: dict[str, Any], invitation: Invitation, host: Any) -> None:
    """By one's own link, or, without an address, through the one who called."""
    helper, candidate = None if row["email"] else host, Candidate.objects.get(pk=invitation.candidate_id)
    actions.note_opened(invitation=invitation)
    if helper is None:
        actions.reply(candidate=candidate, reply="yes")
    else:
        actions.record_reply(by=helper, candidate=candidate, reply="yes")
    lines: dict[str, str] = next(
        (one for one in cast.material["candidates"]["lines"] if one["person"] == row["name"]), {}
    )
    homes = {home["number"]: home["name"] for home in cast.material["organisations"]["organisation"]}
    seated = actions.sit(
        by=helper,
        candidate=candidate,
        name=row["name"],
        email=row["email"],
        language=row["language"],
        as_oneself="organisation" not in row,
        organisation_name=homes.get(row.get("organisation", 0), ""),
        mandate="speak" if row["mandate"] != "self" else "self",
        worth=lines.get("worth", ""),
        need=lines.get("need", ""),
        offer=lines.get("offer", ""),
        access_needs=lines.get("access_needs", ""),
    )
    if seated.person:
        cast.people[row["name"]] = seated.person


def _ask_to_join(cast: Cast, days_ago: int, row: dict[str, Any]) -> None:
    """Somebody heard of the network and asks to come along."""
    own = next(one for one in cast.material["people"]["person"] if one["name"] == row["person"])
    homes = {home["number"]: home["name"] for home in cast.material["organisations"]["organisation"]}
    asked = _ask(cast, row, own["email"], homes[own["organisation"]])
    cast.at(days_ago - 1, 9, _let_in, asked)


def _let_in(cast: Cast, asked: Any) -> None:
    actions.accept(by=cast.leader, request=asked)
    if joined := people.by_email(asked.email):
        cast.people[asked.name] = joined


def _ask(cast: Cast, row: dict[str, Any], email: str, organisation: str) -> Any:
    return actions.ask(
        link=cast.network.join_link,
        name=row["person"],
        email=email,
        organisation_name=organisation,
        municipality=town.code if (town := municipality(row.get("municipality", ""))) else "",
        answers=row["answers"],
    )


def ask_more(cast: Cast, days_ago: int) -> None:
    """After the first meeting: those who were missed there. Some say no, some later, some are not asked yet."""
    for place, row in enumerate(cast.material["candidates"]["candidate"]):
        adder = cast.people[row.get("inviter", cast.leader.name)]
        candidate = actions.add(
            by=adder,
            network=cast.network,
            organisation_name=row["organisation"],
            name=row["person"],
            email=row["mail"],
            language=row["language"],
            note=row["note"],
        )
        if row["answer"] != "potential":
            cast.at(days_ago - 3 - 2 * place, 11, _ask_one, row, candidate, adder, days_ago - 5 - 2 * place)
    for row in cast.material["candidates"]["request"]:
        if not row["accepted"]:
            cast.at(3, 17, _ask, row, row["mail"], row["organisation"])


def _ask_one(cast: Cast, row: dict[str, Any], candidate: Candidate, host: Any, days_ago: int) -> None:
    actions.propose_inviter(by=host, network=cast.network, candidates=[candidate], person=host)
    candidate.refresh_from_db()
    actions.invite(by=host, candidates=[candidate], words=cast.material["candidates"]["words"])
    if row["answer"] != "none":
        cast.at(days_ago, 15, _hear, row, candidate, language=row["language"])


def _hear(cast: Cast, row: dict[str, Any], candidate: Candidate) -> None:
    if row["answer"] == "someone_else":
        actions.suggest(candidate=candidate, name=row["other_name"], email=row["other_mail"], words=row["words"])
    else:
        actions.reply(candidate=candidate, reply=row["answer"], words=row.get("words", ""))
