"""Assignments made again, of those who were looked at."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from agents.models import Agent
from routing import configuration
from routing.configuration import Published
from routing.engine.configuration import CompiledConfiguration
from routing.engine.explain.fit import Document
from routing.engine.first_of_many import (
    can_be_told,
    names_of_the_first,
    tells_of_the_first,
    the_first,
)
from routing.engine.replay_assignment import PERSONAL, Reassigned, assign_again
from routing.engine.what_was_seen import MOST_AGENTS, Seen
from routing.models import RoutingDecision
from routing.queries.agent_facts import load_agents
from routing.queries.given_before import given_before
from routing.queries.replay.answer import NOT_KEPT, TOO_LONG, Made
from routing.queries.stored_decision import document_of
from routing.terms import How
from workstreams.models import WorkItem

BY_PERSON: Final = "A person decided it: there is nothing to make again."
TOO_MANY: Final = (
    "It cannot be made again: {members} agents were considered. A decision keeps what {most} of"
    " them were like at most, of more the numbers of the first ten, which tell who comes first"
    " only by the built-in methods."
)
FIRST: Final = (
    "{members} agents were considered: the first {count} who could take it are compared, behind"
    " whom nobody can have come first."
)
FIRST_ONLY: Final = (
    "By these rules another of the {members} agents may have come first, and only the first {count}"
    " who could take it then were kept."
)
ALL_GIVEN: Final = (
    "It cannot be made again: {members} agents were considered, and what was decided along with it"
    " changed the {count} of them who were kept."
)
RENAMED: Final = "It cannot be made again: not all of its agents have the names that they had then."
TOO_MUCH: Final = (
    "It cannot be made again: what its agents were like was too long to be kept with it."
)
LOST: Final = (
    "It cannot be made again: too much of what was decided along with it came to nothing, because"
    " people were quicker."
)
BATCH_GONE: Final = (
    "It cannot be made again: what was decided just before it, along with it, is no longer kept."
)
GONE: Final = "The workstream or the queue is not among these rules."
NOT_BACK: Final = (
    "By these rules it does not go to {agent} without regard to others; who else was there was not"
    " kept."
)
ALONE: Final = (
    "A best overall match weighs all items of the queue at once; here the agents are compared for"
    " this item alone."
)


def why_not(document: Mapping[str, Any]) -> str:
    """Why it cannot be made again, as far as it says itself."""
    if document.get("how") in (How.PICK, How.SUPERVISOR, How.TRANSFER):
        return BY_PERSON
    own = document.get("read")
    if own is None:
        return NOT_KEPT
    if not document.get("seen"):
        members = document.get("members") or 0
        if members <= MOST_AGENTS:
            return TOO_MUCH
        if not tells_of_the_first(document):
            return TOO_MANY.format(members=members, most=MOST_AGENTS)
    if own.get("cut"):
        return TOO_LONG.format(fields=", ".join(own["cut"]))
    return LOST if isinstance(own.get("lost"), int) else ""


def then(decision: RoutingDecision, version: Published) -> Made:
    """By the version that made it."""
    seen = _seen(decision, version)
    return (
        Made(sentence=seen, has_answer=False)
        if isinstance(seen, str)
        else _made(decision, seen, version)
    )


def today(decision: RoutingDecision, rules: Published) -> Made:
    """By other rules; what they ask of agents that was not kept is as it is now."""
    version = configuration.at(decision.version)
    seen = _seen(decision, version)
    if isinstance(seen, str):
        return Made(sentence=seen, has_answer=False)
    if not document_of(decision).get("seen"):
        if not _are_alike(seen, version.compiled, rules.compiled):
            return Made(sentence=_of_first(FIRST_ONLY, decision), has_answer=False)
        return _made(decision, seen, rules)
    ids = [agent.id for agent in seen.agents]
    now = load_agents(published=rules, queue_ids=[], agent_ids=ids)
    return _made(decision, seen.filled({agent.id: agent for agent in now}), rules)


def is_same(decision: RoutingDecision, made: Made) -> bool:
    """Whether the same agent gets it in the same way."""
    stored = document_of(decision)
    return bool(made.outcome == (stored["agent"], stored["how"]))


def _seen(decision: RoutingDecision, version: Published) -> Seen | str:
    """The agents as they were when it was the item's turn, or why that is not known."""
    document = document_of(decision)
    names = {"item_id": decision.work_item_id, "queue_id": decision.queue_id or 0}
    if document.get("seen"):
        seen = Seen.of(document, at=decision.at, **names)
        kept = given_before(decision, seen.place, version.profile_names)
        return BATCH_GONE if kept is None else seen.with_given(kept)
    agents = Agent.objects.filter(user__username__in=names_of_the_first(document))
    ids = dict(agents.values_list("user__username", "pk"))
    if len(ids) < len(document["agents_considered"]):
        return RENAMED
    item = WorkItem.objects.get(pk=decision.work_item_id)
    compiled = version.compiled
    seen = the_first(
        document,
        ids=ids,
        configuration=compiled,
        workstream_id=item.workstream_id,
        at=decision.at,
        **names,
    )
    kept = given_before(decision, seen.place, version.profile_names)
    if kept is None:
        return BATCH_GONE
    is_known = can_be_told(seen, kept, document, compiled)
    return seen.with_given(kept) if is_known else _of_first(ALL_GIVEN, decision)


