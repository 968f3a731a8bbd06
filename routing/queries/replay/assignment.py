"""Assignments made again, of those who were looked at."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from routing import configuration
from routing.configuration import Published
from routing.engine.configuration import CompiledConfiguration
from routing.engine.explain.said import Said
from routing.engine.first_of_many import tells_of_the_first
from routing.engine.replay_assignment import PERSONAL, assign_again
from routing.engine.what_was_seen import MOST_AGENTS, Seen
from routing.models import RoutingDecision
from routing.queries.agent_facts import load_agents
from routing.queries.given_before import given_before
from routing.queries.replay import of_many, of_match
from routing.queries.replay.answer import BATCH_GONE, GONE, NOT_KEPT, TOO_LONG_OF_ASSIGNMENT, Made
from routing.queries.stored_decision import HOW_BY_PERSON, document_of

BY_PERSON: Final = "A person decided it: there is nothing to make again."
TOO_MUCH: Final = (
    "It cannot be made again: what its agents were like was too long to be kept with it."
)
LOST: Final = (
    "It cannot be made again: too much of what was decided along with it came to nothing, because"
    " people were quicker."
)
NOT_BACK: Final = (
    "By these rules it does not go to {0} without regard to others; who else was there was not"
    " kept."
)
ALONE: Final = (
    "A best overall match weighs all items of the queue at once; here the agents are compared for"
    " this item alone."
)


def why_not(document: Mapping[str, Any]) -> str:
    """Why it cannot be made again, as far as it says itself."""
    if document.get("how") in HOW_BY_PERSON:
        return BY_PERSON
    own = document.get("read")
    if own is None:
        return NOT_KEPT
    if not document.get("seen"):
        members = document.get("members") or 0
        if members <= MOST_AGENTS:
            return TOO_MUCH
        if not tells_of_the_first(document):
            return of_many.TOO_MANY.format(members=members, most=MOST_AGENTS)
    if own.get("cut"):
        return TOO_LONG_OF_ASSIGNMENT.format(fields=", ".join(own["cut"]))
    return LOST if isinstance(own.get("lost"), int) else ""


def then(decision: RoutingDecision, version: Published) -> Made:
    """By the version that made it."""
    if not document_of(decision).get("seen"):
        return of_many.made(decision, version)
    seen = _seen(decision, version)
    if seen is None:
        return Made(sentence=BATCH_GONE, has_answer=False)
    made = _made(decision, seen, version)
    return _along(decision, made, version) if made.sentence == ALONE else made


def today(decision: RoutingDecision, rules: Published) -> Made:
    """By other rules; what they ask of agents that was not kept is as it is now."""
    version = configuration.at(decision.version)
    if not document_of(decision).get("seen"):
        return of_many.made_today(decision, version, rules)
    seen = _seen(decision, version)
    if seen is None:
        return Made(sentence=BATCH_GONE, has_answer=False)
    ids = [agent.id for agent in seen.agents]
    now = load_agents(published=rules, queue_ids=[], agent_ids=ids)
    return _made(decision, seen.filled({agent.id: agent for agent in now}), rules)


def is_same(decision: RoutingDecision, made: Made) -> bool:
    """Whether the same agent gets it in the same way."""
    stored = document_of(decision)
    return bool(made.outcome == (stored["agent"], stored["how"]))


def _seen(decision: RoutingDecision, version: Published) -> Seen | None:
    """The agents as they were when it was the item's turn; None where that is no longer known."""
    document = document_of(decision)
    names = {"item_id": decision.work_item_id, "queue_id": decision.queue_id or 0}
    seen = Seen.of(document, at=decision.at, **names)
    kept = given_before(decision, seen.place, version.profile_names)
    return None if kept is None else seen.with_given(kept)


def _made(decision: RoutingDecision, seen: Seen, rules: Published) -> Made:
    compiled, item = rules.compiled, seen.item
    if item.queue_id not in compiled.queues or item.workstream_id not in compiled.workstreams:
        return Made(sentence=GONE, has_answer=False)
    stored = document_of(decision)
    made = assign_again(_under(compiled, seen), compiled, now=decision.at)
    if stored["how"] in PERSONAL and made.how not in PERSONAL:
        return Made(sentence=Said.of(NOT_BACK, stored["agent"]), has_answer=False)
    outcome = (made.agent, made.how)
    is_another = outcome != (stored["agent"], stored["how"])
    return Made(
        outcome=outcome,
        document=made.document,
        sentence=ALONE if made.is_alone and made.how not in PERSONAL else "",
        # Another agent may be right for the whole queue, so it is no contradiction.
        has_answer=not (made.is_alone and is_another),
    )


def _along(decision: RoutingDecision, alone: Made, version: Published) -> Made:
    """The same along with all that was matched at once."""
    stored = document_of(decision)
    batch = of_match.made_of_batch(decision, version)
    outcome = (stored["agent"], stored["how"])
    if not batch.is_same:
        has_answer = not batch.was_tried and alone.outcome == outcome
        return replace(alone, sentence=batch.sentence, has_answer=has_answer)
    [stage] = alone.document["stages"]
    told = {"agent": stored["agent"], "how": stored["how"], "numbers": stored["numbers"]}
    stage = {**stage, **told, "why": "", "sentence": ""}
    document = {**alone.document, "agent": stored["agent"], "stages": [stage]}
    return Made(outcome=outcome, document=document, sentence=batch.sentence)


def _under(compiled: CompiledConfiguration, seen: Seen) -> Seen:
    """The item as these rules look at it: they may not keep agents, or not ask for wishes."""
    item = seen.item
    if not compiled.workstreams[item.workstream_id].keep_same_agent:
        item = replace(item, affinity_agent_id=None)
    if not compiled.service.preferred_agents:
        item = replace(item, preferred=())
    return replace(seen, item=item)
