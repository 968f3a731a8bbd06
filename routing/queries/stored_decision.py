"""Decisions as they are read: nothing else knows how their explanations are kept."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from routing import configuration
from routing.engine.explain import looked_at, unpacked
from routing.engine.what_was_seen import Seen
from routing.models import ConfigurationVersion, RoutingDecision
from routing.terms import DecisionStage, How

log = logging.getLogger(__name__)

# Who was given work by a person passed no test for it.
HOW_BY_PERSON: Final = (How.PICK, How.SUPERVISOR, How.TRANSFER)
# What decisions keep for whoever makes them again: values of contacts and records among it.
FOR_REPLAY: Final = ("read", "seen")
# The customer's own words by which a feeling was found; its rule's note tells them too.
KEYWORDS: Final = "keywords"
# Older decisions tell them of work that went back to its agent, too, where nobody asked for them.
PREFERRED: Final = "preferred"


def document_of(decision: RoutingDecision) -> Mapping[str, Any]:
    """All that is kept of it."""
    return unpacked(decision.document)


def told(decision: RoutingDecision, *, may_read: bool = True) -> dict[str, Any]:
    """What it tells people, without what it read for whoever makes it again, and without the
    customer's words for who may not read the conversation. Of an assignment all agents by name,
    also where only the first of them had room in its list: then its version of the configuration
    is read. Where a person decided nobody was considered."""
    document = document_of(decision)
    found = {name: value for name, value in document.items() if name not in FOR_REPLAY}
    if decision.stage != DecisionStage.ASSIGNMENT:
        return found if may_read else _without_words(found)
    if document.get("how") in HOW_BY_PERSON:
        return _by_person(found)
    if document.get("how") == How.AFFINITY:
        found.pop(PREFERRED, None)
    if _is_cut(document):
        agents = _named_again(decision, document)
        if agents is not None:
            del found["truncated"]
            found["agents_considered"] = agents
    return found


def _without_words(found: dict[str, Any]) -> dict[str, Any]:
    """What a model found, but not by which words of the customer."""
    stages = [
        {**stage, "rulesets": [_unsaid(each) for each in stage.get("rulesets", ())]}
        for stage in found.get("stages", ())
    ]
    return {**found, "stages": stages} if stages else found


def _unsaid(ruleset: dict[str, Any]) -> dict[str, Any]:
    found = ruleset.get("prediction") or {}
    if KEYWORDS not in found:
        return ruleset
    rules = [{name: rule[name] for name in rule if name != "note"} for rule in ruleset["rules"]]
    kept = {name: value for name, value in found.items() if name != KEYWORDS}
    return {**ruleset, "rules": rules, "prediction": kept}


def _by_person(found: Mapping[str, Any]) -> dict[str, Any]:
    """Older decisions say only as who was considered whom the work went to."""
    agents = [each["agent"] for each in found.get("agents_considered", ())]
    named = {"agent": agents[0]} if agents else {}
    return {**named, **found, "agents_considered": []}


def _is_cut(document: Mapping[str, Any]) -> bool:
    return bool(document.get("truncated") and document.get("seen") and document.get("members"))


def _named_again(
    decision: RoutingDecision, document: Mapping[str, Any]
) -> list[dict[str, Any]] | None:
    """Everybody, as the group was looked at; None where the version is gone, or looking fails."""
    try:
        return _looked_at_again(decision, document)
    except ConfigurationVersion.DoesNotExist:
        return None
    except Exception:
        log.exception("not looked at decision=%s version=%s", decision.pk, decision.version)
        return None


def _looked_at_again(
    decision: RoutingDecision, document: Mapping[str, Any]
) -> list[dict[str, Any]] | None:
    compiled = configuration.at(decision.version).compiled
    seen = Seen.of(
        document, item_id=decision.work_item_id, queue_id=decision.queue_id or 0, at=decision.at
    )
    item = seen.item
    if item.queue_id not in compiled.queues or item.workstream_id not in compiled.workstreams:
        return None
    found: list[dict[str, Any]] = looked_at(compiled, item, seen.agents, now=decision.at)[
        "agents_considered"
    ]
    return found
