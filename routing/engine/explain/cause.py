"""Why nobody can ever take an item, or has not for long: the one thing that is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from agents.terms import BasePresence
from routing.engine.assign.decide import BASIC, PICK, reason_not_routed
from routing.engine.capacity import needs_units
from routing.engine.configuration import CompiledConfiguration
from routing.engine.eligible import (
    Rules,
    has_every_skill,
    has_not_declined_too_often,
    has_room,
    presence_is_allowed,
    rules_of,
)
from routing.engine.explain.failures import SESSIONS, is_full_of_work
from routing.engine.explain.waiting import blockers_of
from routing.engine.explain.words import ELIGIBLE
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.hours import is_open
from routing.engine.preferred import waits_for_them
from routing.engine.skills import meets
from routing.terms import BlockerCause

# What passes by itself as people come and finish is no alarm before that.
PATIENCE: Final = timedelta(minutes=10)
PASSING: Final = frozenset(
    {BlockerCause.OFFLINE, BlockerCause.PRESENCE, BlockerCause.FULL, BlockerCause.DECLINED}
)
# What a custom method's agents fail, in the words of the causes.
OF_TESTS: Final = {
    "presence_is_allowed": BlockerCause.PRESENCE,
    "has_room": BlockerCause.FULL,
    SESSIONS: BlockerCause.FULL,
    "has_every_skill": BlockerCause.SKILL,
    "has_not_declined_too_often": BlockerCause.DECLINED,
    "is_enabled": BlockerCause.DISABLED,
}


@dataclass(frozen=True, kw_only=True)
class Cause:
    """The cause, and which skills, profiles or units it is about, as a text."""

    kind: BlockerCause
    detail: str = ""


def cause_of(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: Iterable[AgentFacts],
    *,
    now: datetime,
) -> Cause | None:
    """None where somebody could take the item, or soon may; also where it waits for somebody on
    purpose. Outside a queue's hours nobody is expected."""
    found = _cause(configuration, item, list(members), now)
    if found is None or found.kind not in PASSING:
        return found
    queue = configuration.queues[item.queue_id or 0]
    is_expected = is_open(configuration.hours.get(queue.operating_hours or ""), now)
    return found if is_expected and now - item.waiting_since >= PATIENCE else None


def _cause(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: list[AgentFacts],
    now: datetime,
) -> Cause | None:
    reason = reason_not_routed(configuration, item)
    if reason not in (None, PICK, BASIC):
        return Cause(kind=BlockerCause.NOT_PUBLISHED)
    if not members:
        return Cause(kind=BlockerCause.NO_MEMBERS)
    enabled = [agent for agent in members if agent.is_enabled]
    if not enabled:
        return Cause(kind=BlockerCause.DISABLED)
    if reason is not None or waits_for_them(configuration, item):
        return None
    if not any(_is_there(agent) for agent in enabled):
        offline = Cause(kind=BlockerCause.OFFLINE)
    else:
        offline = None
    if configuration.method_of(item.queue_id) is not None:
        return offline or _of_custom_method(configuration, item, enabled, now)
    rules = rules_of(
        configuration.workstreams[item.workstream_id],
        maximum_declines=configuration.service.maximum_declines,
    )
    return _of_built_in(item, enabled, rules)


def _of_built_in(item: ItemFacts, enabled: list[AgentFacts], rules: Rules) -> Cause | None:
    """What nobody has comes before who is there: that must be mended whoever comes."""
    skilled = [agent for agent in enabled if has_every_skill(item, agent, rules)]
    if not skilled:
        return Cause(kind=BlockerCause.SKILL, detail=_skills(item, enabled))
    if missing := _capacity_nobody_has(item, skilled):
        return Cause(kind=BlockerCause.CAPACITY, detail=missing)
    there = [agent for agent in skilled if _is_there(agent)]
    if not there:
        return Cause(kind=BlockerCause.OFFLINE)
    allowed = [agent for agent in there if presence_is_allowed(item, agent, rules)]
    at_work = [agent for agent in there if agent not in allowed and is_full_of_work(agent)]
    if not (allowed or at_work):
        return Cause(kind=BlockerCause.PRESENCE)
    free = [agent for agent in allowed if has_room(item, agent, rules)]
    if not free:
        return Cause(kind=BlockerCause.FULL, detail=full(item, [*allowed, *at_work]))
    if not any(has_not_declined_too_often(item, agent, rules) for agent in free):
        return Cause(kind=BlockerCause.DECLINED)
    return None


def _of_custom_method(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    enabled: list[AgentFacts],
    now: datetime,
) -> Cause | None:
    counts = blockers_of(configuration, item, enabled, now=now).counts
    if counts.get(ELIGIBLE):
        return None
    failed = max(counts, key=lambda name: counts[name], default="")
    return Cause(kind=OF_TESTS.get(failed, BlockerCause.METHOD))


def _is_there(agent: AgentFacts) -> bool:
    return agent.base_presence not in (None, BasePresence.OFFLINE)


def _skills(item: ItemFacts, agents: Sequence[AgentFacts]) -> str:
    """Those that nobody has; where each is known to somebody, all of them: nobody has both."""
    alone = [
        each.skill for each in item.skills if not any(meets(one.skills, each) for one in agents)
    ]
    return ", ".join(sorted(alone or {each.skill for each in item.skills}))


def _capacity_nobody_has(item: ItemFacts, agents: Sequence[AgentFacts]) -> str:
    """Units beyond everybody's limit, or profiles that nobody was given; both never come free."""
    if needs_units(item) and not any(
        agent.units_limit is not None and agent.units_limit >= item.capacity_units
        for agent in agents
    ):
        return f"{item.capacity_units} units"
    if any(_has_profiles(item, agent) for agent in agents):
        return ""
    held = {name for agent in agents for name in agent.profiles}
    return ", ".join(sorted(set(item.capacity_profiles) - held or item.capacity_profiles))


def _has_profiles(item: ItemFacts, agent: AgentFacts) -> bool:
    return all(
        name in agent.profiles and agent.profiles[name].limit > 0 for name in item.capacity_profiles
    )


def full(item: ItemFacts, agents: Iterable[AgentFacts]) -> str:
    """The profiles that are full, by name, where those and not units are the reason."""
    names = {
        name
        for agent in agents
        for name, each in agent.profiles.items()
        if each.free <= 0 and (each.blocks or name in item.capacity_profiles)
    }
    return ", ".join(sorted(names))
