"""A stored assignment made again from whom it looked at: by its own method, or by another."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from routing.engine.assign import decide
from routing.engine.assign.decide import reason_not_routed
from routing.engine.configuration import CompiledConfiguration
from routing.engine.decisions import Proposal
from routing.engine.explain import blockers_of, looked_at, waiting_because
from routing.engine.explain.fit import Document
from routing.engine.explain.method import compared, stages_of, why_first
from routing.engine.facts import AgentFacts
from routing.engine.what_was_seen import Seen
from routing.terms import How
from workstreams.terms import MethodKind

PERSONAL: Final = (How.AFFINITY, How.PREFERRED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reassigned:
    """Who gets the item of those who were looked at, and ``how``; nobody is None.

    ``is_alone`` says that the method weighs all items of the queue at once, and only this one
    was looked at.
    """

    version: int
    agent: str | None
    how: How | None
    document: Document
    is_alone: bool = False


def assign_again(seen: Seen, configuration: CompiledConfiguration, *, now: datetime) -> Reassigned:
    """Decide for the agents as they were; workstream and queue must be in the configuration."""
    item, agents = seen.item, seen.agents
    decision = decide(configuration, [item], agents, now=now, counts=False)
    proposal = next(iter(decision.assignments), None)
    names = {agent.id: agent.username for agent in agents}
    method = configuration.method_of(item.queue_id)
    return Reassigned(
        version=configuration.number,
        agent=names[proposal.agent_id] if proposal else None,
        how=proposal.how if proposal else None,
        document=_document(seen, configuration, proposal, names, now),
        is_alone=method is not None and method.kind is MethodKind.BEST_MATCH,
    )


def _document(
    seen: Seen,
    configuration: CompiledConfiguration,
    proposal: Proposal | None,
    names: dict[int, str],
    now: datetime,
) -> Document:
    item, agents = seen.item, seen.agents
    is_personal = proposal is not None and proposal.how in PERSONAL
    is_looked_at = reason_not_routed(configuration, item) is None and not is_personal
    members = [agent for agent in agents if item.queue_id in agent.memberships]
    found = looked_at(configuration, item, members, now=now) if is_looked_at else {}
    considered = found.get("agents_considered", [])
    by = compared(configuration, item, considered) if is_looked_at else []
    stage: Document = {
        "stage": "assignment",
        "rulesets": stages_of(configuration, item, found, now=now) if is_looked_at else [],
        **{name: value for name, value in found.items() if name != "agents_considered"},
        "agent": names[proposal.agent_id] if proposal else None,
        "how": proposal.how.value if proposal else None,
        "numbers": dict(proposal.numbers) if proposal else {},
        "why": why_first(considered, by) if proposal else "",
        "sentence": "" if proposal else _why_nobody(configuration, seen, members, now),
    }
    if proposal is not None and proposal.wishes:
        stage["preferred"] = [dict(wish) for wish in proposal.wishes]
    if proposal is not None and proposal.excess:
        stage["excess"] = [each.document for each in proposal.excess]
    return {
        "configuration_version": configuration.number,
        "agent": stage["agent"],
        "stages": [stage],
        "agents_considered": considered,
        "compared": by,
    }


def _why_nobody(
    configuration: CompiledConfiguration, seen: Seen, members: list[AgentFacts], now: datetime
) -> str:
    blockers = blockers_of(configuration, seen.item, members, now=now)
    said = (each["sentence"] for each in waiting_because(blockers))
    return " ".join(["Nobody gets it.", *said])
