"""Hold and release an agent's capacity: the only writer of the loads besides the dispatcher."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import F

from agents.actions.follow_capacity import follow_capacity
from config.prepared import Prepared, prepared_cursor
from routing.actions.wake_up import wake_up
from routing.models import AgentLoad, Assignment, ProfileLoad
from routing.queries.end_of_day import day_of, taken_that_day
from routing.sql import array_of, statement
from routing.terms import Outcome, WakeUpKind

SAVED_FIELDS: Final = [
    "id",
    "agent_id",
    "outcome",
    "decided_at",
    "ended_at",
    "capacity_release_due_at",
    "capacity_released_at",
]
LOCKED: Final = Prepared(
    lambda agent_id: AgentLoad.objects.select_for_update().filter(agent_id=agent_id), "agent_id"
)


def lock_load(agent_id: int) -> AgentLoad:
    """The agent's load, locked; made when the agent has none yet."""
    if (load := LOCKED.first(agent_id=agent_id)) is not None:
        return load
    AgentLoad.objects.bulk_create([AgentLoad(agent_id=agent_id)], ignore_conflicts=True)
    return LOCKED(agent_id=agent_id)[0]


def lock_loads(agent_ids: Iterable[int]) -> None:
    """Lock several agents' loads by ascending id, before a move that touches them all."""
    ids = sorted(set(agent_ids))
    AgentLoad.objects.bulk_create([AgentLoad(agent_id=id) for id in ids], ignore_conflicts=True)
    list(AgentLoad.objects.filter(agent_id__in=ids).order_by("agent_id").select_for_update())


def lock_profile_loads(
    agent_id: int, profiles: Sequence[int], *, makes: bool = True
) -> dict[int, ProfileLoad]:
    """The agent's counters of the profiles, locked in order of id, by profile; ``makes`` those
    that are missing."""
    if not profiles:
        return {}
    if makes:
        missing = [ProfileLoad(agent_id=agent_id, profile_id=each) for each in sorted(profiles)]
        ProfileLoad.objects.bulk_create(missing, ignore_conflicts=True)
    loads = ProfileLoad.objects.filter(agent_id=agent_id, profile_id__in=profiles)
    return {load.profile_id: load for load in loads.order_by("id").select_for_update()}


def hold_capacity(
    *, agent_id: int, queue_id: int, units: int, profiles: Sequence[int], now: datetime
) -> bool:
    """Add a receipt's units and profiles to the locked loads; whether some are of the day."""
    names = {
        "agent_id": agent_id,
        "queue_id": queue_id,
        "units": units,
        "profiles": array_of(profiles),
        "now": now,
    }
    with prepared_cursor() as cursor:
        cursor.execute(statement("hold_capacity"), names)
        return bool(cursor.fetchone()[0])


def release_capacity(*, assignment: Assignment, now: datetime) -> bool:
    """Give back what the locked receipt holds, once; wakes the router. True when it did. The
    session goes on, or ended before, and a presence that the agent chose with it."""
    if assignment.capacity_released_at is not None:
        return False
    _give_back(assignment, now, sessions=0)
    follow_capacity(agent=assignment.agent, now=now, ends_choice=False)
    return True


def end_session(*, assignment: Assignment, now: datetime, ends_choice: bool) -> None:
    """Count one session less, as the locked attempt is over, and save what became of it with that;
    wakes the router. What it still holds comes back, unless that has a time which is not over. A
    presence that the agent chose goes on, unless this ``ends_choice`` because his work is closed.
    """
    is_due = assignment.capacity_release_due_at is None
    if is_due and assignment.capacity_released_at is None:
        _give_back(assignment, now, sessions=1)
    else:
        _lower_load(assignment, units=0, sessions=1)
    follow_capacity(agent=assignment.agent, now=now, ends_choice=ends_choice)


def _give_back(assignment: Assignment, now: datetime, *, sessions: int) -> None:
    """Of accepted work, profiles of the day stay until the day in which it was taken ends,
    whatever ended before; all else comes back."""
    note_day(assignment, now)
    assignment.capacity_released_at = now
    # Only work that was taken counts as the agent's last: who declined an offer, or lost it, has
    # been without work since before.
    was_taken = assignment.outcome == Outcome.ACCEPTED
    # Changed, and thereby locked, before those of profiles.
    _lower_load(
        assignment,
        units=assignment.units,
        sessions=sessions,
        last_released_at=now if was_taken else None,
    )
    of_the_day = assignment.day_profiles or ()
    _lower(assignment, [each for each in assignment.profiles if each not in of_the_day])
    _end_day(assignment, now)


