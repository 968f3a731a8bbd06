"""When an agent's day begins, and when it is over and with it what profiles of the day hold."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from agents.models import Agent, CapacityProfile, OperatingHours
from agents.terms import ResetFrequency
from routing import configuration
from routing.engine.configuration import OperatingHours as PublishedHours
from routing.engine.hours import end_of_shift
from routing.models import Assignment
from routing.queries.in_force import hours_in_force
from routing.queries.operating_hours import as_published, with_week
from routing.terms import Outcome
from workstreams.models import WorkItem


def day_of(assignment: Assignment) -> tuple[list[int], datetime] | None:
    """The profiles of the receipt that come back only at the end of the day in which the work
    was taken, and when that is (A 13, design 7.14); None where all come back with the work.
    1 to 6 queries."""
    if not assignment.profiles or assignment.decided_at is None:
        return None
    of_the_day = profiles_of_the_day().filter(pk__in=assignment.profiles)
    if not (profiles := sorted(of_the_day.values_list("pk", flat=True))):
        return None
    agent = Agent.objects.get(pk=assignment.agent_id)
    return profiles, end_of_day(agent, assignment.decided_at)


def taken_that_day(
    *, item_id: int, agents: Collection[int], at: datetime, profiles: Sequence[int]
) -> "QuerySet[Assignment]":
    """Receipts by which the agents had the same work before on that day, for one of that moment
    with these ``profiles`` of the day: in those that it needed already, what comes back to them is
    no further work item. A day that ends in this moment is let be."""
    return Assignment.objects.filter(
        item=item_id,
        agent__in=agents,
        day_released_at__isnull=True,
        day_ends_at__gt=at,
        day_profiles__overlap=profiles,
    )


def counted_that_day(
    item: WorkItem, agents: Collection[int], at: datetime
) -> Mapping[int, Counter[int]]:
    """By agent, how often each profile counts for the same work of that day, which goes on in a
    receipt of that moment. 2 queries at most."""
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    if not item.required_profiles:
        return found
    of_the_day = profiles_of_the_day().filter(pk__in=item.required_profiles)
    if profiles := list(of_the_day.values_list("pk", flat=True)):
        earlier = taken_that_day(item_id=item.pk, agents=agents, at=at, profiles=profiles)
        for agent_id, held in earlier.values_list("agent", "day_profiles"):
            found[agent_id].update(set(profiles).intersection(held or ()))
    return found


def profiles_of_the_day() -> "QuerySet[CapacityProfile]":
    """Those that no end of work gives back."""
    return CapacityProfile.objects.filter(reset_frequency=ResetFrequency.END_OF_DAY).order_by()


def start_of_day(agent: Agent, at: datetime) -> datetime:
    """The last midnight where the agent works: by the clock of his operating hours, else by that
    of the product."""
    hours = hours_in_force(agent.operating_hours_id)
    zone = hours.time_zone if hours else ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(at.astimezone(zone).date(), time.min, tzinfo=zone)


def end_of_day(agent: Agent, at: datetime) -> datetime:
    """The end of the agent's last shift of that day if it is still to come, else midnight."""
    return _end(hours_in_force(agent.operating_hours_id), at)


def over_before_noted(now: datetime) -> "QuerySet[Assignment]":
    """Receipts whose day is over by the hours that their agents have now, and ends later by those
    they had as it was noted. 1 query where no day goes on, else 3, and 2 more while some hours were
    never published.

    Whatever was taken before the last day ended was taken on that day or before. What is offered to
    the same agent meanwhile stays: the offer left out what the receipt holds, and once it is
    accepted that gives it back.
    """
    going_on = Assignment.objects.filter(day_released_at__isnull=True, day_ends_at__gt=now)
    if not going_on.exists():
        return going_on.none()
    ended: dict[datetime, list[int]] = defaultdict(list)
    for hours in _all_hours():
        ended[_last_end(hours, now)].append(hours.id)
    is_over = Q(agent__operating_hours__isnull=True, decided_at__lt=_last_end(None, now))
    for end, hours_ids in ended.items():
        is_over |= Q(agent__operating_hours__in=hours_ids, decided_at__lt=end)
    same_work = Assignment.objects.filter(item=OuterRef("item"), agent=OuterRef("agent"))
    return going_on.filter(is_over).exclude(Exists(same_work.filter(outcome=Outcome.PENDING)))


def _all_hours() -> Iterator[PublishedHours]:
    """Each as ``hours_in_force`` has it."""
    published = configuration.current().compiled.hours.values()
    yield from published
    new = OperatingHours.objects.exclude(pk__in=[each.id for each in published])
    yield from map(as_published, with_week(new))


def _last_end(hours: PublishedHours | None, now: datetime) -> datetime:
    """When the last day ended."""
    at = now - timedelta(days=3)
    while (end := _end(hours, at)) <= now:
        at = end
    return at


def _end(hours: PublishedHours | None, at: datetime) -> datetime:
    if hours is not None and (end := end_of_shift(hours, at)) is not None:
        return end
    zone = hours.time_zone if hours else ZoneInfo(settings.TIME_ZONE)
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone)
