"""Preferred agents: who of them may have an item, in their order (A 15)."""

from collections.abc import Mapping
from typing import Any, Final

from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Numbers
from routing.engine.eligible import TESTS, Candidate, Rules
from routing.engine.facts import ItemFacts

# Room, skills and the assignment method are not asked.
ASKED: Final = ("is_member", "is_enabled", "presence_is_allowed")
DECLINED: Final = "has_not_declined_too_often"


def waits_for_them(configuration: CompiledConfiguration, item: ItemFacts) -> bool:
    """Whether nobody but a preferred agent may have the item."""
    return bool(item.preferred) and configuration.service.waits_for_preferred_agent


def wishes(
    item: ItemFacts, agents: Mapping[int, Candidate], rules: Rules, *, waits: bool
) -> list[Numbers]:
    """Each preferred agent in order, up to the first who passes: his failed test, or None.

    Who has declined it is not asked again before others are; where it waits for him alone he is,
    after the cool-down.
    """
    found: list[Numbers] = []
    for agent_id, username in item.preferred:
        test, numbers = _failed(item, agents.get(agent_id), rules, waits=waits)
        found.append({"agent": username, "failed_test": test, "numbers": numbers})
        if test is None:
            break
    return found


def chosen(item: ItemFacts, looked_at: list[Numbers]) -> int | None:
    """The id of the preferred agent who gets it, if one passes."""
    if looked_at and looked_at[-1]["failed_test"] is None:
        return item.preferred[len(looked_at) - 1][0]
    return None


def _failed(
    item: ItemFacts, agent: Candidate | None, rules: Rules, *, waits: bool
) -> tuple[str | None, dict[str, Any]]:
    if agent is None:
        return "is_member", {}
    for name in ASKED:
        test, numbers = TESTS[name]
        if not test(item, agent, rules):
            return name, numbers(item, agent, rules)
    has_declined = item.declined.get(agent.id, 0) > 0 and not waits
    if agent.id in item.cooling_down or has_declined:
        return DECLINED, TESTS[DECLINED][1](item, agent, rules)
    return None, {}