def _lower_load(
    assignment: Assignment, *, units: int, sessions: int, last_released_at: datetime | None = None
) -> None:
    names: dict[str, Any] = {name: getattr(assignment, name) for name in SAVED_FIELDS}
    names |= {"units": units, "sessions": sessions, "last_released_at": last_released_at}
    with prepared_cursor() as cursor:
        cursor.execute(statement("give_back_units"), names)


def note_day(assignment: Assignment, now: datetime) -> bool:
    """Say in the locked receipt of accepted work which of its profiles are of the day, and
    when that ends; True when it did. What the agent had already taken that day counts once."""
    if assignment.outcome != Outcome.ACCEPTED or assignment.day_ends_at is not None:
        return False
    if (day := day_of(assignment)) is None:
        return False
    assignment.day_profiles, assignment.day_ends_at = day
    assignment.save(update_fields=["day_profiles", "day_ends_at"])
    if _count_once(assignment):
        follow_capacity(agent=assignment.agent, now=now, ends_choice=False)
        wake_up(WakeUpKind.CAPACITY, agent_ids=[assignment.agent_id])
    return True


def _count_once(assignment: Assignment) -> bool:
    """Whether the agent had the same work before on that day, which now goes on in this receipt."""
    again, profiles = assignment.decided_at, assignment.day_profiles or ()
    assert again is not None
    earlier = taken_that_day(
        item_id=assignment.item_id, agents=[assignment.agent_id], at=again, profiles=profiles
    )
    others = earlier.exclude(pk=assignment.pk).order_by("pk")
    rows = list(others.select_for_update(skip_locked=True))
    if rows:
        lock_load(assignment.agent_id)
    for each in rows:
        _pass_on(each, profiles, again)
    return bool(rows)


def _pass_on(earlier: Assignment, profiles: Sequence[int], again: datetime) -> None:
    """Of work that came back, hold these no longer; what it does not need now stays until the day
    ends. All else came back with the work."""
    held = earlier.day_profiles or ()
    goes_on = [each for each in held if each in profiles]
    if rest := [each for each in held if each not in goes_on]:
        earlier.day_profiles = rest
    else:
        earlier.day_ends_at = earlier.day_released_at = again
    earlier.save(update_fields=["day_profiles", "day_ends_at", "day_released_at"])
    _lower(earlier, goes_on)


def release_day(*, assignment: Assignment, now: datetime) -> bool:
    """Give back the profiles of a day that is over, once, also of work that goes on."""
    lock_load(assignment.agent_id)
    if assignment.day_released_at is not None or _renewed_end(assignment) > now:
        return False
    _give_back_day(assignment, now)
    follow_capacity(agent=assignment.agent, now=now, ends_choice=False)
    wake_up(WakeUpKind.CAPACITY, agent_ids=[assignment.agent_id])
    return True


def _end_day(assignment: Assignment, now: datetime) -> None:
    ends = assignment.day_ends_at
    if ends is None or now < ends or assignment.day_released_at is not None:
        return
    if _renewed_end(assignment) <= now:
        _give_back_day(assignment, now)


def _renewed_end(assignment: Assignment) -> datetime:
    """When the day ends by the hours that the agent has now: meanwhile they may have become longer
    or shorter."""
    day = day_of(assignment)
    if day is not None and day[1] != assignment.day_ends_at:
        assignment.day_ends_at = day[1]
        assignment.save(update_fields=["day_ends_at"])
    assert assignment.day_ends_at is not None
    return assignment.day_ends_at


def _give_back_day(assignment: Assignment, now: datetime) -> None:
    _lower(assignment, assignment.day_profiles or ())
    assignment.day_released_at = now
    assignment.save(update_fields=["day_released_at"])


def _lower(assignment: Assignment, profiles: Sequence[int]) -> None:
    """Only counters that are there: those of a deleted profile went with it."""
    held = lock_profile_loads(assignment.agent_id, profiles, makes=False)
    if held:
        pks = [load.pk for load in held.values()]
        ProfileLoad.objects.filter(pk__in=pks).update(used=F("used") - 1)
