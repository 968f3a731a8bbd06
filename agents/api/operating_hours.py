"""/operating-hours: weekly hours in a time zone, with holidays."""

from datetime import date, time
from typing import Annotated, Any
from zoneinfo import available_timezones

from ninja import Router
from pydantic import Field
from typing_extensions import TypedDict

from agents.actions.save_operating_hours import Period, save_operating_hours
from agents.api.definition import Definition, add_definition, set_fields
from agents.models import OperatingHours
from config.api.auth import SUPERVISORS
from config.api.problems import Invalid
from config.api.schema import Body, Name, number, optional, text_of
from config.clock import database_now
from config.request import AppRequest

router = Router(auth=SUPERVISORS, tags=["definitions"])

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Zone = Annotated[str, text_of(64, least=1)]


class PeriodIn(Body):
    """Open on a weekday, Monday being 0; ``24:00`` (or ``00:00``) ends the day."""

    weekday: Annotated[int, number(0, 6)]
    start: Clock
    end: Clock


class HolidayIn(Body):
    """A day on which the hours are closed."""

    date: date
    reason: Annotated[str, text_of(200)] = ""


class OperatingHoursIn(Body):
    """When a queue, a widget or an agent is open."""

    name: Name
    time_zone: Zone = "UTC"
    periods: Annotated[list[PeriodIn], Field(max_length=200)] = []
    holidays: Annotated[list[HolidayIn], Field(max_length=500)] = []


class OperatingHoursChanges(Body):
    name: Name = optional()
    time_zone: Zone = optional()
    periods: list[PeriodIn] = optional(max_length=200)
    holidays: list[HolidayIn] = optional(max_length=500)


class PeriodDocument(TypedDict):
    weekday: int
    start: str
    end: str


class HolidayDocument(TypedDict):
    date: date
    reason: str


class OperatingHoursDocument(TypedDict):
    id: int
    name: str
    time_zone: str
    periods: list[PeriodDocument]
    holidays: list[HolidayDocument]


def _show(row: OperatingHours) -> OperatingHoursDocument:
    return OperatingHoursDocument(
        id=row.pk,
        name=row.name,
        time_zone=row.time_zone,
        periods=[
            PeriodDocument(
                weekday=one.weekday, start=f"{one.start:%H:%M}", end=_end_in_words(one.end)
            )
            for one in row.periods.all()
        ],
        holidays=[HolidayDocument(date=one.date, reason=one.reason) for one in row.holidays.all()],
    )


def _save(request: AppRequest, row: OperatingHours, values: dict[str, Any]) -> OperatingHours:
    set_fields(row, values, [("name", "name"), ("time_zone", "time_zone")])
    if row.time_zone not in available_timezones():
        raise Invalid("time_zone", f"There is no time zone {row.time_zone!r}.")
    saved = save_operating_hours(
        hours=row,
        periods=_periods(row, values),
        holidays=_holidays(row, values),
        by=request.user,
        now=database_now(),
    )
    return OperatingHours.objects.prefetch_related("periods", "holidays").get(pk=saved.pk)


def _periods(row: OperatingHours, values: dict[str, Any]) -> list[Period]:
    if "periods" in values:
        return [
            Period(weekday=one.weekday, start=_time(one.start), end=_time(one.end))
            for one in values["periods"]
        ]
    kept = row.periods.all() if row.pk else []
    return [Period(weekday=one.weekday, start=one.start, end=one.end) for one in kept]


def _holidays(row: OperatingHours, values: dict[str, Any]) -> list[tuple[date, str]]:
    if "holidays" in values:
        return [(one.date, one.reason) for one in values["holidays"]]
    return [(one.date, one.reason) for one in (row.holidays.all() if row.pk else [])]


def _time(words: str) -> time:
    return time.min if words == "24:00" else time.fromisoformat(words)


def _end_in_words(end: time) -> str:
    return "24:00" if end == time.min else f"{end:%H:%M}"


add_definition(
    router,
    Definition(
        path="/operating-hours",
        noun="operating hours",
        rows=lambda: OperatingHours.objects.prefetch_related("periods", "holidays"),
        document=OperatingHoursDocument,
        show=_show,
        body=OperatingHoursIn,
        changes=OperatingHoursChanges,
        new=OperatingHours,
        save=_save,
    ),
)
