"""Operating hours by the calendar: recurrence, dates, holidays, leap days and clock changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.engine.configuration import OperatingHours, compile_piece
from routing.engine.hours import is_open, next_closing, next_opening, spans_of_day

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def hours(
    *periods: tuple[Any, ...], zone: str = "Europe/Berlin", holidays: tuple[Any, ...] = ()
) -> OperatingHours:
    compiled: OperatingHours = compile_piece(
        "operating_hours",
        {
            "name": "Hours",
            "time_zone": zone,
            "periods": [
                {"weekday": day, "start": start, "end": end, **(more[0] if more else {})}
                for day, start, end, *more in periods
            ],
            "holidays": [{"reason": "", **holiday} for holiday in holidays],
        },
    )
    return compiled


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def every_day(start: str = "00:00", end: str = "24:00", **more: Any) -> list[tuple[Any, ...]]:
    return [(day, start, end, more) for day in range(7)]


BREAK = hours((MONDAY, "09:00", "12:00"), (MONDAY, "13:00", "17:00"))
SUMMER = hours((MONDAY, "08:00", "20:00", {"from": "2026-06-01", "until": "2026-08-31"}))
SECOND = hours((MONDAY, "09:00", "17:00", {"from": "2026-03-04", "every_weeks": 2}))
ONCE = hours((SATURDAY, "10:00", "14:00", {"from": "2026-12-19", "until": "2026-12-19"}))
EXCEPT = hours((MONDAY, "09:00", "17:00", {"except_on": ["2026-03-09"]}))
YEARLY = hours(*every_day(), holidays=({"date": "2024-12-25", "repeats_yearly": True},))
TURN = hours(
    *every_day(),
    holidays=({"date": "2024-12-24", "until": "2025-01-02", "repeats_yearly": True},),
)
RANGE = hours(*every_day(), holidays=({"date": "2026-08-03", "until": "2026-08-14"},))
LEAP = hours(*every_day(), holidays=({"date": "2024-02-29", "repeats_yearly": True},))
THURSDAYS = hours((THURSDAY, "09:00", "17:00"), holidays=())
AUCKLAND = hours(*every_day(), zone="Pacific/Auckland", holidays=({"date": "2026-02-06"},))
HONOLULU = hours(*every_day(), zone="Pacific/Honolulu", holidays=({"date": "2026-02-06"},))
# 29 March 2026: 02:00 to 03:00 is not there. 25 October 2026: it is there twice.
GAP = hours((SUNDAY, "02:15", "02:45"))
INTO_GAP = hours((SUNDAY, "01:00", "02:30"))
OUT_OF_GAP = hours((SUNDAY, "02:30", "05:00"))
LORD_HOWE = hours((SUNDAY, "01:45", "02:15"), zone="Australia/Lord_Howe")
MIDNIGHT_GAP = hours((SUNDAY, "00:15", "06:00"), zone="Africa/Cairo")

OPEN = [
    ("before the break", BREAK, "2026-03-02T11:59+01:00", True),
    ("in the break", BREAK, "2026-03-02T12:00+01:00", False),
    ("after the break", BREAK, "2026-03-02T13:00+01:00", True),
    ("before the first day", SUMMER, "2026-05-25T12:00+02:00", False),
    ("on the first day", SUMMER, "2026-06-01T08:00+02:00", True),
    ("on the last day", SUMMER, "2026-08-31T19:59+02:00", True),
    ("after the last day", SUMMER, "2026-09-07T12:00+02:00", False),
    ("the week of a Wednesday has no Monday left", SECOND, "2026-03-02T12:00+01:00", False),
    ("the week between", SECOND, "2026-03-09T12:00+01:00", False),
    ("the second week", SECOND, "2026-03-16T12:00+01:00", True),
    ("the third week", SECOND, "2026-03-23T12:00+01:00", False),
    ("after the clock change the weeks count on", SECOND, "2026-03-30T09:00+02:00", True),
    ("over the end of the year", SECOND, "2027-01-04T12:00+01:00", True),
    ("one date", ONCE, "2026-12-19T10:00+01:00", True),
    ("the Saturday after", ONCE, "2026-12-26T10:00+01:00", False),
    ("an exception", EXCEPT, "2026-03-09T10:00+01:00", False),
    ("the week after the exception", EXCEPT, "2026-03-16T10:00+01:00", True),
    ("yearly, in its first year", YEARLY, "2024-12-25T12:00+01:00", False),
    ("yearly, later", YEARLY, "2031-12-25T12:00+01:00", False),
    ("yearly, before it began", YEARLY, "2023-12-25T12:00+01:00", True),
    ("over New Year, first part", TURN, "2026-12-31T23:59+01:00", False),
    ("over New Year, second part", TURN, "2027-01-02T23:59+01:00", False),
    ("over New Year, done", TURN, "2027-01-03T00:00+01:00", True),
    ("over New Year, the January before it began", TURN, "2024-01-01T12:00+01:00", True),
    ("first day of a range", RANGE, "2026-08-03T00:00+02:00", False),
    ("last minute of a range", RANGE, "2026-08-14T23:59:59+02:00", False),
    ("after a range", RANGE, "2026-08-15T00:00+02:00", True),
    ("a range comes once", RANGE, "2027-08-04T12:00+02:00", True),
    ("leap day of a leap year", LEAP, "2028-02-29T12:00+01:00", False),
    ("28 February of another year", LEAP, "2027-02-28T12:00+01:00", True),
    ("1 March of another year", LEAP, "2027-03-01T12:00+01:00", True),
    ("a leap day is a day", THURSDAYS, "2024-02-29T12:00+01:00", True),
    ("Waitangi Day has begun in Auckland", AUCKLAND, "2026-02-05T11:00+00:00", False),
    ("the same moment is the day before in Honolulu", HONOLULU, "2026-02-05T11:00+00:00", True),
    ("Auckland is back while Honolulu is off", AUCKLAND, "2026-02-06T11:00+00:00", True),
    ("Honolulu has the day off by its own clock", HONOLULU, "2026-02-06T11:00+00:00", False),
    ("the missing hour never comes", GAP, "2026-03-29T03:00+02:00", False),
    ("into the gap, a second before", INTO_GAP, "2026-03-29T01:59:59+01:00", True),
    ("into the gap, a second later", INTO_GAP, "2026-03-29T03:00+02:00", False),
    (
        "out of the gap it begins where the clock goes on",
        OUT_OF_GAP,
        "2026-03-29T03:00+02:00",
        True,
    ),
    ("the doubled hour, first time", GAP, "2026-10-25T02:30+02:00", True),
    ("the doubled hour, between", GAP, "2026-10-25T02:00+01:00", False),
    ("the doubled hour, second time", GAP, "2026-10-25T02:30+01:00", True),
    ("half an hour twice on Lord Howe", LORD_HOWE, "2026-04-05T01:50+10:30", True),
    ("midnight that is skipped", MIDNIGHT_GAP, "2026-04-24T00:30+02:00", False),
]

OPENS = [
    ("after the break", BREAK, "2026-03-02T12:30+01:00", "2026-03-02T13:00+01:00"),
    ("next summer only", SUMMER, "2026-01-01T00:00+01:00", "2026-06-01T08:00+02:00"),
    ("first of every second week", SECOND, "2026-03-02T12:00+01:00", "2026-03-16T09:00+01:00"),
    ("one date", ONCE, "2026-03-02T12:00+01:00", "2026-12-19T10:00+01:00"),
    ("past the exception", EXCEPT, "2026-03-02T17:00+01:00", "2026-03-16T09:00+01:00"),
    ("after a range of days off", RANGE, "2026-08-05T12:00+02:00", "2026-08-15T00:00+02:00"),
    ("after New Year", TURN, "2026-12-24T00:00+01:00", "2027-01-03T00:00+01:00"),
    ("the day after the leap day", LEAP, "2028-02-29T08:00+01:00", "2028-03-01T00:00+01:00"),
    ("not in the missing hour", GAP, "2026-03-29T01:00+01:00", "2026-04-05T02:15+02:00"),
    ("out of the gap", OUT_OF_GAP, "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00"),
    ("again in the doubled hour", GAP, "2026-10-25T02:50+02:00", "2026-10-25T02:15+01:00"),
    ("the clock set back opens", INTO_GAP, "2026-10-25T02:40+02:00", "2026-10-25T02:00+01:00"),
    (
        "many years ahead",
        hours((MONDAY, "09:00", "17:00", {"from": "2036-01-01"})),
        "2026-03-02T12:00+01:00",
        "2036-01-07T09:00+01:00",
    ),
    (
        "every 52nd week, and a holiday in the way",
        hours(
            (MONDAY, "09:00", "17:00", {"from": "2026-03-02", "every_weeks": 52}),
            holidays=({"date": "2027-03-01"},),
        ),
        "2026-03-02T18:00+01:00",
        "2028-02-28T09:00+01:00",
    ),
]

CLOSES = [
    ("for the break", BREAK, "2026-03-02T10:00+01:00", "2026-03-02T12:00+01:00"),
    ("in the evening", BREAK, "2026-03-02T13:00+01:00", "2026-03-02T17:00+01:00"),
    ("when the holiday begins", YEARLY, "2026-12-24T20:00+01:00", "2026-12-25T00:00+01:00"),
    ("where the clock jumps", INTO_GAP, "2026-03-29T01:30+01:00", "2026-03-29T03:00+02:00"),
    ("the first time", INTO_GAP, "2026-10-25T01:30+02:00", "2026-10-25T02:30+02:00"),
    ("the second time", INTO_GAP, "2026-10-25T02:10+01:00", "2026-10-25T02:30+01:00"),
    ("when the clock is set back", OUT_OF_GAP, "2026-10-25T02:40+02:00", "2026-10-25T02:00+01:00"),
    (
        "by the later of two that overlap",
        hours(
            (MONDAY, "09:00", "17:00"),
            (MONDAY, "16:00", "20:00", {"from": "2026-03-02", "until": "2026-03-02"}),
        ),
        "2026-03-02T10:00+01:00",
        "2026-03-02T20:00+01:00",
    ),
]


def table(rows: list[Any]) -> Any:
    return pytest.mark.parametrize(
        ("given_hours", "moment", "expected"),
        [row[1:] for row in rows],
        ids=[row[0] for row in rows],
    )


@table(OPEN)
def test_the_wall_clock_and_the_calendar_decide(given_hours, moment, expected):
    assert is_open(given_hours, at(moment)) is expected


@table(OPENS)
def test_hours_open_next_at(given_hours, moment, expected):
    assert next_opening(given_hours, at(moment)) == at(expected)


@table(CLOSES)
def test_hours_close_next_at(given_hours, moment, expected):
    assert next_closing(given_hours, at(moment)) == at(expected)


def test_hours_that_are_over_open_no_more():
    assert next_opening(ONCE, at("2026-12-20T00:00+01:00")) is None


def test_who_is_always_open_or_closed_has_no_closing_time():
    assert next_closing(hours(*every_day()), at("2026-03-02T12:00+01:00")) is None
    assert next_closing(BREAK, at("2026-03-02T12:30+01:00")) is None
    assert next_closing(None, at("2026-03-02T12:30+01:00")) is None


def test_the_openings_of_a_day_are_joined_and_end_with_it():
    day = date(2026, 3, 2)
    found = spans_of_day(
        hours(
            (SUNDAY, "22:00", "02:00"),
            (MONDAY, "01:00", "03:00"),
            (MONDAY, "09:00", "12:00"),
            (MONDAY, "12:00", "13:00"),
            (MONDAY, "23:00", "04:00"),
        ),
        day,
    )

    begins = [(start.hour, (end - start).seconds // 3600) for start, end in found]
    assert begins == [(0, 3), (9, 4), (23, 1)]
    assert spans_of_day(YEARLY, date(2026, 12, 25)) == []


CHANGING = [GAP, INTO_GAP, OUT_OF_GAP, LORD_HOWE, MIDNIGHT_GAP, BREAK, TURN, AUCKLAND, SECOND]
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=730)).map(
    lambda age: datetime(2026, 1, 1, tzinfo=UTC) + age
)


@given(moment=MOMENTS, given_hours=st.sampled_from(CHANGING))
def test_nothing_opens_between_a_moment_and_the_next_opening(moment, given_hours):
    opening = next_opening(given_hours, moment)

    assert opening is not None
    assert is_open(given_hours, opening)
    if opening > moment:
        steps = (moment + (opening - moment) * share / 40 for share in range(40))
        assert not any(is_open(given_hours, step) for step in steps)


@given(moment=MOMENTS, given_hours=st.sampled_from(CHANGING))
def test_what_is_open_stays_open_until_it_closes(moment, given_hours):
    opening = next_opening(given_hours, moment)
    assert opening is not None
    closing = next_closing(given_hours, opening)

    if closing is not None:
        assert not is_open(given_hours, closing)
        steps = (opening + (closing - opening) * share / 40 for share in range(40))
        assert all(is_open(given_hours, step) for step in steps)
