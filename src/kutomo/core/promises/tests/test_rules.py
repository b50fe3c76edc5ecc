from datetime import date, timedelta

import pytest

from kutomo.core.promises.rules import Deed, Fate, Record, State, fate, kept, may

DAY = date(2026, 3, 10)
TODAY = DAY + timedelta(days=5)


def one(state=State.ACCEPTED, **facts):
    return Record(state, facts.pop("first_on", DAY), facts.pop("by_on", DAY), **facts)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (one(), Fate.NOT_KEPT),
        (one(first_on=TODAY, by_on=TODAY), Fate.NOT_DUE),
        # two keys: done by the doer alone never counts, not even on time
        (one(State.DONE, done_on=DAY), Fate.NOT_KEPT),
        (one(State.CONFIRMED, done_on=DAY), Fate.KEPT),
        (one(State.CONFIRMED, done_on=DAY + timedelta(days=1)), Fate.NOT_KEPT),
        # moved in time: as good as kept until the new day, once
        (one(by_on=TODAY, moves=1), Fate.MOVED),
        (one(by_on=TODAY, moves=2), Fate.NOT_KEPT),
        (one(by_on=TODAY, moves=1, moved_late=True), Fate.NOT_KEPT),
        (one(by_on=DAY + timedelta(days=1), moves=1), Fate.NOT_KEPT),
        (one(State.CONFIRMED, by_on=TODAY, moves=2, done_on=TODAY), Fate.KEPT),
        (one(State.CONFIRMED, by_on=TODAY, moves=1, moved_late=True, done_on=TODAY), Fate.NOT_KEPT),
        # released in time is in neither figure
        (one(State.RELEASED, ended_on=DAY), Fate.NOT_DUE),
        (one(State.RELEASED, ended_on=TODAY), Fate.NOT_KEPT),
    ],
)
def test_how_a_promise_counts(record, expected):
    assert fate(record, TODAY) == expected


def test_kept_promises_have_their_denominator_and_few_are_silent():
    rows = [one(State.CONFIRMED, done_on=DAY)] * 3 + [one()]
    few = kept(rows, TODAY)
    assert (few.kept, few.due, few.share) == (3, 4, None)
    enough = kept([*rows, one(by_on=TODAY, moves=1)], TODAY)
    assert (enough.kept, enough.due, enough.share) == (4, 5, 0.8)


def test_what_is_long_past_does_not_count():
    old = DAY - timedelta(days=200)
    assert kept([one(first_on=old, by_on=old)] * 9, TODAY).due == 0


def test_what_may_follow():
    assert may(Deed.ACCEPT, State.PROPOSED)
    assert not may(Deed.DONE, State.PROPOSED)
    assert not may(Deed.CONFIRM, State.ACCEPTED)
    assert not may(Deed.MOVE, State.RELEASED)