def _of_first(sentence: str, decision: RoutingDecision) -> str:
    document = document_of(decision)
    count = len(document["agents_considered"])
    return sentence.format(members=document["members"], count=count)


def _are_alike(seen: Seen, then: CompiledConfiguration, now: CompiledConfiguration) -> bool:
    """Whether both decide alike about the item, whoever its agents are."""
    item = seen.item
    return (
        then.workstreams.get(item.workstream_id) == now.workstreams.get(item.workstream_id)
        and then.queues.get(item.queue_id or 0) == now.queues.get(item.queue_id or 0)
        and now.method_of(item.queue_id) is None
        and then.service == now.service
    )


def _made(decision: RoutingDecision, seen: Seen, rules: Published) -> Made:
    compiled, item = rules.compiled, seen.item
    if item.queue_id not in compiled.queues or item.workstream_id not in compiled.workstreams:
        return Made(sentence=GONE, has_answer=False)
    stored = document_of(decision)
    made = assign_again(_under(compiled, seen), compiled, now=decision.at)
    if stored["how"] in PERSONAL and made.how not in PERSONAL:
        return Made(sentence=NOT_BACK.format(agent=stored["agent"]), has_answer=False)
    if not stored.get("seen"):
        _tell_of_all(made.document, stored)
    outcome = (made.agent, made.how)
    is_another = outcome != (stored["agent"], stored["how"])
    return Made(
        outcome=outcome,
        document=made.document,
        sentence=_note(decision, made),
        # Another agent may be right for the whole queue, so it is no contradiction.
        has_answer=not (made.is_alone and is_another),
    )


def _note(decision: RoutingDecision, made: Reassigned) -> str:
    if made.is_alone:
        return ALONE
    return "" if document_of(decision).get("seen") else _of_first(FIRST, decision)


def _tell_of_all(document: Document, stored: Mapping[str, Any]) -> None:
    """How many there were, and why the others could not have it."""
    [stage] = document["stages"]
    stage.update(members=stored["members"], counts=stored["counts"])


def _under(compiled: CompiledConfiguration, seen: Seen) -> Seen:
    """The item as these rules look at it: they may not keep agents, or not ask for wishes."""
    item = seen.item
    if not compiled.workstreams[item.workstream_id].keep_same_agent:
        item = replace(item, affinity_agent_id=None)
    if not compiled.service.preferred_agents:
        item = replace(item, preferred=())
    return replace(seen, item=item)
