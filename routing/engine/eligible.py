"""Who may be offered an item: one named test for each rule, in the order they are explained."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

from agents.terms import BasePresence
from routing.engine.capacity import (
    could_have_room_for,
    has_room_for,
    is_blocked,
    needs_units,
    units_free,
)
from routing.engine.configuration import Workstream
from routing.engine.configuration.shapes import MAXIMUM_DECLINES
from routing.engine.decisions import Failure
from routing.engine.facts import ItemFacts, Membership
from routing.engine.methods.people import Person
from routing.engine.skills import HasSkills, meets
from workstreams.terms import SkillMatching


class Candidate(Person, HasSkills, Protocol):
    """An agent as the tests see him: facts, or facts with what a batch has given him so far."""

    @property
    def is_enabled(self) -> bool: ...
    @property
    def memberships(self) -> Mapping[int, Membership]: ...


AnyCandidate = TypeVar("AnyCandidate", bound=Candidate)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """What a workstream demands of agents. Missing policies let nobody through.

    `everyone_declined` says that all who could take the item have declined it too often: then
    it is offered to them again after the cool-down, so that it never silently drops out.
    """

    allowed_presences: frozenset[BasePresence] = frozenset()
    skill_matching: SkillMatching = SkillMatching.NONE
    has_capacity_policy: bool = True
    maximum_declines: int = MAXIMUM_DECLINES
    everyone_declined: bool = False


Test = Callable[[ItemFacts, Candidate, Rules], bool]
Numbers = Callable[[ItemFacts, Candidate, Rules], dict[str, Any]]


def rules_of(workstream: Workstream, *, maximum_declines: int = MAXIMUM_DECLINES) -> Rules:
    """The rules a workstream sets."""
    return Rules(
        allowed_presences=workstream.allowed_presences,
        skill_matching=workstream.skill_matching,
        has_capacity_policy=workstream.capacity is not None,
        maximum_declines=maximum_declines,
    )


def is_member(item: ItemFacts, agent: Candidate, rules: Rules) -> bool:
    """The agent serves the item's queue."""
    return item.queue_id in agent.memberships


def is_enabled(item: ItemFacts, agent: Candidate, rules: Rules) -> bool:
    """The agent's account takes part in routing."""
    return agent.is_enabled


def presence_is_allowed(item: ItemFacts, agent: Candidate, rules: Rules) -> bool:
    """The base presence is known and one the workstream allows."""
    return agent.base_presence in rules.allowed_presences


def has_room(item: ItemFacts, agent: Candidate, rules: Rules) -> bool:
    """Units and profiles have room for the item; a missing capacity policy gives none."""
    return rules.has_capacity_policy and has_room_for(agent, item)


def has_every_skill(item: ItemFacts, agent: Candidate, rules: Rules) -> bool:
    """With exact matching, every required skill with at least the required rating."""
    if not item.skills or rules.skill_matching is not SkillMatching.EXACT:
        return True
    return all(meets(agent.skills, required) for required in item.skills)


def has_not_declined_too_often(item: ItemFacts, agent: Candidate, rules: Rules) -> bool:
    """Declines are below the maximum and the cool-down after the last one is over."""
    if agent.id in item.cooling_down:
        return False
    return rules.everyone_declined or item.declined.get(agent.id, 0) < rules.maximum_declines


def just_had(item: ItemFacts, agent: Candidate) -> bool:
    """Whether the agent is spared for a while because it came back from him."""
    return agent.id in item.cooling_down and not item.declined.get(agent.id)


def _member_numbers(item: ItemFacts, agent: Candidate, rules: Rules) -> dict[str, Any]:
    return {"queue": item.queue_id}


def _enabled_numbers(item: ItemFacts, agent: Candidate, rules: Rules) -> dict[str, Any]:
    return {}


