"""This day, this and the following ones, or all: what is left of repeating hours."""

from datetime import date, time
from typing import Any

import pytest

from agents.actions.add_openings import add_openings
from agents.actions.change_opening import change_opening
from agents.actions.check_openings import Period, periods_of
from agents.exceptions import HoursHaveNoStart, HoursNeverHold, OpeningGone
from agents.models import OperatingHours
from agents.terms import Reach

NINE, FIVE, TEN, TWO = time(9), time(17), time(10), time(14)
MONDAY = date(2026, 3, 9)
WEEKLY = Period(0, NINE, FIVE)
SINCE = WEEKLY._replace(valid_from=date(2026, 3, 2))
SECOND = SINCE._replace(every_weeks=2)
ONCE = Period(0, NINE, FIVE, MONDAY, MONDAY)
BEFORE = date(2026, 3, 8)
SHORT: Any = {"start": TEN, "end": TWO}

CASES = [
    ("this day", WEEKLY, MONDAY, Reach.THIS, [
        WEEKLY._replace(except_on=(MONDAY,)),
        Period(0, TEN, TWO, MONDAY, MONDAY),
    ]),
    ("following", WEEKLY, MONDAY, Reach.FOLLOWING, [
        WEEKLY._replace(valid_until=BEFORE),
        WEEKLY._replace(valid_from=MONDAY, **SHORT),
    ]),
    ("all", WEEKLY, MONDAY, Reach.ALL, [WEEKLY._replace(**SHORT)]),
    ("following from the first day on is all", SINCE, date(2026, 3, 2), Reach.FOLLOWING, [
        SINCE._replace(**SHORT),
    ]),
    ("every second week goes on in its weeks", SECOND, date(2026, 3, 16), Reach.FOLLOWING, [
        SECOND._replace(valid_until=date(2026, 3, 15)),
        SECOND._replace(valid_from=date(2026, 3, 16), **SHORT),
    ]),
    ("exceptions stay with their part",
     WEEKLY._replace(except_on=(date(2026, 3, 2), date(2026, 3, 16))), MONDAY, Reach.FOLLOWING, [
        WEEKLY._replace(valid_until=BEFORE, except_on=(date(2026, 3, 2),)),
        WEEKLY._replace(valid_from=MONDAY, except_on=(date(2026, 3, 16),), **SHORT),
    ]),
    ("one day is itself", ONCE, MONDAY, Reach.THIS, [ONCE._replace(**SHORT)]),
]  # fmt: skip


def saved(entry: Period, now) -> OperatingHours:
    hours = OperatingHours.objects.create(name="Office")
    return add_openings(hours_id=hours.pk, openings=[entry], by=None, now=now)


def change(hours, now, reach, day=MONDAY, times=(TEN, TWO)):
    return change_opening(
        opening=hours.periods.get(), day=day, reach=reach, times=times, by=None, now=now
    )


@pytest.mark.parametrize(
    ("entry", "day", "reach", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_other_times_reach_as_far_as_was_said(db, now, entry, day, reach, expected) -> None:
    hours = saved(entry, now)

    change(hours, now, reach, day)

    assert set(periods_of(hours)) == set(expected)


@pytest.mark.parametrize(
    ("entry", "day", "reach", "expected"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_removing_leaves_what_the_change_would_not_touch(
    db, now, entry, day, reach, expected
) -> None:
    hours = saved(entry, now)

    change(hours, now, reach, day, times=None)

    assert set(periods_of(hours)) == {each for each in expected if each.start != TEN}


def test_an_entry_that_somebody_changed_meanwhile_is_refused(db, now) -> None:
    hours = saved(WEEKLY, now)
    stale = hours.periods.get()
    change(hours, now, Reach.ALL)

    with pytest.raises(OpeningGone):
        change_opening(opening=stale, day=MONDAY, reach=Reach.ALL, times=None, by=None, now=now)

    assert hours.periods.count() == 1


def test_entries_that_stay_keep_their_rows_and_the_revision_rises(db, now) -> None:
    hours = saved(WEEKLY, now)
    row, revision = hours.periods.get().pk, hours.revision

    add_openings(hours_id=hours.pk, openings=[ONCE], by=None, now=now)

    hours.refresh_from_db()
    assert hours.periods.get(valid_from=None).pk == row
    assert hours.revision == revision + 1


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        (WEEKLY._replace(every_weeks=2), HoursHaveNoStart),
        (Period(1, NINE, FIVE, MONDAY, MONDAY), HoursNeverHold),
        (Period(0, NINE, FIVE, date(2026, 3, 4), date(2026, 3, 15), 2), HoursNeverHold),
    ],
    ids=["no start to count from", "not that weekday", "first day of its weeks is too late"],
)
def test_hours_nobody_could_keep_are_refused(db, now, entry, refusal) -> None:
    with pytest.raises(refusal):
        saved(entry, now)
