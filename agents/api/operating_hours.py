"""/operating-hours: weekly hours in a time zone, with entries for some days, and holidays."""

from datetime import date, datetime, time
from typing import Annotated, Any, NotRequired
from zoneinfo import available_timezones

from django.http import Http404
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from agents.actions.check_openings import DayOff, Period, holidays_of, periods_of
from agents.actions.save_operating_hours import save_operating_hours
from agents.api.definition import Definition, add_definition, set_fields
from agents.models import Holiday, OperatingHours, OperatingPeriod
from config.api.auth import SUPERVISORS
from config.api.problems import Invalid
from config.api.schema import Body, Flag, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest
from routing.actions.check_definition import check_definition
from routing.queries.operating_hours import as_published, hours_now, with_week

router = Router(auth=SUPERVISORS, tags=["definitions"])

Start = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
End = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Zone = Annotated[str, text_of(64, least=1)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]


class PeriodIn(Body):
    """Open on a weekday, Monday being 0; an end of ``24:00`` (or ``00:00``) ends the day.

    ``valid_from`` and ``valid_until`` are the first and the last day (the same day: hours of one
    date), ``every_weeks`` counts from the week of the first day, ``except_on`` are days without.
    """

    weekday: Annotated[int, number(0, 6)]
    start: Start
    end: End
    valid_from: Day | None = None
    valid_until: Day | None = None
    every_weeks: Annotated[int, number(1, 52)] = 1
    except_on: Annotated[list[Day], Field(max_length=500)] = []


class HolidayIn(Body):
    """A day on which the hours are closed, or days up to ``until``; each year again or not."""

    date: Day
    reason: Annotated[str, text_of(200)] = ""
    until: Day | None = None
    repeats_yearly: Flag = False


class OperatingHoursIn(Body):
    """When a queue, a widget or an agent is open."""

    name: Name
    time_zone: Zone = "UTC"
    periods: Annotated[list[PeriodIn], Field(max_length=500)] = []
    holidays: Annotated[list[HolidayIn], Field(max_length=500)] = []


class OperatingHoursChanges(Body):
    name: Name = optional()
    time_zone: Zone = optional()
    periods: list[PeriodIn] = optional(max_length=500)
    holidays: list[HolidayIn] = optional(max_length=500)


class PeriodDocument(TypedDict):
    """What is as usual is left out: every week, without a first and a last day."""

    weekday: int
    start: str
    end: str
    valid_from: NotRequired[date]
    valid_until: NotRequired[date]
    every_weeks: NotRequired[int]
    except_on: NotRequired[list[date]]


class HolidayDocument(TypedDict):
    date: date
    reason: str
    until: NotRequired[date]
    repeats_yearly: NotRequired[bool]


class OperatingHoursDocument(TypedDict):
    id: int
    name: str
    time_zone: str
    periods: list[PeriodDocument]
    holidays: list[HolidayDocument]


class HoursNowDocument(TypedDict):
    """``holiday`` is the reason of the day off, null on other days."""

    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    holiday: str | None


class Moment(Body):
    """Now, or a moment to ask about."""

    at: datetime | None = None


@router.get(
    "/operating-hours/{int:row_id}/now",
    response=HoursNowDocument,
    summary="Say whether the hours hold, and when they open or close next",
)
def show_hours_now(request: AppRequest, row_id: int, moment: Query[Moment]) -> HoursNowDocument:
    row = with_week(OperatingHours.objects.filter(pk=row_id)).first()
    if row is None:
        raise Http404
    at = moment.at or database_now()
    if at.tzinfo is None or not 1900 <= at.year < 3000:
        raise Invalid("at", "Name a moment with its offset, such as 2026-12-24T12:00:00Z.")
    found = hours_now(as_published(row), at)
    return HoursNowDocument(
        is_open=found.is_open,
        opens_at=found.opens_at,
        closes_at=found.closes_at,
        holiday=found.reason,
    )


def _show(row: OperatingHours) -> OperatingHoursDocument:
    return OperatingHoursDocument(
        id=row.pk,
        name=row.name,
        time_zone=row.time_zone,
        periods=[_shown_period(one) for one in row.periods.all()],
        holidays=[_shown_holiday(one) for one in row.holidays.all()],
    )


def _shown_period(one: OperatingPeriod) -> PeriodDocument:
    shown = PeriodDocument(
        weekday=one.weekday, start=f"{one.start:%H:%M}", end=_end_in_words(one.end)
    )
    if one.valid_from is not None:
        shown["valid_from"] = one.valid_from
    if one.valid_until is not None:
        shown["valid_until"] = one.valid_until
    if one.every_weeks != 1:
        shown["every_weeks"] = one.every_weeks
    if one.except_on:
        shown["except_on"] = one.except_on
    return shown


def _shown_holiday(one: Holiday) -> HolidayDocument:
    shown = HolidayDocument(date=one.date, reason=one.reason)
    if one.until is not None:
        shown["until"] = one.until
    if one.repeats_yearly:
        shown["repeats_yearly"] = True
    return shown


def _save(request: AppRequest, row: OperatingHours, values: dict[str, Any]) -> OperatingHours:
    set_fields(row, values, [("name", "name"), ("time_zone", "time_zone")])
    if row.time_zone not in available_timezones():
        raise Invalid("time_zone", f"There is no time zone {row.time_zone!r}.")
    given = values.get("periods")
    days_off = values.get("holidays")
    saved = save_operating_hours(
        hours=row,
        periods=periods_of(row) if given is None else [_period(one) for one in given],
        holidays=holidays_of(row)
        if days_off is None
        else [DayOff(one.date, one.reason, one.until, one.repeats_yearly) for one in days_off],
        by=request.user,
        now=database_now(),
        check=check_definition,
    )
    return with_week(OperatingHours.objects.all()).get(pk=saved.pk)


def _period(one: PeriodIn) -> Period:
    return Period(
        one.weekday,
        time.fromisoformat(one.start),
        _end_of(one.end),
        one.valid_from,
        one.valid_until,
        one.every_weeks,
        tuple(one.except_on),
    )


def _end_of(words: str) -> time:
    return time.min if words == "24:00" else time.fromisoformat(words)


def _end_in_words(end: time) -> str:
    return "24:00" if end == time.min else f"{end:%H:%M}"


add_definition(
    router,
    Definition(
        path="/operating-hours",
        noun="operating hours",
        rows=lambda: with_week(OperatingHours.objects.all()),
        document=OperatingHoursDocument,
        show=_show,
        body=OperatingHoursIn,
        changes=OperatingHoursChanges,
        new=OperatingHours,
        save=_save,
    ),
)
