"""The days of operating hours as a picture: bars, entries, holidays, changes of the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from agents.models import OperatingHours, OperatingPeriod
from routing.engine.configuration import OperatingHours as PublishedHours
from routing.engine.hours import Span, spans_of_day
from routing.engine.recurrence import holds_on
from routing.queries.operating_hours import as_published, reason_of_day_off

DAYS: Final = 7
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Open minutes of a day."""

    begins: int
    lasts: int


@dataclass(frozen=True, kw_only=True)
class HoursDay:
    """One day: ``reason`` is that of a holiday; ``clock`` says when clocks are changed."""

    day: date
    is_today: bool
    reason: str | None
    bars: list[Bar]
    entries: list[OperatingPeriod]
    clock: str


def hours_week(row: OperatingHours, first: date, now: datetime) -> list[HoursDay]:
    """Seven days of a row from ``with_week``; no statement."""
    hours = as_published(row)
    today = now.astimezone(hours.time_zone).date()
    return [_day(row, hours, first + ahead * DAY, today) for ahead in range(DAYS)]


def entries_on(row: OperatingHours, hours: PublishedHours, day: date) -> list[OperatingPeriod]:
    """The entries that open on the day, holiday or not."""
    pairs = zip(row.periods.all(), hours.periods, strict=True)
    found = [entry for entry, published in pairs if holds_on(published, day)]
    return sorted(found, key=lambda entry: entry.start)


def _day(row: OperatingHours, hours: PublishedHours, day: date, today: date) -> HoursDay:
    reason = reason_of_day_off(hours, day)
    return HoursDay(
        day=day,
        is_today=day == today,
        reason=reason,
        bars=[_bar(span, day) for span in spans_of_day(hours, day)],
        entries=[] if reason is not None else entries_on(row, hours, day),
        clock=" ".join(_clock_words(hours, day)),
    )


def _bar(span: Span, day: date) -> Bar:
    midnight = datetime.combine(day, time.min)
    begins, ends = ((moment - midnight) // timedelta(minutes=1) for moment in span)
    return Bar(begins=begins, lasts=ends - begins)


def _clock_words(hours: PublishedHours, day: date) -> Iterator[str]:
    before, after = (
        datetime.combine(each, time.min, tzinfo=hours.time_zone).utcoffset() or timedelta()
        for each in (day, day + DAY)
    )
    if after > before:
        yield f"The clock is put forward by {(after - before) // timedelta(minutes=1)} minutes."
    if after < before:
        yield f"The clock is set back by {(before - after) // timedelta(minutes=1)} minutes."
