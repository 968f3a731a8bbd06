"""Operating hours in wall time: days, midnight, holidays and clock changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing.engine.configuration import OperatingHours, compile_piece
from routing.engine.hours import is_open, next_opening


def hours(
    *periods: tuple[Any, str, str], zone: str = "Europe/Brussels", holidays: tuple[str, ...] = ()
) -> OperatingHours:
    document = {
        "name": "Hours",
        "time_zone": zone,
        "periods": [{"weekday": day, "start": a, "end": b} for day, a, b in periods],
        "holidays": [{"date": day, "reason": "Holiday"} for day in holidays],
    }
    compiled: OperatingHours = compile_piece("operating_hours", document)
    return compiled


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


FIRST = datetime(2024, 1, 1, tzinfo=UTC)

OFFICE = hours(*[(day, "09:00", "17:00") for day in range(5)], holidays=("2025-03-04",))
NIGHT = hours(("friday", "22:00", "06:00"), holidays=("2025-03-15",))
ALWAYS = hours(*[(day, "00:00", "24:00") for day in range(7)], holidays=("2025-03-04",))
SUNDAY = hours(("sunday", "02:30", "05:00"))

OPEN = [
    ("monday morning", OFFICE, "2025-03-03T09:00+01:00", True),
    ("before nine", OFFICE, "2025-03-03T08:59:59+01:00", False),
    ("at five", OFFICE, "2025-03-03T17:00+01:00", False),
    ("same instant, other offset", OFFICE, "2025-03-03T03:30-05:00", True),
    ("summer time", OFFICE, "2025-07-07T07:00+00:00", True),
    ("holiday", OFFICE, "2025-03-04T10:00+01:00", False),
    ("weekend", OFFICE, "2025-03-08T10:00+01:00", False),
    ("before midnight", NIGHT, "2025-03-07T23:00+01:00", True),
    ("after midnight", NIGHT, "2025-03-08T05:59+01:00", True),
    ("next morning", NIGHT, "2025-03-08T06:00+01:00", False),
    ("night into a holiday", NIGHT, "2025-03-15T01:00+01:00", False),
    ("round the clock", ALWAYS, "2025-03-03T23:59:59+01:00", True),
    ("round the clock on a holiday", ALWAYS, "2025-03-04T12:00+01:00", False),
    ("no hours", None, "2025-03-04T12:00+01:00", True),
]

NEXT = [
    ("open now", OFFICE, "2025-03-03T10:00+01:00", "2025-03-03T10:00+01:00"),
    ("later today", OFFICE, "2025-03-03T07:00+01:00", "2025-03-03T09:00+01:00"),
    ("past the holiday", OFFICE, "2025-03-03T18:00+01:00", "2025-03-05T09:00+01:00"),
    ("past the weekend", OFFICE, "2025-03-07T17:00+01:00", "2025-03-10T09:00+01:00"),
    ("midnight after a holiday", ALWAYS, "2025-03-04T12:00+01:00", "2025-03-05T00:00+01:00"),
    ("clock jumps over the start", SUNDAY, "2025-03-30T01:00+01:00", "2025-03-30T03:00+02:00"),
    ("clock is set back", SUNDAY, "2025-10-26T02:10+01:00", "2025-10-26T02:30+01:00"),
]


@pytest.mark.parametrize(
    ("given_hours", "moment", "expected"),
    [case[1:] for case in OPEN],
    ids=[case[0] for case in OPEN],
)
def test_hours_hold_in_local_wall_time(given_hours, moment, expected):
    assert is_open(given_hours, at(moment)) is expected


@pytest.mark.parametrize(
    ("given_hours", "moment", "expected"),
    [case[1:] for case in NEXT],
    ids=[case[0] for case in NEXT],
)
def test_the_next_opening_is_found(given_hours, moment, expected):
    assert next_opening(given_hours, at(moment)) == at(expected)


def test_hours_without_periods_never_open():
    assert next_opening(hours(), at("2025-03-03T10:00+01:00")) is None


@given(
    moment=st.timedeltas(timedelta(0), timedelta(days=730)).map(lambda age: FIRST + age),
    given_hours=st.sampled_from([OFFICE, NIGHT, ALWAYS, SUNDAY]),
)
def test_a_queue_is_open_at_its_next_opening_and_closed_just_before(moment, given_hours):
    opening = next_opening(given_hours, moment)

    assert opening is not None
    assert is_open(given_hours, opening)
    assert opening == moment or not is_open(given_hours, opening - timedelta(microseconds=1))
