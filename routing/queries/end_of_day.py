"""When an agent's day begins, and when it is over and with it what profiles of the day hold."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from agents.models import Agent, CapacityProfile, OperatingHours
from agents.terms import ResetFrequency
from routing.engine.hours import end_of_shift
from routing.models import Assignment
from routing.queries.operating_hours import as_published, with_week


def day_of(assignment: Assignment) -> tuple[list[int], datetime] | None:
    """The profiles of the receipt that come back only at the end of the day in which the work
    was taken, and when that is (A 13, design 7.14); None where all come back with the work.
    1 to 5 queries."""
    if not assignment.profiles or assignment.decided_at is None:
        return None
    of_the_day = profiles_of_the_day().filter(pk__in=assignment.profiles)
    if not (profiles := sorted(of_the_day.values_list("pk", flat=True))):
        return None
    agent = Agent.objects.get(pk=assignment.agent_id)
    return profiles, end_of_day(agent, assignment.decided_at)


def profiles_of_the_day() -> "QuerySet[CapacityProfile]":
    """Those that no end of work gives back."""
    return CapacityProfile.objects.filter(reset_frequency=ResetFrequency.END_OF_DAY).order_by()


def start_of_day(agent: Agent, at: datetime) -> datetime:
    """The last midnight where the agent works: by the clock of his operating hours, else by that
    of the product. 1 query where he has hours."""
    row = agent.operating_hours
    zone = ZoneInfo(row.time_zone if row else settings.TIME_ZONE)
    return datetime.combine(at.astimezone(zone).date(), time.min, tzinfo=zone)


def end_of_day(agent: Agent, at: datetime) -> datetime:
    """The end of the agent's last shift of that day if it is still to come, else midnight."""
    own = agent.operating_hours_id
    row = with_week(OperatingHours.objects.filter(pk=own)).first() if own else None
    if row is not None and (end := end_of_shift(as_published(row), at)) is not None:
        return end
    zone = ZoneInfo(row.time_zone if row else settings.TIME_ZONE)
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone)
