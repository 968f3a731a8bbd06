"""On which days an entry of operating hours holds, and on which a holiday falls."""

from datetime import date, timedelta

from routing.engine.configuration import Holiday, Period


def holds_on(period: Period, day: date) -> bool:
    """Whether the entry opens on the day: weekday, first and last day, every so many weeks."""
    return (
        period.weekday == day.weekday()
        and (period.valid_from is None or period.valid_from <= day)
        and (period.valid_until is None or day <= period.valid_until)
        and day not in period.except_on
        and is_in_its_week(period, day)
    )


def is_in_its_week(period: Period, day: date) -> bool:
    """Every so many weeks, counted from the week (Monday to Sunday) of the first day."""
    if period.every_weeks == 1 or period.valid_from is None:
        return True
    weeks = (_monday(day) - _monday(period.valid_from)).days // 7
    return weeks % period.every_weeks == 0


def falls_on(holiday: Holiday, day: date) -> bool:
    """Whether the day is one of the holiday's days.

    One that comes each year goes by month and day, from its first year on: 29 February is
    kept in leap years only, and a range may cross the end of the year.
    """
    if not holiday.repeats_yearly:
        return holiday.first <= day <= holiday.last
    first, last, today = _in_year(holiday.first), _in_year(holiday.last), _in_year(day)
    is_among = first <= today <= last if first <= last else today >= first or today <= last
    return is_among and day >= holiday.first


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _in_year(day: date) -> tuple[int, int]:
    return day.month, day.day
