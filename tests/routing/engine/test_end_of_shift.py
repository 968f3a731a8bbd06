"""A shift written down as two days, because it runs past midnight, is one shift."""

import pytest

from routing.engine.configuration import OperatingHours
from routing.engine.hours import end_of_shift
from tests.routing.engine.test_hours import ALWAYS, at, hours

SPLIT = hours(
    *[(day, "22:00", "24:00") for day in ("monday", "wednesday")],
    *[(day, "00:00", "06:00") for day in ("tuesday", "thursday")],
    holidays=("2025-03-13",),
)
MORNING_TOO = hours(
    ("monday", "09:00", "12:00"), ("monday", "22:00", "24:00"), ("tuesday", "00:00", "06:00")
)
EVERY_NIGHT = hours(
    *[(day, *span) for day in range(7) for span in (("00:00", "06:00"), ("22:00", "24:00"))]
)
A_BREAK = hours(("monday", "20:00", "23:00"), ("tuesday", "00:00", "06:00"))
THREE_DAYS = hours(
    ("monday", "12:00", "24:00"), ("tuesday", "00:00", "24:00"), ("wednesday", "00:00", "06:00")
)
# 26 October 2025: 02:00 to 03:00 is there twice.
INTO_THE_HOUR = hours(*[(day, "22:00", "02:30") for day in range(7)])
UNTIL_THE_HOUR = hours(*[(day, "22:00", "02:00") for day in range(7)])

ENDS = [
    ("before midnight", SPLIT, "2025-03-03T23:00+01:00", "2025-03-04T06:00+01:00"),
    ("after midnight", SPLIT, "2025-03-04T03:00+01:00", "2025-03-04T06:00+01:00"),
    ("before the shift", SPLIT, "2025-03-03T08:00+01:00", "2025-03-04T06:00+01:00"),
    ("after the shift", SPLIT, "2025-03-04T07:00+01:00", None),
    ("into a holiday", SPLIT, "2025-03-12T23:00+01:00", "2025-03-13T00:00+01:00"),
    (
        "an earlier shift of the day",
        MORNING_TOO,
        "2025-03-03T10:00+01:00",
        "2025-03-04T06:00+01:00",
    ),
    ("the night of that day", MORNING_TOO, "2025-03-04T03:00+01:00", "2025-03-04T06:00+01:00"),
    ("not the night after", EVERY_NIGHT, "2025-03-04T03:00+01:00", "2025-03-04T06:00+01:00"),
    ("the night to come", EVERY_NIGHT, "2025-03-04T07:00+01:00", "2025-03-05T06:00+01:00"),
    ("a break at midnight", A_BREAK, "2025-03-03T22:00+01:00", "2025-03-03T23:00+01:00"),
    ("round the clock", ALWAYS, "2025-03-05T10:00+01:00", "2025-03-06T00:00+01:00"),
    ("days on end", THREE_DAYS, "2025-03-03T13:00+01:00", "2025-03-04T00:00+01:00"),
    ("that comes twice", INTO_THE_HOUR, "2025-10-26T02:10+02:00", "2025-10-26T02:30+01:00"),
    ("between both times", INTO_THE_HOUR, "2025-10-26T02:40+02:00", "2025-10-26T02:30+01:00"),
    ("after the second", INTO_THE_HOUR, "2025-10-26T02:30+01:00", "2025-10-27T02:30+01:00"),
    ("before what comes twice", UNTIL_THE_HOUR, "2025-10-26T01:00+02:00", "2025-10-26T02:00+02:00"),
    ("their last morning", THREE_DAYS, "2025-03-05T03:00+01:00", "2025-03-05T06:00+01:00"),
]


@pytest.mark.parametrize(
    ("given_hours", "moment", "expected"),
    [case[1:] for case in ENDS],
    ids=[case[0] for case in ENDS],
)
def test_the_day_ends_with_its_last_shift(
    given_hours: OperatingHours, moment: str, expected: str | None
) -> None:
    assert end_of_shift(given_hours, at(moment)) == (at(expected) if expected else None)
