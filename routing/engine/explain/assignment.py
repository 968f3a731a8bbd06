"""Who was looked at for an item, and why the chosen agent was."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from routing.engine.capacity import room
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Failure, Numbers, Proposal
from routing.engine.eligible import (
    Rules,
    everyone_declined,
    first_failed_test,
    name_of_failed_test,
    rules_of,
)
from routing.engine.explain.custom import Looked, looked_at_by_match, looked_at_by_rules
from routing.engine.explain.fit import MAXIMUM_BYTES, fit, size
from routing.engine.facts import AgentFacts, ItemFacts
from routing.engine.rank import Key, method_named, numbers, ranking
from routing.engine.seats import Place, Seat
from routing.engine.skills import scales
from workstreams.terms import MethodKind

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
    now: datetime,
    maximum_declines: int | None = None,
) -> Document:
    """The members of the item's queue: up to fifty by name, of more the first ten eligible.

    It holds for all items of the group as they stood before the batch, so call it once a group.
    The item's workstream and queue must be in the configuration.
    """
    looked = looked_at(configuration, item, members, now=now, maximum_declines=maximum_declines)
    return fit(looked, MAXIMUM_BYTES - OWN_BYTES)


def looked_at(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    members: Iterable[AgentFacts],
    *,
    now: datetime,
    maximum_declines: int | None = None,
) -> Document:
    """The same, however long; such a document is not stored."""
    agents = list(members)
    most = maximum_declines or configuration.service.maximum_declines
    rules = rules_of(configuration.workstreams[item.workstream_id], maximum_declines=most)
    looked = _look(configuration, item, agents, rules, now)
    is_small = len(agents) <= ALL_BY_NAME
    shown = looked.eligible if is_small else looked.eligible[:FIRST_ELIGIBLE]
    listed = [_eligible(name, said, rank) for rank, (name, said) in enumerate(shown, start=1)]
    if is_small:
        listed += [_failed(agent, why) for agent, why in sorted(looked.failed, key=_by_name)]
    counts = Counter(why.test for _, why in looked.failed)
    return {
        "method": configuration.queues[item.queue_id or 0].assignment_method,
        **looked.head,
        "members": len(agents),
        "counts": {ELIGIBLE: len(looked.eligible), **counts},
        "agents_considered": listed,
    }


def assignment_document(
    proposal: Proposal,
    *,
    agent: str,
    looked_at: Document,
    configuration_version: int,
    read: Document | None = None,
) -> Document:
    """The assignment decision; `looked_at` is what `considered` said of the item's group, `read`
    what is the item's own, for whoever makes the decision again.

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
    if read is not None:
        has_room = size({**own, "read": read}) <= OWN_BYTES
        own["read"] = read if has_room else {"place": read["place"], "cut": ["everything"]}
    document = {**own, **looked_at}
    return document if size(own) <= OWN_BYTES else fit(document)


def _look(
    configuration: CompiledConfiguration,
    item: ItemFacts,
    agents: list[AgentFacts],
    rules: Rules,
    now: datetime,
) -> Looked:
    method = configuration.method_of(item.queue_id)
    if method is None:
        return _look_by_built_in(configuration, item, agents, rules)
    if method.kind is MethodKind.BEST_MATCH:
        return looked_at_by_match(configuration, method, item, agents, rules)
    return looked_at_by_rules(configuration, method, item, agents, rules, now=now)


def _look_by_built_in(
    configuration: CompiledConfiguration, item: ItemFacts, agents: list[AgentFacts], rules: Rules
) -> Looked:
    """Eligible agents in the order they would be chosen."""
    relaxed = bool(item.declined) and everyone_declined(item, agents, rules)
    rules = replace(rules, everyone_declined=relaxed)
    eligible: list[Place] = []
    failed: list[tuple[AgentFacts, Failure]] = []
    is_small = len(agents) <= ALL_BY_NAME
    for agent in agents:
        failure = _first_failure(item, agent, rules, is_small)
        if failure is None:
            eligible.append(Place(Seat(agent), agent.memberships[item.queue_id or 0]))
        else:
            failed.append((agent, failure))
    method = method_named(configuration.queues[item.queue_id or 0].assignment_method)
    by_skill = scales(configuration)
    rank = ranking(item, rules, method, by_skill)

    def key(place: Place) -> Key:
        return (*rank(place, room(place.seat, item) or 0), place.seat.id)

    eligible.sort(key=key)
    most = len(eligible) if is_small else FIRST_ELIGIBLE
    said = [
        (each.seat.username, numbers(each, room(each.seat, item), item, rules, by_skill))
        for each in eligible[:most]
    ]
    said += [(each.seat.username, {}) for each in eligible[most:]]
    return Looked(eligible=said, failed=failed, head={})


def _first_failure(
    item: ItemFacts, agent: AgentFacts, rules: Rules, has_numbers: bool
) -> Failure | None:
    """Numbers are worked out for agents who are named; others are only counted."""
    if has_numbers:
        return first_failed_test(item, agent, rules)
    name = name_of_failed_test(item, agent, rules)
    return None if name is None else Failure(test=name, numbers={})


def _by_name(failed: tuple[AgentFacts, Failure]) -> str:
    return failed[0].username


def _eligible(username: str, said: Numbers, rank: int) -> Document:
    return {
        "agent": username,
        "eligible": True,
        "failed_test": None,
        "numbers": dict(said),
        "rank": rank,
    }


def _failed(agent: AgentFacts, failure: Failure) -> Document:
    return {
        "agent": agent.username,
        "eligible": False,
        "failed_test": failure.test,
        "numbers": dict(failure.numbers),
        "rank": None,
    }
