import datetime as dt

import pytest

from kutomo.core.letters.rules import is_quiet, kind_of, next_allowed, slot_of, week_of
from kutomo.ground import clock
from kutomo.ground.clock import Week


def moment(text: str) -> dt.datetime:
    with clock.frozen(text):
        return clock.now()


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        ("2026-02-03 10:15", "2026-02-03 10:15"),  # a Tuesday morning: now
        ("2026-02-03 07:59", "2026-02-03 08:00"),
        ("2026-02-03 08:00", "2026-02-03 08:00"),
        ("2026-02-03 17:59", "2026-02-03 17:59"),
        ("2026-02-03 18:00", "2026-02-04 08:00"),
        ("2026-02-06 18:00", "2026-02-09 08:00"),  # Friday evening -> Monday
        ("2026-02-07 12:00", "2026-02-09 08:00"),
        ("2026-04-02 19:00", "2026-04-07 08:00"),  # over Easter
        ("2026-06-30 18:30", "2026-08-03 08:00"),  # over July; 1 August is a Saturday
        ("2026-07-15 10:00", "2026-08-03 08:00"),
        ("2026-12-19 10:00", "2027-01-07 08:00"),  # Saturday, then Christmas time to Epiphany
        ("2026-12-31 10:00", "2027-01-07 08:00"),
    ],
)
def test_quiet_times_are_kept(at, goes):
    assert next_allowed(moment(at)) == moment(goes)


def test_one_a_week_over_all_networks():
    at = moment("2026-02-03 10:00")
    assert next_allowed(at, used={Week(2026, 6)}) == moment("2026-02-09 08:00")
    assert next_allowed(at, used={Week(2026, 6), Week(2026, 7)}) == moment("2026-02-16 08:00")


def test_week_is_helsinkis_not_greenwichs():
    sunday_night = dt.datetime(2026, 2, 8, 22, 30, tzinfo=dt.UTC)  # 00:30 on Monday in Helsinki
    assert slot_of(sunday_night) == "nudge 2026-W07"
    assert week_of("nudge 2026-W07") == Week(2026, 7)


def test_wished_weekday():
    assert next_allowed(moment("2026-02-03 10:00"), weekday=4) == moment("2026-02-05 08:00")
    assert next_allowed(moment("2026-02-05 10:00"), weekday=4) == moment("2026-02-05 10:00")
    # Maundy Thursday is a working day, Good Friday is not: a wish for Friday waits a week
    assert next_allowed(moment("2026-03-31 10:00"), weekday=5) == moment("2026-04-10 08:00")


@pytest.mark.parametrize("day", ["2026-07-01", "2026-07-31", "2026-12-20", "2027-01-06", "2026-02-07", "2026-12-06"])
def test_quiet_days(day):
    assert is_quiet(dt.date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2026-06-30", "2026-08-03", "2026-12-18", "2027-01-07"])
def test_days_beside_them_are_not(day):
    assert not is_quiet(dt.date.fromisoformat(day))


def test_every_moment_of_two_years_leads_to_an_allowed_one():
    at = moment("2026-01-01 00:00")
    for hours in range(0, 24 * 730, 7):
        begin = at + dt.timedelta(hours=hours)
        goes = next_allowed(begin)
        here = clock.local(goes)
        assert goes >= begin
        assert not is_quiet(here.date())
        assert dt.time(8) <= here.time() < dt.time(18)
        assert next_allowed(goes) == goes


def test_kind_is_a_short_code():
    assert kind_of("candidates/letters/invitation.md") == "candidates.invitation"
