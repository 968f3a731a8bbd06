"""Create or change operating hours with their week and their holidays."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from agents.actions.check_openings import (
    DayOff,
    Period,
    check_holidays,
    check_periods,
    period_of,
)
from agents.actions.save_definition import Check, nothing_against_it
from agents.models import Holiday, OperatingHours, OperatingPeriod, User
from agents.signals import configuration_changed


@transaction.atomic
def save_operating_hours(
    *,
    hours: OperatingHours,
    periods: Sequence[Period],
    holidays: Sequence[DayOff],
    by: User | None,
    now: datetime,
    check: Check = nothing_against_it,
) -> OperatingHours:
    """Store the hours and replace their periods and holidays.

    Refuses periods that end before they start, periods of the same recurrence that overlap,
    entries that never hold, holidays that end before they begin, and two that begin on one day.
    ``check`` is asked of hours that were there before, once they are locked.
    """
    if hours.pk is not None:
        before = OperatingHours.objects.select_for_update(no_key=True).get(pk=hours.pk)
        check(before, hours)
        hours.revision = before.revision + 1

    check_periods(periods)
    check_holidays(holidays)

    hours.save()
    _replace_periods(hours, periods)
    hours.holidays.all().delete()
    Holiday.objects.bulk_create(
        Holiday(
            hours=hours,
            date=holiday.day,
            reason=holiday.reason,
            until=holiday.until,
            repeats_yearly=holiday.repeats_yearly,
        )
        for holiday in holidays
    )

    configuration_changed.send(sender=OperatingHours, by=by, now=now)
    return hours


def _replace_periods(hours: OperatingHours, periods: Sequence[Period]) -> None:
    """Entries that stay keep their rows, and with them their addresses."""
    wanted = {each._replace(except_on=tuple(sorted(set(each.except_on)))) for each in periods}
    there = {period_of(row): row.pk for row in hours.periods.order_by("pk")}
    stay = [pk for period, pk in there.items() if period in wanted]
    hours.periods.exclude(pk__in=stay).delete()
    OperatingPeriod.objects.bulk_create(
        OperatingPeriod(hours=hours, **{**period._asdict(), "except_on": list(period.except_on)})
        for period in sorted(wanted - there.keys(), key=lambda each: each[:3])
    )
