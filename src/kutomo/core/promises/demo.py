"""What people of the example network promise each other in the last months, and what becomes of it."""

from __future__ import annotations

from typing import Any

from kutomo.core.people.demo import Cast

from . import actions, queries
from .models import Promise


def weave(cast: Cast) -> None:
    """Each promise is given on its day; moved, done and confirmed on theirs, by whose deed it is."""
    for row in cast.material["promises"]["promise"]:
        cast.at(row["made"], 11, _give, row, language=row.get("language", "fi"))


def _give(cast: Cast, row: dict[str, Any]) -> None:
    doer, speaker = cast.people[row["person"]], cast.people[row.get("by", row["person"])]
    promise = actions.propose(
        by=speaker,
        network=cast.network,
        doer=doer,
        what=row["what"],
        by_on=cast.day(row["due"]),
        receiver=cast.people[row["receiver"]] if "receiver" in row else None,
        language=row.get("language", "fi"),
    )
    for name, deed in (("moved", _move), ("done", _done), ("confirmed", _confirm)):
        if name in row:
            cast.at(row["due"] + 1 if name == "moved" else row[name], 15, deed, promise, row)


def settle_meeting(cast: Cast) -> None:
    """What was promised in the first meeting is done, confirmed or declined in the weeks after it."""
    for row in cast.material["promises"]["meeting"]:
        for name, deed in (("declined", _decline), ("done", _done_there), ("confirmed", _confirm_there)):
            if name in row:
                cast.at(row[name], 16, deed, row)


def _given_there(cast: Cast, row: dict[str, Any]) -> Promise:
    rows = queries.on(("meetings.meeting", cast.things["meeting"].pk))
    promise = next(one for one in rows if row["person"] in one.doer_name)
    promise.network = cast.network
    return promise


def _decline(cast: Cast, row: dict[str, Any]) -> None:
    actions.decline(by=cast.people[row["person"]], promise=_given_there(cast, row))


def _done_there(cast: Cast, row: dict[str, Any]) -> None:
    actions.done(by=cast.people[row.get("recorder", row["person"])], promise=_given_there(cast, row))


def _confirm_there(cast: Cast, row: dict[str, Any]) -> None:
    actions.confirm(by=cast.people[row["by"]], promise=_given_there(cast, row))


def _fresh(cast: Cast, promise: Promise) -> Promise:
    promise = Promise.objects.select_related("doer", "receiver").get(pk=promise.pk)
    promise.network = cast.network
    return promise


def _move(cast: Cast, promise: Promise, row: dict[str, Any]) -> None:
    actions.move(by=cast.people[row["person"]], promise=_fresh(cast, promise), by_on=cast.day(row["moved"]))


def _done(cast: Cast, promise: Promise, row: dict[str, Any]) -> None:
    actions.done(by=cast.people[row["person"]], promise=_fresh(cast, promise))


def _confirm(cast: Cast, promise: Promise, row: dict[str, Any]) -> None:
    actions.confirm(by=cast.people[row["receiver"]], promise=_fresh(cast, promise))
