"""Why nobody can ever take an item, or has not for long: the one thing that is missing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from agents.terms import FOLLOWING_CAPACITY
from routing.engine.assign.decide import BASIC, PICK, reason_not_routed
from routing.engine.configuration import CompiledConfiguration
from routing.engine.eligible import (
    Rules,
    has_every_skill,
    has_not_declined_too_often,
    has_room,
    just_had,
    presence_is_allowed,
    rules_of,
)
from routing.engine.explain.cause_by_rules import cause_by_rules
from routing.engine.explain.failures import is_full_of_work
from routing.engine.explain.lacking import (
    Cause,
    capacity_nobody_has,
    full_profiles,
    is_there,
    skills_nobody_has,
    who_could_have_room,
)
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.open_time import was_open
from routing.engine.preferred import waits_for_them
from routing.terms import BlockerCause
from workstreams.terms import MethodKind

# What passes by itself as people come and finish is no alarm before that.
PATIENCE: Final = timedelta(minutes=10)
PASSING: Final = frozenset(
    {
        BlockerCause.OFFLINE,
        BlockerCause.PRESENCE,
        BlockerCause.FULL,
        BlockerCause.DECLINED,
        BlockerCause.PREFERRED_AWAY,
    }
)


def cause_of(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: Iterable[AgentFacts],
    *,
    since: datetime,
    now: datetime,
) -> Cause | None:
    """None where somebody could take the item, to which nobody attends ``since`` then, or soon may;
    also where it waits on purpose for somebody who is there. Outside a queue's hours nobody is
    expected, nor are all there the moment it opens."""
    found = _cause(configuration, item, list(members), now)
    if found is None or not (found.passes or found.kind in PASSING):
        return found
    queue = configuration.queues[item.queue_id or 0]
    hours = configuration.hours.get(queue.operating_hours or "")
    is_late = since <= now - PATIENCE and was_open(hours, since=now - PATIENCE, until=now)
    return found if is_late else None


def _cause(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: list[AgentFacts],
    now: datetime,
) -> Cause | None:
    reason = reason_not_routed(configuration, item)
    if reason not in (None, PICK, BASIC):
        return Cause(kind=BlockerCause.NOT_PUBLISHED, is_of_group=True)
    if not members:
        return Cause(kind=BlockerCause.NO_MEMBERS)
    enabled = [agent for agent in members if agent.is_enabled]
    if not enabled:
        return Cause(kind=BlockerCause.DISABLED)
    if reason is not None:
        # They pick it themselves, as soon as one of them is there.
        is_anyone_there = any(is_there(agent) for agent in enabled)
        return None if is_anyone_there else Cause(kind=BlockerCause.OFFLINE, is_of_group=True)
    rules = rules_of(
        configuration.workstreams[item.workstream_id],
        maximum_declines=configuration.service.maximum_declines,
    )
    if waits_for_them(configuration, item):
        return _of_preferred(item, enabled, rules)
    method = configuration.method_of(item.queue_id)
    if method is not None and method.kind is MethodKind.RULES:
        return cause_by_rules(configuration, method, item, enabled, rules, now=now)
    return _of_built_in(item, enabled, rules)


def _of_preferred(item: ItemFacts, enabled: list[AgentFacts], rules: Rules) -> Cause | None:
    """Nothing but their presence is asked; one that follows his work comes back with it. Who has
    left the queue, or is disabled, does not."""
    wanted = {agent_id for agent_id, _ in item.preferred}
    serving = [agent for agent in enabled if agent.id in wanted]
    is_any_there = any(
        presence_is_allowed(item, agent, rules)
        or (agent.presence_follows and agent.base_presence in FOLLOWING_CAPACITY)
        for agent in serving
    )
    if is_any_there:
        return None
    kind = BlockerCause.PREFERRED_AWAY if serving else BlockerCause.PREFERRED_GONE
    return Cause(kind=kind, is_of_group=True)


def _of_built_in(item: ItemFacts, enabled: list[AgentFacts], rules: Rules) -> Cause | None:
    """What nobody has comes before who is there: that must be mended whoever comes."""
    skilled = [agent for agent in enabled if has_every_skill(item, agent, rules)]
    if not skilled:
        return Cause(kind=BlockerCause.SKILL, detail=skills_nobody_has(item, enabled))
    if missing := capacity_nobody_has(item, skilled):
        return Cause(kind=BlockerCause.CAPACITY, detail=missing)
    skilled = who_could_have_room(item, skilled)
    allowed = [agent for agent in skilled if presence_is_allowed(item, agent, rules)]
    there = [agent for agent in skilled if is_there(agent)]
    if not (there or allowed):
        return Cause(kind=BlockerCause.OFFLINE)
    at_work = [
        agent
        for agent in there
        if is_full_of_work(agent) and not presence_is_allowed(item, agent, rules)
    ]
    if not (allowed or at_work):
        return Cause(kind=BlockerCause.PRESENCE)
    free = [agent for agent in allowed if has_room(item, agent, rules)]
    if not free:
        return Cause(kind=BlockerCause.FULL, detail=full_profiles(item, [*allowed, *at_work]))
    is_asked = any(
        has_not_declined_too_often(item, agent, rules) or just_had(item, agent) for agent in free
    )
    return None if is_asked else Cause(kind=BlockerCause.DECLINED)
