"""Change or remove an entry of operating hours: on one day, from a day on, or always."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction

from agents.actions.check_openings import (
    Period,
    check_recurrence,
    holidays_of,
    period_of,
    periods_of,
)
from agents.actions.save_operating_hours import save_operating_hours
from agents.exceptions import HoursNeverHold, OpeningGone
from agents.models import OperatingHours, OperatingPeriod, User
from agents.terms import Reach

Times = tuple[time, time]
DAY = timedelta(days=1)


@transaction.atomic
def change_opening(
    *,
    opening: OperatingPeriod,
    day: date,
    reach: Reach,
    times: Times | None,
    by: User | None,
    now: datetime,
) -> OperatingHours:
    """Give the entry other times, or none to remove it, as far as ``reach`` says from ``day``.

    Refuses with OpeningGone when somebody changed or removed the entry meanwhile.
    """
    hours = OperatingHours.objects.select_for_update(no_key=True).get(pk=opening.hours_id)
    entry, present = period_of(opening), periods_of(hours)
    if entry not in present:
        raise OpeningGone

    present.remove(entry)
    return save_operating_hours(
        hours=hours,
        periods=list(dict.fromkeys([*present, *_changed(entry, day, reach, times)])),
        holidays=holidays_of(hours),
        by=by,
        now=now,
    )


def _changed(entry: Period, day: date, reach: Reach, times: Times | None) -> Iterator[Period]:
    """What takes the place of the entry."""
    is_one_day = entry.valid_from == entry.valid_until is not None
    if reach == Reach.ALL or is_one_day:
        yield from _with_times(entry, times)
    elif reach == Reach.THIS:
        yield entry._replace(except_on=(*entry.except_on, day))
        yield from _with_times(
            Period(entry.weekday, entry.start, entry.end, valid_from=day, valid_until=day), times
        )
    else:
        yield from _if_it_comes(
            entry._replace(
                valid_until=day - DAY,
                except_on=tuple(each for each in entry.except_on if each < day),
            )
        )
        later = entry._replace(
            valid_from=day, except_on=tuple(each for each in entry.except_on if each >= day)
        )
        yield from _with_times(later, times)


def _with_times(entry: Period, times: Times | None) -> Iterator[Period]:
    if times is not None:
        yield entry._replace(start=times[0], end=times[1])


def _if_it_comes(entry: Period) -> Iterator[Period]:
    """Nothing is left of an entry whose first day was the day."""
    if entry.valid_from is not None and entry.valid_until and entry.valid_until < entry.valid_from:
        return
    try:
        check_recurrence(entry)
    except HoursNeverHold:
        return
    yield entry
