"""Who was looked at for an item, and why the chosen agent was."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from routing.engine.capacity import room
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure, Proposal
from routing.engine.eligible import (
    MAXIMUM_DECLINES,
    Rules,
    everyone_declined,
    first_failed_test,
    rules_of,
)
from routing.engine.explain.fit import MAXIMUM_BYTES, fit, size
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.rank import Key, method_named, numbers, ranking
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales

Document = dict[str, Any]

ALL_BY_NAME: Final = 50
FIRST_ELIGIBLE: Final = 10
ELIGIBLE: Final = "eligible"
# What a proposal's own part of the document may take beside the agents of its group.
OWN_BYTES: Final = 1_024


def considered(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: Iterable[AgentFacts],
    *,
    maximum_declines: int = MAXIMUM_DECLINES,
) -> Document:
    """The members of the item's queue: up to fifty by name, of more the first ten eligible.

    It holds for all items of the group as they stood before the batch, so call it once a group.
    The item's workstream and queue must be in the configuration.
    """
    agents = list(members)
    rules = rules_of(
        configuration.workstreams[item.workstream_id], maximum_declines=maximum_declines
    )
    relaxed = bool(item.declined) and everyone_declined(item, agents, rules)
    rules = replace(rules, everyone_declined=relaxed)
    ranked, failed = _divide(configuration, item, agents, rules)
    if len(agents) <= ALL_BY_NAME:
        listed = _ranked(configuration, item, ranked, rules)
        listed += [_failed(agent, failure) for agent, failure in failed]
    else:
        listed = _ranked(configuration, item, ranked[:FIRST_ELIGIBLE], rules)
    counts = Counter(failure.test for _, failure in failed)
    document = {
        "method": configuration.queues[item.queue_id or 0].assignment_method,
        "members": len(agents),
        "counts": {ELIGIBLE: len(ranked), **counts},
        "agents_considered": listed,
    }
    return fit(document, MAXIMUM_BYTES - OWN_BYTES)


def assignment_document(
    proposal: Proposal, *, agent: str, looked_at: Document, configuration_version: int
) -> Document:
    """The assignment decision; `looked_at` is what `considered` said of the item's group.

    Only the proposal's own part is measured: a batch makes a thousand of these.
    """
    own: Document = {
        "configuration_version": configuration_version,
        "stage": "assignment",
        "agent": agent,
        "how": proposal.how.value,
        "units": proposal.units,
        "capacity_profiles": list(proposal.profiles),
        "numbers": dict(proposal.numbers),
    }
    if proposal.wishes:
        own["preferred"] = [dict(wish) for wish in proposal.wishes]
    document = {**own, **looked_at}
    return document if size(own) <= OWN_BYTES else fit(document)


def _divide(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    agents: list[AgentFacts],
    rules: Rules,
) -> tuple[list[Place], list[tuple[AgentFacts, Failure]]]:
    """Eligible agents in the order they would be chosen, and the others by name."""
    eligible: list[Place] = []
    failed: list[tuple[AgentFacts, Failure]] = []
    for agent in agents:
        failure = first_failed_test(item, agent, rules)
        if failure is None:
            eligible.append(Place(Seat(agent), agent.memberships[item.queue_id or 0]))
        else:
            failed.append((agent, failure))
    method = method_named(configuration.queues[item.queue_id or 0].assignment_method)
    rank = ranking(item, rules, method, scales(configuration))

    def key(place: Place) -> Key:
        return (*rank(place, room(place.seat, item) or 0), place.seat.id)

    return sorted(eligible, key=key), sorted(failed, key=lambda pair: pair[0].username)


def _ranked(
    configuration: CompiledConfiguration, item: ItemFacts, places: list[Place], rules: Rules
) -> list[Document]:
    by_skill = scales(configuration)
    return [
        {
            "agent": place.seat.username,
            "eligible": True,
            "failed_test": None,
            "numbers": numbers(place, room(place.seat, item), item, rules, by_skill),
            "rank": rank,
        }
        for rank, place in enumerate(places, start=1)
    ]


def _failed(agent: AgentFacts, failure: Failure) -> Document:
    return {
        "agent": agent.username,
        "eligible": False,
        "failed_test": failure.test,
        "numbers": dict(failure.numbers),
        "rank": None,
    }
