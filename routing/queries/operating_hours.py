"""Operating hours as they stand in the rows: open now, next opening, and the days ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from agents.models import Holiday, OperatingHours, OperatingPeriod
from routing.configuration.rows.opening import holiday_document, opening_document
from routing.engine.configuration import OperatingHours as PublishedHours
from routing.engine.configuration import compile_piece
from routing.engine.hours import is_open, next_closing, next_opening
from routing.engine.recurrence import falls_on


@dataclass(frozen=True, kw_only=True)
class HoursNow:
    """Whether it is open, and until when or from when on; ``reason`` is that of a holiday."""

    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    reason: str | None


def with_week(rows: "QuerySet[OperatingHours]") -> "QuerySet[OperatingHours]":
    """Hours with all that these functions read: two statements more, however many rows."""
    return rows.prefetch_related(
        Prefetch("periods", OperatingPeriod.objects.order_by("weekday", "start", "pk")),
        Prefetch("holidays", Holiday.objects.order_by("date")),
    )


def as_published(row: OperatingHours) -> PublishedHours:
    """What the engine reads of a row; no statement for rows from ``with_week``."""
    document = {
        "name": row.name,
        "time_zone": row.time_zone,
        "periods": [
            opening_document(
                weekday=each.weekday,
                start=each.start,
                end=each.end,
                valid_from=each.valid_from,
                valid_until=each.valid_until,
                every_weeks=each.every_weeks,
                except_on=each.except_on,
            )
            for each in row.periods.all()
        ],
        "holidays": [
            holiday_document(
                day=each.date,
                reason=each.reason,
                until=each.until,
                repeats_yearly=each.repeats_yearly,
            )
            for each in row.holidays.all()
        ],
    }
    hours: PublishedHours = compile_piece("operating_hours", document, id=row.pk)
    return hours


def hours_now(hours: PublishedHours, at: datetime) -> HoursNow:
    """Open or closed at a moment."""
    today = at.astimezone(hours.time_zone).date()
    opens_at = next_opening(hours, at)
    return HoursNow(
        is_open=is_open(hours, at),
        opens_at=None if opens_at == at else opens_at,
        closes_at=next_closing(hours, at),
        reason=reason_of_day_off(hours, today),
    )


def reason_of_day_off(hours: PublishedHours, day: date) -> str | None:
    """What the holiday of that day is called; None on other days."""
    return next((each.reason for each in hours.holidays if falls_on(each, day)), None)


def days_from(day: date, count: int) -> Iterator[date]:
    """So many days, the first of them included."""
    return (day + timedelta(days=ahead) for ahead in range(count))
