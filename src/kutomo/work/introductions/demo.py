"""The example network's introductions: some that both wished, some that did not come about, one that waits."""

from __future__ import annotations

from typing import Any

from kutomo.core.people.demo import Cast
from kutomo.work.relations.demo import seats_by_number

from . import actions, queries
from .models import Introduction, Side


def weave(cast: Cast) -> None:
    """Write into the diary what the story tells: who introduced whom, what the two said and what came of it."""
    for row in cast.material["introductions"]["introduction"]:
        day = row["day"]
        if "wished_by" in row:
            cast.at(day + 1, 10, _wish, row)
        cast.at(day, 10, _write, row)
        cast.at(day, 11, _rest, row)  # by now the letters have left
        for number, says in zip(row["pair"], row.get("says", ["", ""]), strict=True):
            if says:
                cast.at(day - 2, 9 + number / 10, _reply, row, number, says)
        if "told" in row:
            cast.at(day - 26, 8, tend)
            for number, told in zip(row["pair"], row["told"], strict=True):
                cast.at(day - 27, 9 + number / 10, _tell, row, number, told)
        elif "says" in row:
            cast.at(day - row.get("asked_after", 26), 8.5, tend)


def _key(row: dict[str, Any]) -> str:
    return f"introduction {row['pair'][0]}-{row['pair'][1]}"


def _write(cast: Cast, row: dict[str, Any]) -> None:
    seats, writer = seats_by_number(cast), cast.people[row["by"]]
    a, b = (seats[number].pk for number in row["pair"])
    made = actions.write(by=writer, network=cast.network, a=a, b=b, words=row["words"])
    cast.things[_key(row)] = made.pk
    if not row.get("is_draft"):
        actions.send(by=writer, introduction=made)


def _wish(cast: Cast, row: dict[str, Any]) -> None:
    person, seats = cast.people[row["wished_by"]], seats_by_number(cast)
    mine = next(one["organisation"] for one in cast.material["people"]["person"] if one["name"] == row["wished_by"])
    other = next(number for number in row["pair"] if number != mine)
    actions.wish(by=person, network=cast.network, seat=seats[other].pk, words=row["wish"])


def _rest(cast: Cast, row: dict[str, Any]) -> None:
    """Nothing is done in this hour; the letters leave by themselves."""


def _side(cast: Cast, row: dict[str, Any], number: int) -> Side:
    seat = seats_by_number(cast)[number]
    return Side.objects.select_related("person").get(introduction=cast.things[_key(row)], seat=seat)


def _reply(cast: Cast, row: dict[str, Any], number: int, says: str) -> None:
    side = _side(cast, row, number)
    actions.reply(by=side.person, side=side, says=says)


def _tell(cast: Cast, row: dict[str, Any], number: int, told: str) -> None:
    side = _side(cast, row, number)
    facts = {"talked": told != "no", "knows": told in ("knows", "both"), "did": told in ("did", "both")}
    actions.tell(by=side.person, side=side, **facts)


def tend(cast: Cast) -> None:
    """What the clock does every day: old questions go away, people are asked what came of it."""
    for row in queries.to_lapse():
        actions.lapse(by=None, introduction=row)
    for row in queries.to_ask_after():
        actions.ask_after(by=None, introduction=row)


def wish(cast: Cast) -> None:
    """Members who would like to meet somebody; nobody has taken it up yet."""
    seats = seats_by_number(cast)
    for row in cast.material["introductions"]["wish"]:
        actions.wish(by=cast.people[row["by"]], network=cast.network, seat=seats[row["seat"]].pk, words=row["words"])


def lay_aside(cast: Cast) -> None:
    """The weaver has looked at the suggestions of the last survey, and put one off."""
    writer = cast.people[cast.material["introductions"]["weaver"]]
    cards = queries.index(writer, cast.network).offered.cards
    begun = set(Introduction.objects.values_list("a", "b"))
    card = next((card for card in reversed(cards) if card.suggestion.pair not in begun), None)
    if card is not None:
        a, b = card.suggestion.pair
        actions.lay_aside(by=writer, network=cast.network, a=a, b=b)


def read_blocks(cast: Cast) -> None:
    """What the last night read."""
    actions.read_blocks(by=None, network=cast.network)
