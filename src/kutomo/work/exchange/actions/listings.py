"""Needs and offers: listed, changed, rested, ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language, gettext_lazy as _

from kutomo.core.access import Can, gate
from kutomo.core.networks.models import Network, Seat
from kutomo.core.people.models import Language, Person
from kutomo.core.talk import actions as talk, queries as threads
from kutomo.ground.clock import now, today
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries
from ..models import Effort, Listing, OpenWord, Where, first_end
from ..rules import confidential, course
from ..rules.course import Move, Open, Side
from .held import THING, check_seat, held_listing, tell, worded
from .letters import ask_directly, tell_owner

SAME_BREATH = timedelta(minutes=5)
MOST_HANDS, LONGEST_OPEN = 50, timedelta(days=366)


@transaction.atomic
def post(
    *,
    by: Person,
    network: Network,
    side: str,
    title: str,
    text: str,
    area: str,
    seat: Seat | None = None,
    asked_for: str = "",
    target: Seat | None = None,
    where: str = Where.EITHER,
    effort: str = Effort.SMALL,
    hands: int = 1,
    begins_on: date | None = None,
    ends_on: date | None = None,
    language: str = "",
    is_confidential: bool = False,
    read_again: bool = False,
) -> Listing:
    """List a need or an offer. The same words by the same person within five minutes are one listing.

    ``seat``: the organisation for which ``by`` speaks, None for oneself; ``asked_for``: who asks, when ``by`` writes
    it down for somebody who never logs in (needs only); ``target``: the only seat that is asked, by a letter at once;
    ``hands``: how many are needed; ``ends_on``: last day, 90 days from now when None; ``read_again``: the writer
    has seen the warning about confidential words. Raises RuleBroken for what is missing or cannot be, NotAllowed.
    """
    gate.require(by, Can.ANSWER, network)
    check_seat(by, network, seat)
    facts = _checked(side, title, text, area, where, effort, hands, begins_on, ends_on)
    _check_asked(side, facts["title"] + " " + facts["text"], network, seat, asked_for, target, read_again)
    again = Listing.objects.filter(
        network=network, author=by, side=side, title=facts["title"], text=facts["text"],
        made_at__gte=now() - SAME_BREATH,
    ).first()  # fmt: skip
    if again is not None:
        again.network = network
        return again
    listing = Listing.objects.create(
        network=network, side=side, seat=seat, author=by, asked_for=" ".join(asked_for.split())[:120], target=target,
        language=_language(language), is_confidential=is_confidential, made_at=now(), moved_at=now(), **facts,
    )  # fmt: skip
    tell(by=by, kind=events.ASKED if listing.is_need else events.OFFERED, listing=listing, **_seat(listing))
    if target is not None:
        ask_directly(listing)
    return listing


def _seat(listing: Listing) -> dict[str, Any]:
    return {"seat": listing.seat_id} if listing.seat_id else {}


def _language(code: str) -> str:
    return code if code in Language.values else (get_language() or "fi")[:2]


def _checked(
    side: str,
    title: str,
    text: str,
    area: str,
    where: str,
    effort: str,
    hands: int,
    begins_on: date | None,
    ends_on: date | None,
) -> dict[str, Any]:
    if side not in set(Side) or where not in Where.values or effort not in Effort.values:
        raise RuleBroken(_("Choose one of what is offered."))
    if area not in {row.code for row in queries.areas() if not row.rests}:
        raise RuleBroken(_("Choose one of the areas."), field="area")
    if not 1 <= hands <= MOST_HANDS:
        raise RuleBroken(_("Between one and fifty."), field="hands")
    ends_on = ends_on or first_end()
    if ends_on < today():
        raise RuleBroken(_("The last day has passed already."), field="ends_on")
    if ends_on > today() + LONGEST_OPEN:
        raise RuleBroken(_("Open for a year at most; it can be renewed."), field="ends_on")
    if begins_on is not None and begins_on > ends_on:
        raise RuleBroken(_("The first day is after the last one."), field="begins_on")
    return {
        "title": worded(" ".join(title.split()), "title", course.LONGEST_TITLE),
        "text": worded(text, "text", course.LONGEST),
        "area": area, "where": where, "effort": effort, "hands": hands, "begins_on": begins_on, "ends_on": ends_on,
    }  # fmt: skip


def _check_asked(
    side: str, words: str, network: Network, seat: Seat | None, asked_for: str, target: Seat | None, read_again: bool
) -> None:
    if asked_for and side != Side.NEED:
        raise RuleBroken(_("An offer is made by the one who gives."), field="asked_for")
    if target is not None and (target.network_id != network.pk or (seat is not None and target.pk == seat.pk)):
        raise RuleBroken(_("Ask another member of this network."), field="target")
    if confidential.signs(words) and not read_again:
        raise RuleBroken(
            _("This may tell of somebody who has not been asked. Read it again; leave out what points at a person."),
            field="read_again",
        )


@transaction.atomic
def change(*, by: Person, listing: Listing, seen: int, read_again: bool = False, **facts: Any) -> Listing:
    """Change an own listing. ``seen``: the revision that the form showed; who was faster is told.

    ``facts``: as ``post`` takes them, but side, seat and target, which stay.
    """
    listing = held_listing(listing)
    _own(by, listing)
    if listing.state in course.OVER:
        raise RuleBroken(_("It is over. List it anew."))
    if seen != listing.revision:
        raise RuleBroken(_("Somebody changed this while you were writing. Look at it again and save once more."))
    given = {name: facts.pop(name) for name in ("asked_for", "language", "is_confidential") if name in facts}
    new = _checked(listing.side, **facts)
    asked_for = given.get("asked_for", listing.asked_for)
    words = new["title"] + " " + new["text"]
    _check_asked(listing.side, words, listing.network, listing.seat, asked_for, None, read_again)
    given["language"] = _language(given.get("language", listing.language))
    for name, value in (new | given).items():
        setattr(listing, name, value)
    listing.revision, listing.moved_at, listing.warned_on = listing.revision + 1, now(), None
    listing.save()
    tell(by=by, kind=events.CHANGED, listing=listing)
    return listing


def _own(by: Person, listing: Listing) -> None:
    gate.require(by, Can.ANSWER, listing.network)
    if not queries.owns(by, listing):
        raise NotAllowed(_("Only those whose need or offer it is can change it."), network=listing.network)


@transaction.atomic
def move(*, by: Person, listing: Listing, deed: Move, reason: str = "") -> Listing:
    """Rest, renew, end or take back an own listing; a leader may take one off the board with a public reason.

    Tasks that are running go on. Raises RuleBroken when it cannot follow any more.
    """
    listing = held_listing(listing)
    if deed is Move.MODERATE:
        gate.require(by, Can.SETTLE, listing.network)
    else:
        _own(by, listing)
    before, after = course.MOVES[deed]
    if Open(listing.state) not in before:
        raise RuleBroken(
            _("This stands otherwise now: %(state)s. Look at its page and go on from there."),
            params={"state": listing.get_state_display()},
        )
    if after is Open.OPEN and listing.ends_on < today():
        listing.ends_on = first_end()
    _stand(listing, after)
    if deed is Move.MODERATE:
        tell(by=by, kind=events.HIDDEN, listing=listing, reason=reason)
        tell_owner("moderated", listing, words=reason.strip())
    else:
        tell(by=by, kind=events.MOVED, listing=listing, state=str(OpenWord(after).label))
    return listing


def _stand(listing: Listing, state: Open) -> None:
    over = state in course.OVER or state is Open.EXPIRED
    listing.state, listing.moved_at, listing.ended_at = state, now(), now() if over else None
    listing.revision, listing.warned_on = listing.revision + 1, None
    listing.save(update_fields=["state", "moved_at", "ended_at", "revision", "warned_on", "ends_on"])


@transaction.atomic
def lapse(*, by: None, listing: Listing) -> None:
    """The clock: the last day of an open listing has passed."""
    listing = held_listing(listing)
    if listing.state == Open.OPEN and listing.ends_on < today():
        _stand(listing, Open.EXPIRED)
        tell(by=None, kind=events.LAPSED, listing=listing)
        tell_owner("lapsed", listing, nudge=True)


@transaction.atomic
def warn(*, by: None, listing: Listing) -> None:
    """The clock: a week before an open listing ends its owner is asked whether it still holds, once."""
    listing = held_listing(listing)
    if listing.state == Open.OPEN and listing.warned_on is None:
        listing.warned_on = today()
        listing.save(update_fields=["warned_on"])
        tell_owner("ending", listing, nudge=True)


@transaction.atomic
def say(*, by: Person, listing: Listing, body: str, language: str, key: str) -> Any:
    """Write into the open conversation about a listing; the first post starts it."""
    gate.require(by, Can.TALK, listing.network)
    thing, network = (THING, listing.pk), listing.network
    thread = threads.on(thing)
    if thread is None:
        title = listing.title
        return talk.start(by=by, network=network, title=title, body=body, language=language, key=key, thing=thing)
    thread.network = network
    return talk.write(by=by, thread=thread, body=body, language=language, key=key)
