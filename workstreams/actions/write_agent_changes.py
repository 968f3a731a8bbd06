"""The rows, events and signals of a bulk change: one statement each, however many agents."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Case, F, When

from agents.actions.announce_capacity import announce_capacity
from agents.models import (
    Agent,
    AgentAttributeValue,
    AgentCapacityProfile,
    AgentPresence,
    AgentSkill,
    AgentWindow,
    User,
)
from agents.signals import attributes_changed, presence_changed, skills_changed
from agents.terms import BasePresence
from config.models import Event
from workstreams.agent_changes import KEEP, AgentChange, AgentPlan, AgentState
from workstreams.models import QueueMembership
from workstreams.signals import queue_members_changed

Plans = Sequence[AgentPlan]
# Who is gone is not there because somebody gives him a presence.
WHILE_GONE: Final = Case(
    When(base=BasePresence.OFFLINE, is_manual=False, then=F("presence_id")),
    When(left_at__isnull=True, then=F("before_id")),
    default=None,
)
# A presence that was chosen is no answer to a refusal, and nobody is waited for to come back.
CHOSEN: Final[dict[str, Any]] = {"is_manual": True, "after": "", "left_at": None}


def write_agent_changes(*, plans: Plans, change: AgentChange, by: User, now: datetime) -> None:
    """Write what the plans of locked agents say. An agent for whom nothing changes is let be."""
    events = [
        *_skills(_differing(plans, lambda state: state.skills), change, by, now),
        *_queues(_differing(plans, lambda state: state.queues), by, now),
        *_profiles(_differing(plans, lambda state: state.profiles), change, by, now),
        *_attributes(_differing(plans, lambda state: state.attributes), change, by, now),
        *_presences(_differing(plans, lambda state: state.presence), change, by, now),
        *_settings(_differing(plans, _own_settings), change, by, now),
    ]
    announce_capacity(sender=Agent, agent_ids=_whose_limits_change(plans, change), now=now)
    Event.objects.bulk_create(events)


def _whose_limits_change(plans: Plans, change: AgentChange) -> set[int]:
    """Their profiles are others, or their shift ends at another time."""
    ids = _ids(_differing(plans, lambda state: state.profiles))
    if change.operating_hours is not KEEP:
        ids += _ids(_differing(plans, _own_settings))
    return set(ids)


def _differing(plans: Plans, part: Callable[[AgentState], Any]) -> list[AgentPlan]:
    return [plan for plan in plans if part(plan.before) != part(plan.after)]


def _ids(plans: Plans) -> list[int]:
    return sorted(plan.before.agent_id for plan in plans)


def _skills(plans: Plans, change: AgentChange, by: User, now: datetime) -> Iterator[Event]:
    if not plans:
        return
    ids = _ids(plans)
    if change.skills_removed:
        gone = [skill.pk for skill in change.skills_removed]
        AgentSkill.objects.filter(agent__in=ids, skill__in=gone).delete()
    AgentSkill.objects.bulk_create(
        [
            AgentSkill(agent_id=plan.before.agent_id, skill_id=pk, rating=has[0], is_active=has[1])
            for plan in plans
            for pk, has in plan.after.skills.items()
            if plan.before.skills.get(pk) != has
        ],
        update_conflicts=True,
        unique_fields=["agent", "skill"],
        update_fields=["rating", "is_active"],
    )
    skills_changed.send(sender=AgentSkill, agent_ids=ids, now=now)
    yield from _events("skills-changed", plans, by, now)


def _queues(plans: Plans, by: User, now: datetime) -> Iterator[Event]:
    if not plans:
        return
    joined = [(plan, pk) for plan in plans for pk in sorted(plan.after.queues - plan.before.queues)]
    left = [(plan, pk) for plan in plans for pk in sorted(plan.before.queues - plan.after.queues)]
    if left:
        leaving, queues = _ids([plan for plan, _ in left]), {pk for _, pk in left}
        QueueMembership.objects.filter(agent__in=leaving, queue__in=queues).delete()
    QueueMembership.objects.bulk_create(
        [QueueMembership(agent_id=plan.before.agent_id, queue_id=pk) for plan, pk in joined],
        ignore_conflicts=True,
    )
    touched = sorted({pk for _, pk in [*joined, *left]})
    queue_members_changed.send(
        sender=QueueMembership, queue_ids=touched, agent_ids=_ids(plans), now=now
    )
    for pairs, has_joined in ((joined, True), (left, False)):
        for plan, pk in pairs:
            yield Event(
                at=now,
                kind="queue-members-changed",
                queue_id=pk,
                agent_id=plan.before.agent_id,
                data={"joined": has_joined, "by": by.username},
            )


def _profiles(plans: Plans, change: AgentChange, by: User, now: datetime) -> Iterator[Event]:
    if not plans:
        return
    ids = _ids(plans)
    if change.profiles_removed:
        gone = [profile.pk for profile in change.profiles_removed]
        AgentCapacityProfile.objects.filter(agent__in=ids, profile__in=gone).delete()
    AgentCapacityProfile.objects.bulk_create(
        [
            AgentCapacityProfile(agent_id=plan.before.agent_id, profile_id=pk, custom_limit=limit)
            for plan in plans
            for pk, limit in plan.after.profiles.items()
            if pk not in plan.before.profiles or plan.before.profiles[pk] != limit
        ],
        update_conflicts=True,
        unique_fields=["agent", "profile"],
        update_fields=["custom_limit"],
    )
    yield from _events("capacity-changed", plans, by, now)


def _attributes(plans: Plans, change: AgentChange, by: User, now: datetime) -> Iterator[Event]:
    if not plans:
        return
    ids = _ids(plans)
    gone = [attribute.pk for attribute, value in change.attributes.items() if value is None]
    if gone:
        AgentAttributeValue.objects.filter(agent__in=ids, attribute__in=gone).delete()
    AgentAttributeValue.objects.bulk_create(
        [
            AgentAttributeValue(
                agent_id=plan.before.agent_id, attribute_id=attribute.pk, value=value
            )
            for plan in plans
            for attribute, value in change.attributes.items()
            if value is not None and plan.before.attributes.get(attribute.pk) != value
        ],
        update_conflicts=True,
        unique_fields=["agent", "attribute"],
        update_fields=["value"],
    )
    attributes_changed.send(sender=AgentAttributeValue, agent_ids=ids, now=now)
    yield from _events("attributes-changed", plans, by, now)


def _presences(plans: Plans, change: AgentChange, by: User, now: datetime) -> Iterator[Event]:
    """As ``set_presence`` for each. One that is there already is remembered as chosen, and that is
    no news; not *offline*, which who is gone has not chosen."""
    wanted = change.presence
    if wanted is None or not plans:
        return
    rows = AgentPresence.objects.filter(agent__in=_ids(plans))
    if wanted.name != BasePresence.OFFLINE:
        rows.filter(presence=wanted, base=wanted.base).update(**CHOSEN)
    moved = [plan for plan in plans if (plan.before.presence or ())[:2] != (wanted.pk, wanted.base)]
    if not moved:
        return
    rows = AgentPresence.objects.filter(agent__in=_ids(moved))
    # Who comes by another way is not taken for gone because of windows of yesterday.
    away = rows.filter(base=BasePresence.OFFLINE).values("agent")
    AgentWindow.objects.filter(agent__in=away).dead(now).delete()
    rows.update(
        presence=wanted,
        base=wanted.base,
        since=now,
        before=WHILE_GONE,
        before_is_manual=False,
        **CHOSEN,
    )
    presence_changed.send(sender=AgentPresence, agent_ids=_ids(moved), now=now)
    for plan in moved:
        data = {"presence": wanted.name, "base": wanted.base, "by": by.username}
        agent_id = plan.before.agent_id
        yield Event(at=now, kind="presence-changed", agent_id=agent_id, data=data)


def _settings(plans: Plans, change: AgentChange, by: User, now: datetime) -> Iterator[Event]:
    if not plans:
        return
    values = {
        name: value
        for name in ("default_presence", "operating_hours")
        if (value := getattr(change, name)) is not KEEP
    }
    Agent.objects.filter(pk__in=_ids(plans)).update(**values)
    for plan in plans:
        data = {"fields": sorted(values), "by": by.username}
        yield Event(at=now, kind="agent-changed", agent_id=plan.before.agent_id, data=data)


def _own_settings(state: AgentState) -> tuple[int | None, int | None]:
    return state.default_presence, state.operating_hours


def _events(kind: str, plans: Plans, by: User, now: datetime) -> Iterator[Event]:
    for plan in plans:
        data = {"changes": list(plan.changes), "by": by.username}
        yield Event(at=now, kind=kind, agent_id=plan.before.agent_id, data=data)
