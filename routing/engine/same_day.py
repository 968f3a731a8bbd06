"""Work that goes back to its agent on the day in which he had it counts once in profiles of that
day: what he has taken is left out of the offer, and held as he accepts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from routing.engine.configuration import CompiledConfiguration
from routing.engine.excess import NOTHING
from routing.engine.facts import AgentFacts, ItemFacts, TakenThatDay
from routing.engine.offer_rules import rules_of, scenario_of
from routing.terms import How

NEVER: Final = datetime.max.replace(tzinfo=UTC)


def counted_already(
    configuration: CompiledConfiguration, item: ItemFacts, agent_id: int, how: How, now: datetime
) -> Mapping[str, int]:
    """How often each profile counts for the same work until the offer runs out at least. What is
    pushed asks for room like any other, and holds it."""
    taken = item.taken_that_day.get(agent_id)
    if not taken or how is How.PUSH:
        return NOTHING
    scenario = scenario_of(how, is_known_customer=item.is_known_customer)
    rules = rules_of(configuration, configuration.workstreams[item.workstream_id], scenario)
    runs_out = now + timedelta(seconds=rules.seconds)
    return Counter(name for each in taken if each.until > runs_out for name in each.profiles)


def taken_by_then(
    document: Mapping[str, Any], agents: Iterable[AgentFacts]
) -> dict[int, tuple[TakenThatDay, ...]]:
    """The same out of a stored decision, whose offer holds less than its item needs."""
    held = document.get("capacity_profiles", document["seen"]["profiles"])
    left_out = tuple(name for name in document["seen"]["profiles"] if name not in held)
    if not left_out:
        return {}
    taken = (TakenThatDay(profiles=left_out, until=NEVER),)
    return {agent.id: taken for agent in agents if agent.username == document["agent"]}
