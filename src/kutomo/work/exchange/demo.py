"""A round of needs and offers in month 4, what came of it, and what stands on the board today."""

from __future__ import annotations

from typing import Any

from kutomo.core.networks import queries as networks
from kutomo.core.people.demo import Cast

from . import actions, queries
from .models import Listing, Task
from .rules.course import Deed, Side


def hold_round(cast: Cast) -> None:
    """Month 4: everybody asks once and offers once; two weeks later two needs of three have been met."""
    told = cast.material["exchange"]
    cast.at(told["round"], 13, _list_all)
    cast.at(told["answers"], 9, _answer_all)
    cast.at(told["lapse"], 6, _lapse)


def weave(cast: Cast) -> None:
    """What stands on the board today, with one answer on its way."""
    for day, *row in cast.material["exchange"]["now"]["rows"]:
        cast.at(day, 12, _post, *row)
    cast.at(3, 12, _offer_to_drive)


def _list_all(cast: Cast) -> None:
    told = cast.material["exchange"]
    for side, rows in ((Side.OFFER, told["offers"]), (Side.NEED, told["needs"])):
        for row in rows:
            _post(cast, side.value, *row[:4])


def _post(cast: Cast, side: str, name: str, area: str, title: str, text: str) -> Listing:
    author = cast.people[name]
    asked_for = cast.material["exchange"]["asked_for"].get(name, "") if side == Side.NEED else ""
    return actions.post(
        by=author, network=cast.network, side=side, title=title, text=text, area=area, seat=_seat(cast, author),
        asked_for=asked_for, language=author.language,
    )  # fmt: skip


def _seat(cast: Cast, person: Any) -> Any:
    seat = networks.seat_of(person, cast.network)
    return seat if seat is not None and seat.organisation_id else None


def _answer_all(cast: Cast) -> None:
    for name, _area, title, _text, helper in cast.material["exchange"]["needs"]:
        if helper:
            _help(cast, cast.people[name], title, cast.people[helper])


def _help(cast: Cast, asker: Any, title: str, helper: Any) -> None:
    """One need from an answer to a confirmed help, and what the asker says of it."""
    listing = _listing(cast, title)
    task = actions.propose(by=helper, listing=listing, words="Tästä voimme auttaa.", seat=_seat(cast, helper))
    for by, deed in ((asker, Deed.ACCEPT), (helper, Deed.DELIVER), (asker, Deed.CONFIRM)):
        task = actions.step(by=by, task=task, deed=deed, version=task.terms_version)
    if words := cast.material["exchange"]["thanks"].get(asker.name):
        actions.tell_how(by=asker, task=task, result=3, timing=3, process=3, words=words, may_show=True)


def _listing(cast: Cast, title: str) -> Listing:
    listing = Listing.objects.filter(network=cast.network, title=title).latest("pk")
    listing.network = cast.network
    return listing


def _lapse(_cast: Cast) -> None:
    for listing in queries.lapsed():
        actions.lapse(by=None, listing=listing)


def _offer_to_drive(cast: Cast) -> Task:
    driver = cast.people["Kimmo Lehtiniitty"]
    listing = _listing(cast, "Kuljettaja muistikahvilaan")
    words = "Auto on vapaana torstaisin kello 12–16. Kuka tulisi kuljettajan rinnalle?"
    return actions.propose(by=driver, listing=listing, words=words, seat=_seat(cast, driver))
