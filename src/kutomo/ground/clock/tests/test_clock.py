import datetime as dt

import pytest

from kutomo.ground import clock


def test_frozen_time_is_helsinki_and_now_is_utc():
    with clock.frozen("2026-02-02 01:30"):
        assert clock.now() == dt.datetime(2026, 2, 1, 23, 30, tzinfo=dt.UTC)
        assert clock.today() == dt.date(2026, 2, 2)
    assert abs(clock.now() - dt.datetime.now(dt.UTC)) < dt.timedelta(seconds=5)


def test_freezing_nests_and_survives_an_error():
    with clock.frozen("2026-02-02"):
        with pytest.raises(ZeroDivisionError), clock.frozen("2027-01-01"):
            raise ZeroDivisionError
        assert clock.today() == dt.date(2026, 2, 2)


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter_as_in_the_almanac(year, day):
    assert clock.days.easter(year) == dt.date(year, *day)


def test_working_days_of_spring_2026():
    closed = [day for n in range(120) if not clock.is_working_day(day := dt.date(2026, 3, 1) + dt.timedelta(n))]
    weekdays = [day for day in closed if day.weekday() < 5]
    assert weekdays == [
        dt.date(2026, 4, 3),
        dt.date(2026, 4, 6),
        dt.date(2026, 5, 1),
        dt.date(2026, 5, 14),
        dt.date(2026, 6, 19),
    ]


def test_adding_working_days_jumps_over_easter_both_ways():
    assert clock.add_working_days(dt.date(2026, 4, 2), 1) == dt.date(2026, 4, 7)
    assert clock.add_working_days(dt.date(2026, 4, 7), -1) == dt.date(2026, 4, 2)
    assert clock.next_working_day(dt.date(2026, 4, 4)) == dt.date(2026, 4, 7)


def test_new_years_day_may_belong_to_the_old_year():
    assert clock.week(dt.date(2027, 1, 1)) == (2026, 53)
    assert dt.date(2027, 1, 3) in clock.week(dt.date(2027, 1, 1)).period


def test_periods_end_on_their_last_day():
    assert clock.month(dt.date(2028, 2, 3)).last == dt.date(2028, 2, 29)
    assert clock.quarter(dt.date(2026, 11, 3)) == clock.Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    assert clock.year(dt.date(2026, 11, 3)).days == 365


@pytest.mark.parametrize(
    ("when", "at", "due"),
    [
        (clock.Every(5), "2026-02-02 10:00", "2026-02-02 10:05"),
        (clock.Daily("03:30"), "2026-02-02 03:30", "2026-02-03 03:30"),
        (clock.Weekly(1, "07:00"), "2026-02-02 06:59", "2026-02-02 07:00"),
        (clock.Weekly(1, "07:00"), "2026-02-02 07:00", "2026-02-09 07:00"),
        (clock.Monthly(1, "06:00"), "2026-01-31 12:00", "2026-02-01 06:00"),
        # the wall clock holds over the change to summer time, 29 March 2026
        (clock.Daily("07:00"), "2026-03-28 08:00", "2026-03-29 07:00"),
    ],
)
def test_due_next(when, at, due):
    with clock.frozen(at):
        reached = when.after(clock.now())
    with clock.frozen(due):
        assert reached == clock.now()


def test_summer_time_day_has_23_hours():
    assert clock.moment(dt.date(2026, 3, 30)) - clock.moment(dt.date(2026, 3, 29)) == dt.timedelta(hours=23)
