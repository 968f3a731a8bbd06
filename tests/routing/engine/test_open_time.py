"""Since when something waits that has waited so long while it was open."""

from datetime import UTC, datetime, timedelta

import pytest

from routing.engine.configuration import OperatingHours, compile_piece
from routing.engine.open_time import waiting_since

HOUR = timedelta(hours=1)


def hours(days: range, start: str, end: str, holiday: str = "2025-03-04") -> OperatingHours:
    document = {
        "name": "Hours",
        "time_zone": "Europe/Brussels",
        "periods": [{"weekday": day, "start": start, "end": end} for day in days],
        "holidays": [{"date": holiday, "reason": "Holiday"}],
    }
    compiled: OperatingHours = compile_piece("operating_hours", document)
    return compiled


OFFICE = hours(range(5), "09:00", "17:00")
ALWAYS = hours(range(7), "00:00", "24:00")
NIGHT = hours(range(7), "22:00", "06:00", holiday="2025-12-25")
NEVER = hours(range(0), "09:00", "17:00")
# 26 October 2025: 02:00 to 03:00 is there twice. 30 March: it is not there.
INTO_THE_HOUR = hours(range(7), "22:00", "02:30")
OUT_OF_THE_HOUR = hours(range(7), "02:30", "05:00")

CASES = [
    ("no hours", None, 5, "2025-03-03T02:00+01:00", "2025-03-02T21:00+01:00"),
    ("on the same day", OFFICE, 1, "2025-03-03T11:00+01:00", "2025-03-03T10:00+01:00"),
    ("since it opened", OFFICE, 1, "2025-03-03T10:00+01:00", "2025-03-03T09:00+01:00"),
    ("before the weekend", OFFICE, 1, "2025-03-03T09:30+01:00", "2025-02-28T16:30+01:00"),
    ("over a holiday", OFFICE, 9, "2025-03-05T10:00+01:00", "2025-03-03T09:00+01:00"),
    ("over many days", OFFICE, 23, "2025-03-07T16:00+01:00", "2025-03-05T09:00+01:00"),
    ("while it is closed", OFFICE, 1, "2025-03-03T17:00+01:00", None),
    ("round the clock", ALWAYS, 30, "2025-03-03T12:00+01:00", "2025-03-02T06:00+01:00"),
    ("through midnight", NIGHT, 3, "2025-03-03T01:00+01:00", "2025-03-02T22:00+01:00"),
    ("a night of the clock", NIGHT, 6, "2025-03-30T05:00+02:00", "2025-03-29T22:00+01:00"),
    ("as the clock is set back", NIGHT, 8, "2025-10-26T05:00+01:00", "2025-10-25T22:00+02:00"),
    ("open again", INTO_THE_HOUR, 0.25, "2025-10-26T02:15+01:00", "2025-10-26T02:00+01:00"),
    ("for both times", INTO_THE_HOUR, 1, "2025-10-26T02:15+01:00", "2025-10-26T01:45+02:00"),
    ("between them", INTO_THE_HOUR, 0.25, "2025-10-26T02:45+02:00", None),
    ("without between", OUT_OF_THE_HOUR, 2.25, "2025-10-26T04:30+01:00", "2025-10-26T02:45+02:00"),
    ("to what is skipped", INTO_THE_HOUR, 3, "2025-03-30T22:30+02:00", "2025-03-29T23:30+01:00"),
    ("from the skipped", OUT_OF_THE_HOUR, 1, "2025-03-30T04:00+02:00", "2025-03-30T03:00+02:00"),
    ("never open", NEVER, 1, "2025-03-03T12:00+01:00", None),
]


@pytest.mark.parametrize(
    ("given_hours", "waited", "now", "since"),
    [pytest.param(*case, id=name) for name, *case in CASES],
)
def test_only_the_time_counts_in_which_it_was_open(given_hours, waited, now, since):
    found = waiting_since(given_hours, datetime.fromisoformat(now).astimezone(UTC), waited * HOUR)

    assert found == (datetime.fromisoformat(since) if since else None)


def test_what_is_hardly_ever_open_is_not_waited_for_long_enough():
    an_hour_a_week = hours(range(1), "09:00", "10:00")
    now = datetime(2025, 3, 3, 8, 30, tzinfo=UTC)

    assert waiting_since(an_hour_a_week, now, 48 * HOUR) is None