def _presence_numbers(item: ItemFacts, agent: Candidate, rules: Rules) -> dict[str, Any]:
    allowed = sorted(rules.allowed_presences)
    return {"presence": agent.base_presence or "unknown", "allowed": allowed}


def _room_numbers(item: ItemFacts, agent: Candidate, rules: Rules) -> dict[str, Any]:
    numbers: dict[str, Any] = {}
    if needs_units(item):
        numbers.update(needed=item.capacity_units, free=units_free(agent))
    if item.capacity_profiles:
        held = agent.profiles
        numbers["profiles"] = {
            name: held[name].free if name in held else None for name in item.capacity_profiles
        }
    if is_blocked(agent):
        numbers["blocked_by"] = sorted(
            name for name, each in agent.profiles.items() if each.blocks and each.free <= 0
        )
    if not rules.has_capacity_policy:
        numbers["missing"] = "capacity policy of the workstream"
    return numbers


def _skill_numbers(item: ItemFacts, agent: Candidate, rules: Rules) -> dict[str, Any]:
    lacking = [required for required in item.skills if not meets(agent.skills, required)]
    return {
        "lacking": {
            each.skill: {"needed": each.rating, "has": agent.skills.get(each.skill)}
            for each in lacking
        }
    }


def _decline_numbers(item: ItemFacts, agent: Candidate, rules: Rules) -> dict[str, Any]:
    return {
        "declines": item.declined.get(agent.id, 0),
        "maximum": rules.maximum_declines,
        "is_cooling_down": agent.id in item.cooling_down,
    }


TESTS: Final[dict[str, tuple[Test, Numbers]]] = {
    "is_member": (is_member, _member_numbers),
    "is_enabled": (is_enabled, _enabled_numbers),
    "presence_is_allowed": (presence_is_allowed, _presence_numbers),
    "has_room": (has_room, _room_numbers),
    "has_every_skill": (has_every_skill, _skill_numbers),
    "has_not_declined_too_often": (has_not_declined_too_often, _decline_numbers),
}


def first_failed_test(item: ItemFacts, agent: Candidate, rules: Rules) -> Failure | None:
    """The first test the agent fails, in the order above; None if he may be offered the item."""
    name = name_of_failed_test(item, agent, rules)
    if name is None:
        return None
    return Failure(test=name, numbers=TESTS[name][1](item, agent, rules))


def name_of_failed_test(item: ItemFacts, agent: Candidate, rules: Rules) -> str | None:
    """The same without its numbers, for counting many agents."""
    for name, (test, _) in TESTS.items():
        if not test(item, agent, rules):
            return name
    return None


def everyone_declined(item: ItemFacts, agents: Iterable[Candidate], rules: Rules) -> bool:
    """All enabled members with the skills, and with limits that let it through, have declined the
    item as often as they may. Who could never have it is not waited for."""
    return have_all_declined(item, could_ever_have(item, agents, rules), rules)


def could_ever_have(
    item: ItemFacts, agents: Iterable[AnyCandidate], rules: Rules
) -> Iterator[AnyCandidate]:
    """Those who could have it with other presence and nothing else in hand."""
    return (
        agent
        for agent in agents
        if all(test(item, agent, rules) for test in (is_member, is_enabled, has_every_skill))
        and could_have_room_for(agent, item)
    )


def have_all_declined(item: ItemFacts, able: Iterable[Candidate], rules: Rules) -> bool:
    """Whether there is somebody able, and all who are have declined it as often as they may; no
    further is looked than to the first who has not."""
    if not anyone_declined_too_often(item, rules):
        return False
    declined, most = item.declined, rules.maximum_declines
    is_anyone = False
    for agent in able:
        if declined.get(agent.id, 0) < most:
            return False
        is_anyone = True
    return is_anyone


def anyone_declined_too_often(item: ItemFacts, rules: Rules) -> bool:
    """Whether anyone at all declined it as often as he may: of most work nobody has."""
    return max(item.declined.values(), default=0) >= rules.maximum_declines
