"""What keeps an item from all of some agents, whatever method their queue has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from agents.terms import BasePresence
from routing.engine.capacity import could_have_room_for, needs_units
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.skills import meets
from routing.terms import BlockerCause


@dataclass(frozen=True, kw_only=True)
class Cause:
    """The cause, and which skills, profiles or units it is about, as a text; ``passes`` where
    time or people's coming and going may end it; ``is_of_group`` where it holds for all that waits
    alike, because neither refusals nor what a method reads of an item were asked about."""

    kind: BlockerCause
    detail: str = ""
    passes: bool = False
    is_of_group: bool = False


def is_there(agent: AgentFacts) -> bool:
    """Whether he is signed in."""
    return agent.base_presence not in (None, BasePresence.OFFLINE)


def skills_nobody_has(item: ItemFacts, agents: Sequence[AgentFacts]) -> str:
    """Those that nobody has; where each is known to somebody, all of them: nobody has both."""
    alone = [
        each.skill for each in item.skills if not any(meets(one.skills, each) for one in agents)
    ]
    return ", ".join(sorted(alone or {each.skill for each in item.skills}))


def capacity_nobody_has(item: ItemFacts, agents: Sequence[AgentFacts]) -> str:
    """Units beyond everybody's limit, or profiles that nobody was given, or both where nobody has
    the one with the other; they never come free."""
    units = f"{item.capacity_units} unit{'' if item.capacity_units == 1 else 's'}"
    if not any(_has_units(item, agent) for agent in agents):
        return units
    fitting = [agent for agent in agents if _has_profiles(item, agent)]
    if any(_has_units(item, agent) for agent in fitting):
        return ""
    if fitting:
        return ", ".join([units, *sorted(item.capacity_profiles)])
    held = {name for agent in agents for name in agent.profiles}
    return ", ".join(sorted(set(item.capacity_profiles) - held or item.capacity_profiles))


def who_could_have_room(item: ItemFacts, agents: list[AgentFacts]) -> list[AgentFacts]:
    """Those whose limits let it through with nothing else in hand; all of them, where profiles of
    no room at all hold everybody back."""
    return [agent for agent in agents if could_have_room_for(agent, item)] or agents


def full_profiles(item: ItemFacts, agents: Iterable[AgentFacts]) -> str:
    """The profiles that are full, by name, where those and not units are the reason."""
    names = {
        name
        for agent in agents
        for name, each in agent.profiles.items()
        if each.free <= 0 and (each.blocks or name in item.capacity_profiles)
    }
    return ", ".join(sorted(names))


def _has_units(item: ItemFacts, agent: AgentFacts) -> bool:
    limit = agent.units_limit
    return not needs_units(item) or (limit is not None and limit >= item.capacity_units)


def _has_profiles(item: ItemFacts, agent: AgentFacts) -> bool:
    return all(
        name in agent.profiles and agent.profiles[name].limit > 0 for name in item.capacity_profiles
    )
