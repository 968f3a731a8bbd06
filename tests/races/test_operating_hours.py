"""Two administrators who change the same hours at once lose nothing of each other."""

from datetime import date, datetime, time

from agents.actions.add_openings import add_openings
from agents.actions.change_opening import change_opening
from agents.actions.check_openings import Period, periods_of
from agents.exceptions import OpeningGone
from agents.models import OperatingHours
from agents.terms import Reach
from tests.races.together import queued_behind

WEEKLY = Period(0, time(9), time(17))
MONDAY, SUNDAY = date(2026, 3, 9), date(2026, 3, 15)
ONCE = Period(6, time(10), time(14), SUNDAY, SUNDAY)


def with_monday(now: datetime) -> OperatingHours:
    hours = OperatingHours.objects.create(name="Office")
    return add_openings(hours_id=hours.pk, openings=[WEEKLY], by=None, now=now)


def test_what_one_adds_stays_when_the_other_changes(db: None, now: datetime) -> None:
    hours = with_monday(now)
    opening, noon = hours.periods.get(), (time(9), time(12))

    queued_behind(
        OperatingHours.objects.filter(pk=hours.pk),
        lambda: add_openings(hours_id=hours.pk, openings=[ONCE], by=None, now=now),
        lambda: change_opening(
            opening=opening, day=MONDAY, reach=Reach.ALL, times=noon, by=None, now=now
        ),
    )

    assert set(periods_of(hours)) == {ONCE, WEEKLY._replace(end=time(12))}
    hours.refresh_from_db()
    assert hours.revision == 4


def test_of_two_changes_of_one_entry_the_second_is_refused(db: None, now: datetime) -> None:
    hours = with_monday(now)
    opening = hours.periods.get()

    def change(hour: int) -> object:
        times = (time(9), time(hour))
        return change_opening(
            opening=opening, day=MONDAY, reach=Reach.ALL, times=times, by=None, now=now
        )

    outcomes = queued_behind(
        OperatingHours.objects.filter(pk=hours.pk), lambda: change(12), lambda: change(13)
    )

    assert sum(isinstance(outcome, OpeningGone) for outcome in outcomes) == 1
    assert hours.periods.count() == 1
