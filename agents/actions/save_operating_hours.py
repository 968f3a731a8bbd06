"""Create or change operating hours with their week and their holidays."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from django.db import transaction

from agents.exceptions import PeriodsOverlap
from agents.models import Holiday, OperatingHours, OperatingPeriod, User
from agents.signals import configuration_changed

MIDNIGHT = time(0)


class Period(NamedTuple):
    """Open on a weekday (Monday is 0) from start to end; midnight ends the day."""

    weekday: int
    start: time
    end: time


@transaction.atomic
def save_operating_hours(
    *,
    hours: OperatingHours,
    periods: Sequence[Period],
    holidays: Sequence[tuple[date, str]],
    by: User | None,
    now: datetime,
) -> OperatingHours:
    """Store the hours and replace their periods and holidays.

    Refuses periods that end before they start and periods of a day that overlap.
    """
    if hours.pk is not None:
        OperatingHours.objects.select_for_update(no_key=True).get(pk=hours.pk)

    check_periods(periods)

    hours.save()
    hours.periods.all().delete()
    hours.holidays.all().delete()
    OperatingPeriod.objects.bulk_create(
        OperatingPeriod(hours=hours, **period._asdict()) for period in periods
    )
    Holiday.objects.bulk_create(
        Holiday(hours=hours, date=date, reason=reason) for date, reason in dict(holidays).items()
    )

    configuration_changed.send(sender=OperatingHours, by=by, now=now)
    return hours


def check_periods(periods: Sequence[Period]) -> None:
    """Refuses a week nobody could keep."""
    last_end: dict[int, time] = {}
    for period in sorted(periods):
        if period.end != MIDNIGHT and period.end <= period.start:
            raise PeriodsOverlap
        before = last_end.get(period.weekday)
        if before is not None and (before == MIDNIGHT or period.start < before):
            raise PeriodsOverlap
        last_end[period.weekday] = period.end
